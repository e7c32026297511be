import type { CaseSnapshot } from '#domain';
import type { HandOverRow } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { workflowActor } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { letGo } from '../money/after-balance.js';
import { raiseTask } from '../people/tasks.js';
import { found } from '../refused-error.js';
import { routesOfCase } from '../regime/routes-of-case.js';
import { referralAdvice } from '../views/route-sentences.js';

/** After the claim of the referral: the file is the creditor's to pass on, the case closes as handed over. */
export async function completeHandOver(
  deps: CaseworkDeps,
  key: { readonly creditorId: string; readonly messageId: string; readonly token: string; readonly caseId: string },
  manifest: Record<string, unknown>,
): Promise<CaseSnapshot> {
  const { creditorId, messageId, caseId } = key;
  return deps.unitOfWork.run(creditorId, 'shared', async (tx) => {
    const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
    const [row] = await tx.lockCases(creditorId, [caseId]);
    const locked = found(row, 'case', caseId);
    const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
    const debtor = found(await tx.debtors.one({ creditorId, debtorId: locked.debtorId }), 'debtor', locked.debtorId);
    if (message.state !== 'CLAIMED' || message.claimToken !== key.token || !message.letterObjectId || !message.letterSha256) {
      throw new Error(`Hand-over ${messageId} lost its claim`);
    }
    const routes = await routesOfCase(tx, deps, locked);
    const at = deps.clock.now();
    await tx.messages.update({ creditorId, messageId }, { state: 'ACCEPTED', acceptedAt: at, updatedAt: at });
    const stage = message.stage ?? 'referral';
    const round = message.round ?? 1;
    await tx.stageOutcomes.insertOnce({ creditorId, caseId, stage, round, outcome: 'done', reason: null, messageId, decidedAt: at });
    const file = { objectId: message.letterObjectId, sha256: message.letterSha256, manifest };
    const made = { creditorId, handOverId: deps.ids.next(), caseId, messageId, createdAt: at, handedOverAt: at };
    const handOver: HandOverRow = { ...made, ...file, route: creditor.referralRoute, state: 'handedOver' };
    await tx.handOvers.insert(handOver);
    const applied = await applyFacts(
      tx,
      deps,
      locked,
      [
        { type: 'stageDone', stage, round, messageId, contact: 'none' },
        { type: 'caseClosed', kind: 'handedOver', reason: creditor.referralRoute },
      ],
      workflowActor(stage),
      { silent: true },
    );
    await letGo(tx, deps, applied);
    await raiseTask(tx, deps, {
      creditorId,
      kind: 'sendHandOver',
      dedupeKey: `sendHandOver:${handOver.handOverId}`,
      title: `Dossier de ${debtor.name} prêt\u202f: transmettre le fichier au prestataire (${ROUTE_IN_FRENCH[creditor.referralRoute] ?? creditor.referralRoute}).${referralAdvice(routes)}`,
      detail: {
        routes: routes.map(({ route, isEligible, closedBecause }) => ({ route, isEligible, closedBecause: closedBecause ?? null })),
      },
      caseId,
      debtorId: locked.debtorId,
      subjectId: handOver.handOverId,
    });
    return applied.snapshot;
  });
}

const ROUTE_IN_FRENCH: Readonly<Record<string, string>> = {
  collectionAgency: 'société de recouvrement',
  lawyer: 'avocat',
  bailiff: 'commissaire de justice ou huissier',
};
