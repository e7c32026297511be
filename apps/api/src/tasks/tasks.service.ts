import { type Actor, applyFacts, recordChange, refusal, todayFor } from '#casework';
import { type Blocker, decodeState } from '#domain';
import type { TaskListItem } from '#persistence';
import type { TaskRow, Tx } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { dayOf, pageOf } from '../http/wire.js';
import type { taskAnswer, tasksAnswer, tasksQuery } from './tasks.schemas.js';

/** Tasks that end with what they ask for, not with a tick. */
const ENDS_BY: Readonly<Record<string, string>> = {
  approveStage: 'approvals/{id}/decision',
  call: 'calls/{id}/report',
  documentDoubt: 'cases/{caseId}/doubts/clear',
  decideDebtorKind: 'debtors/{debtorId}/kind',
  answerDispute: 'cases/{caseId}/dispute/resolve',
  messageUnknown: 'communications/{id}/decision',
  recallReferral: 'handovers/{id}/recalled',
  paymentParked: 'payments/{id}/allocate',
};

/** What a finished task lets go on: the person mended what the case waited for. */
const LIFTS: Readonly<Record<string, Blocker>> = {
  messageRejected: 'messageRejected',
  letterImpossible: 'handedToPerson',
  findContact: 'contactMissing',
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
    return pageOf(page, taskView);
  }

  async done(creditorId: string, taskId: string, by: Actor): Promise<TaskAnswer> {
    return this.backend.run(creditorId, async (tx) => {
      const task = orNotFound(await tx.tasks.one({ creditorId, taskId }), 'task', taskId);
      const command = ENDS_BY[task.kind];
      if (command) throw refusal('taskEndsByCommand', { kind: task.kind, command });
      if (task.role === 'finance' && by.role === 'controller') throw refusal('taskOfFinance', { kind: task.kind });
      const closedAt = this.backend.deps.clock.now();
      const changed = await tx.tasks.update({ creditorId, taskId, state: 'open' }, { state: 'done', closedBy: by.actor, closedAt });
      if (changed === 0) throw refusal('taskNotOpen', { state: task.state });
      await this.journal(tx, task, by);
      await this.lift(tx, task, by);
      return taskView({ ...task, state: 'done', closedBy: by.actor, closedAt, debtorName: null, invoiceNumber: null });
    });
  }

  private async lift(tx: Tx, task: TaskRow, by: Actor): Promise<void> {
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

function taskView(row: TaskListItem): TaskAnswer {
  const {
    taskId,
    kind,
    title,
    role,
    state,
    dueOn,
    caseId,
    debtorId,
    debtorName,
    invoiceNumber,
    subjectId,
    detail,
    createdAt,
    closedBy,
    closedAt,
  } = row;
  return {
    ...{
      taskId,
      kind,
      title,
      role,
      state,
      dueOn,
      caseId,
      debtorId,
      debtorName,
      invoiceNumber,
      subjectId,
      detail,
      createdAt,
      closedBy,
      closedAt,
    },
    endsBy: ENDS_BY[kind] ?? null,
  };
}
