import {
  type BusinessCalendar,
  checkHold,
  checkPromise,
  type DatedStage,
  type Day,
  day,
  decide,
  drawPlan,
  type DunningPolicy,
  dayIn,
} from '#domain';
import {
  addDays,
  approvalUntil,
  evolve,
  type Instant,
  instant,
  isRefusal,
  nextWake,
  openState,
  promiseJudgedOn,
  promiseVerdict,
  type RecoveryFact,
  refuse,
} from '#domain';
import { type RecoveryState, type Refusal, type Wake } from '#domain';
import { loadPresets } from '#policies';
import { businessCalendar, loadStatutes } from '#statutes';
import { type ModelEvent, THRESHOLD, TOLERANCE } from './reference-case.js';

/** The product's pure rules, in one place so that a test can put a wrong one in their stead. */
export interface Rules {
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
  readonly drawPlan: typeof drawPlan;
  readonly nextWake: typeof nextWake;
}
export const PRODUCT_RULES: Rules = { decide, evolve, drawPlan, nextWake };

export const ZONE = 'Europe/Paris';
export const POLICY: DunningPolicy = presetCalled('standard');
export const CALENDAR: BusinessCalendar = businessCalendar(loadStatutes(), 'FR');

function presetCalled(id: string): DunningPolicy {
  const found = loadPresets().find((preset) => preset.id === id);
  if (!found) throw new Error(`No preset ${id}`);
  return found;
}

interface LedgerLine {
  readonly ref: string;
  readonly amount: bigint;
  readonly given: bigint;
  readonly fate: 'given' | 'parked' | 'reversed';
}

/** A case as the product's pure core holds it at one moment, with the little that its rows would add. A value: nothing changes in place. */
export interface PureCase {
  readonly state: RecoveryState;
  readonly now: Instant;
  readonly payments: readonly LedgerLine[];
  /** What had been given when the running promise was made. */
  readonly givenAtPromise: bigint;
  /** How much the last promise was about. */
  readonly promisedMinor: bigint;
  /** Facts as recorded by the last event, for the checks of one step. */
  readonly events: readonly RecoveryFact[];
}

export interface Opening {
  readonly open?: bigint;
  readonly dueOn?: Day;
  readonly now?: Instant;
  readonly caseId?: string;
  readonly debtorId?: string;
  readonly creditorId?: string;
}

export function pureCase(opening: Opening = {}): PureCase {
  const now = opening.now ?? instant('2026-03-02T08:00:00.000Z');
  const state = openState({
    caseId: opening.caseId ?? 'case',
    creditorId: opening.creditorId ?? 'creditor',
    debtorId: opening.debtorId ?? 'debtor',
    currency: 'EUR',
    dueOn: opening.dueOn ?? day('2026-02-26'),
    openedOn: dayIn(now, ZONE),
    openPrincipalMinor: opening.open ?? 486_000n,
    toleranceMinor: TOLERANCE,
    thresholdMinor: THRESHOLD,
    policy: { id: POLICY.id, version: POLICY.version },
  });
  return { state, now, payments: [], givenAtPromise: 0n, promisedMinor: 0n, events: [] };
}

export interface Outlook {
  readonly plan: readonly DatedStage[];
  readonly wake?: Wake;
}

/** Plan and wake as things stand. The jitter is left at zero: it belongs to the debtor, not to the rules. */
export function outlook(rules: Rules, { state, now }: PureCase): Outlook {
  const input = { state, policy: POLICY, calendar: CALENDAR, zone: ZONE, now, today: dayIn(now, ZONE) };
  const plan = rules.drawPlan({ ...input, jitterSeconds: 0 });
  return state.closed ? { plan } : { plan, wake: rules.nextWake({ ...input, plan }) };
}

/** Judges and applies facts, all or none. */
export function apply(rules: Rules, given: PureCase, facts: readonly RecoveryFact[]): PureCase | Refusal {
  const today = dayIn(given.now, ZONE);
  let { state } = given;
  const events: RecoveryFact[] = [];
  for (const fact of facts) {
    const decision = rules.decide(state, fact, today);
    if (isRefusal(decision)) return decision;
    for (const event of decision.events) {
      state = rules.evolve(state, event, today);
      events.push(event);
    }
  }
  return { ...given, state, events };
}

/** What an event of the model does to the product's case. `timer` and what follows an act come from `act`. */
export function happen(rules: Rules, given: PureCase, event: Exclude<ModelEvent, { type: 'timer' }>): PureCase | Refusal {
  const quiet = { ...given, events: [] };
  const today = dayIn(given.now, ZONE);
  switch (event.type) {
    case 'pay':
    case 'unmatched':
    case 'match':
    case 'chargeback':
      return money(rules, quiet, event);
    case 'promise': {
      const terms = { amountMinor: event.amount, dueOn: event.dueOn as Day };
      const limit = checkPromise(POLICY, given.state, terms, today);
      if (limit) return limit;
      const judgedOn = promiseJudgedOn(POLICY, terms.dueOn, CALENDAR);
      const promiseId = `p${given.state.promisesMade + 1}`;
      return apply(rules, { ...quiet, givenAtPromise: givenIn(given), promisedMinor: event.amount }, [
        { type: 'promiseMade', promiseId, ...terms, judgedOn },
      ]);
    }
    case 'hold': {
      const until = addDays(today, event.days);
      return (
        checkHold(POLICY, given.state, { until }, today) ??
        apply(rules, quiet, [{ type: 'holdPlaced', holdId: 'h', until, reason: 'asked' }])
      );
    }
    case 'brake':
      return quiet;
    case 'approve': {
      const { approval } = given.state;
      if (approval && approval.until < today) return refuse('approvalExpired', { field: '/approvalId', facts: { until: approval.until } });
      return apply(rules, quiet, [
        {
          type: 'approvalDecided',
          approvalId: approval?.approvalId ?? '',
          verdict: event.verdict,
          until: approvalUntil(POLICY, today, CALENDAR),
        },
      ]);
    }
    default: {
      const facts = factsOf(given.state, event, today);
      return facts ? apply(rules, quiet, facts) : quiet;
    }
  }
}

