import type { CaseSnapshot } from '#domain';
import type { CaseworkDeps } from '../casework-deps.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { DESCRIPTION_FIELD } from '../people/resume-described.js';
import { raiseTask } from '../people/tasks.js';
import { type ActRequest, runAct } from './begin-act.js';

/** Why, for the person who corrects it; the renderer's own words stay in the task's detail. */
const CAUSES: Readonly<Record<string, string>> = {
  characterNotPrintable: 'un nom ou une adresse porte un signe que la lettre ne sait pas imprimer',
  mentionMissing: 'une mention obligatoire manque',
  nothingDue: 'plus rien n’est dû',
  templateMissing: 'le modèle manque dans cette langue',
};

/** Where one fact is missing, its name says more than the code; giving it is enough for the ladder to go on. */
const MISSING: Readonly<Record<string, string>> = {
  [DESCRIPTION_FIELD]: 'la facture ne dit pas ce qui a été vendu. Y ajouter sa description\u202f; la relance reprend alors d’elle-même.',
};

function titleFor(debtor: string, { code, field }: { readonly code: string; readonly field?: string }): string {
  const missing = field === undefined ? undefined : MISSING[field];
  const cause =
    missing ?? `${CAUSES[code] ?? 'ses données se contredisent ou manquent'}. Corriger la fiche ou la facture, puis relancer l’étape.`;
  return `La lettre pour ${debtor} ne peut pas être écrite\u202f: ${cause}`;
}

/** A letter that cannot be written (a name the font cannot draw, figures that disagree) goes to a person at once, never into silent retries. */
export async function letterImpossible(
  deps: CaseworkDeps,
  request: ActRequest,
  problem: { readonly code: string; readonly message: string; readonly field?: string },
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
      title: titleFor(env.debtor.name, problem),
      caseId: row.caseId,
      debtorId: row.debtorId,
      detail: { code: problem.code, message: problem.message.slice(0, 500), ...(problem.field ? { field: problem.field } : {}) },
    });
    await apply([{ type: 'blockerRaised', blocker: 'handedToPerson' }]);
  });
}
