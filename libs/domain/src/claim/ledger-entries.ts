import { type Day, laterDay } from '../calendar/day.js';
import type { ClaimInput, ClaimMovement } from './claim-input.js';
import type { Imputation } from './imputation.js';
import { openPrincipal } from './principal-only.js';
import type { ClaimEntry, InterestLine, LumpSum } from './statement.js';

export interface LedgerFacts {
  readonly input: ClaimInput;
  /** In the order in which `openPrincipal` lists them. */
  readonly known: readonly ClaimMovement[];
  readonly imputations: ReadonlyMap<ClaimMovement, Imputation>;
  readonly lines: readonly InterestLine[];
  /** First day on which the lump sum, and interest drawn for earlier days, are claimed. */
  readonly claimableFrom: Day;
  readonly lumpSum?: LumpSum;
}

/**
 * Day by day; on one day what is owed comes before what was paid. Debits and credits add up to the claim less the surplus, and each
 * entry carries the balance after it.
 */
export function ledgerEntries(facts: LedgerFacts): ClaimEntry[] {
  const debits: ClaimEntry[] = facts.lines.map((line) => ({
    kind: 'interest',
    on: laterDay(line.lastDay, facts.claimableFrom),
    amountMinor: line.interestMinor,
    article: line.source.article,
  }));
  const { lumpSum } = facts;
  if (lumpSum) {
    debits.unshift({ kind: lumpSum.kind, on: facts.claimableFrom, amountMinor: lumpSum.amountMinor, article: lumpSum.article });
  }
  const [principal, ...credits] = openPrincipal(facts.input).entries.map((entry, index) => {
    const movement = index === 0 ? undefined : facts.known[index - 1];
    const spread = movement && facts.imputations.get(movement);
    return spread ? { ...entry, imputed: withoutSurplus(spread) } : entry;
  });
  const dated = [...debits, ...credits].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return withBalance(principal ? [principal, ...dated] : dated);
}

function withBalance(entries: readonly ClaimEntry[]): ClaimEntry[] {
  let balanceMinor = 0n;
  return entries.map((entry) => {
    balanceMinor += entry.amountMinor;
    return { ...entry, balanceMinor };
  });
}

function withoutSurplus(spread: Imputation): NonNullable<ClaimEntry['imputed']> {
  return { interestMinor: spread.interestMinor, principalMinor: spread.principalMinor, compensationMinor: spread.compensationMinor };
}
