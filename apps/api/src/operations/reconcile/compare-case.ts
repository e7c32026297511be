import type { CaseToCompare } from '#persistence';
import type { FindingKind, OpenWorkflow, ShownCase } from '#ports';

/** One place where rows and workflows do not agree. */
export interface Difference {
  readonly creditorId: string;
  readonly kind: FindingKind;
  readonly workflowId: string;
  readonly caseId: string | null;
  /** States and numbers of both sides. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * What is wrong with an open case whose rows rest, as the index of running workflows tells it; undefined when both sides agree. The index lags:
 * whoever repairs asks the workflow itself first.
 */
export function differenceOf(creditorId: string, row: CaseToCompare, workflow: OpenWorkflow | undefined): Difference | undefined {
  const base = { creditorId, workflowId: row.workflowId, caseId: row.caseId };
  if (!workflow) return { ...base, kind: 'workflowMissing', detail: rowSide(row) };
  return workflow.shown && isStale(row, workflow.shown)
    ? { ...base, kind: 'snapshotStale', detail: { ...rowSide(row), shown: { ...workflow.shown } } }
    : undefined;
}

/**
 * True when the workflow shows another state, sum or next action than the rows. The fact number itself is shown nowhere; two snapshots that agree
 * in these three lead to the same next act, which is asked again on its own locked rows.
 */
export function isStale(row: CaseToCompare, shown: ShownCase): boolean {
  if (shown.state !== undefined && shown.state !== row.state) return true;
  if (shown.openPrincipal !== undefined && shown.openPrincipal !== row.openPrincipalMinor.toString()) return true;
  return shown.nextActionAt !== undefined && row.wakeAt !== null && shown.nextActionAt !== row.wakeAt;
}

export function rowSide({ state, openPrincipalMinor, wakeAt, epoch, factSeq }: CaseToCompare): Record<string, unknown> {
  return { state, openPrincipalMinor: openPrincipalMinor.toString(), wakeAt, epoch, factSeq };
}
