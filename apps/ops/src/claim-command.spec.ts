import { describe, expect, it } from 'vitest';
import { claim } from './claim-command.js';
import type { ClaimOptions } from './claim-options.js';

const FR5: ClaimOptions = { law: 'FR', debtor: 'business', amount: '12000', due: '2026-05-15', paid: '2026-07-20' };

interface Shown {
  readonly claimTotal: { readonly amount: string };
  readonly interest: {
    readonly accrued: { readonly amount: string };
    readonly lines: readonly { readonly interest: { readonly amount: string } }[];
  };
  readonly compensation: { readonly amount: { readonly amount: string } };
  readonly notes: readonly { readonly code: string }[];
}

function shown(options: ClaimOptions): Shown {
  const { lines, exitCode } = claim({ ...options, json: true });
  expect(exitCode, lines.join('\n')).toBe(0);
  return JSON.parse(lines.join('\n')) as Shown;
}

/** Interest line by line, lump sum and total, as a person compares them with the worked example. */
function figures(options: ClaimOptions): readonly [lines: readonly string[], lumpSum: string, total: string] {
  const { interest, compensation, claimTotal } = shown(options);
  return [interest.lines.map((line) => line.interest.amount), compensation.amount.amount, claimTotal.amount];
}

describe('relance claim', () => {
  it('FR-5, A02: prints each period as a sentence, the lump sum, the total and the sources', () => {
    const { lines, exitCode } = claim(FR5);
    expect(exitCode).toBe(0);
    const page = lines.join('\n');
    expect(lines[0]).toBe('Décompte au 20 juillet 2026 (droit français, débiteur professionnel)');
    expect(page).toContain(
      '46\u00a0jours × 12,15\u00a0% sur 12\u202f000,00\u00a0€ = 183,75\u00a0€ (C. com. L441-10 II\u202f; BCE 2,15\u00a0% au 1er janvier 2026 + 10)',
    );
    expect(page).toContain('20\u00a0jours × 12,40\u00a0% sur 12\u202f000,00\u00a0€ = 81,53\u00a0€');
    expect(page).toMatch(/Intérêts courus\u202f: 265,28\u00a0€ \(jours réels sur 365, ACT\/365F/);
    expect(page).toMatch(/40,00\u00a0€.*C\. com\. D441-5/);
    expect(page).toContain('Total dû au 20 juillet 2026\u202f: 12\u202f305,28\u00a0€');
    expect(page).toMatch(/\(vérifié à la source le \d/);
    expect(page).toContain('non vérifié à la source');
  });

  it('says the same in Dutch and English, figures as those readers write them', () => {
    expect(claim({ ...FR5, language: 'nl' }).lines.join('\n')).toContain(
      '46\u00a0dagen × 12,15\u00a0% op €\u00a012.000,00 = €\u00a0183,75',
    );
    expect(claim({ ...FR5, language: 'en' }).lines.join('\n')).toContain('46\u00a0days × 12.15% on €12,000.00 = €183.75');
    expect(claim({ ...FR5, language: 'en' }).lines.join('\n')).toContain('Total due on 20 July 2026: €12,305.28');
  });

  const business = { law: 'FR', debtor: 'business' };
  const oracles: readonly (readonly [id: string, options: ClaimOptions, lines: readonly string[], lumpSum: string, total: string])[] = [
    ['FR-4, A01', { ...business, amount: '15000', due: '2026-03-31', paid: '2026-04-30' }, ['149.79'], '40.00', '15189.79'],
    [
      'FR-6 on 365 days',
      { ...business, amount: '10000', due: '2024-01-31', paid: '2024-09-30' },
      ['599.86', '359.18'],
      '40.00',
      '10999.04',
    ],
    [
      'FR-6 with a clause of three times the legal rate',
      { ...business, amount: '10000', due: '2024-01-31', paid: '2024-09-30', clauseMultiple: '3' },
      ['629.24', '372.03'],
      '40.00',
      '11041.27',
    ],
    [
      'FR-7, interest first',
      { ...business, amount: '10000', due: '2026-01-31', paid: '2026-08-10', payment: ['2026-03-15:4000'] },
      ['143.14', '218.81', '85.57'],
      '40.00',
      '6487.52',
    ],
    [
      'FR-7, principal first by agreement',
      { ...business, amount: '10000', due: '2026-01-31', paid: '2026-08-10', payment: ['2026-03-15:4000:principal'], agreement: true },
      ['143.14', '213.71', '83.57'],
      '40.00',
      '6480.42',
    ],
    [
      'FR-8, A16',
      { law: 'FR', debtor: 'publicBody', amount: '20000', due: '2026-05-31', paid: '2026-08-31' },
      ['511.67'],
      '40.00',
      '20551.67',
    ],
    [
      'FR-9, A17',
      { law: 'FR', debtor: 'consumer', amount: '1200', due: '2025-01-31', notice: '2025-03-03', paid: '2025-09-15' },
      ['14.51', '6.99'],
      '0.00',
      '1221.50',
    ],
    ['FR-11', { ...business, amount: '4800', due: '2025-11-30', paid: '2026-01-31' }, ['49.53', '49.53'], '40.00', '4939.06'],
    [
      'BE-2, A23',
      { law: 'BE', debtor: 'business', amount: '12000', due: '2026-05-15', paid: '2026-07-20' },
      ['158.79', '69.04'],
      '40.00',
      '12267.83',
    ],
    [
      'BE-3, A22',
      { law: 'BE', debtor: 'business', amount: '5000', due: '2024-11-30', paid: '2025-08-31' },
      ['53.08', '285.14', '89.18'],
      '40.00',
      '5467.40',
    ],
    [
      'BE-1',
      {
        law: 'BE',
        debtor: 'consumer',
        amount: '215',
        due: '2026-10-15',
        reminder: '2026-11-10:post',
        indemnityClause: 'legalScale',
        on: '2026-11-30',
      },
      ['0.03'],
      '36.50',
      '251.53',
    ],
  ];
  it.each(oracles)('%s', (_id, options, lines, lumpSum, total) => {
    expect(figures(options)).toEqual([lines, lumpSum, total]);
  });

  it('FR-6: interest on 366 days in a leap year comes to 956,42', () => {
    const options = { ...business, amount: '10000', due: '2024-01-31', paid: '2024-09-30', dayCount: 'ACT/366' };
    expect(shown(options).interest.accrued.amount).toBe('956.42');
  });

  it('A18: a consumer without a notice owes the principal alone, and the page says why', () => {
    const { interest, compensation, claimTotal, notes } = shown({
      law: 'FR',
      debtor: 'consumer',
      amount: '1200',
      due: '2025-01-31',
      on: '2025-09-15',
    });
    expect([interest.lines, compensation.amount.amount, claimTotal.amount]).toEqual([[], '0.00', '1200.00']);
    expect(notes.map(({ code }) => code)).toContain('noInterestWithoutNotice');
  });

  it('A37: an insolvency ends interest the day before the judgment', () => {
    const stopped = shown({ ...FR5, paid: '2026-08-31', insolvency: '2026-07-21' });
    expect(stopped.interest.accrued.amount).toBe('265.28');
    expect(stopped.notes.map(({ code }) => code)).toContain('interestEndedByInsolvency');
  });

  it('A14: a credit note lowers the base from the first late day, whenever it was written', () => {
    const late = figures({ ...FR5, amount: '12500', credit: ['2026-07-01:500'] });
    expect(late).toEqual(figures(FR5));
  });

  it('A28: a clause that nobody typed is no clause; one above the Belgian cap is void and the legal rate remains', () => {
    const consumer = { law: 'BE', debtor: 'consumer', amount: '1000', due: '2026-10-15', reminder: '2026-11-10:post', on: '2026-12-09' };
    expect(shown(consumer).notes.map(({ code }) => code)).toEqual(expect.arrayContaining(['contractNotRead', 'noIndemnityClause']));
    const capped = shown({ ...consumer, clauseRate: '12' });
    expect(capped.notes.map(({ code }) => code)).toContain('interestClauseVoid');
    // 10 days × 4.50 % on 1 000.00
    expect(capped.interest.accrued.amount).toBe('1.23');
  });

  it('takes amounts as people write them', () => {
    expect(figures({ ...FR5, amount: '12\u202f000,00' })).toEqual(figures(FR5));
  });
});
