import type { HandOverRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { found, refusal } from '../refused-error.js';

/** The partner confirmed that it stopped: the hand-over is recalled and the tasks that asked for it are done. Said twice changes nothing. */
export async function recordRecall(tx: Tx, deps: CaseworkDeps, creditorId: string, handOverId: string, by: Actor): Promise<HandOverRow> {
  const known = found(await tx.handOvers.one({ creditorId, handOverId }), 'handOver', handOverId);
  await tx.lockCases(creditorId, [known.caseId]);
  const handOver = found(await tx.handOvers.one({ creditorId, handOverId }), 'handOver', handOverId);
  if (handOver.state === 'recalled') return handOver;
  if (handOver.state === 'prepared') throw refusal('handOverNotGiven', { state: handOver.state });
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const recalled: HandOverRow = { ...handOver, state: 'recalled' };
  await tx.handOvers.update({ creditorId, handOverId }, { state: 'recalled' });
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `handOver:${handOverId}`,
      kind: 'handOverRecalled',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { handOverId, caseId: handOver.caseId, route: handOver.route },
      before: { state: handOver.state },
      after: { state: recalled.state },
    },
    by,
  );
  const done = { state: 'done' as const, closedBy: by.actor, closedAt: deps.clock.now() };
  await tx.tasks.update({ creditorId, caseId: handOver.caseId, kind: 'recallReferral', state: 'open' }, done);
  return recalled;
}
