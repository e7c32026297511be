import {
  addBusinessDays,
  addDays,
  addSeconds,
  asksForCosts,
  atTime,
  checkContactRole,
  type Day,
  decodeState,
  type Instant,
  isBusinessDay,
  type PolicyStage,
  rollForward,
  timeIn,
} from '#domain';
import type { CaseRow, DebtorContactRow, MessageState, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { isServed } from '../regime/served-regime.js';
import { askAgainAt, type Braked, brakeOn } from './brake-on.js';

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
  | 'lawUnknown'
  | 'creditorNotLive'
  | 'documentDoubt'
  | 'withPerson'
  | 'contactOutsideSphere'
  | 'contactMissing';

export type PostponedCode =
  | 'notDueYet'
  | 'belowThreshold'
  | 'unreadPayment'
  | 'parkedPayment'
  | 'parkedCredit'
  | 'outsideWindow'
  | 'freeDays'
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
  if (env.creditor.brakeOn || (await brakeOn(tx, deps, brakedBy(question)))) return later('brakeOn', askAgainAt(env.now));
  if (env.today <= row.dueOn) return later('notDueYet', slot(env, addDays(row.dueOn, 1)));
  if (await tx.hasUnreadPayments(row.creditorId, row.debtorId, addSeconds(deps.clock.now(), -YOUNG_EVENT_SECONDS))) {
    return later('unreadPayment', addSeconds(env.now, 60));
  }
  const parked = await parkedMoney(tx, question);
  if (parked) return parked;
  const state = decodeState(row.recovery);
  if (state.openPrincipalMinor < state.thresholdMinor) return later('belowThreshold', slot(env, addDays(env.today, env.policy.reviewDays)));
  if (question.needsContact && !question.contact) return { verdict: 'NOT_SENT', code: 'contactMissing' };
  // A42: nobody outside the debtor's own sphere is ever written to.
  if (question.contact && checkContactRole(question.contact.role)) return { verdict: 'NOT_SENT', code: 'contactOutsideSphere' };
  const free = freeDays(question);
  if (free) return later('freeDays', slot(env, free));
  const paced = await pace(tx, question);
  if (paced) return paced;
  if (question.needsApproval && !isApproved(question))
    return later('approvalMissing', slot(env, addBusinessDays(env.today, 1, env.calendar)));
  const open = windowOpens(env);
  if (open) return later('outsideWindow', open);
  return { verdict: 'SENT', code: 'allChecksPassed' };
}

/** What brakes are asked about; before a letter is made, the way its rung usually takes. */
function brakedBy(question: SendQuestion): Braked {
  const { row, contact, needsContact } = question;
  const act = actOf(question)?.type;
  const byMail = contact !== undefined || needsContact ? 'email' : 'post';
  const channel = act === 'referral' ? 'file' : act === 'formalNotice' ? 'registeredPost' : byMail;
  return { creditorId: row.creditorId, debtorId: row.debtorId, policyId: row.policyId, channel };
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
  if (!isServed(env.debtor)) return 'debtorKindNotServed';
  if (state.blockers.includes('lawUnknown')) return 'lawUnknown';
  if (!env.creditor.live && !env.creditor.sandbox) return 'creditorNotLive';
  if (state.blockers.includes('documentDoubt')) return 'documentDoubt';
  if (state.blockers.length > 0) return 'withPerson';
  return undefined;
}

/** CDE XIX.2: the day before which nothing but the principal may be asked of a Belgian consumer; undefined when it is past, or when the rung asks for nothing else. */
function freeDays({ row, env, stage }: SendQuestion): Day | undefined {
  const policyStage = env.policy.stages.find((known) => known.id === stage);
  if (!env.constraints.claimFrom || !policyStage || !asksForCosts(policyStage)) return undefined;
  const { firstReminder } = decodeState(row.recovery);
  return firstReminder && firstReminder.claimFrom > env.today ? firstReminder.claimFrom : undefined;
}

/** Parked money that may be this debtor's: two business days for reminders, until a person decided for formal acts (I3). */
export async function parkedMoney(
  tx: Tx,
  { row, env, isFormal }: Pick<SendQuestion, 'row' | 'env' | 'isFormal'>,
): Promise<SendVerdict | undefined> {
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

/** I10: two dunning messages of one case keep the gap; the debtor's weekly cap counts over all his cases and channels. A hand-over is no contact. */
async function pace(tx: Tx, question: SendQuestion): Promise<SendVerdict | undefined> {
  const { row, env, stage, round } = question;
  const state = decodeState(row.recovery);
  if (actOf(question)?.type === 'referral') return undefined;
  const gap = env.policy.limits.messageGapDays;
  // A mail that came back reached nobody: the letter in its place keeps no distance from it.
  const isAgain = state.again?.stage === stage && state.again.round === round;
  const earliest = state.lastMessageOn && !isAgain ? addDays(state.lastMessageOn, gap) : undefined;
  if (earliest && earliest > env.today)
    return { verdict: 'POSTPONED', code: 'pace', until: slot(env, rollForward(earliest, env.calendar)) };
  // The rung's own message, claimed by a run that died, is no second contact; nor is the mail that came back.
  const own = await tx.messageCases.all({ creditorId: row.creditorId, caseId: row.caseId, stage });
  const notCounted = new Set(own.filter((link) => (link.live && link.round === round) || isAgain).map((link) => link.messageId));
  const freeOn = await capFreeOn(tx, row, env, notCounted);
  return freeOn && { verdict: 'POSTPONED', code: 'contactCap', until: slot(env, rollForward(freeOn, env.calendar)) };
}

function actOf({ env, stage }: Pick<SendQuestion, 'env' | 'stage'>): PolicyStage['act'] | undefined {
  return env.policy.stages.find((known) => known.id === stage)?.act;
}

/** The day on which the week of a debtor has room for another contact; undefined when it has room now. Mails, letters and calls of all his cases count, a grouped one once. */
export async function capFreeOn(
  tx: Tx,
  { creditorId, debtorId }: Pick<CaseRow, 'creditorId' | 'debtorId'>,
  env: CaseEnvironment,
  notCounted: ReadonlySet<string> = new Set(),
): Promise<Day | undefined> {
  const { contactsPerWeek } = env.policy.limits;
  const cap = Math.min(contactsPerWeek, env.constraints.contactsPerWeek ?? contactsPerWeek);
  const since = addDays(env.today, -6);
  const newest = { direction: 'desc' as const, limit: cap + 4 };
  const chasing = { creditorId, debtorId, purpose: 'chase' as const, state: COUNTED_STATES };
  const messages = await tx.messages.all(chasing, { by: 'slotOn', ...newest });
  const calls = await tx.calls.all(
    { creditorId, debtorId, state: 'reported', outcome: ['attempted', 'reached'] },
    { by: 'openedOn', ...newest },
  );
  const written = messages.filter((m) => m.channel !== 'file' && !notCounted.has(m.messageId)).map((m) => m.slotOn);
  const days = [...written, ...calls.map((call) => call.openedOn)].filter((on) => on >= since).sort();
  const freeing = days[days.length - cap];
  return freeing && addDays(freeing, 7);
}

const COUNTED_STATES: MessageState[] = ['CLAIMED', 'ACCEPTED', 'UNKNOWN', 'CONFIRMED_SENT', 'HUMAN'];

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
