/**
 * A case as the law and the ladder describe it, written a second time and without the product's code: no dates but those the text fixes, no plan, no
 * wakes. `step` says what becomes of a case, the questions below it say what anybody may expect to see. When product and model differ, one of them is wrong.
 */
import { answerableUntil, daysBetween } from './reference-days.js';

export const LADDER = ['courtesyCall', 'courtesyMail', 'formalMail', 'firmMail', 'formalNotice', 'lastCall', 'referral'] as const;
export type Rung = (typeof LADDER)[number];
export type Owed = Rung | 'promiseBrokenCall';
export type Ending = 'settled' | 'handedOver' | 'writtenOff' | 'withdrawn' | 'insolvency';
export type Shown = Ending | 'disputed' | 'onHold' | 'promised' | 'formalNoticeServed' | 'reminding' | 'scheduled';

const PROMISES_MAX = 2;
const PROMISE_DAYS_MAX = 15;
/** What came in must be at least this share of what was promised, in percent. */
const KEPT_FROM = 95n;
const HOLD_DAYS_MAX = 90;

export interface ModelPayment {
  readonly ref: string;
  /** What of it went to the case; the rest is the debtor's credit. */
  readonly given: bigint;
  readonly amount: bigint;
  readonly fate: 'given' | 'parked' | 'reversed';
}

export interface ModelCase {
  readonly open: bigint;
  readonly total: bigint;
  readonly payments: readonly ModelPayment[];
  /** Rungs that have their outcome, `rung/round`. */
  readonly decided: readonly string[];
  readonly round: number;
  readonly served: boolean;
  /** `owed`: the principal open when it was made; what came in since is what it fell by. */
  readonly promise?: { readonly amount: bigint; readonly dueOn: string; readonly owed: bigint };
  /** The last promise, once it was kept: money that goes back can still break it. */
  readonly kept?: { readonly amount: bigint; readonly owed: bigint };
  readonly promisesMade: number;
  readonly broken: number;
  readonly isCallOwed: boolean;
  readonly openCall?: Owed;
  /** The rung asked about, the answer, and the day until which one can be given. */
  readonly approval?: { readonly rung: Rung; readonly verdict: 'pending' | 'approved' | 'refused'; readonly until: string };
  readonly dispute: boolean;
  readonly hold: boolean;
  readonly insolvency: boolean;
  /** What only a person, or an event from outside, can clear. */
  readonly blockers: readonly string[];
  readonly brake: boolean;
  readonly closed?: Ending;
}

type Plain<T extends string> = T extends string ? { readonly type: T } : never;

export type ModelEvent =
  | { readonly type: 'pay'; readonly ref: string; readonly amount: bigint }
  | { readonly type: 'unmatched'; readonly ref: string; readonly amount: bigint }
  | { readonly type: 'match'; readonly ref: string }
  | { readonly type: 'chargeback'; readonly ref: string }
  | { readonly type: 'promise'; readonly amount: bigint; readonly dueOn: string; readonly today: string }
  | { readonly type: 'hold'; readonly days: number }
  | Plain<'release' | 'dispute' | 'resolve' | 'insolvency' | 'reopen' | 'served' | 'returned' | 'callMade'>
  | { readonly type: 'brake'; readonly on: boolean }
  | { readonly type: 'close'; readonly kind: Exclude<Ending, 'settled' | 'handedOver'> }
  /** Without a day it is given in time. */
  | { readonly type: 'approve'; readonly verdict: 'approved' | 'refused'; readonly today?: string }
  | { readonly type: 'blocked'; readonly by: string }
  | { readonly type: 'cleared'; readonly by: string }
  /** The moment came that was waited for; `done` is false where the act of it came to nothing. */
  | { readonly type: 'timer'; readonly kind: TimerKind; readonly rung?: Owed; readonly done: boolean; readonly today: string };

export type TimerKind =
  | 'call'
  | 'mail'
  | 'formalNotice'
  | 'referral'
  | 'prepare'
  | 'promiseEnds'
  | 'holdEnds'
  | 'disputeDue'
  | 'callExpires'
  | 'approvalExpires'
  | 'review';

export type Step = { readonly state: ModelCase; readonly refused?: string };

export const TOLERANCE = 100n;
export const THRESHOLD = 2_000n;

export function modelCase(open: bigint, more: Partial<ModelCase> = {}): ModelCase {
  const nothing = { payments: [], decided: [], round: 1, served: false, promisesMade: 0, broken: 0, isCallOwed: false };
  const free = { dispute: false, hold: false, insolvency: false, blockers: [], brake: false };
  return { open, total: open, ...nothing, ...free, ...more };
}

