import type { CaseRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { raiseTask } from './tasks.js';

/** One open task per debtor: find a way to reach him. The ladder goes on with the next channel meanwhile. */
export async function askForContact(tx: Tx, deps: CaseworkDeps, row: Pick<CaseRow, 'creditorId' | 'debtorId' | 'caseId'>): Promise<void> {
  await raiseTask(tx, deps, {
    creditorId: row.creditorId,
    kind: 'findContact',
    dedupeKey: `findContact:${row.debtorId}`,
    title: 'Aucune adresse utilisable pour ce débiteur\u202f: en trouver une (e-mail ou téléphone). La relance passe au canal suivant.',
    caseId: row.caseId,
    debtorId: row.debtorId,
  });
}
