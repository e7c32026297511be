import type { Day } from '#domain';
import type { AllocationRow, CaseRow, PaymentRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { amountFor } from '../policy-book.js';
import { accessoriesIn, accessoriesTotal, askAccessories, journalAccessories, shareAccessories, waiveAccessories } from './accessories.js';
import { claimFactsOf } from './claim-of-case.js';

export interface TakenBack {
  readonly payment: PaymentRow;
  readonly allocations: readonly AllocationRow[];
  /** Cases that the payment had been given to. */
  readonly rows: readonly CaseRow[];
  /** Those that stay settled without it, as they are now. */
  readonly settled: readonly CaseRow[];
  readonly on: Day;
}

/**
 * Interest and indemnity that a reversed payment had brought are owed again: said in the journal of each case, and asked about anew where the case stays
 * settled; one that is open again asks when its principal is in. The reversal must be booked already.
 */
export async function takeBackAccessories(tx: Tx, deps: CaseworkDeps, gone: TakenBack, by: Actor): Promise<void> {
  const { payment, on } = gone;
  for (const { caseId, interestMinor, indemnityMinor } of gone.allocations) {
    const row = gone.rows.find((one) => one.caseId === caseId);
    if (!row || accessoriesTotal({ interestMinor, indemnityMinor }) === 0n) continue;
    const moved = { paymentId: payment.paymentId, interestMinor, indemnityMinor };
    await journalAccessories(tx, deps, row, 'accessoriesTakenBack', on, moved, by);
    const still = gone.settled.find((one) => one.caseId === caseId);
    if (still) await askAgain(tx, deps, still, by);
  }
}

/** What was asked or answered before was about other money. */
export async function askAgain(tx: Tx, deps: CaseworkDeps, row: CaseRow, by: Actor): Promise<void> {
  const { creditorId, caseId } = row;
  await tx.tasks.update(
    { creditorId, caseId, kind: 'decideAccessories', state: 'open' },
    { state: 'cancelled', closedBy: 'system', closedAt: deps.clock.now() },
  );
  const facts = await claimFactsOf(tx, row);
  const { restMinor, on } = shareAccessories(deps, facts);
  if (restMinor <= 0n) return;
  const policy = await deps.policies.find(tx, creditorId, row.policyId, row.policyVersion);
  if (restMinor <= amountFor(policy.waiveBelow, row.currency)) return waiveAccessories(tx, deps, row, { restMinor, on }, by);
  const receivedMinor = accessoriesTotal(accessoriesIn(facts.movements));
  await askAccessories(tx, deps, row, { restMinor, receivedMinor, on });
}
