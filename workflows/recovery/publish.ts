import { searchAttributesOf } from '#contracts';
import type { CaseSnapshot } from '#domain';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

/**
 * Shows the snapshot in the search attributes: only what changed, at most one upsert, in the workflow task that runs anyway. What the start or an
 * earlier run gave counts as shown, so that a case opened with its attributes costs nothing here.
 */
export function publish(snapshot: CaseSnapshot): void {
  const shown = workflowInfo().typedSearchAttributes;
  const changed = searchAttributesOf(snapshot).filter(({ key, value }) => plain(shown.get(key)) !== plain(value));
  if (changed.length > 0) upsertSearchAttributes(changed);
}

/** Dates and plain values alike as text that compares. */
function plain(value: unknown): string {
  return JSON.stringify(value ?? null);
}
