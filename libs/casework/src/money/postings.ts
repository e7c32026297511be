import type { Day } from '#domain';
import type { Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';

export interface EntryLine {
  /**
   * `receivable:<caseId>` (principal), `interest:<caseId>` and `indemnity:<caseId>` (received beyond it), `bank`, `suspense`, `credit:<debtorId>`, `sales`.
   * Debits positive, credits negative, in minor units.
   */
  readonly account: string;
  readonly amountMinor: bigint;
}

export interface LedgerEntry {
  readonly creditorId: string;
  readonly currency: string;
  readonly effectiveOn: Day;
  readonly cause: string;
  readonly lines: readonly EntryLine[];
}

/** Books one balanced entry. Postings are never changed: a correction is another entry (I11, I12). */
export async function postEntry(tx: Tables, deps: CaseworkDeps, entry: LedgerEntry): Promise<void> {
  const lines = entry.lines.filter((line) => line.amountMinor !== 0n);
  const balance = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  if (balance !== 0n) throw new Error(`Entry ${entry.cause} does not balance: ${balance}`);
  if (lines.length === 0) return;
  const entryId = deps.ids.next();
  await tx.postings.insert(
    lines.map((line, index) => ({
      creditorId: entry.creditorId,
      postingId: deps.ids.next(),
      entryId,
      line: index + 1,
      account: line.account,
      amountMinor: line.amountMinor,
      currency: entry.currency,
      effectiveOn: entry.effectiveOn,
      recordedAt: deps.clock.now(),
      cause: entry.cause,
    })),
  );
}
