import { type CaseworkDeps, type NextStepChange, nextStepChanges } from '#casework';
import { countOpenCases, readOpenBook } from '#persistence';
import type { DataSource } from 'typeorm';

export interface NextStepsRequest extends Pick<CaseworkDeps, 'law' | 'policies' | 'clock'> {
  readonly dataSource: DataSource;
  readonly creditorId: string;
  /** Cases held in memory at once; 500 when absent. */
  readonly pageSize?: number;
  readonly onChange: (change: NextStepChange) => void;
  /** Called after every page with the cases looked at and the number there were when it began. */
  readonly onPage?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

const PAGE = 500;

/**
 * Compares the next step of every open case of a creditor, as its row holds it, with the one this build plans from the same facts. Read in one snapshot,
 * a page at a time. Returns how many were looked at and how many change; `undefined` when the signal ended it.
 */
export async function compareNextSteps(request: NextStepsRequest): Promise<{ cases: number; changed: number } | undefined> {
  const { dataSource, creditorId, pageSize = PAGE, onChange, onPage, signal } = request;
  const all = await countOpenCases(dataSource, creditorId);
  let cases = 0;
  let changed = 0;
  await readOpenBook(dataSource, { creditorId, pageSize }, async (page, tables) => {
    // The book leaves the plans out; here they are what is compared.
    const rows = await tables.cases.all({ creditorId, caseId: page.map(({ caseId }) => caseId) }, { by: 'caseId' });
    const changes = await nextStepChanges(tables, request, creditorId, rows);
    changes.forEach(onChange);
    cases += rows.length;
    changed += changes.length;
    onPage?.(cases, all);
    return !signal?.aborted;
  });
  return signal?.aborted ? undefined : { cases, changed };
}
