import { day, type InterestLine, type LegalSource, type RateFormula, type StatementOfClaim } from '#domain';
import { CASES, REMINDED, type SampleRegime } from './sample-cases.js';
import { ecbPlus, statementA2, statementB11 } from './sample-statements.js';

/** The claim of a regime on the day of its notice. */
export function statementOf(regime: SampleRegime, on: string): StatementOfClaim {
  const it = CASES[regime];
  if (regime === 'FR.business') return statementA2(on, 32, 5_177n, '2026-03-31');
  if (regime === 'BE.business') return statementB11();
  const [law, kind] = regime.split('.') as [StatementOfClaim['law'], StatementOfClaim['kind']];
  const bare: StatementOfClaim = {
    ...statementA2(on, 32, 0n, on),
    law,
    kind,
    regime,
    dueOn: day(it.dueOn),
    faceMinor: it.openMinor,
    openPrincipalMinor: it.openMinor,
    imputedPrincipalMinor: it.openMinor,
    compensationMinor: 0n,
    compensationOpenMinor: 0n,
    claimTotalMinor: it.openMinor,
    lines: [],
    entries: [{ kind: 'principal', on: day(it.dueOn), amountMinor: it.openMinor, reference: it.number }],
    dailyInterestMinor: 0n,
    sources: [],
  };
  if (regime === 'BE.consumer') return withIndemnity(bare);
  if (regime === 'BE.publicBody') return withInterest(bare, { ...BELGIAN_RATE, interestMinor: 3_389n, dailyMinor: 89n });
  return regime === 'FR.publicBody' ? withInterest(bare, { ...PUBLIC_RATE, interestMinor: 3_276n, dailyMinor: 86n }) : bare;
}

function withIndemnity(bare: StatementOfClaim): StatementOfClaim {
  return {
    ...bare,
    compensationMinor: 3_650n,
    compensationOpenMinor: 3_650n,
    claimTotalMinor: bare.openPrincipalMinor + 3_650n,
    lumpSum: {
      kind: 'indemnity',
      amountMinor: 3_650n,
      article: 'CDE XIX.4',
      derivation: '30,00 € + 10 % au-delà de 150,00 €',
      tier: { remainingMinor: 21_500n, baseMinor: 3_000n, plusPercent: '10', aboveMinor: 15_000n },
    },
    entries: [...bare.entries, { kind: 'indemnity', on: REMINDED.claimFrom, amountMinor: 3_650n, article: 'CDE XIX.4' }],
  };
}

/** The frozen rate of a French public buyer: 38 days from 21 February. */
const PUBLIC_RATE = {
  source: { article: 'CCP R2192-31', title: 'Code de la commande publique' },
  indemnity: 'CCP D2192-35',
  ratePercent: '10.15',
  formula: ecbPlus('S1', '8', { isFrozen: true }),
} as const;

/** A Belgian public body owes what an enterprise owes. */
const BELGIAN_RATE = {
  source: { article: 'Loi du 2 août 2002, art. 5', title: 'Loi concernant la lutte contre le retard de paiement' },
  indemnity: 'Loi du 2 août 2002, art. 6',
  ratePercent: '10.5',
  formula: ecbPlus('S1', '8', { sumPercent: '10.15' }),
} as const;

interface SampleInterest {
  readonly source: LegalSource;
  readonly indemnity: string;
  readonly ratePercent: string;
  readonly formula: RateFormula;
  readonly interestMinor: bigint;
  readonly dailyMinor: bigint;
}

function withInterest(bare: StatementOfClaim, rate: SampleInterest): StatementOfClaim {
  const { source, ratePercent, formula, interestMinor, dailyMinor, indemnity } = rate;
  const line: InterestLine = {
    firstDay: day('2026-02-21'),
    lastDay: bare.on,
    days: 38,
    baseMinor: bare.openPrincipalMinor,
    ratePercent,
    interestMinor,
    runningTotalMinor: interestMinor,
    source,
    derivation: 'BCE 2,15 % au 1er janvier 2026 + 8',
    formula,
  };
  return {
    ...bare,
    interestAccruedMinor: interestMinor,
    interestOpenMinor: interestMinor,
    compensationMinor: 4_000n,
    compensationOpenMinor: 4_000n,
    claimTotalMinor: bare.openPrincipalMinor + interestMinor + 4_000n,
    lines: [line],
    entries: [...bare.entries, { kind: 'fixedCompensation', on: day('2026-02-21'), amountMinor: 4_000n, article: indemnity }],
    dailyInterestMinor: dailyMinor,
    dailyFrom: day('2026-03-31'),
    sources: [source],
  };
}
