import type { ActInput } from '#contracts';
import { addSeconds, type CaseSnapshot, dayIn, type RecoveryFact } from '#domain';
import { factsOfAct } from '../../integration/models/pure-acts.js';
import { POLICY, ZONE } from '../../integration/models/pure-case.js';
import { claimAge, type Message, type Rows, type Verdict } from './rows.js';

/** What the outside world answers to one hand-over, and what it keeps. */
export interface Provider {
  /** Takes a message for good, whatever becomes of the answer. */
  take(message: Message): 'accepted' | 'neverLeft' | 'answerLost' | 'rejected';
}

export interface ActWorld {
  readonly rows: Rows;
  readonly provider: Provider;
  nowMs(): number;
  fresh(): string;
  /** Told when a claim commits: the invariants are judged then. */
  claimed(message: Message): void;
}

/** One run of an activity: each `yield` is a moment at which others may go first, or its process may die. */
export type ActRun = Generator<undefined, CaseSnapshot>;

const CLAIM_SECONDS = 15;
const CLAIM_AGE_MAX_SECONDS = 5;
const PATIENCE = 40;
const PREPARATIONS_MAX = 3;

/** The activity of a wake, on rows in memory. Every step is guarded by a row, as the product's are. */
export function* runAct(world: ActWorld, input: ActInput): ActRun {
  const { rows } = world;
  rows.tick(world.nowMs());
  const { kind, at } = input.wake;
  yield;
  rows.tick(world.nowMs());
  if (!rows.isCurrent(input.wake) || at > rows.pure.now) return rows.snapshot();
  if (kind === 'mail' || kind === 'formalNotice' || kind === 'referral') return yield* sendRun(world, input);
  record(rows, factsOfAct(rows.pure.state, input.wake, dayIn(rows.pure.now, ZONE), rows.pure));
  yield;
  return rows.snapshot();
}

function* sendRun(world: ActWorld, input: ActInput): ActRun {
  const { rows } = world;
  const rung = rungOf(input);
  const first = rows.judge(rows, rung);
  if (first.verdict !== 'SENT') return postponed(rows, rung, first);
  // The sum moved since it was approved: it is asked for again.
  if (rung.needsApproval && rows.approvedBasis !== rows.basis) {
    record(rows, factsOfAct(rows.pure.state, { ...input.wake, kind: 'prepare' }, dayIn(rows.pure.now, ZONE), rows.pure));
    return rows.snapshot();
  }
  yield;
  const message = yield* claim(world, input);
  if (!message) return rows.snapshot();
  const { token } = message;
  yield;
  if (input.wake.kind === 'referral') {
    rows.tick(world.nowMs());
    if (isHeld(message, token)) accept(rows, message, true);
    return rows.snapshot();
  }
  // The age of the claim is looked at again just before the socket is written to.
  const answer = claimAge(message, world.nowMs()) < CLAIM_AGE_MAX_SECONDS ? world.provider.take(message) : 'neverLeft';
  yield;
  rows.tick(world.nowMs());
  if (isHeld(message, token)) settle(rows, message, answer);
  yield;
  return rows.snapshot();
}

/** Prepare and claim, as often as the sum moves. Undefined where there is nothing to hand over. */
function* claim(world: ActWorld, input: ActInput): Generator<undefined, Message | undefined> {
  const { rows } = world;
  const rung = rungOf(input);
  for (let tries = 0, prepared = 0; tries < PATIENCE; tries++) {
    const message = plan(world, rung);
    yield;
    rows.tick(world.nowMs());
    if (message.state === 'CLAIMED') {
      if (claimAge(message, world.nowMs()) < CLAIM_SECONDS) continue;
      markUnknown(rows, message);
      return undefined;
    }
    if (message.state !== 'PLANNED' || !rows.isCurrent(input.wake)) return undefined;
    const verdict = rows.judge(rows, rung);
    if (verdict.verdict !== 'SENT') {
      postponed(rows, rung, verdict);
      return undefined;
    }
    if (message.basis !== rows.basis && ++prepared < PREPARATIONS_MAX) continue;
    if (rung.needsApproval && rows.approvedBasis !== rows.basis) {
      postponed(rows, rung, { verdict: 'POSTPONED', reason: 'approvalMissing', until: addSeconds(rows.pure.now, 60) });
      return undefined;
    }
    message.state = 'CLAIMED';
    message.token = world.fresh();
    message.claimedAtMs = world.nowMs();
    world.claimed(message);
    return message;
  }
  throw new Error('Another run still prepares this letter');
}