type Plain = Exclude<ModelEvent['type'], 'pay' | 'unmatched' | 'match' | 'chargeback' | 'promise' | 'hold' | 'brake' | 'approve' | 'timer'>;

function factsOf(state: RecoveryState, event: Extract<ModelEvent, { type: Plain }>, today: Day): RecoveryFact[] | undefined {
  const messageId = state.notice?.messageId ?? '';
  const later = addDays(today, 14);
  switch (event.type) {
    case 'release':
      return [{ type: 'holdReleased', holdId: 'h', by: 'person' }];
    case 'dispute':
      return [{ type: 'disputeOpened', disputeId: 'd', reason: 'quality', dueOn: later }];
    case 'resolve':
      return [{ type: 'disputeResolved', disputeId: 'd', verdict: 'confirmed' }];
    case 'insolvency':
      return [{ type: 'insolvencyOpened', openedOn: today }];
    case 'close':
      return [{ type: 'caseClosed', kind: event.kind, reason: 'decided' }];
    case 'reopen':
      return [{ type: 'caseReopened', reason: 'approved' }];
    case 'served':
    case 'returned':
      return state.notice ? [{ type: 'deliveryReported', messageId, kind: event.type, channel: 'registeredPost' }] : undefined;
    case 'blocked':
      return [{ type: 'blockerRaised', blocker: 'messageUnknown' }];
    case 'cleared':
      return [{ type: 'blockerLifted', blocker: event.by === 'contact' ? 'contactMissing' : 'messageUnknown' }];
    case 'callMade': {
      const { callId = '', stage = '', round = 1 } = state.openCall ?? {};
      return [
        { type: 'callReported', callId, outcome: 'attempted', on: today },
        { type: 'stageDone', stage, round, contact: 'call' },
      ];
    }
  }
}

type Money = Extract<ModelEvent, { type: 'pay' | 'unmatched' | 'match' | 'chargeback' }>;

function money(rules: Rules, given: PureCase, event: Money): PureCase | Refusal {
  const today = dayIn(given.now, ZONE);
  const known = given.payments.find((line) => line.ref === event.ref);
  const kept = (line: LedgerLine): readonly LedgerLine[] => [...given.payments.filter(({ ref }) => ref !== line.ref), line];
  if (event.type === 'chargeback') {
    if (!known || known.fate === 'reversed') return given;
    const payments = kept({ ...known, given: 0n, fate: 'reversed' });
    if (known.given === 0n) return { ...given, payments };
    const reversed = { type: 'paymentReversed' as const, paymentId: event.ref, amountMinor: known.given, reversedOn: today };
    const applied = apply(rules, given, [reversed, ...brokenAfterAll(given, { ...given, payments }, known.given)]);
    return isRefusal(applied) ? applied : { ...applied, payments };
  }
  if (event.type !== 'match' && known) return given;
  if (event.type === 'match' && known?.fate !== 'parked') return { refusal: 'paymentNotParked' } as Refusal;
  const amount = event.type === 'match' ? (known?.amount ?? 0n) : event.amount;
  if (event.type === 'unmatched') return { ...given, payments: kept({ ref: event.ref, amount, given: 0n, fate: 'parked' }) };
  const share = amount < given.state.openPrincipalMinor ? amount : given.state.openPrincipalMinor;
  const payments = kept({ ref: event.ref, amount, given: share, fate: 'given' });
  if (share <= 0n) return { ...given, payments };
  const applied = apply(rules, given, [{ type: 'paymentAllocated', paymentId: event.ref, amountMinor: share, paidOn: today }]);
  return isRefusal(applied) ? applied : { ...applied, payments };
}

/** The promise that this money had kept, broken after all, as the service that books the reversal tells it. */
function brokenAfterAll({ state, promisedMinor }: PureCase, after: PureCase, goneMinor: bigint): RecoveryFact[] {
  const isOpenAgain = !state.closed || state.closed.kind === 'settled' || state.closed.kind === 'writtenOff';
  if (!state.keptPromise || !isOpenAgain || state.openPrincipalMinor + goneMinor <= state.toleranceMinor) return [];
  const isStillKept = isPromiseKept({ ...after, promisedMinor });
  return isStillKept ? [] : [{ type: 'promiseEnded', promiseId: state.keptPromise.promiseId, verdict: 'broken' }];
}

export function isPromiseKept(given: Pick<PureCase, 'payments' | 'givenAtPromise' | 'promisedMinor'>): boolean {
  const receivedMinor = givenIn(given) - given.givenAtPromise;
  const { keptFromPercent = '100' } = POLICY.promise;
  return promiseVerdict({ promisedMinor: given.promisedMinor, receivedMinor, keptFromPercent }) === 'kept';
}

/** What the case has of all payments as they stand. */
export function givenIn({ payments }: Pick<PureCase, 'payments'>): bigint {
  return payments.reduce((sum, line) => sum + line.given, 0n);
}
