import {
  type ClaimInput,
  type ClaimMovement,
  day,
  EUR,
  eur,
  explainLine,
  type GoverningLaw,
  type InterestClause,
  isRefusal,
  type Refusal,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import { describe, expect, it } from 'vitest';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';

const statutes = loadStatutes();

interface Story {
  law?: GoverningLaw;
  face: string;
  dueOn: string;
  on: string;
  clause?: InterestClause;
  paid?: readonly (readonly [on: string, amount: string])[];
  credited?: readonly (readonly [on: string, amount: string])[];
  more?: Partial<ClaimInput>;
}

function claim(story: Story): StatementOfClaim | Refusal {
  const law = story.law ?? 'FR';
  const movement =
    (kind: ClaimMovement['kind']) =>
    ([on, amount]: readonly [string, string]): ClaimMovement => ({
      kind,
      on: day(on),
      amountMinor: eur(amount).minor,
    });
  return statementOfClaim({
    law,
    kind: 'business',
    currency: EUR,
    faceMinor: eur(story.face).minor,
    dueOn: day(story.dueOn),
    on: day(story.on),
    movements: [...(story.paid ?? []).map(movement('payment')), ...(story.credited ?? []).map(movement('creditNote'))],
    rules: claimRules(statutes, `${law}.business`),
    contract: { checkedOn: day('2024-01-02'), ...(story.clause ? { interest: story.clause } : {}) },
    ...story.more,
  });
}

function statement(story: Story): StatementOfClaim {
  const made = claim(story);
  if (isRefusal(made)) throw new Error(`Refused: ${JSON.stringify(made)}`);
  return made;
}

const cents = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
const lines = (made: StatementOfClaim): string[] => made.lines.map((l) => `${l.days} × ${l.ratePercent} = ${cents(l.interestMinor)}`);
const sums = (made: StatementOfClaim) => ({ interest: cents(made.interestAccruedMinor), fixed: cents(made.compensationMinor) });

describe('late interest under French law, business debtor', () => {
  it('A01, FR-4: 15 000 € due on 31 March 2026 and paid on 30 April cost 149.79 + 40', () => {
    const made = statement({ face: '15000', dueOn: '2026-03-31', on: '2026-04-30' });
    expect(lines(made)).toEqual(['30 × 12.15 = 149.79']);
    expect(cents(made.claimTotalMinor)).toBe('15189.79');
    expect(made.lines[0]?.firstDay).toBe('2026-04-01');
    expect(made.lines[0]?.source.article).toBe('C. com. L441-10 II');
    expect(made.lines[0]?.derivation).toBe('BCE 2,15\u00a0% au 1er janvier 2026 + 10');
  });

  it('A02, FR-5: a delay over 1 July 2026 is cut there, 183.75 at 12.15 % and 81.53 at 12.40 %', () => {
    const made = statement({ face: '12000', dueOn: '2026-05-15', on: '2026-07-20' });
    expect(lines(made)).toEqual(['46 × 12.15 = 183.75', '20 × 12.40 = 81.53']);
    expect(sums(made)).toEqual({ interest: '265.28', fixed: '40.00' });
    expect(cents(made.claimTotalMinor)).toBe('12305.28');
  });

  it('A03, FR-6: the silent contract of 2024 stays at ECB + 10 below the floor; 959.04, or 956.42 on ACT/366', () => {
    const story = { face: '10000', dueOn: '2024-01-31', on: '2024-09-30' };
    expect(lines(statement(story))).toEqual(['151 × 14.50 = 599.86', '92 × 14.25 = 359.18']);
    expect(sums(statement(story)).interest).toBe('959.04');
    expect(sums(statement({ ...story, more: { dayCount: 'ACT/366' } })).interest).toBe('956.42');
  });

  it('A04: "three times the legal rate" gives 629.24 + 372.03, and a clause of 10 % below the floor the same', () => {
    const story = { face: '10000', dueOn: '2024-01-31', on: '2024-09-30' };
    const triple = statement({ ...story, clause: { kind: 'multipleOfLegalRate', multiple: '3' } });
    const low = statement({ ...story, clause: { kind: 'rate', percent: '10' } });
    expect(lines(triple)).toEqual(['151 × 15.21 = 629.24', '92 × 14.76 = 372.03']);
    expect(sums(triple).interest).toBe('1001.27');
    expect(lines(low)).toEqual(lines(triple));
    expect(low.lines[0]?.derivation).toContain('sous le plancher');
  });

  it('A05, FR-1: a clause of 15 % stands above both floors of 2025, 184.93', () => {
    const made = statement({ face: '15000', dueOn: '2025-06-10', on: '2025-07-10', clause: { kind: 'rate', percent: '15' } });
    expect(made.lines.map((l) => l.ratePercent)).toEqual(['15.00', '15.00']);
    const within = statement({ face: '15000', dueOn: '2025-03-31', on: '2025-04-30', clause: { kind: 'rate', percent: '15' } });
    expect(sums(within).interest).toBe('184.93');
  });

  it('A06, FR-11: due on Sunday 30 November 2025, the first day is Monday and equal rates still make two lines of 49.53', () => {
    const made = statement({ face: '4800', dueOn: '2025-11-30', on: '2026-01-31' });
    expect(made.lines[0]?.firstDay).toBe('2025-12-01');
    expect(lines(made)).toEqual(['31 × 12.15 = 49.53', '31 × 12.15 = 49.53']);
    expect(cents(made.claimTotalMinor)).toBe('4939.06');
  });

  it('A07, FR-7: interest first, the last payment is 6 487.52 and settles everything', () => {
    const story: Story = { face: '10000', dueOn: '2026-01-31', on: '2026-08-10', paid: [['2026-03-15', '4000']] };
    const made = statement(story);
    expect(lines(made)).toEqual(['43 × 12.15 = 143.14', '107 × 12.15 = 218.81', '41 × 12.40 = 85.57']);
    expect(made.lines[1]?.baseMinor).toBe(614_314n);
    expect(cents(made.claimTotalMinor)).toBe('6487.52');
    expect(made.openPrincipalMinor).toBe(600_000n);
    expect(made.entries.find((e) => e.kind === 'payment')?.imputed).toEqual({
      interestMinor: 14_314n,
      principalMinor: 385_686n,
      compensationMinor: 0n,
    });
    const later = statement({ ...story, on: '2027-03-01', paid: [...(story.paid ?? []), ['2026-08-10', '6487.52']] });
    expect(later.claimTotalMinor).toBe(0n);
    expect(later.surplusMinor).toBe(0n);
    expect(sums(later)).toEqual({ interest: '447.52', fixed: '40.00' });
  });

  it('A07, FR-7: principal first needs a recorded agreement and then leaves 6 480.42', () => {
    const story: Story = { face: '10000', dueOn: '2026-01-31', on: '2026-08-10', paid: [['2026-03-15', '4000']] };
    const refused = claim({ ...story, more: { imputation: 'principalFirst' } });
    expect(refused).toMatchObject({ refusal: 'imputationAgreementMissing' });
    const made = statement({ ...story, more: { imputation: 'principalFirst', agreementRecorded: true } });
    expect(cents(made.claimTotalMinor)).toBe('6480.42');
    const movements: ClaimMovement[] = [{ kind: 'payment', on: day('2026-03-15'), amountMinor: 400_000n, designation: 'principal' }];
    expect(claim({ ...story, more: { movements } })).toMatchObject({ refusal: 'imputationAgreementMissing' });
    expect(cents(statement({ ...story, more: { movements, agreementRecorded: true } }).claimTotalMinor)).toBe('6480.42');
  });

  it('A08: paid on the due date nothing is added, paid the next day one day of interest and 40', () => {
    const onTime = statement({ face: '10000', dueOn: '2026-03-31', on: '2026-06-01', paid: [['2026-03-31', '10000']] });
    expect([onTime.claimTotalMinor, onTime.compensationMinor, onTime.lines.length]).toEqual([0n, 0n, 0]);
    const nextDay = statement({ face: '10000', dueOn: '2026-03-31', on: '2026-04-01', paid: [['2026-04-01', '10000']] });
    expect(lines(nextDay)).toEqual(['1 × 12.15 = 3.33']);
    expect(cents(nextDay.claimTotalMinor)).toBe('43.33');
    expect(nextDay.openPrincipalMinor).toBe(0n);
  });

  it('A09, FR-10: one invoice paid in three late parts owes 40 once, three late invoices owe it three times', () => {
    const parts = statement({
      face: '900',
      dueOn: '2026-03-31',
      on: '2026-06-30',
      paid: [
        ['2026-04-10', '300'],
        ['2026-04-20', '300'],
        ['2026-04-30', '300'],
      ],
    });
    expect(cents(parts.compensationMinor)).toBe('40.00');
    expect(parts.entries.filter((e) => e.kind === 'fixedCompensation')).toHaveLength(1);
    const three = ['2026-01-31', '2026-02-28', '2026-03-31'].map((dueOn) => statement({ face: '900', dueOn, on: '2026-04-30' }));
    expect(three.reduce((total, made) => total + made.compensationMinor, 0n)).toBe(eur('120').minor);
  });

  it('A13: a day after 31 December 2026 is refused as rateUnknown, never a partial total', () => {
    const refused = claim({ face: '10000', dueOn: '2026-11-30', on: '2027-01-01' });
    expect(refused).toMatchObject({ refusal: 'rateUnknown', facts: { law: 'FR', firstUnknownDay: '2027-01-01' } });
    expect(refused).not.toHaveProperty('claimTotalMinor');
    const lastDay = statement({ face: '10000', dueOn: '2026-11-30', on: '2026-12-31' });
    expect(lastDay.lines).toHaveLength(1);
    expect(lastDay).toMatchObject({ dailyInterestMinor: 0n, dailyRefusal: { refusal: 'rateUnknown' } });
  });

  it('A13: a clause that needs the floor is refused from 1 July 2026, whose legal rate nobody has read', () => {
    const clause: InterestClause = { kind: 'rate', percent: '20' };
    expect(claim({ face: '10000', dueOn: '2026-05-31', on: '2026-07-01', clause })).toMatchObject({
      refusal: 'rateUnknown',
      facts: { firstUnknownDay: '2026-07-01', key: 'fr.legalRate.professional' },
    });
    expect(statement({ face: '10000', dueOn: '2026-05-31', on: '2026-06-30', clause }).lines[0]?.ratePercent).toBe('20.00');
  });

  it('A14: a credit note lowers the base from the first late day and is no payment', () => {
    const made = statement({ face: '10000', dueOn: '2026-03-31', on: '2026-04-30', credited: [['2026-04-20', '4000']] });
    const lower = statement({ face: '6000', dueOn: '2026-03-31', on: '2026-04-30' });
    expect(lines(made)).toEqual(lines(lower));
    expect(made.claimTotalMinor).toBe(lower.claimTotalMinor);
    expect(made.entries.map((e) => e.kind)).not.toContain('payment');
  });

  it('A14: a credit note of the whole invoice leaves no interest and no 40', () => {
    const made = statement({ face: '10000', dueOn: '2026-03-31', on: '2026-04-30', credited: [['2026-04-20', '10000.50']] });
    expect([made.claimTotalMinor, made.compensationMinor, made.interestAccruedMinor, made.surplusMinor]).toEqual([0n, 0n, 0n, 50n]);
  });

  it('on or before the due date nothing is added', () => {
    const made = statement({ face: '10000', dueOn: '2026-03-31', on: '2026-03-31' });
    expect([made.claimTotalMinor, made.compensationMinor, made.lines.length]).toEqual([1_000_000n, 0n, 0]);
    expect([made.dailyInterestMinor, made.dailyFrom]).toEqual([333n, '2026-04-01']);
  });

  it('sample A2: the notice of 30 March 2026 says 4 951.77 and 1.62 a day from 31 March', () => {
    const made = statement({ face: '4860', dueOn: '2026-02-26', on: '2026-03-30' });
    expect([cents(made.interestAccruedMinor), cents(made.claimTotalMinor)]).toEqual(['51.77', '4951.77']);
    expect([cents(made.dailyInterestMinor), made.dailyFrom, made.dailyUntil]).toEqual(['1.62', '2026-03-31', '2026-06-30']);
  });

  it('sample A4: the notice of 7 April 2026 says 8 049.64', () => {
    expect(cents(statement({ face: '7920', dueOn: '2026-03-04', on: '2026-04-07' }).claimTotalMinor)).toBe('8049.64');
  });

  it('a line explains itself in French, with rate, base, article and derivation', () => {
    const [line] = statement({ face: '12000', dueOn: '2026-05-15', on: '2026-07-20' }).lines;
    expect(line && explainLine(line, 'fr')).toBe(
      '46\u00a0jours × 12,15\u00a0% sur 12\u202f000,00\u00a0€ = 183,75\u00a0€ (C. com. L441-10 II\u202f; BCE 2,15\u00a0% au 1er janvier 2026 + 10)',
    );
  });

  it('a line that leans on a value nobody has checked is not called checked', () => {
    const [first, second] = statement({ face: '12000', dueOn: '2026-05-15', on: '2026-07-20' }).lines;
    expect(first?.source.checkedOn).toBe('2026-11-22');
    expect(second?.source.checkedOn).toBeUndefined();
  });
});

describe('late interest under Belgian law, business debtor', () => {
  it('A22, BE-3: 5 000 € due on 30 November 2024 and paid on 31 August 2025 cost 53.08 + 285.14 + 89.18 and 40', () => {
    const made = statement({ law: 'BE', face: '5000', dueOn: '2024-11-30', on: '2025-08-31' });
    expect(lines(made)).toEqual(['31 × 12.50 = 53.08', '181 × 11.50 = 285.14', '62 × 10.50 = 89.18']);
    expect(sums(made)).toEqual({ interest: '427.40', fixed: '40.00' });
  });

  it('A23, BE-2: ECB 2.15 and 2.40 both give 10.5 %, ECB 3.15 gives 11.5 %', () => {
    const made = statement({ law: 'BE', face: '12000', dueOn: '2026-05-15', on: '2026-07-20' });
    expect(lines(made)).toEqual(['46 × 10.50 = 158.79', '20 × 10.50 = 69.04']);
    expect(sums(made)).toEqual({ interest: '227.83', fixed: '40.00' });
    expect(made.lines[1]?.derivation).toBe('BCE 2,40\u00a0% au 1er juillet 2026 + 8 = 10,40\u00a0%, arrondi au demi-point supérieur');
    const early = statement({ law: 'BE', face: '12000', dueOn: '2025-01-31', on: '2025-02-28' });
    expect(early.lines[0]?.ratePercent).toBe('11.50');
  });

  it('sample B11: the notice of 30 March 2026 says 8 512.49', () => {
    expect(cents(statement({ law: 'BE', face: '8400', dueOn: '2026-02-28', on: '2026-03-30' }).claimTotalMinor)).toBe('8512.49');
  });

  it('a contractual rate stands as agreed, a multiple of a legal rate is not known to Belgian law', () => {
    const story: Story = { law: 'BE', face: '1000', dueOn: '2026-01-31', on: '2026-07-31' };
    const agreed = statement({ ...story, clause: { kind: 'rate', percent: '12' } });
    expect(agreed.lines.map((l) => [l.lastDay, l.ratePercent])).toEqual([
      ['2026-06-30', '12.00'],
      ['2026-07-31', '12.00'],
    ]);
    expect(claim({ ...story, clause: { kind: 'multipleOfLegalRate', multiple: '3' } })).toMatchObject({
      refusal: 'clauseNotSupported',
      field: '/contract/interest',
    });
  });

  it('the computed rate agrees with every rate published for Belgium', () => {
    const rules = claimRules(statutes, 'BE.business');
    const published = statutes.parameters.get('be.latePayment.officialRate')?.values ?? [];
    expect(published.length).toBe(24);
    for (const line of published) {
      const rate = rules.rateFor(line.from, line.from, {});
      expect(isRefusal(rate) ? rate : Number(rate.printed)).toBe(Number(line.value));
    }
  });
});

describe('what the statement refuses', () => {
  const story: Story = { face: '1000', dueOn: '2026-01-31', on: '2026-03-31' };

  it('an invoice that fell due before the compensation existed is refused, not given 40 €', () => {
    expect(claim({ ...story, dueOn: '2012-12-31', on: '2013-01-05' })).toMatchObject({
      refusal: 'statuteUnknown',
      facts: { article: 'C. com. D441-5', supply: expect.stringContaining('indemnité forfaitaire') },
    });
  });
});
