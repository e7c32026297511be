import type { CaseSnapshot } from '#domain';
import type { CaseworkDeps } from '../casework-deps.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { raiseTask } from '../people/tasks.js';
import { type ActRequest, runAct } from './begin-act.js';

/** Why, for the person who corrects it; the renderer's own words stay in the task's detail. */
const CAUSES: Readonly<Record<string, string>> = {
  characterNotPrintable: 'un nom ou une adresse porte un signe que la lettre ne sait pas imprimer',
  mentionMissing: 'une mention obligatoire manque',
  nothingDue: 'plus rien n’est dû',
  templateMissing: 'le modèle manque dans cette langue',
};

/** A letter that cannot be written (a name the font cannot draw, figures that disagree) goes to a person at once, never into silent retries. */
export async function letterImpossible(
  deps: CaseworkDeps,
  request: ActRequest,
  problem: { readonly code: string; readonly message: string },
): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async ({ tx, row, env, apply }) => {
    const stage = request.wake.stage ?? request.wake.kind;
    const round = request.wake.round ?? 1;
    await recordVerdict(tx, deps, row, {
      stage,
      round,
      verdict: 'NOT_SENT',
      code: `letter.${problem.code}`,
      at: env.now,
      because: { problem: problem.code },
    });
    await raiseTask(tx, deps, {
      creditorId: row.creditorId,
      kind: 'letterImpossible',
      dedupeKey: `letterImpossible:${row.caseId}:${stage}:${round}`,
      title: `La lettre pour ${env.debtor.name} ne peut pas être écrite\u202f: ${CAUSES[problem.code] ?? 'ses données se contredisent ou manquent'}. Corriger la fiche ou la facture, puis relancer l’étape.`,
      caseId: row.caseId,
      debtorId: row.debtorId,
      detail: { code: problem.code, message: problem.message.slice(0, 500) },
    });
    await apply([{ type: 'blockerRaised', blocker: 'handedToPerson' }]);
  });
}
