import {
  addBusinessDays,
  addDays,
  addSeconds,
  asksForCosts,
  checkContactRole,
  type Day,
  decodeState,
  heldUntil,
  type Instant,
  type PolicyStage,
} from '#domain';
import type { CaseRow, DebtorContactRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { isServed } from '../regime/served-regime.js';
import { askAgainAt, type Braked, brakeOn } from './brake-on.js';
import { tooLate } from './late-rung.js';
import { pace } from './pace.js';
import { slot, windowOpens } from './sending-hours.js';

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
  | 'contactMissing'
  | 'tooLate'
  | 'tooLateAsked';

export type PostponedCode =
  | 'notDueYet'
  | 'belowThreshold'
  | 'unreadPayment'
  | 'parkedPayment'
  | 'parkedCredit'
  | 'outsideWindow'
  | 'freeDays'
  | 'pace'
  | 'oneVoice'
  | 'heldByPerson'
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
  const until = heldUntil(decodeState(row.recovery), question.stage, question.round);
  if (until !== undefined && until >= env.today) return later('heldByPerson', slot(env, addDays(until, 1)));
  if (env.creditor.brakeOn || (await brakeOn(tx, deps, brakedBy(question)))) return later('brakeOn', askAgainAt(env.now));
  if (env.today <= row.dueOn) return later('notDueYet', slot(env, addDays(row.dueOn, 1)));
  if (await tx.hasUnreadPayments(row.creditorId, row.debtorId, addSeconds(deps.clock.now(), -YOUNG_EVENT_SECONDS))) {
    return later('unreadPayment', addSeconds(env.now, 60));
  }
  const parked = await parkedMoney(tx, question);
  if (parked) return parked;
  const state = decodeState(row.recovery);
  if (state.openPrincipalMinor < state.thresholdMinor) return later('belowThreshold', slot(env, addDays(env.today, env.policy.reviewDays)));
  const late = tooLate(env, state, question.stage, question.round);
  if (late) return { verdict: 'NOT_SENT', code: late };
  if (question.needsContact && !question.contact) return { verdict: 'NOT_SENT', code: 'contactMissing' };
  // A42: nobody outside the debtor's own sphere is ever written to.
  if (question.contact && checkContactRole(question.contact.role)) return { verdict: 'NOT_SENT', code: 'contactOutsideSphere' };
  const free = freeDays(question);
  if (free) return later('freeDays', slot(env, free));
  const paced = actOf(question)?.type === 'referral' ? undefined : await pace(tx, question);
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

function actOf({ env, stage }: Pick<SendQuestion, 'env' | 'stage'>): PolicyStage['act'] | undefined {
  return env.policy.stages.find((known) => known.id === stage)?.act;
}

function isApproved({ row, stage, round }: SendQuestion): boolean {
  const { approval } = decodeState(row.recovery);
  return approval?.state === 'approved' && approval.stage === stage && approval.round === round;
}
