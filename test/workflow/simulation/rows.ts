import {
  addDays,
  addSeconds,
  atTime,
  type CaseSnapshot,
  dayIn,
  daysBetween,
  type Instant,
  instant,
  isBusinessDay,
  isRefusal,
} from '#domain';
import { type RecoveryFact, type Refusal, rollForward, snapshotOf, timeIn, type Wake } from '#domain';
import {
  apply,
  CALENDAR,
  happen,
  outlook,
  type Outlook,
  POLICY,
  type PureCase,
  pureCase,
  type Rules,
  ZONE,
} from '../../integration/models/pure-case.js';
import type { ModelEvent } from '../../integration/models/reference-case.js';

/** News that the relay has still to bring to the workflow, oldest first. */
export interface News {
  readonly kind: 'start' | 'signal' | 'clock';
  readonly name: string;
  readonly payload: unknown;
}

export type MessageState = 'PLANNED' | 'CLAIMED' | 'ACCEPTED' | 'UNKNOWN' | 'REJECTED' | 'CONFIRMED_SENT';
export interface Message {
  readonly id: string;
  readonly stage: string;
  readonly round: number;
  state: MessageState;
  basis: string;
  token: string;
  claimedAtMs: number;
}

/** The checks that a claim makes on locked rows; one place, so that a test can leave one out. */
export type Judge = (rows: Rows, rung: { readonly stage: string; readonly needsApproval: boolean }) => Verdict;
export type Verdict =
  | { readonly verdict: 'SENT' }
  | { readonly verdict: 'NOT_SENT' }
  | { readonly verdict: 'POSTPONED'; readonly until: Instant; readonly reason: string };

const isPlain = (at: number) => instant(new Date(at).toISOString());

/** What PostgreSQL would hold of one case, in memory: facts by the product's pure rules, messages, inbox and outbox. */
export class Rows {
  pure: PureCase;
  view: Outlook;
  factSeq = 1;
  episode = 1;
  brakeOn = false;
  readonly outbox: News[] = [];
  readonly messages = new Map<string, Message>();
  /** Payments acknowledged to their sender and not booked yet. */
  readonly inbox: Extract<ModelEvent, { type: 'pay' }>[] = [];
  clock: { version: number; at: Instant } | undefined;
  /** What the last request for approval stated: an approval is for that sum alone. */
  approvedBasis = '';
  /** Every fact that was committed, with its moment. */
  readonly recorded: { readonly at: Instant; readonly fact: RecoveryFact }[] = [];

  constructor(
    readonly rules: Rules,
    readonly judge: Judge,
    startMs: number,
    isSandbox: boolean,
  ) {
    this.pure = pureCase({ now: isPlain(startMs), debtorId: 'debtor' });
    if (isSandbox) this.clock = { version: 1, at: isPlain(startMs) };
    this.view = outlook(rules, this.pure);
  }

  /** The case's own time: the sandbox clock where it has one. */
  tick(nowMs: number): void {
    const now = this.clock?.at ?? isPlain(nowMs);
    if (now > this.pure.now) this.pure = { ...this.pure, now };
  }

  moveClock(at: Instant): void {
    if (!this.clock || at <= this.clock.at) return;
    this.clock = { version: this.clock.version + 1, at };
    this.pure = { ...this.pure, now: at };
    this.outbox.push({ kind: 'clock', name: 'sandboxClockMoved', payload: this.clock });
  }

  snapshot(): CaseSnapshot {
    const { state } = this.pure;
    return {
      ...snapshotOf({
        state: { ...state, episode: this.episode },
        plan: this.view.plan,
        wake: this.view.wake ?? { kind: 'review', at: this.pure.now },
        debtorRef: 'debtor',
        epoch: 1,
        factSeq: this.factSeq,
        ...(this.clock ? { clock: this.clock } : {}),
      }),
    };
  }

