import type { ConductOfCase, RecoveryState } from '#domain';

/**
 * What was done towards the debtor and can be proven, from the facts of his case: the served notice, the free first reminder that left, the
 * judgment that opened a collective procedure. Over-indebtedness stops the ladder, not the interest.
 */
export function conductOf({
  notice,
  firstReminder,
  insolvency,
}: Pick<RecoveryState, 'notice' | 'firstReminder' | 'insolvency'>): ConductOfCase {
  const servedOn = notice?.returnedOn && !notice.servedOn ? undefined : notice?.servedOn;
  const isCollective = insolvency !== undefined && insolvency.procedure !== 'overIndebtedness';
  return {
    ...(servedOn ? { noticeServedOn: servedOn } : {}),
    ...(firstReminder ? { firstReminder: withoutMessage(firstReminder) } : {}),
    ...(isCollective ? { insolvencyOpenedOn: insolvency.openedOn } : {}),
  };
}

function withoutMessage({
  messageId: _messageId,
  ...reminder
}: NonNullable<RecoveryState['firstReminder']>): NonNullable<ConductOfCase['firstReminder']> {
  return reminder;
}
