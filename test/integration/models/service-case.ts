import {
  allocateParked,
  closeCase,
  decideApproval,
  makePromise,
  openDispute,
  openInsolvency,
  placeHold,
  RefusedError,
  releaseHold,
  reportCall,
  reportPost,
  resolveDispute,
  reversePayment,
  updateCreditor,
} from '#casework';
import { addDays, type Day, day, decodeState, type Instant, shownState, type Wake } from '#domain';
import type { CaseRow } from '#ports';
import { FINANCE, PERSON, type Town } from '../../support/town.js';
import { mayAwait, owedNext, shown, whyNot } from './reference-answers.js';
import { type ModelCase, type ModelEvent, modelCase, type Owed, step } from './reference-case.js';
import { judgedNotBefore } from './reference-days.js';

/** One step of a story: what happens, and how much of the open principal it is about. */
export interface StoryStep {
  readonly what: What;
  readonly percent: number;
}

export const WHAT = [
  'timer',
  'payPart',
  'payFull',
  'payOver',
  'duplicate',
  'unmatched',
  'match',
  'chargeback',
  'promise',
  'hold',
  'release',
  'dispute',
  'resolve',
  'insolvency',
  'brake',
  'writeOff',
  'withdraw',
  'callMade',
  'approve',
  'refuse',
  'served',
] as const;
export type What = (typeof WHAT)[number];

/** What was said to a case, word for word, and when. */
export interface Told {
  readonly at: Instant;
  readonly event: Exclude<ModelEvent, { type: 'timer' }>;
}

/** The real services on PostgreSQL and the reference model, side by side on one case. */
export class ServiceCase {
  readonly told: Told[] = [];

  private constructor(
    private readonly town: Town,
    readonly creditorId: string,
    readonly caseId: string,
    public model: ModelCase,
  ) {}

  static async open(town: Town, creditorId: string): Promise<ServiceCase> {
    await town.addCreditor({ creditorId });
    const { caseIds } = await town.addInvoice(creditorId);
    return new ServiceCase(town, creditorId, caseIds[0] ?? '', modelCase(486_000n));
  }