function rungOf({ wake }: ActInput) {
  const stage = wake.stage ?? '';
  const needsApproval = POLICY.stages.find((known) => known.id === stage)?.needsApproval ?? false;
  return { stage, round: wake.round ?? 1, needsApproval };
}

function plan(world: ActWorld, { stage, round }: { stage: string; round: number }): Message {
  const { rows } = world;
  const known = rows.message(stage, round);
  if (known) {
    // One that the provider refused is over; when nothing blocks the rung any longer, it is owed by another.
    if (known.state === 'REJECTED') known.state = 'PLANNED';
    if (known.state === 'PLANNED') known.basis = rows.basis;
    return known;
  }
  const message: Message = { id: `${stage}/${round}`, stage, round, state: 'PLANNED', basis: rows.basis, token: '', claimedAtMs: 0 };
  rows.messages.set(message.id, message);
  return message;
}

const isHeld = (message: Message, token: string): boolean => message.state === 'CLAIMED' && message.token === token;

function record(rows: Rows, facts: readonly RecoveryFact[]): void {
  if (facts.length > 0) rows.record(facts, { silent: true });
}

function postponed(rows: Rows, { stage, round }: { stage: string; round: number }, verdict: Verdict): CaseSnapshot {
  if (verdict.verdict === 'POSTPONED')
    record(rows, [{ type: 'stagePostponed', stage, round, until: verdict.until, reason: verdict.reason }]);
  return rows.snapshot();
}

function settle(rows: Rows, message: Message, answer: ReturnType<Provider['take']>): void {
  switch (answer) {
    case 'accepted':
      return accept(rows, message, true);
    case 'answerLost':
      return markUnknown(rows, message);
    case 'rejected':
      message.state = 'REJECTED';
      return record(rows, [{ type: 'blockerRaised', blocker: 'messageRejected' }]);
    case 'neverLeft': {
      message.state = 'PLANNED';
      const { stage, round } = message;
      return record(rows, [{ type: 'stagePostponed', stage, round, until: addSeconds(rows.pure.now, 300), reason: 'providerUnavailable' }]);
    }
  }
}

/** It left: the rung is done. `silent` where the act itself returns the snapshot. */
export function accept(rows: Rows, message: Message, silent: boolean): void {
  const { stage, round, id } = message;
  message.state = silent ? 'ACCEPTED' : 'CONFIRMED_SENT';
  const isReferral = stage === 'referral';
  const facts: RecoveryFact[] = [{ type: 'stageDone', stage, round, messageId: id, contact: isReferral ? 'none' : 'message' }];
  rows.record(facts, { silent });
  if (isReferral) rows.record([{ type: 'caseClosed', kind: 'handedOver', reason: 'handedOver' }], { silent });
}

/** Nobody can say whether it left: the rung waits for events or a person, a machine never sends it again (I6). */
export function markUnknown(rows: Rows, message: Message): void {
  message.state = 'UNKNOWN';
  rows.record([{ type: 'blockerRaised', blocker: 'messageUnknown' }], { silent: true });
}

/** The provider's word about a message in UNKNOWN; for one it never took, only when no run can hold its claim any longer. */
export function decideUnknown(rows: Rows, message: Message, wasTaken: boolean): void {
  if (message.state !== 'UNKNOWN') return;
  if (wasTaken) accept(rows, message, false);
  else message.state = 'PLANNED';
  rows.record([{ type: 'blockerLifted', blocker: 'messageUnknown' }]);
}
