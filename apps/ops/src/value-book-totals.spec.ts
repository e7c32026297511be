import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currency, day, isRefusal, type StatementOfClaim, statementOfClaim } from '#domain';
import { claimRules, loadStatutes } from '#statutes';
import { bookJson, bookPage } from './value-book-page.js';
import { BookTotals } from './value-book-totals.js';

const rules = claimRules(loadStatutes(), 'FR.business');

function stated(faceMinor: bigint): StatementOfClaim {
  const statement = statementOfClaim({
    law: 'FR',
    kind: 'business',
    currency: currency('EUR'),
    faceMinor,
    dueOn: day('2026-05-15'),
    on: day('2026-07-20'),
    movements: [],
    rules,
  });
  if (isRefusal(statement)) throw new Error(statement.refusal);
  return statement;
}

describe('the totals of a book', () => {
  it('FR-5: a regime and a currency add up what is stated and count what is refused, with its reason', () => {
    const totals = new BookTotals();
    totals.addStated('FR.business', stated(1_200_000n));
    totals.addStated('FR.business', stated(1_200_000n));
    totals.addRefused('FR.business', 'EUR', { code: 'rateUnknown', principalMinor: 5_000n });
    totals.addRefused('FR.business', 'USD', { code: 'currencyNotSupportedForInterest', principalMinor: 70_000n });
    totals.addRefused('FR.coOwners', 'EUR', { code: 'debtorKindUnconfirmed', principalMinor: 1n });
    const value = { creditorId: 'a', on: day('2026-07-20'), cases: totals.cases, lines: totals.result() };
    expect(bookJson(value, { seconds: 2, cpuSeconds: 1.234, peakMiB: 100.4 })).toEqual({
      creditorId: 'a',
      on: '2026-07-20',
      cases: 5,
      lines: [
        {
          regime: 'FR.business',
          currency: 'EUR',
          openPrincipal: '24050.00',
          stated: { cases: 2, principal: '24000.00', interest: '530.56', lumpSums: '80.00', total: '24610.56' },
          refused: [{ code: 'rateUnknown', cases: 1, principal: '50.00' }],
        },
        {
          regime: 'FR.business',
          currency: 'USD',
          openPrincipal: '700.00',
          stated: { cases: 0, principal: '0.00', interest: '0.00', lumpSums: '0.00', total: '0.00' },
          refused: [{ code: 'currencyNotSupportedForInterest', cases: 1, principal: '700.00' }],
        },
        {
          regime: 'FR.coOwners',
          currency: 'EUR',
          openPrincipal: '0.01',
          stated: { cases: 0, principal: '0.00', interest: '0.00', lumpSums: '0.00', total: '0.00' },
          refused: [{ code: 'debtorKindUnconfirmed', cases: 1, principal: '0.01' }],
        },
      ],
      seconds: 2,
      cpuSeconds: 1.23,
      peakMiB: 100,
    });
  });

  it('tells the same in French, a refused case never as zero interest', () => {
    const totals = new BookTotals();
    totals.addStated('FR.business', stated(1_200_000n));
    totals.addRefused('FR.business', 'EUR', { code: 'rateUnknown', principalMinor: 5_000n });
    const page = bookPage(
      { creditorId: 'a', on: day('2026-07-20'), cases: 2, lines: totals.result() },
      { seconds: 0.5, cpuSeconds: 0.4, peakMiB: 99.6 },
    );
    expect(page).toEqual([
      'a, dossiers ouverts, valeur au 20 juillet 2026\u202f: 2 dossiers',
      '',
      'FR.business, EUR\u202f: principal comptable 12\u202f050,00\u00a0€',
      '  calculés\u202f: 1 dossier, principal restant 12\u202f000,00\u00a0€, intérêts 265,28\u00a0€, indemnités 40,00\u00a0€, total 12\u202f305,28\u00a0€',
      '  non calculés, rateUnknown\u202f: 1 dossier, principal 50,00\u00a0€',
      '',
      '0,5 s, 4 par seconde, mémoire au plus 100 Mio',
    ]);
  });

  it('every case is counted once and every cent of principal is in one line, whatever the order', () => {
    const entry = fc.record({
      regime: fc.constantFrom('FR.business', 'FR.consumer', 'BE.business'),
      minor: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      code: fc.option(fc.constantFrom('rateUnknown', 'debtorKindUnknown'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        const totals = new BookTotals();
        for (const { regime, minor, code } of entries)
          if (code) totals.addRefused(regime, 'EUR', { code, principalMinor: minor });
          else totals.addStated(regime, stated(minor));
        const lines = totals.result();
        const count = lines.reduce((sum, line) => sum + line.stated.cases + line.refused.reduce((more, { cases }) => more + cases, 0), 0);
        expect([totals.cases, count]).toEqual([entries.length, entries.length]);
        expect(lines.reduce((sum, line) => sum + line.openPrincipalMinor, 0n)).toBe(entries.reduce((sum, { minor }) => sum + minor, 0n));
        for (const { stated: sums } of lines) expect(sums.claimMinor).toBe(sums.principalMinor + sums.interestMinor + sums.lumpSumMinor);
      }),
      { numRuns: 100 },
    );
  });
});
