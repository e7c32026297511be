import { addSeconds, type Instant } from '#domain';
import type { CaseToCompare } from '#persistence';
import type { OpenWorkflow } from '#ports';
import type { Backend } from '../../backend.js';
import { type Difference, differenceOf, isStale, rowSide } from './compare-case.js';

/** Temporal could not be asked: nothing may be concluded. */
export class TemporalAway extends Error {
  override readonly name = 'TemporalAway';
}

const PAGE = 1_000;
const ASKED_AT_ONCE = 8;
const INFORMS_MAX = 500;

export interface Look {
  readonly creditorId: string;
  /** Rows younger than this are not judged: their news may be on its way. */
  readonly quietSeconds: number;
}

export interface Compared {
  readonly cases: number;
}

/**
 * Compares every open case of a creditor with its workflow and gives each confirmed difference to `found`, which may stop the look by returning
 * false. The index of running workflows is read first, page by page, then the rows: who looks suspicious is asked himself before he is accused.
 */
export async function findDifferences(
  backend: Backend,
  { creditorId, quietSeconds }: Look,
  found: (difference: Difference) => Promise<boolean>,
): Promise<Compared> {
  const running = await runningWorkflows(backend, creditorId);
  const before = addSeconds(backend.deps.clock.now(), -quietSeconds);
  let cases = 0;
  for (let after = ''; ; ) {
    const page = await backend.operations.openCasesToCompare(creditorId, after, PAGE);
    const suspects: Suspect[] = [];
    for (const row of page) {
      const workflow = running.get(row.workflowId);
      running.delete(row.workflowId);
      const difference = isQuiet(row, before) ? differenceOf(creditorId, row, workflow) : undefined;
      if (difference) suspects.push({ row, difference });
    }
    cases += page.length;
    if (!(await tell(backend, suspects, found))) return { cases };
    const last = page.at(-1);
    if (page.length < PAGE || !last) break;
    after = last.caseId;
  }
  if (await orphans(backend, creditorId, [...running.keys()], before, found)) await lostMessages(backend, creditorId, before, found);
  return { cases };
}

interface Suspect {
  readonly row: CaseToCompare;
  readonly difference: Difference;
}

function isQuiet(row: CaseToCompare, before: Instant): boolean {
  return !row.hasNews && row.updatedAt <= before;
}

async function runningWorkflows(backend: Backend, creditorId: string): Promise<Map<string, OpenWorkflow>> {
  const running = new Map<string, OpenWorkflow>();
  for (let after: string | undefined; ; ) {
    const page = await backend.directory.listOpen({ creditorId, ...(after === undefined ? {} : { after }) });
    if (page.result !== 'ok') throw new TemporalAway(page.reason);
    for (const workflow of page.workflows) running.set(workflow.workflowId, workflow);
    if (page.next === undefined) return running;
    after = page.next;
  }
}

/** Confirms the suspects, some at once, and reports them in order. */
async function tell(backend: Backend, suspects: readonly Suspect[], found: (difference: Difference) => Promise<boolean>): Promise<boolean> {
  for (let start = 0; start < suspects.length; start += ASKED_AT_ONCE) {
    const confirmed = await Promise.all(suspects.slice(start, start + ASKED_AT_ONCE).map((suspect) => confirm(backend, suspect)));
    for (const difference of confirmed) if (difference && !(await found(difference))) return false;
  }
  return true;
}

/** The workflow's own word: running, ended or unknown, and what it shows. */
async function confirm(backend: Backend, { row, difference }: Suspect): Promise<Difference | undefined> {
  const answer = await backend.directory.describe(row.workflowId);
  if (answer.result === 'notFound') return difference.kind === 'caseClosed' ? undefined : { ...difference, kind: 'workflowMissing' };
  if (answer.result !== 'ok') throw new TemporalAway(answer.reason);
  const { status, shown } = answer.workflow;
  if (status !== 'running') {
    return difference.kind === 'caseClosed' ? undefined : { ...difference, kind: 'workflowEnded', detail: { ...rowSide(row), status } };
  }
  if (difference.kind === 'caseClosed') return difference;
  if (!shown || !isStale(row, shown)) return undefined;
  return { ...difference, kind: 'snapshotStale', detail: { ...rowSide(row), shown: { ...shown } } };
}

/** Running workflows without an open case: told that it closed, or, when no row knows them, shown to a person. */
async function orphans(
  backend: Backend,
  creditorId: string,
  workflowIds: readonly string[],
  before: Instant,
  found: (difference: Difference) => Promise<boolean>,
): Promise<boolean> {
  for (let start = 0; start < workflowIds.length; start += PAGE) {
    const ids = workflowIds.slice(start, start + PAGE);
    const rows = new Map((await backend.operations.casesOfWorkflows(creditorId, ids)).map((row) => [row.workflowId, row]));
    for (const workflowId of ids) {
      const row = rows.get(workflowId);
      if (row && (row.isOpen || !isQuiet(row, before))) continue;
      const difference: Difference = row
        ? { creditorId, kind: 'caseClosed', workflowId, caseId: row.caseId, detail: rowSide(row) }
        : { creditorId, kind: 'workflowUnknown', workflowId, caseId: null, detail: {} };
      const confirmed = row ? await confirm(backend, { row, difference }) : await stillRuns(backend, difference);
      if (confirmed && !(await found(confirmed))) return false;
    }
  }
  return true;
}

async function stillRuns(backend: Backend, difference: Difference): Promise<Difference | undefined> {
  const answer = await backend.directory.describe(difference.workflowId);
  return answer.result === 'ok' && answer.workflow.status === 'running' ? difference : undefined;
}

/** Messages that inform have a workflow of their own, which a wipe takes away as well. */
async function lostMessages(
  backend: Backend,
  creditorId: string,
  before: Instant,
  found: (difference: Difference) => Promise<boolean>,
): Promise<void> {
  for (const { messageId, workflowId, act } of await backend.operations.informsToCompare(creditorId, before, INFORMS_MAX)) {
    const answer = await backend.directory.describe(workflowId);
    if (answer.result === 'unavailable' || answer.result === 'refused') throw new TemporalAway(answer.reason);
    if (answer.result === 'ok' && answer.workflow.status === 'running') continue;
    const kind = answer.result === 'ok' ? 'messageWorkflowEnded' : 'messageWorkflowMissing';
    if (!(await found({ creditorId, kind, workflowId, caseId: null, detail: { messageId, act } }))) return;
  }
}
