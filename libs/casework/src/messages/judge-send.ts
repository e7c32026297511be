import {
  addBusinessDays,
  addDays,
  addSeconds,
  atTime,
  type Day,
  decodeState,
  type Instant,
  isBusinessDay,
  rollForward,
  timeIn,
} from '#domain';
import type { CaseRow, DebtorContactRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { isServed } from '../intake/served-kinds.js';

/** Why something may leave, or not. `until`: when to ask again; without it the state of the case already says what comes next. */
export type SendVerdict =
  | { readonly verdict: 'SENT'; readonly code: 'allChecksPassed' }
  | { readonly verdict: 'NOT_SENT'; readonly code: NotSentCode }
  | { readonly verdict: 'POSTPONED'; readonly code: PostponedCode; readonly until: Instant };

export type NotSentCode =
  | 'closed'
  | 'settled'
  | 'disputed'
  | 'promised'
  | 'onHold'
  | 'insolvent'
  | 'debtorKindUnknown'
  | 'debtorKindNotServed'
  | 'creditorNotLive'
  | 'documentDoubt'
  | 'withPerson'
  | 'contactMissing';

export type PostponedCode =
  | 'notDueYet'
  | 'belowThreshold'
  | 'unreadPayment'
  | 'parkedPayment'
  | 'parkedCredit'
  | 'outsideWindow'
  | 'pace'
  | 'contactCap'
  | 'approvalMissing'
  | 'basisMoved'
  | 'brakeOn';

export interface SendQuestion {
  readonly row: CaseRow;
  readonly env: CaseEnvironment;
  readonly stage: string;
  readonly round: number;
  readonly isFormal: boolean;
  readonly needsApproval: boolean;
  readonly contact: DebtorContactRow | undefined;
  readonly needsContact: boolean;
}

/** An unread event younger than this blocks even when nobody knows whose it is. */
const YOUNG_EVENT_SECONDS = 15;

/**
 * The right to send, judged on locked rows in the transaction that claims the message. The order is the order of reasons people expect to read:
 * what stops for good, what blocks, what only postpones. It never waits.
 */
export async function judgeSend(tx: Tx, deps: CaseworkDeps, question: SendQuestion): Promise<SendVerdict> {
  const stopped = stoppedBy(question);
  if (stopped) return { verdict: 'NOT_SENT', code: stopped };
  const { env, row } = question;
  const later = (code: PostponedCode, until: Instant): SendVerdict => ({ verdict: 'POSTPONED', code, until });
  if (env.creditor.brakeOn) return later('brakeOn', addSeconds(env.now, 3600));
  if (env.today <= row.dueOn) return later('notDueYet', slot(env, addDays(row.dueOn, 1)));
  if (await tx.hasUnreadPayments(row.creditorId, row.debtorId, addSeconds(deps.clock.now(), -YOUNG_EVENT_SECONDS))) {
    return later('unreadPayment', addSeconds(env.now, 60));
  }
  const parked = await parkedMoney(tx, question);
  if (parked) return parked;
  const state = decodeState(row.recovery);
  if (state.openPrincipalMinor < state.thresholdMinor) return later('belowThreshold', slot(env, addDays(env.today, env.policy.reviewDays)));
  if (question.needsContact && !question.contact) return { verdict: 'NOT_SENT', code: 'contactMissing' };
  const paced = await pace(tx, question);
  if (paced) return paced;
  if (question.needsApproval && !isApproved(question))
    return later('approvalMissing', slot(env, addBusinessDays(env.today, 1, env.calendar)));
  const open = windowOpens(env);
  if (open) return later('outsideWindow', open);
  return { verdict: 'SENT', code: 'allChecksPassed' };
}

function stoppedBy({ row, env }: SendQuestion): NotSentCode | undefined {
  const state = decodeState(row.recovery);
  if (state.closed) return state.closed.kind === 'settled' ? 'settled' : 'closed';
  if (state.openPrincipalMinor <= state.toleranceMinor) return 'settled';
  if (state.insolvency) return 'insolvent';
  if (state.dispute) return 'disputed';
  if (state.hold) return 'onHold';
  if (state.promise) return 'promised';
  if (env.debtor.kind === 'unknown') return 'debtorKindUnknown';
  if (!isServed(env.debtor.kind)) return 'debtorKindNotServed';
  if (!env.creditor.live && !env.creditor.sandbox) return 'creditorNotLive';
  if (state.blockers.includes('documentDoubt')) return 'documentDoubt';
  if (state.blockers.length > 0) return 'withPerson';
  return undefined;
}

/** Parked money that may be this debtor's: two business days for reminders, until a person decided for formal acts (I3). */
async function parkedMoney(tx: Tx, { row, env, isFormal }: SendQuestion): Promise<SendVerdict | undefined> {
  const { creditorId, debtorId } = row;
  const named = await tx.payments.all({ creditorId, debtorId, state: 'parked' });
  const unclaimed = await tx.payments.all({ creditorId, debtorId: null, state: 'parked', amountMinor: await amountsOwed(tx, row) });
  const his = [...named, ...unclaimed];
  const nextLook = slot(env, addBusinessDays(env.today, 1, env.calendar));
  if (isFormal) {
    if (his.length > 0) return { verdict: 'POSTPONED', code: 'parkedPayment', until: nextLook };
    const credits = await tx.invoices.count({ creditorId, debtorId, documentKind: 'creditNote', creditState: 'parked' });
    return credits > 0 ? { verdict: 'POSTPONED', code: 'parkedCredit', until: nextLook } : undefined;
  }
  const until = his
    .map((p) => addBusinessDays(p.paidOn, 3, env.calendar))
    .reduce<Day | undefined>((a, b) => (a && a > b ? a : b), undefined);
  return until && until > env.today ? { verdict: 'POSTPONED', code: 'parkedPayment', until: slot(env, until) } : undefined;
}

/** What the debtor might pay at once: any of his open terms, or all of them. */
async function amountsOwed(tx: Tx, { creditorId, debtorId, currency }: CaseRow): Promise<bigint[]> {
  const open = await tx.cases.all({ creditorId, debtorId, currency, closedKind: null });
  const each = open.map((known) => known.openPrincipalMinor);
  return [...each, each.reduce((sum, minor) => sum + minor, 0n)];
}

/** I10: two dunning messages of one case keep the gap; the debtor's weekly cap counts over all his cases, a grouped message once. */
async function pace(tx: Tx, { row, env, stage, round }: SendQuestion): Promise<SendVerdict | undefined> {
  const state = decodeState(row.recovery);
  const { messageGapDays, contactsPerWeek } = env.policy.limits;
  const earliest = state.lastMessageOn && addDays(state.lastMessageOn, messageGapDays);
  if (earliest && earliest > env.today)
    return { verdict: 'POSTPONED', code: 'pace', until: slot(env, rollForward(earliest, env.calendar)) };
  const since = addDays(env.today, -6);
  const recent = await tx.messages.all(
    {
      creditorId: row.creditorId,
      debtorId: row.debtorId,
      purpose: 'chase',
      state: ['CLAIMED', 'ACCEPTED', 'UNKNOWN', 'CONFIRMED_SENT', 'HUMAN'],
    },
    { by: 'slotOn', direction: 'desc', limit: contactsPerWeek + 2 },
  );
  // The rung's own message, claimed by a run that died, is no second contact.
  const own = await tx.messageCases.one({ creditorId: row.creditorId, caseId: row.caseId, stage, round, live: true });
  const inWeek = recent.filter((m) => m.slotOn >= since && m.channel !== 'file' && m.messageId !== own?.messageId);
  if (inWeek.length < contactsPerWeek) return undefined;
  const oldest = inWeek[inWeek.length - 1]?.slotOn ?? env.today;
  return { verdict: 'POSTPONED', code: 'contactCap', until: slot(env, rollForward(addDays(oldest, 7), env.calendar)) };
}

function isApproved({ row, stage, round }: SendQuestion): boolean {
  const { approval } = decodeState(row.recovery);
  return approval?.state === 'approved' && approval.stage === stage && approval.round === round;
}

/** Undefined when the window is open now, else the instant at which it opens next. */
export function windowOpens(env: CaseEnvironment): Instant | undefined {
  const day = nextOpenDay(env);
  return day && slot(env, day);
}

/**
 * The same for a message that only informs: it leaves when the window opens, not at the debtor's own instant in it, so that whoever asks again later
 * that morning, with the clock between the two, gets the same answer.
 */
export function informOpens(env: CaseEnvironment): Instant | undefined {
  const day = nextOpenDay(env);
  return day && atTime(day, env.policy.limits.window.from, env.zone);
}

/** The day on which the sending window opens next; undefined when it is open now. */
function nextOpenDay(env: CaseEnvironment): Day | undefined {
  const { from, to } = env.policy.limits.window;
  const time = timeIn(env.now, env.zone);
  const isOpenDay = isBusinessDay(env.today, env.calendar);
  if (isOpenDay && time >= from && time < to) return undefined;
  return isOpenDay && time < from ? env.today : rollForward(addDays(env.today, 1), env.calendar);
}

/** The debtor's own instant inside the window of a day. */
export function slot(env: CaseEnvironment, on: Day): Instant {
  return addSeconds(atTime(rollForward(on, env.calendar), env.policy.limits.window.from, env.zone), env.jitterSeconds);
}