  /** Plays one step on both sides. Returns what is wrong after it, or undefined. A step that cannot happen now is left out. */
  async play(given: StoryStep): Promise<string | undefined> {
    const today = day((await this.town.clock(this.creditorId)).slice(0, 10));
    if (given.what === 'timer') return (await this.timer()) ?? this.compare();
    const event = this.eventOf(given, today);
    if (!event) return undefined;
    this.told.push({ at: await this.town.clock(this.creditorId), event });
    const expected = step(this.model, event);
    const refused = await this.tell(event, today).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof RefusedError) return error.message || 'refused';
        throw error;
      },
    );
    if ((refused !== undefined) !== (expected.refused !== undefined)) {
      return `${given.what}: the services ${refused ? `refuse it (${refused})` : 'take it'}, the model ${expected.refused ? `refuses it (${expected.refused})` : 'takes it'}`;
    }
    if (!expected.refused) this.model = expected.state;
    return this.compare();
  }

  private eventOf({ what, percent }: StoryStep, today: Day): Exclude<ModelEvent, { type: 'timer' }> | undefined {
    const { model } = this;
    const part = (model.open * BigInt(percent)) / 100n;
    const ref = `pay-${model.payments.length + 1}`;
    const isPaused = model.promise !== undefined || model.dispute || model.hold;
    switch (what) {
      case 'payPart':
        return part > 0n ? { type: 'pay', ref, amount: part } : undefined;
      case 'payFull':
        return model.open > 0n ? { type: 'pay', ref, amount: model.open } : undefined;
      case 'payOver':
        return { type: 'pay', ref, amount: model.open + 5_000n };
      case 'duplicate': {
        const known = model.payments.at(-1);
        return known && { type: 'pay', ref: known.ref, amount: known.amount };
      }
      case 'unmatched':
        return part > 0n ? { type: 'unmatched', ref, amount: part } : undefined;
      case 'match':
        return { type: 'match', ref: model.payments.find(({ fate }) => fate === 'parked')?.ref ?? 'none' };
      case 'chargeback':
        return { type: 'chargeback', ref: model.payments.findLast(({ fate }) => fate === 'given')?.ref ?? 'none' };
      case 'promise':
        return { type: 'promise', amount: part, dueOn: addDays(today, 1 + (percent % 18)), today };
      case 'hold':
        return { type: 'hold', days: 1 + percent };
      case 'brake':
        return { type: 'brake', on: percent < 40 };
      case 'writeOff':
      case 'withdraw':
        return percent < 20 ? { type: 'close', kind: what === 'writeOff' ? 'writtenOff' : 'withdrawn' } : undefined;
      case 'insolvency':
        return percent < 20 ? { type: 'insolvency' } : undefined;
      case 'callMade':
        return model.openCall && !isPaused ? { type: 'callMade' } : undefined;
      case 'approve':
      case 'refuse':
        if (model.approval?.verdict !== 'pending') return undefined;
        return { type: 'approve', verdict: what === 'approve' || percent > 30 ? 'approved' : 'refused', today };
      case 'served':
        return model.decided.includes('formalNotice/1') && !model.served ? { type: 'served' } : undefined;
      case 'release':
      case 'dispute':
      case 'resolve':
        return { type: what };
      case 'timer':
        return undefined;
    }
  }

  private async tell(event: Exclude<ModelEvent, { type: 'timer' }>, today: Day): Promise<unknown> {
    const { town, creditorId, caseId } = this;
    const { deps } = town;
    switch (event.type) {
      case 'pay':
        return town.pay(creditorId, event.amount, today, { caseId }, event.ref);
      case 'unmatched':
        return town.pay(creditorId, event.amount, today, { text: 'merci' }, event.ref);
      case 'match': {
        const parked = await town.read((tx) => tx.payments.one({ creditorId, provider: 'rest', providerRef: event.ref }));
        return town.shared(creditorId, (tx) => allocateParked(tx, deps, creditorId, parked?.paymentId ?? 'none', { caseId }, FINANCE));
      }
      case 'chargeback':
        return town.shared(creditorId, (tx) =>
          reversePayment(tx, deps, creditorId, { provider: 'rest', providerRef: event.ref, on: today }, PERSON),
        );
      case 'promise': {
        const terms = { amountMinor: event.amount, dueOn: event.dueOn as Day, channel: 'phone' };
        return town.shared(creditorId, (tx) => makePromise(tx, deps, creditorId, caseId, terms, PERSON));
      }
      case 'hold': {
        const hold = { until: addDays(today, event.days), reason: 'asked' };
        return town.shared(creditorId, (tx) => placeHold(tx, deps, creditorId, caseId, hold, PERSON));
      }
      case 'close':
        return town.shared(creditorId, (tx) => closeCase(tx, deps, creditorId, caseId, { kind: event.kind, reason: 'decided' }, FINANCE));
      default:
        return this.tellPerson(event, today);
    }
  }

  private async tellPerson(event: ModelEvent, today: Day): Promise<unknown> {
    const { town, creditorId, caseId } = this;
    const { deps } = town;
    switch (event.type) {
      case 'release':
        return town.shared(creditorId, (tx) => releaseHold(tx, deps, creditorId, caseId, PERSON));
      case 'dispute':
        return town.shared(creditorId, (tx) => openDispute(tx, deps, creditorId, caseId, { reason: 'quality' }, PERSON));
      case 'resolve':
        return town.shared(creditorId, (tx) => resolveDispute(tx, deps, creditorId, caseId, { verdict: 'confirmed' }, PERSON));
      case 'insolvency':
        return town.shared(creditorId, (tx) => openInsolvency(tx, deps, creditorId, caseId, { openedOn: today }, PERSON));
      case 'brake':
        return town.shared(creditorId, async (tx) => {
          const version = (await tx.creditors.one({ creditorId }))?.version ?? 0;
          return updateCreditor(tx, deps, creditorId, { brakeOn: event.on }, version, FINANCE);
        });
      case 'callMade': {
        const [call] = await town.read((tx) => tx.calls.all({ creditorId, state: 'open' }));
        return town.shared(creditorId, (tx) => reportCall(tx, deps, creditorId, call?.callId ?? 'none', { outcome: 'attempted' }, PERSON));
      }
      case 'approve': {
        const [asked] = await town.read((tx) => tx.approvals.all({ creditorId, state: 'pending' }));
        const decision = { verdict: event.verdict, basis: asked?.basis ?? '' };
        return town.shared(creditorId, (tx) => decideApproval(tx, deps, creditorId, asked?.approvalId ?? 'none', decision, FINANCE));
      }
      case 'served': {
        const [item] = await town.read((tx) => tx.postItems.all({ creditorId }));
        const report = { state: 'delivered' as const, on: today };
        return town.shared(creditorId, (tx) => reportPost(tx, deps, creditorId, { postItemId: item?.postItemId ?? '' }, report, PERSON));
      }
      default:
        throw new Error(`Nobody says ${event.type}`);
    }
  }

  /** The next wake comes and its act runs for real. */
  private async timer(): Promise<string | undefined> {
    const { town, creditorId, caseId } = this;
    const before = await this.row();
    const wake = wakeOf(before);
    if (!wake) return undefined;
    if (wake.at > (await town.clock(creditorId))) await town.moveTo(creditorId, wake.at);
    const today = day((await town.clock(creditorId)).slice(0, 10));
    await town.act(creditorId, caseId);
    const { stages, openCall, approval } = decodeState((await this.row()).recovery);
    const rung = wake.stage as Owed | undefined;
    const isDecided = stages.some(({ stage, round }) => stage === wake.stage && round === wake.round);
    const isAsked = approval?.state === 'pending' && approval.stage === wake.stage;
    const done = isDecided || (wake.kind === 'call' ? openCall !== undefined : wake.kind === 'prepare' ? isAsked : false);
    const isChase = ['call', 'mail', 'formalNotice', 'referral'].includes(wake.kind);
    const stop = whyNot(this.model);
    // A call is no message: the brake stops what leaves, not what people do.
    if (isChase && done && stop && !(stop === 'brake' && wake.kind === 'call'))
      return `I16: ${wake.kind} ${rung ?? ''} was done although ${stop}`;
    if (isChase && done && owedNext(this.model) !== rung)
      return `I13: ${rung ?? ''} was done, ${owedNext(this.model) ?? 'nothing'} is owed`;
    this.follow({ type: 'timer', kind: wake.kind, done, today, ...(rung ? { rung } : {}) });
    // Called yesterday already: the call counts at once. The sum moved since it was approved: it is asked for again.
    if (wake.kind === 'call' && isDecided) this.follow({ type: 'callMade' });
    if (wake.kind !== 'prepare' && !done && isAsked && rung) this.follow({ type: 'timer', kind: 'prepare', done: true, today, rung });
    return undefined;
  }

  private follow(event: ModelEvent): void {
    this.model = step(this.model, event).state;
  }

  private row(): Promise<CaseRow> {
    return this.town.caseRow(this.creditorId, this.caseId);
  }

  /** What both sides let anybody see. */
  private async compare(): Promise<string | undefined> {
    const row = await this.row();
    const { model } = this;
    const state = decodeState(row.recovery);
    if (row.openPrincipalMinor !== model.open) return `I11: ${row.openPrincipalMinor} are open, the model says ${model.open}`;
    if ((row.closedKind ?? undefined) !== model.closed) return `closed as ${row.closedKind}, the model says ${model.closed}`;
    if (row.state !== shown(model) || row.state !== shownState(state)) return `I14: shown as ${row.state}, the model says ${shown(model)}`;
    const decided = state.stages.map(({ stage, round }) => `${stage}/${round}`).sort();
    if (decided.join(' ') !== [...model.decided].sort().join(' '))
      return `I13: decided are ${decided.join(' ')}, not ${model.decided.join(' ')}`;
    const wake = wakeOf(row);
    if (!wake) return model.closed ? undefined : 'liveness: an open case waits for nothing';
    const label = wake.stage ? `${wake.kind} ${wake.stage}` : wake.kind;
    const waits = mayAwait(model);
    if (!waits.has(label)) return `I16: it waits for «${label}», it may wait for ${[...waits].join(', ')}`;
    if (wake.kind === 'promiseEnds' && model.promise && wake.at.slice(0, 10) < judgedNotBefore(model.promise.dueOn))
      return `I15: judged on ${wake.at}`;
    return undefined;
  }
}

function wakeOf(row: CaseRow): Wake | undefined {
  if (!row.wakeKind || !row.wakeAt) return undefined;
  return {
    kind: row.wakeKind,
    at: row.wakeAt,
    ...(row.wakeStage ? { stage: row.wakeStage } : {}),
    ...(row.wakeRound ? { round: row.wakeRound } : {}),
  };
}
