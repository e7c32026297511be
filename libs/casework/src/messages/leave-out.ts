import type { CaseRow, MessageState, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';

/** The message that speaks for a rung of a case now, if any. */
export async function liveMessageOf(
  tx: Pick<Tx, 'messages' | 'messageCases'>,
  { creditorId, caseId }: Pick<CaseRow, 'creditorId' | 'caseId'>,
  stage: string,
  round: number,
): Promise<{ readonly messageId: string; readonly state: MessageState } | undefined> {
  const link = await tx.messageCases.one({ creditorId, caseId, stage, round, live: true });
  return link && tx.messages.one({ creditorId, messageId: link.messageId });
}

/** A prepared message no longer speaks for this case; it is given up when it speaks for nobody else. A message that left is not touched. */
export async function leaveOut(
  tx: Tx,
  deps: CaseworkDeps,
  row: Pick<CaseRow, 'creditorId' | 'caseId'>,
  stage: string,
  round: number,
): Promise<void> {
  const message = await liveMessageOf(tx, row, stage, round);
  if (message?.state !== 'PLANNED') return;
  const { creditorId, caseId } = row;
  const { messageId } = message;
  await tx.messageCases.update({ creditorId, messageId, caseId, stage, round }, { live: false });
  if ((await tx.messageCases.count({ creditorId, messageId, live: true })) > 0) return;
  await tx.messages.update({ creditorId, messageId, state: 'PLANNED' }, { state: 'ABANDONED', updatedAt: deps.clock.now() });
}
