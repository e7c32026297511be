import { captionOf, raiseTask, snapshotOfRow } from '#casework';
import type { CaseRow, Tx } from '#ports';
import type { Backend } from '../../backend.js';
import type { Difference } from './compare-case.js';

/** What became of a difference. `left`: it was gone, or news was on its way, when the rows were locked. */
export type Repair = 'startedAgain' | 'told' | 'asked' | 'left';

/** A workflow that was told so often and still differs goes to a person. */
export const TELLINGS_MAX = 3;

/**
 * Repairs through the outbox, on locked rows: whatever is queued says what the rows say then, and the relay brings it like any other news. Running it
 * twice, or beside a relay, does nothing twice.
 */
export async function repair(backend: Backend, difference: Difference, times: number): Promise<Repair> {
  switch (difference.kind) {
    case 'workflowMissing':
    case 'workflowEnded':
      return onCase(backend, difference, queueStart);
    case 'snapshotStale':
    case 'caseClosed':
      return times >= TELLINGS_MAX ? ask(backend, difference) : onCase(backend, difference, queueNews);
    case 'messageWorkflowMissing':
      return startMessage(backend, difference);
    case 'messageWorkflowEnded':
    case 'workflowUnknown':
      return ask(backend, difference);
  }
}

async function onCase(
  backend: Backend,
  { creditorId, caseId, workflowId, kind }: Difference,
  queue: (tx: Tx, backend: Backend, row: CaseRow, isClosed: boolean) => Promise<Repair>,
): Promise<Repair> {
  if (caseId === null) return 'left';
  const wantsClosed = kind === 'caseClosed';
  return backend.run(creditorId, async (tx) => {
    const [row] = await tx.lockCases(creditorId, [caseId]);
    if (!row || row.workflowId !== workflowId || (row.closedKind !== null) !== wantsClosed) return 'left';
    if ((await tx.outbox.count({ creditorId, workflowId, state: 'pending' })) > 0) return 'left';
    return queue(tx, backend, row, wantsClosed);
  });
}

/** The relay starts it under its id, or begins its next episode when that id has ended. */
async function queueStart(tx: Tx, { deps }: Backend, row: CaseRow): Promise<Repair> {
  const recordedAt = deps.clock.now();
  await tx.enqueue({
    creditorId: row.creditorId,
    workflowId: row.workflowId,
    kind: 'startRecovery',
    name: 'recoverInvoice',
    payload: { caseId: row.caseId, snapshot: await snapshotOfRow(tx, deps, row), caption: await captionOf(tx, row), recordedAt },
    createdAt: recordedAt,
  });
  return 'startedAgain';
}

async function queueNews(tx: Tx, { deps }: Backend, row: CaseRow, isClosed: boolean): Promise<Repair> {
  const recordedAt = deps.clock.now();
  await tx.enqueue({
    creditorId: row.creditorId,
    workflowId: row.workflowId,
    kind: 'signal',
    name: isClosed ? 'closed' : 'blockerLifted',
    payload: { caseId: row.caseId, snapshot: await snapshotOfRow(tx, deps, row), cause: { reconciled: true }, recordedAt },
    createdAt: recordedAt,
  });
  return 'told';
}

function startMessage(backend: Backend, { creditorId, workflowId, detail }: Difference): Promise<Repair> {
  const messageId = String(detail['messageId']);
  return backend.run(creditorId, async (tx) => {
    const message = await tx.messages.one({ creditorId, messageId, state: 'PLANNED' });
    if (!message || (await tx.outbox.count({ creditorId, workflowId, state: 'pending' })) > 0) return 'left';
    await tx.enqueue({
      creditorId,
      workflowId,
      kind: 'startMessage',
      name: 'informDebtor',
      payload: { creditorId, messageId, act: message.act },
      createdAt: backend.deps.clock.now(),
    });
    return 'startedAgain';
  });
}

const QUESTIONS: Readonly<Partial<Record<Difference['kind'], string>>> = {
  workflowUnknown: 'Un processus Temporal tourne pour un dossier que la base ne connaît pas\u202f: à examiner, puis à arrêter à la main.',
  messageWorkflowEnded: 'Le processus qui devait envoyer un message d’information s’est arrêté avant l’envoi\u202f: décider du message.',
};

async function ask(backend: Backend, { creditorId, kind, caseId, workflowId, detail }: Difference): Promise<Repair> {
  await backend.run(creditorId, (tx) =>
    raiseTask(tx, backend.deps, {
      creditorId,
      kind: 'reconcilerFinding',
      role: 'finance',
      dedupeKey: `reconciler:${kind}:${workflowId}`.slice(0, 300),
      title: QUESTIONS[kind] ?? 'Le processus d’un dossier ne suit plus la base malgré plusieurs rappels\u202f: prévenir l’exploitant.',
      detail: { finding: kind, workflowId, ...detail },
      ...(caseId === null ? {} : { caseId }),
    }),
  );
  return 'asked';
}
