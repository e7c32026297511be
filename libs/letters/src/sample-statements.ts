import { day, type LegalSource, type RateFormula, type StatementOfClaim } from '#domain';

// Statements of the invoices that the sample letters speak of.

const INTEREST: LegalSource = { article: 'C. com. L441-10 II', title: 'Code de commerce' };
const INDEMNITY: LegalSource = { article: 'C. com. D441-5', title: 'Code de commerce' };
const BELGIAN: LegalSource = { article: 'Loi du 2 août 2002, art. 5', title: 'Loi concernant la lutte contre le retard de paiement' };

/** The ECB rate of a half-year of 2026 plus points. */
export function ecbPlus(half: 'S1' | 'S2', points: string, more: { sumPercent?: string; isFrozen?: boolean } = {}): RateFormula {
  const [referencePercent, referenceOn] = half === 'S1' ? ['2.15', day('2026-01-01')] : ['2.40', day('2026-07-01')];
  return { kind: 'referencePlus', referencePercent, referenceOn, points, ...more };
}

/** Invoice A2 on a day: 4 860,00 € due 26 February 2026 under French law, without payments. */
export function statementA2(on: string, days: number, interestMinor: bigint, dailyFrom: string): StatementOfClaim {
  return {
    on: day(on),
    law: 'FR',
    kind: 'business',
    regime: 'FR.business',
    currency: 'EUR',
    dueOn: day('2026-02-26'),
    faceMinor: 486_000n,
    openPrincipalMinor: 486_000n,
    imputedPrincipalMinor: 486_000n,
    interestAccruedMinor: interestMinor,
    interestOpenMinor: interestMinor,
    compensationMinor: 4_000n,
    compensationOpenMinor: 4_000n,
    claimTotalMinor: 490_000n + interestMinor,
    lines: [
      {
        firstDay: day('2026-02-27'),
        lastDay: day(on),
        days,
        baseMinor: 486_000n,
        ratePercent: '12.15',
        interestMinor,
        runningTotalMinor: interestMinor,
        source: INTEREST,
        derivation: 'BCE 2,15 % au 1er janvier 2026 + 10',
        formula: ecbPlus('S1', '10'),
      },
    ],
    entries: [
      { kind: 'principal', on: day('2026-02-26'), amountMinor: 486_000n, reference: 'A2' },
      { kind: 'interest', on: day(on), amountMinor: interestMinor, article: 'C. com. L441-10 II' },
      { kind: 'fixedCompensation', on: day('2026-02-27'), amountMinor: 4_000n, article: 'C. com. D441-5' },
    ],
    dailyInterestMinor: 162n,
    dailyFrom: day(dailyFrom),
    dayCount: 'ACT/365F',
    notes: [],
    imputationRule: 'FR.interestFirst@1',
    sources: [INTEREST, INDEMNITY],
  };
}

/** FR-7 on 10 August 2026: a part payment went to interest first; two rates, three lines. */
export function statementWithPayment(): StatementOfClaim {
  const line = (
    firstDay: string,
    lastDay: string,
    days: number,
    baseMinor: bigint,
    ratePercent: string,
    interestMinor: bigint,
    running: bigint,
  ) => ({
    firstDay: day(firstDay),
    lastDay: day(lastDay),
    days,
    baseMinor,
    ratePercent,
    interestMinor,
    runningTotalMinor: running,
    source: INTEREST,
    derivation: 'BCE + 10',
    formula: ecbPlus(ratePercent === '12.15' ? 'S1' : 'S2', '10'),
  });
  return {
    on: day('2026-08-10'),
    law: 'FR',
    kind: 'business',
    regime: 'FR.business',
    currency: 'EUR',
    dueOn: day('2026-01-31'),
    faceMinor: 1_000_000n,
    openPrincipalMinor: 600_000n,
    imputedPrincipalMinor: 614_314n,
    interestAccruedMinor: 44_752n,
    interestOpenMinor: 30_438n,
    compensationMinor: 4_000n,
    compensationOpenMinor: 4_000n,
    claimTotalMinor: 648_752n,
    lines: [
      line('2026-02-01', '2026-03-15', 43, 1_000_000n, '12.15', 14_314n, 14_314n),
      line('2026-03-16', '2026-06-30', 107, 614_314n, '12.15', 21_881n, 36_195n),
      line('2026-07-01', '2026-08-10', 41, 614_314n, '12.40', 8_557n, 44_752n),
    ],
    entries: [
      { kind: 'principal', on: day('2026-01-31'), amountMinor: 1_000_000n, reference: 'F-2026-014' },
      { kind: 'fixedCompensation', on: day('2026-02-01'), amountMinor: 4_000n, article: 'C. com. D441-5' },
      {
        kind: 'payment',
        on: day('2026-03-15'),
        amountMinor: -400_000n,
        reference: 'VRD-88',
        imputed: { interestMinor: 14_314n, principalMinor: 385_686n, compensationMinor: 0n },
      },
    ],
    dailyInterestMinor: 209n,
    dailyFrom: day('2026-08-11'),
    dayCount: 'ACT/365F',
    notes: [],
    imputationRule: 'FR.interestFirst@1',
    sources: [INTEREST, INDEMNITY],
  };
}

/** Invoice B11 on 30 March 2026: 8 400,00 € due 28 February under Belgian law. */
export function statementB11(): StatementOfClaim {
  return {
    ...statementA2('2026-03-30', 30, 7_249n, '2026-03-31'),
    law: 'BE',
    regime: 'BE.business',
    dueOn: day('2026-02-28'),
    faceMinor: 840_000n,
    openPrincipalMinor: 840_000n,
    imputedPrincipalMinor: 840_000n,
    claimTotalMinor: 851_249n,
    dailyInterestMinor: 242n,
    lines: [
      {
        firstDay: day('2026-03-01'),
        lastDay: day('2026-03-30'),
        days: 30,
        baseMinor: 840_000n,
        ratePercent: '10.5',
        interestMinor: 7_249n,
        runningTotalMinor: 7_249n,
        source: BELGIAN,
        derivation: 'BCE 2,15 % + 8, arrondi au demi-point supérieur',
        formula: ecbPlus('S1', '8', { sumPercent: '10.15' }),
      },
    ],
    entries: [
      { kind: 'principal', on: day('2026-02-28'), amountMinor: 840_000n, reference: 'B11' },
      { kind: 'fixedCompensation', on: day('2026-03-01'), amountMinor: 4_000n, article: 'Loi du 2 août 2002, art. 6' },
    ],
    notes: [],
    imputationRule: 'FR.interestFirst@1',
    sources: [BELGIAN],
  };
}
