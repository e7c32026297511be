import { decimalString, isCurrency, money, type StatementOfClaim } from '#domain';

/** Why a case has no figure, beside the principal that its books show all the same. */
export interface RefusedCase {
  readonly code: string;
  readonly principalMinor: bigint;
}

export interface Sums {
  cases: number;
  principalMinor: bigint;
  interestMinor: bigint;
  lumpSumMinor: bigint;
  claimMinor: bigint;
}

/** Cases without a figure, by reason. */
export interface Refusals {
  cases: number;
  principalMinor: bigint;
}

/** One line of the book: a regime and a currency. */
export interface BookLine {
  readonly regime: string;
  readonly currency: string;
  /** Cases whose claim is stated in full; `principalMinor` is what remains of it after the legal order of imputation. */
  readonly stated: Readonly<Sums>;
  /** Cases whose interest cannot be stated: never counted as zero, always with the reason. */
  readonly refused: readonly (Readonly<Refusals> & { readonly code: string })[];
  /** Stated and refused together: what the creditor's books show as open. */
  readonly openPrincipalMinor: bigint;
}

interface Growing {
  readonly regime: string;
  readonly currency: string;
  readonly stated: Sums;
  readonly refused: Map<string, Refusals>;
  openPrincipalMinor: bigint;
}

/** Adds up a book by regime and currency. What it keeps does not grow with the number of cases. */
export class BookTotals {
  cases = 0;
  private readonly lines = new Map<string, Growing>();

  /** A case whose claim is stated. `regime` is the law and the kind of debtor: `FR.business`. */
  addStated(regime: string, statement: StatementOfClaim): void {
    const line = this.line(regime, statement.currency);
    const { stated } = line;
    stated.cases += 1;
    stated.principalMinor += statement.imputedPrincipalMinor;
    stated.interestMinor += statement.interestOpenMinor;
    stated.lumpSumMinor += statement.compensationOpenMinor;
    stated.claimMinor += statement.claimTotalMinor;
    line.openPrincipalMinor += statement.openPrincipalMinor;
  }

  addRefused(regime: string, currency: string, { code, principalMinor }: RefusedCase): void {
    const line = this.line(regime, currency);
    const known = line.refused.get(code) ?? { cases: 0, principalMinor: 0n };
    known.cases += 1;
    known.principalMinor += principalMinor;
    line.refused.set(code, known);
    line.openPrincipalMinor += principalMinor;
  }

  /** By regime, then currency. */
  result(): BookLine[] {
    return [...this.lines.values()]
      .sort((a, b) => (a.regime + a.currency < b.regime + b.currency ? -1 : 1))
      .map(({ regime, currency, stated, refused, openPrincipalMinor }) => ({
        regime,
        currency,
        stated,
        refused: [...refused].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, sums]) => ({ code, ...sums })),
        openPrincipalMinor,
      }));
  }

  private line(regime: string, currency: string): Growing {
    this.cases += 1;
    const key = `${regime} ${currency}`;
    const known = this.lines.get(key);
    if (known) return known;
    const stated: Sums = { cases: 0, principalMinor: 0n, interestMinor: 0n, lumpSumMinor: 0n, claimMinor: 0n };
    const fresh: Growing = { regime, currency, stated, refused: new Map(), openPrincipalMinor: 0n };
    this.lines.set(key, fresh);
    return fresh;
  }
}

/** Minor units as a plain decimal: `1250.00`. */
export function plainAmount(minor: bigint, code: string): string {
  return isCurrency(code) ? decimalString(money(minor, code)) : minor.toString();
}
