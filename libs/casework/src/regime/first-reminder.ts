import { type Day, decodeState, FIRST_REMINDER_STAGE, type FirstReminder, isRefusal, type PolicyStage } from '#domain';
import type { OutboundMessageRow } from '#ports';
import { valueOn } from '#statutes';
import type { CaseworkDeps } from '../casework-deps.js';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { type ClaimFacts, claimFrom } from '../money/claim-of-case.js';
import { claimFromOf } from './plan-constraints-of.js';

/** What the free first reminder announces; structurally what `#letters` prints. Amounts in minor units. */
export interface AnnouncedReminder {
  readonly by: 'post' | 'electronic';
  readonly claimFromOn: Day;
  readonly freeDays: number;
  /** Zero where the contract holds no clause. */
  readonly indemnityMinor: bigint;
  readonly interestPercent?: string;
  /** Product or service, on one line. */
  readonly description: string;
}

/** True for the rung that must be the free first reminder of CDE XIX.2. */
export function isFirstReminder(stage: Pick<PolicyStage, 'id'>, env: Pick<CaseEnvironment, 'constraints'>): boolean {
  return stage.id === FIRST_REMINDER_STAGE && env.constraints.claimFrom !== undefined;
}

/** The fact that a first reminder has left; it held what it must, or it would not have been kept. */
export function reminderSent(deps: Pick<CaseworkDeps, 'law'>, sentOn: Day, by: 'post' | 'electronic'): FirstReminder {
  return { sentOn, by, claimFrom: claimFromOf(deps.law, sentOn, by), isComplete: true };
}

/** The same for a message that was just accepted by the mail provider; nothing for any other rung, or for a letter not yet at the post office. */
export function reminderAccepted(
  deps: Pick<CaseworkDeps, 'law'>,
  message: Pick<OutboundMessageRow, 'stage' | 'channel' | 'slotOn'>,
  env: Pick<CaseEnvironment, 'constraints'>,
): { firstReminder?: FirstReminder } {
  if (message.channel !== 'email' || !message.stage || !isFirstReminder({ id: message.stage }, env)) return {};
  return { firstReminder: reminderSent(deps, message.slotOn, 'electronic') };
}

/** What a first reminder of that day announces: the indemnity and the rate that the contract and the scale of CDE XIX.4 give after the free days. */
export function announcedReminder(
  deps: Pick<CaseworkDeps, 'law'>,
  facts: ClaimFacts,
  on: Day,
  by: 'post' | 'electronic',
): AnnouncedReminder {
  const sent = reminderSent(deps, on, by);
  const state = decodeState(facts.row.recovery);
  const recovery = { ...facts.row.recovery, firstReminder: { ...sent, messageId: '' } };
  const { statement } = claimFrom(
    deps,
    { ...facts, row: { ...facts.row, openPrincipalMinor: state.openPrincipalMinor, recovery } },
    sent.claimFrom,
  );
  const rate = statement?.lines.at(-1)?.ratePercent;
  return {
    by,
    claimFromOn: sent.claimFrom,
    freeDays: freeDays(deps, on),
    indemnityMinor: statement?.compensationMinor ?? 0n,
    ...(rate ? { interestPercent: rate } : {}),
    description: describedDebt(facts.invoice),
  };
}

/** What the debt is for: the invoice, what was sold, and the order. Numbers alone are no description; the letter then refuses, and a person supplies it. */
function describedDebt({
  number,
  description,
  orderReference,
}: Pick<ClaimFacts['invoice'], 'number' | 'description' | 'orderReference'>): string {
  if (!description) return orderReference ? `${number}, ${orderReference}` : number;
  const isNew = orderReference !== null && !description.includes(orderReference);
  return isNew ? `${number}, ${description} (${orderReference})` : `${number}, ${description}`;
}

function freeDays(deps: Pick<CaseworkDeps, 'law'>, on: Day): number {
  const value = valueOn(deps.law.statutes, 'be.consumer.freeDays', on);
  if (isRefusal(value)) throw new RangeError(`The free days of a first reminder of ${on} are not known: ${value.refusal}`);
  return Number(value.value);
}
