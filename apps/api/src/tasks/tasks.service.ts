import { type Actor, applyFacts, type HeldBack, heldBackLetters, liftForDebtor, recordChange, refusal, todayFor } from '#casework';
import { type Blocker, decodeState } from '#domain';
import type { TaskListItem } from '#persistence';
import type { TaskRow, Tx } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { sheetPath } from '../calls/calls.service.js';
import { orNotFound, Problem } from '../http/problem.js';
import { dayOf, pageOf } from '../http/wire.js';
import { letterPath } from '../post-tray/post-tray.service.js';
import { ENDS_BY_COMMAND, howToEnd } from './task-endings.js';
import type { taskAnswer, tasksAnswer, tasksQuery } from './tasks.schemas.js';

/** What a finished task lets go on: the person mended what the case waited for. */
const LIFTS: Readonly<Record<string, Blocker>> = {
  messageRejected: 'messageRejected',
  letterImpossible: 'handedToPerson',
};

type TaskAnswer = z.output<typeof taskAnswer>;

@Injectable()
export class TasksService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof tasksQuery>): Promise<z.output<typeof tasksAnswer>> {
    const { dueTo, state, ...rest } = query;
    const page = await this.backend.readModels.tasks(creditorId, {
      ...rest,
      state: state ?? ['open'],
      ...(dueTo ? { dueTo: dayOf(dueTo) } : {}),
    });
    const held = await this.heldBack(creditorId, page.items);
    return pageOf(page, (task) => taskView(task, held.get(task.subjectId ?? '')));
  }

  async done(creditorId: string, taskId: string, by: Actor): Promise<TaskAnswer> {
    return this.backend.run(creditorId, async (tx) => {
      const task = orNotFound(await tx.tasks.one({ creditorId, taskId }), 'task', taskId);
      await this.refuseTick(tx, task);
      if (task.role === 'finance' && by.role === 'controller') throw refusal('taskOfFinance', { kind: task.kind });
      const closedAt = this.backend.deps.clock.now();
      const changed = await tx.tasks.update({ creditorId, taskId, state: 'open' }, { state: 'done', closedBy: by.actor, closedAt });
      if (changed === 0) throw refusal('taskNotOpen', { state: task.state });
      await this.journal(tx, task, by);
      await this.lift(tx, task, by);
      return taskView({ ...task, state: 'done', closedBy: by.actor, closedAt, debtorName: null, invoiceNumber: null });
    });
  }

  /** Letters whose task is open and that must not be posted as things stand. */
  private async heldBack(creditorId: string, tasks: readonly TaskRow[]): Promise<ReadonlyMap<string, HeldBack>> {
    const ids = tasks.flatMap(({ kind, state, subjectId }) => (kind === 'printLetter' && state === 'open' && subjectId ? [subjectId] : []));
    if (ids.length === 0) return new Map();
    return this.backend.plain(async (tx) => heldBackLetters(tx, creditorId, await tx.postItems.all({ creditorId, postItemId: ids })));
  }

  /** What asks for a decision ends with that decision, as long as it can still be taken. */
  private async refuseTick(tx: Tx, task: TaskRow): Promise<void> {
    const ending = ENDS_BY_COMMAND[task.kind];
    if (task.state !== 'open' || !ending) return;
    if (ending.needsOpenCase && !(await hasOpenCase(tx, task))) return;
    throw new Problem('taskEndsByCommand', { detail: howToEnd(ending, task), facts: { kind: task.kind, command: ending.route } });
  }

  private async lift(tx: Tx, task: TaskRow, by: Actor): Promise<void> {
    // One task stands for all cases of a debtor who cannot be reached.
    if (task.kind === 'findContact' && task.debtorId) {
      await liftForDebtor(tx, this.backend.deps, task.creditorId, task.debtorId, 'contactMissing', by);
      return;
    }
    const blocker = LIFTS[task.kind];
    if (!blocker || !task.caseId) return;
    const [row] = await tx.lockCases(task.creditorId, [task.caseId]);
    if (!row || row.closedKind || !decodeState(row.recovery).blockers.includes(blocker)) return;
    await applyFacts(tx, this.backend.deps, row, [{ type: 'blockerLifted', blocker }], by);
  }

  private async journal(tx: Tx, task: TaskRow, by: Actor): Promise<void> {
    const { creditorId, taskId, kind, caseId, dedupeKey } = task;
    const creditor = orNotFound(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
    const { clock } = this.backend.deps;
    await recordChange(
      tx,
      {
        creditorId,
        streamId: `task:${taskId}`,
        kind: 'taskDone',
        recordedAt: clock.now(),
        effectiveOn: todayFor(creditor, clock),
        cause: { taskId, kind, caseId, dedupeKey },
        before: { state: 'open' },
        after: { state: 'done' },
      },
      by,
    );
  }
}

/** A doubt is about every term of its invoice; anything else about the case of the task. */
async function hasOpenCase(tx: Tx, { creditorId, caseId, kind, subjectId }: TaskRow): Promise<boolean> {
  const about = kind === 'documentDoubt' && subjectId ? { invoiceId: subjectId } : { caseId: caseId ?? '' };
  return (await tx.cases.count({ creditorId, ...about, closedKind: null })) > 0;
}

function taskView({ creditorId, dedupeKey: _cause, ...task }: TaskListItem, held?: HeldBack): TaskAnswer {
  const title = held ? `${held.sentence} ${task.title}` : task.title;
  const document = held ? null : documentOf(creditorId, task);
  return { ...task, title, document, endsBy: ENDS_BY_COMMAND[task.kind]?.route ?? null };
}

/** What the person of an open task needs in hand. */
function documentOf(creditorId: string, { kind, state, subjectId }: Pick<TaskListItem, 'kind' | 'state' | 'subjectId'>): string | null {
  if (state !== 'open' || !subjectId) return null;
  if (kind === 'call') return sheetPath(creditorId, subjectId);
  return kind === 'printLetter' ? letterPath(creditorId, subjectId) : null;
}