  /** One committed transaction of facts. `silent`: an act returns the snapshot itself. */
  record(facts: readonly RecoveryFact[], options: { readonly silent?: boolean } = {}): Refusal | undefined {
    const outcome = apply(this.rules, this.pure, facts);
    return isRefusal(outcome) ? outcome : this.commit(outcome, options.silent ?? false);
  }

  /** The same for a command or a payment. */
  command(event: Exclude<ModelEvent, { type: 'timer' }>): Refusal | undefined {
    const outcome = happen(this.rules, this.pure, event);
    return isRefusal(outcome) ? outcome : this.commit(outcome, false);
  }

  private commit(outcome: PureCase, silent: boolean): undefined {
    this.pure = outcome;
    if (outcome.events.length === 0) return undefined;
    this.factSeq += outcome.events.length;
    for (const fact of outcome.events) {
      this.recorded.push({ at: outcome.now, fact });
      if (fact.type === 'approvalRequested') this.approvedBasis = this.basis;
    }
    this.view = outlook(this.rules, outcome);
    if (silent) return undefined;
    const isBack = outcome.events.some(({ type }) => type === 'caseReopened');
    const payload = { cause: {}, snapshot: this.snapshot(), recordedAt: outcome.now };
    this.outbox.push({ kind: isBack ? 'start' : 'signal', name: isBack ? 'paymentReversed' : 'paymentReceived', payload });
    return undefined;
  }

  /** What a letter states, as far as it can move: the open principal. */
  get basis(): string {
    return this.pure.state.openPrincipalMinor.toString();
  }

  isCurrent(wake: Wake): boolean {
    const own = this.view.wake;
    if (this.pure.state.closed || !own) return false;
    return own.kind === wake.kind && own.at === wake.at && own.stage === wake.stage && own.round === wake.round;
  }

  message(stage: string, round: number): Message | undefined {
    return this.messages.get(`${stage}/${round}`);
  }
}

/** The product's order of checks, on one case. */
export const judgeSend: Judge = (rows, { stage, needsApproval }) => {
  const { state, now } = rows.pure;
  const stopped =
    state.closed || state.openPrincipalMinor <= state.toleranceMinor || state.insolvency || state.dispute || state.hold || state.promise;
  if (stopped || state.blockers.length > 0) return { verdict: 'NOT_SENT' };
  const today = dayIn(now, ZONE);
  const later = (reason: string, until: Instant): Verdict => ({ verdict: 'POSTPONED', reason, until });
  if (rows.brakeOn) return later('brakeOn', addSeconds(now, 3600));
  if (today <= state.dueOn) return later('notDueYet', opening(addDays(state.dueOn, 1)));
  if (rows.inbox.length > 0) return later('unreadPayment', addSeconds(now, 60));
  if (state.openPrincipalMinor < state.thresholdMinor) return later('belowThreshold', opening(addDays(today, POLICY.reviewDays)));
  const gap = POLICY.limits.messageGapDays;
  if (stage !== 'referral' && state.lastMessageOn && daysBetween(state.lastMessageOn, today) < gap) {
    return later('pace', opening(addDays(state.lastMessageOn, gap)));
  }
  const isApproved = state.approval?.state === 'approved' && state.approval.stage === stage;
  if (needsApproval && !isApproved) return later('approvalMissing', opening(addDays(today, 1)));
  const { from, to } = POLICY.limits.window;
  const time = timeIn(now, ZONE);
  const isDay = isBusinessDay(today, CALENDAR);
  if (isDay && time >= from && time < to) return { verdict: 'SENT' };
  return later('outsideWindow', opening(isDay && time < from ? today : addDays(today, 1)));
};

function opening(on: Parameters<typeof rollForward>[0]): Instant {
  return atTime(rollForward(on, CALENDAR), POLICY.limits.window.from, ZONE);
}

/** Seconds since a claim, for its age checks. */
export function claimAge(message: Message, nowMs: number): number {
  return (nowMs - message.claimedAtMs) / 1000;
}