/** What becomes of a case. An event that the rules forbid is refused and changes nothing. */
export function step(state: ModelCase, event: ModelEvent): Step {
  if (state.closed && !SPOKEN_TO_AFTER_CLOSE.has(event.type)) return { state, refused: 'closed' };
  switch (event.type) {
    case 'pay':
    case 'unmatched':
    case 'match':
    case 'chargeback':
      return money(state, event);
    case 'promise':
      return promise(state, event);
    case 'timer':
      return timer(state, event);
    case 'callMade':
      if (!state.openCall) return { state, refused: 'noCall' };
      return { state: decided({ ...state, openCall: undefined }, state.openCall) };
    case 'approve':
      if (state.approval?.verdict !== 'pending') return { state, refused: 'notAsked' };
      if (event.today && event.today > state.approval.until) return { state, refused: 'tooLate' };
      return { state: { ...state, approval: { ...state.approval, verdict: event.verdict } } };
    case 'reopen':
      if (!state.closed || state.open <= TOLERANCE) return { state, refused: 'nothingToReopen' };
      return { state: { ...state, closed: undefined } };
    case 'close':
      return { state: ended(state, event.kind) };
    case 'served':
      return { state: { ...state, served: state.served || state.decided.includes(`formalNotice/${state.round}`) } };
    case 'returned':
      return returned(state);
    default:
      return stops(state, event);
  }
}

/** Money and proofs are true whenever they arrive; what is cleared meanwhile must not stand in the way of a case that comes back. */
const SPOKEN_TO_AFTER_CLOSE: ReadonlySet<ModelEvent['type']> = new Set([
  'pay',
  'unmatched',
  'match',
  'chargeback',
  'served',
  'reopen',
  'brake',
  'returned',
  'cleared',
]);

type Of<T extends ModelEvent['type']> = Extract<ModelEvent, { type: T }>;

function money(state: ModelCase, event: Of<'pay' | 'unmatched' | 'match' | 'chargeback'>): Step {
  const known = state.payments.find((payment) => payment.ref === event.ref);
  if (event.type === 'chargeback') {
    if (!known || known.fate === 'reversed') return { state };
    const next = { ...state, open: state.open + known.given, payments: replaced(state, { ...known, given: 0n, fate: 'reversed' }) };
    // A reversal reopens by itself, at the rung after the last one sent.
    const isBack = (state.closed === 'settled' || state.closed === 'writtenOff') && next.open > TOLERANCE && known.given > 0n;
    return { state: known.given > 0n ? brokenAfterAll(isBack ? { ...next, closed: undefined } : next) : next };
  }
  if (event.type === 'match') return known?.fate === 'parked' ? { state: given(state, known) } : { state, refused: 'notParked' };
  if (known) return { state };
  const payment: ModelPayment = { ref: event.ref, amount: event.amount, given: 0n, fate: 'parked' };
  const taken = { ...state, payments: [...state.payments, payment] };
  return { state: event.type === 'pay' ? given(taken, payment) : taken };
}

/** A promise that this money had kept is broken, and a call is owed for it, in a case that is open with something left to pay. */
function brokenAfterAll(state: ModelCase): ModelCase {
  if (state.closed || state.open <= TOLERANCE || !state.kept || isKept(state, state.kept)) return state;
  return { ...state, kept: undefined, broken: state.broken + 1, isCallOwed: true };
}

function isKept({ open }: ModelCase, { amount, owed }: { readonly amount: bigint; readonly owed: bigint }): boolean {
  return (owed - open) * 100n >= amount * KEPT_FROM;
}

function given(state: ModelCase, payment: ModelPayment): ModelCase {
  const share = payment.amount < state.open ? payment.amount : state.open;
  const open = state.open - share;
  const next: ModelCase = { ...state, open, payments: replaced(state, { ...payment, given: share, fate: 'given' }) };
  const canSettle = share > 0n && open <= TOLERANCE && state.closed !== 'settled' && state.closed !== 'withdrawn';
  return canSettle ? ended(next, 'settled') : next;
}

function replaced(state: ModelCase, payment: ModelPayment): ModelPayment[] {
  return state.payments.map((known) => (known.ref === payment.ref ? payment : known));
}

function promise(state: ModelCase, { amount, dueOn, today }: Of<'promise'>): Step {
  const isPossible = amount > 0n && amount <= state.open && dueOn >= today && daysBetween(today, dueOn) <= PROMISE_DAYS_MAX;
  const isFree = !state.promise && !state.dispute && !state.hold && !state.insolvency;
  // No second promise after a broken one without a manager; two at most.
  if (!isPossible || !isFree || state.promisesMade >= PROMISES_MAX || state.broken > 0) return { state, refused: 'promise' };
  return { state: { ...state, promise: { amount, dueOn, owed: state.open }, kept: undefined, promisesMade: state.promisesMade + 1 } };
}

