import type { CaseRow, MessageEditRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { openBytes } from '../sealed-bytes.js';

/** What a person wrote in place of a template's words; what is absent stays the template's. One paragraph each, no sums of their own. */
export interface OwnWords {
  readonly subject?: string;
  readonly opening?: string;
}

/** The words that count for a mail that speaks for several cases: those written last. Undefined where the last revision went back to the template. */
export async function newestWords(
  tx: Tables,
  deps: CaseworkDeps,
  rows: readonly Pick<CaseRow, 'creditorId' | 'caseId'>[],
  stage: string,
): Promise<OwnWords | undefined> {
  const [first] = rows;
  if (!first) return undefined;
  const { creditorId } = first;
  const [newest] = await tx.messageEdits.all(
    { creditorId, caseId: rows.map((row) => row.caseId), stage },
    { by: 'editedAt', direction: 'desc', limit: 1 },
  );
  return newest && wordsOf(tx, deps, newest);
}

/** The words of one revision, opened. */
export async function wordsOf(tx: Tables, deps: CaseworkDeps, edit: MessageEditRow): Promise<OwnWords | undefined> {
  if (!edit.objectId) return undefined;
  const { bytes } = await openBytes(tx, deps, edit.creditorId, edit.objectId);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as OwnWords;
}
