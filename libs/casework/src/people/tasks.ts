import type { Day } from '#domain';
import type { Tables, TaskRow } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import type { TaskKind } from './task-rules.js';

export interface NewTask {
  readonly creditorId: string;
  /** Named in `TASK_RULES`, which says with what it ends. */
  readonly kind: TaskKind;
  /** One open task per key: raising it again changes nothing. */
  readonly dedupeKey: string;
  readonly title: string;
  readonly role?: TaskRow['role'];
  readonly caseId?: string;
  readonly debtorId?: string;
  readonly subjectId?: string;
  readonly detail?: Record<string, unknown>;
  readonly dueOn?: Day;
}

/** Asks a person; returns the task's id, or undefined when one is open already for the same cause. */
export async function raiseTask(tx: Tables, deps: CaseworkDeps, task: NewTask): Promise<string | undefined> {
  const taskId = deps.ids.next();
  const isNew = await tx.tasks.insertOnce({
    creditorId: task.creditorId,
    taskId,
    kind: task.kind,
    dedupeKey: task.dedupeKey,
    caseId: task.caseId ?? null,
    debtorId: task.debtorId ?? null,
    subjectId: task.subjectId ?? null,
    state: 'open',
    role: task.role ?? 'controller',
    title: task.title,
    detail: task.detail ?? {},
    dueOn: task.dueOn ?? null,
    createdAt: deps.clock.now(),
    closedBy: null,
    closedAt: null,
  });
  return isNew ? taskId : undefined;
}

/** Ends the open task of a cause, or of several, when there is one. */
export async function closeTask(
  tx: Tables,
  deps: CaseworkDeps,
  where: { creditorId: string; dedupeKey: string | readonly string[] },
  by: string,
  state: 'done' | 'cancelled' = 'done',
): Promise<void> {
  await tx.tasks.update({ ...where, state: 'open' }, { state, closedBy: by, closedAt: deps.clock.now() });
}