function stops(
  state: ModelCase,
  event: Of<'hold' | 'release' | 'dispute' | 'resolve' | 'insolvency' | 'brake' | 'blocked' | 'cleared'>,
): Step {
  switch (event.type) {
    case 'hold':
      return state.hold || event.days < 1 || event.days > HOLD_DAYS_MAX ? { state, refused: 'hold' } : { state: { ...state, hold: true } };
    case 'release':
      return state.hold ? { state: resumed({ ...state, hold: false }) } : { state, refused: 'noHold' };
    case 'dispute':
      return state.dispute ? { state, refused: 'disputed' } : { state: { ...state, dispute: true, promise: undefined } };
    case 'resolve':
      return state.dispute ? { state: resumed({ ...state, dispute: false }) } : { state, refused: 'noDispute' };
    case 'insolvency': {
      if (state.insolvency) return { state, refused: 'known' };
      return { state: { ...state, insolvency: true, promise: undefined, openCall: undefined } };
    }
    case 'brake':
      return { state: { ...state, brake: event.on } };
    case 'blocked':
      return { state: state.blockers.includes(event.by) ? state : { ...state, blockers: [...state.blockers, event.by].sort() } };
    case 'cleared':
      return { state: { ...state, blockers: state.blockers.filter((by) => by !== event.by) } };
  }
}

function timer(state: ModelCase, event: Of<'timer'>): Step {
  switch (event.kind) {
    case 'promiseEnds': {
      const { promise: due } = state;
      if (!due) return { state, refused: 'nothingPromised' };
      const rest: ModelCase = { ...state, promise: undefined };
      return {
        state: isKept(state, due)
          ? resumed({ ...rest, kept: { amount: due.amount, owed: due.owed } })
          : resumed({ ...rest, broken: state.broken + 1, isCallOwed: true }),
      };
    }
    case 'holdEnds':
      return { state: resumed({ ...state, hold: false }) };
    case 'callExpires':
      return { state: state.openCall ? decided({ ...state, openCall: undefined }, state.openCall) : state };
    case 'approvalExpires':
      return { state: { ...state, approval: undefined } };
    case 'prepare':
      return { state: event.done && event.rung ? { ...state, approval: asked(event.rung as Rung, event.today) } : state };
    case 'call':
      return { state: event.done && event.rung ? { ...state, openCall: event.rung } : state };
    case 'mail':
    case 'formalNotice':
    case 'referral':
      return { state: event.done && event.rung ? climbed(state, event.rung) : state };
    default:
      return { state };
  }
}

function asked(rung: Rung, today: string): ModelCase['approval'] {
  return { rung, verdict: 'pending', until: answerableUntil(today) };
}

function climbed(state: ModelCase, rung: Owed): ModelCase {
  const next = decided(state, rung);
  return rung === 'referral' ? ended(next, 'handedOver') : next;
}

function decided(state: ModelCase, rung: Owed): ModelCase {
  const approval = state.approval?.rung === rung ? undefined : state.approval;
  const isCallOwed = rung === 'promiseBrokenCall' ? false : state.isCallOwed;
  return { ...state, approval, isCallOwed, decided: [...state.decided, `${rung}/${roundOf(state, rung)}`] };
}

/** A letter that came back unknown at the address proves nothing: its rung is owed again, once a person found an address. */
function returned(state: ModelCase): Step {
  if (state.served || !state.decided.includes(`formalNotice/${state.round}`)) return { state };
  return { state: { ...state, round: state.round + 1, blockers: [...new Set([...state.blockers, 'contact'])].sort() } };
}

/** What ends takes with it what waited; a dispute, a hold and what was climbed stay, for a case that comes back. */
function ended(state: ModelCase, closed: Ending): ModelCase {
  const { promise: due } = state;
  const kept = closed === 'settled' && due ? { amount: due.amount, owed: due.owed } : state.kept;
  return { ...state, closed, kept, promise: undefined, openCall: undefined, approval: undefined, isCallOwed: false };
}

/** When nothing holds the ladder any longer, a call left open meanwhile is owed again. */
function resumed(state: ModelCase): ModelCase {
  return state.promise || state.dispute || state.hold ? state : { ...state, openCall: undefined };
}

/** The round in which a rung is owed; only a notice that came back has a second one. */
export function roundOf(state: ModelCase, rung: Owed): number {
  return rung === 'formalNotice' ? state.round : rung === 'promiseBrokenCall' ? state.broken : 1;
}
