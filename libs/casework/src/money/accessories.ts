import { type Day, frenchAmount, frenchDay, type StatementOfClaim } from '#domain';
import type { CaseRow, PaymentRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { raiseTask } from '../people/tasks.js';
import { type CaseMovement, type ClaimFacts, claimFrom } from './claim-of-case.js';

/** What is owed or was paid beyond the principal, by head. Minor units, never negative. */
export interface Accessories {
  readonly interestMinor: bigint;
  readonly indemnityMinor: bigint;
}

/** Money that the principal of a case did not take, on its value day. */
export interface OfferedMoney {
  readonly paymentId: string;
  readonly paidOn: Day;
  readonly offeredMinor: bigint;
}

/** What becomes of the accessories of a case whose principal is in. */
export interface SharedAccessories {
  /** What they take of the money offered; the rest of that money is no part of the claim. */
  readonly taken: Accessories;
  /** What is still owed after it: accessories, and what a tolerance left of the principal. */
  readonly restMinor: bigint;
  /** The day on which the last of the case's money counts: what a delay costs is known then, in whatever order payments were told. */
  readonly on: Day;
}

export const NO_ACCESSORIES: Accessories = { interestMinor: 0n, indemnityMinor: 0n };

export function accessoriesTotal({ interestMinor, indemnityMinor }: Accessories): bigint {
  return interestMinor + indemnityMinor;
}

/**
 * What is lawfully owed beyond the principal by the statement of the claim, less what payments brought already, and what the money offered pays of it:
 * interest, then the indemnity, which has no rank of its own and comes last. The statement counts that money whole and on its value day, as the law does.
 * Nothing where the statement is refused (a rate, the law or the kind of debtor is unknown) or the regime opens no right on that day: a French consumer
 * before the notice, a Belgian one within the free days.
 */
export function shareAccessories(deps: Pick<CaseworkDeps, 'law'>, facts: ClaimFacts, money?: OfferedMoney): SharedAccessories {
  const movements = money ? withOffered(facts.movements, money) : facts.movements;
  const on = movements.reduce<Day>((last, movement) => (movement.on > last ? movement.on : last), movements[0]?.on ?? facts.row.dueOn);
  const { statement } = claimFrom(deps, { ...facts, movements }, on);
  if (!statement) return { taken: NO_ACCESSORIES, restMinor: 0n, on };
  const taken = takeAccessories(money?.offeredMinor ?? 0n, owedByHead(statement, movements));
  return { taken, restMinor: statement.claimTotalMinor, on };
}

function withOffered(movements: readonly CaseMovement[], { paymentId, paidOn, offeredMinor }: OfferedMoney): CaseMovement[] {
  if (offeredMinor === 0n) return [...movements];
  const first = movements.find((movement) => movement.paymentId === paymentId);
  if (!first) return [...movements, { kind: 'payment', on: paidOn, amountMinor: offeredMinor, paymentId, offeredMinor }];
  return movements.map((movement) =>
    movement === first ? { ...movement, amountMinor: movement.amountMinor + offeredMinor, offeredMinor } : movement,
  );
}

/** With the principal in, the law's order of payment leaves exactly what accrued: both heads, less what was paid for them. */
function owedByHead(statement: StatementOfClaim, movements: readonly CaseMovement[]): Accessories {
  const paid = accessoriesIn(movements);
  return {
    interestMinor: notBelowZero(statement.interestAccruedMinor - paid.interestMinor),
    indemnityMinor: notBelowZero(statement.compensationMinor - paid.indemnityMinor),
  };
}

/** What payments brought of the accessories so far. */
export function accessoriesIn(movements: readonly CaseMovement[]): Accessories {
  return {
    interestMinor: movements.reduce((sum, { interestMinor = 0n }) => sum + interestMinor, 0n),
    indemnityMinor: movements.reduce((sum, { indemnityMinor = 0n }) => sum + indemnityMinor, 0n),
  };
}

function notBelowZero(minor: bigint): bigint {
  return minor > 0n ? minor : 0n;
}

export function takeAccessories(offeredMinor: bigint, owed: Accessories): Accessories {
  const interestMinor = smaller(offeredMinor, owed.interestMinor);
  return { interestMinor, indemnityMinor: smaller(offeredMinor - interestMinor, owed.indemnityMinor) };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Writes on the payment's allocation to the case what its accessories take, and says so in the journal. */
export async function bookAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  payment: Pick<PaymentRow, 'paymentId' | 'paidOn'>,
  taken: Accessories,
  restMinor: bigint,
  by: Actor,
): Promise<void> {
  const { creditorId, caseId } = row;
  await tx.allocations.update({ creditorId, paymentId: payment.paymentId, caseId, reversedAt: null }, { ...taken });
  await journalAccessories(tx, deps, row, 'accessoriesReceived', payment.paidOn, { paymentId: payment.paymentId, ...taken, restMinor }, by);
}

/** One row of the stream that tells what became of the accessories of a case. */
export async function journalAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  { creditorId, caseId, currency }: CaseRow,
  kind: 'accessoriesReceived' | 'accessoriesTakenBack',
  effectiveOn: Day,
  moved: Accessories & { readonly paymentId: string; readonly restMinor?: bigint },
  by: Actor,
): Promise<void> {
  const amountMinor = accessoriesTotal(moved);
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `accessories:${caseId}`,
      kind,
      recordedAt: deps.clock.now(),
      effectiveOn,
      cause: { caseId, currency, amountMinor, ...moved },
      before: null,
      after: { ...moved },
    },
    by,
  );
}

/** Gives up what lies below the policy's threshold, and says so in the journal. */
export async function waiveAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  { creditorId, caseId }: CaseRow,
  { restMinor, on }: Pick<AskedAccessories, 'restMinor' | 'on'>,
  by: Actor,
): Promise<void> {
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `accessories:${caseId}`,
      kind: 'accessoriesWaived',
      recordedAt: deps.clock.now(),
      effectiveOn: on,
      cause: { caseId, restMinor, because: 'belowPolicyThreshold' },
      before: null,
      after: { waivedMinor: restMinor },
    },
    by,
  );
}

/** What finance is asked about: what is still owed beyond the principal, what came in for it, and the day of both. */
export interface AskedAccessories {
  readonly restMinor: bigint;
  readonly receivedMinor: bigint;
  readonly on: Day;
}

/** Finance says what becomes of what is still owed: one open question for each case. */
export async function askAccessories(tx: Tx, deps: CaseworkDeps, row: CaseRow, asked: AskedAccessories): Promise<void> {
  const { creditorId, caseId, debtorId } = row;
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'decideAccessories',
    role: 'finance',
    dedupeKey: `decideAccessories:${caseId}:${row.episode}`,
    title: accessoriesTitle(row.currency, asked),
    caseId,
    debtorId,
    detail: accessoriesDetail(asked),
  });
}

export function accessoriesDetail({ restMinor, receivedMinor, on }: AskedAccessories): Record<string, unknown> {
  return { restMinor: restMinor.toString(), on, ...(receivedMinor > 0n ? { receivedMinor: receivedMinor.toString() } : {}) };
}

export function accessoriesTitle(code: string, { restMinor, receivedMinor, on }: AskedAccessories): string {
  const received = receivedMinor > 0n ? `, et ${frenchAmount(receivedMinor, code)} sur les accessoires` : '';
  return `Principal réglé${received}. Restent ${frenchAmount(restMinor, code)} d’intérêts et d’indemnité au ${frenchDay(on)}\u202f: réclamer ou renoncer\u202f?`;
}
