import type { CaseRow, PaymentRow, TaskRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { amountFor } from '../policy-book.js';
import {
  type Accessories,
  accessoriesDetail,
  accessoriesIn,
  accessoriesTitle,
  accessoriesTotal,
  type AskedAccessories,
  bookAccessories,
  journalAccessories,
  shareAccessories,
  waiveAccessories,
} from './accessories.js';
import { claimFactsOf } from './claim-of-case.js';

interface Late {
  readonly caseId: string;
  readonly taken: Accessories;
}

/**
 * Money that comes when the principal of its cases is in already: it pays the interest and indemnity about which finance was asked and that it did not
 * waive, so that paying in two halves leaves what paying once leaves (I19). What was waived is owed no more: such money stays the debtor's credit.
 */
export async function payOpenAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  payment: PaymentRow,
  settled: readonly CaseRow[],
  money: { readonly surplusMinor: bigint; readonly designation: string },
  by: Actor,
): Promise<Late[]> {
  const paid: Late[] = [];
  let left = money.surplusMinor;
  const questions = await questionsOf(tx, payment.creditorId, settled);
  for (const { caseId } of settled) {
    const task = questions.get(caseId);
    const row = task && (await tx.cases.one({ creditorId: payment.creditorId, caseId }));
    if (!row || left === 0n) continue;
    const facts = await claimFactsOf(tx, row);
    const { taken, restMinor, on } = shareAccessories(deps, facts, { ...payment, offeredMinor: left });
    const takenMinor = accessoriesTotal(taken);
    if (takenMinor === 0n) continue;
    left -= takenMinor;
    // The rest of a balance within the tolerance was taken by the same payment: its row is there.
    const isPlaced = facts.movements.some(({ paymentId }) => paymentId === payment.paymentId);
    if (isPlaced) await bookAccessories(tx, deps, row, payment, taken, restMinor, by);
    else await placeAccessories(tx, deps, row, payment, { taken, restMinor, designation: money.designation }, by);
    const receivedMinor = accessoriesTotal(accessoriesIn(facts.movements)) + takenMinor;
    await askForRest(tx, deps, { row, task }, { restMinor, receivedMinor, on }, by);
    paid.push({ caseId, taken });
  }
  return paid;
}

/** The latest question about each case, where it is open or was answered with "claim them". */
async function questionsOf(tx: Tx, creditorId: string, settled: readonly CaseRow[]): Promise<Map<string, TaskRow>> {
  const questions = new Map<string, TaskRow>();
  if (settled.length === 0) return questions;
  const caseId = settled.map((row) => row.caseId);
  const tasks = await tx.tasks.all(
    { creditorId, caseId, kind: 'decideAccessories', state: ['open', 'done'] },
    { by: 'createdAt', direction: 'asc' },
  );
  for (const task of tasks) if (task.caseId) questions.set(task.caseId, task);
  for (const [id, task] of questions) if (task.state === 'done' && !(await isPursued(tx, creditorId, id))) questions.delete(id);
  return questions;
}

async function isPursued(tx: Tx, creditorId: string, caseId: string): Promise<boolean> {
  const [last] = await tx.journal.all(
    { creditorId, streamId: `accessories:${caseId}`, kind: ['accessoriesPursued', 'accessoriesWaived'] },
    { by: 'seq', direction: 'desc', limit: 1 },
  );
  return last?.kind === 'accessoriesPursued';
}

/** An allocation of its own, without principal; its ledger entry is the caller's. */
export async function placeAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  { paymentId, paidOn }: PaymentRow,
  { taken, restMinor, designation }: { readonly taken: Accessories; readonly restMinor: bigint; readonly designation: string },
  by: Actor,
): Promise<void> {
  const { creditorId, caseId } = row;
  await tx.allocations.insert({
    creditorId,
    allocationId: deps.ids.next(),
    paymentId,
    caseId,
    amountMinor: 0n,
    ...taken,
    paidOn,
    designation,
    recordedAt: deps.clock.now(),
    reversedOn: null,
    reversedAt: null,
  });
  await journalAccessories(tx, deps, row, 'accessoriesReceived', paidOn, { paymentId, ...taken, restMinor }, by);
}

/** The question ends with what it was about; a rest below the policy's threshold is waived, a larger one is what is asked from now on. */
async function askForRest(
  tx: Tx,
  deps: CaseworkDeps,
  { row, task }: { readonly row: CaseRow; readonly task: TaskRow },
  rest: AskedAccessories,
  by: Actor,
): Promise<void> {
  const { creditorId, currency } = row;
  const policy = await deps.policies.find(tx, creditorId, row.policyId, row.policyVersion);
  const isSmall = rest.restMinor <= amountFor(policy.waiveBelow, currency);
  if (isSmall && rest.restMinor > 0n) await waiveAccessories(tx, deps, row, rest, by);
  await tx.tasks.update(
    { creditorId, taskId: task.taskId, state: 'open' },
    isSmall
      ? { state: 'done', closedBy: 'system', closedAt: deps.clock.now() }
      : { title: accessoriesTitle(currency, rest), detail: accessoriesDetail(rest) },
  );
}
