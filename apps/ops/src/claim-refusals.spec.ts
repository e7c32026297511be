import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claim } from './claim-command.js';
import type { ClaimOptions } from './claim-options.js';

const FR5: ClaimOptions = { law: 'FR', debtor: 'business', amount: '12000', due: '2026-05-15', paid: '2026-07-20' };

describe('bad input of relance claim', () => {
  const refusals: readonly (readonly [why: string, change: ClaimOptions, code: string, field: string])[] = [
    ['no law', { law: undefined } as unknown as ClaimOptions, 'fieldMissing', '--law'],
    ['a law of neither country', { law: 'DE' }, 'lawUnknown', '--law'],
    ['a kind of debtor that is none', { debtor: 'company' }, 'debtorKindUnknown', '--debtor'],
    ['an unknown kind', { debtor: 'unknown' }, 'debtorKindUnknown', '--debtor'],
    ['a negative amount', { amount: '-12000' }, 'amountInvalid', '--amount'],
    ['nothing', { amount: '0' }, 'amountInvalid', '--amount'],
    ['10^15 in euros', { amount: '1000000000000000' }, 'amountInvalid', '--amount'],
    ['10^15 in cents', { amount: '10000000000000.00' }, 'claimAmountInvalid', '--amount'],
    ['an amount in words', { amount: 'douze mille' }, 'amountInvalid', '--amount'],
    ['NaN', { amount: 'NaN' }, 'amountInvalid', '--amount'],
    ['a third decimal', { amount: '12000.001' }, 'amountInvalid', '--amount'],
    ['a due date in year 9999', { due: '9999-12-31' }, 'dayUnknown', '--due'],
    ['a day that does not exist', { due: '2026-02-30' }, 'dayUnknown', '--due'],
    ['a day of the statement that does not exist', { paid: undefined, on: '2026-13-01' } as unknown as ClaimOptions, 'dayUnknown', '--on'],
    ['neither --on nor --paid', { paid: undefined } as unknown as ClaimOptions, 'fieldMissing', '--on'],
    ['both --on and --paid', { on: '2026-07-01' }, 'optionsContradict', '--on'],
    ['a payment before the issue', { issued: '2026-04-15', payment: ['2026-04-14:100'] }, 'paymentBeforeIssue', '--payment'],
    ['paid before the issue', { issued: '2026-04-15', paid: '2026-04-01' }, 'paymentBeforeIssue', '--paid'],
    ['due before the issue', { issued: '2026-06-15' }, 'dueBeforeIssue', '--due'],
    ['a payment that is no pair', { payment: ['2026-06-01'] }, 'movementInvalid', '--payment'],
    ['a payment of nothing', { payment: ['2026-06-01:0'] }, 'amountInvalid', '--payment'],
    ['a credit note of 10^15 cents', { credit: ['2026-06-01:10000000000000'] }, 'claimMovementInvalid', '--credit'],
    ['a designation that is none', { payment: ['2026-06-01:100:interest'] }, 'designationUnknown', '--payment'],
    ['a credit note with a designation', { credit: ['2026-06-01:100:principal'] }, 'movementInvalid', '--credit'],
    [
      'principal first without an agreement',
      { principalFirst: true, payment: ['2026-06-01:100'] },
      'imputationAgreementMissing',
      '--agreement',
    ],
    ['a clause in words', { clauseRate: 'trois fois le taux légal' }, 'clauseInvalid', '--clause-rate'],
    ['a multiple in words', { clauseMultiple: 'trois' }, 'clauseInvalid', '--clause-multiple'],
    ['a rate and a multiple', { clauseRate: '12', clauseMultiple: '3' }, 'optionsContradict', '--clause-rate'],
    ['a clause in a silent contract', { clauseRate: '12', silentContract: true }, 'optionsContradict', '--silent-contract'],
    [
      'an indemnity clause in words',
      { law: 'BE', debtor: 'consumer', indemnityClause: 'dix pour cent' },
      'clauseInvalid',
      '--indemnity-clause',
    ],
    ['a method of counting days that is none', { dayCount: '30/360' }, 'dayCountUnknown', '--day-count'],
    ['a currency whose late interest no law of these answers', { currency: 'USD' }, 'currencyNotSupportedForInterest', '--currency'],
    ['a currency that is none', { currency: 'ABC' }, 'currencyUnknown', '--currency'],
    ['a rate that is not known yet', { paid: '2027-07-20' }, 'rateUnknown', '--paid'],
    ['a first reminder by pigeon', { law: 'BE', debtor: 'consumer', reminder: '2026-06-10:pigeon' }, 'firstReminderInvalid', '--reminder'],
    [
      'a first reminder before the due date',
      { law: 'BE', debtor: 'consumer', reminder: '2026-05-10:post' },
      'firstReminderInvalid',
      '--reminder',
    ],
    ['a Belgian public buyer whose market is unknown', { law: 'BE', debtor: 'publicBody' }, 'procurementUnknown', '--procurement'],
    ['a language that is none of the three', { language: 'de' }, 'languageUnknown', '--language'],
  ];
  it.each(refusals)('%s: a code, the option and what to supply, exit 2, no sum', (_why, change, code, field) => {
    const { lines, exitCode } = claim({ ...FR5, ...change });
    expect(exitCode).toBe(2);
    const page = lines.join('\n');
    expect(page).toMatch(new RegExp(`^  code +${code}$`, 'm'));
    expect(page).toMatch(new RegExp(`^  champ +${field}$`, 'm'));
    expect(page).toMatch(/^ {2}à fournir +\S/m);
    expect(page).not.toMatch(/€|undefined|183[.,]75/);
    const json = JSON.parse(claim({ ...FR5, ...change, json: true }).lines.join('\n')) as { code: string; field: string; supply?: string };
    expect(json).toMatchObject({ code, field });
    expect(json.supply).toBeTruthy();
  });

  it('names the article wherever the law is the reason', () => {
    const articles = (change: ClaimOptions) => claim({ ...FR5, ...change }).lines.join('\n');
    expect(articles({ law: 'DE' })).toMatch(/article +Règlement Rome I/);
    expect(articles({ clauseRate: 'dix' })).toMatch(/article +C\. com\. L441-10 II/);
    expect(articles({ paid: '2027-07-20' })).toMatch(/article +\S/);
    expect(articles({ principalFirst: true, payment: ['2026-06-01:100'] })).toMatch(/article +C\. civ\. 1343-1/);
    expect(articles({ currency: 'USD' })).toMatch(/article +C\. com\. L441-10 II/);
  });

  it('whatever is typed, the answer is a whole statement or a refusal with its code; nothing is thrown', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '',
        '0',
        '-1',
        'NaN',
        '1e9',
        '12000',
        '2026-05-15',
        '9999-12-31',
        '2026-06-01:5:principal',
        '2026-06-01:post',
        'FR',
        'BE',
        'business',
        'consumer',
      ),
    );
    const option = fc.option(text, { nil: undefined });
    const names = [
      'law',
      'debtor',
      'amount',
      'currency',
      'issued',
      'due',
      'on',
      'paid',
      'clauseRate',
      'clauseMultiple',
      'indemnityClause',
      'procurement',
      'notice',
      'reminder',
      'insolvency',
      'dayCount',
    ] as const;
    const odd = fc.record(
      {
        ...Object.fromEntries(names.map((name) => [name, option])),
        payment: fc.array(text, { maxLength: 2 }),
        credit: fc.array(text, { maxLength: 2 }),
        sme: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const given = (options: object) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    fc.assert(
      fc.property(odd, fc.boolean(), (change, isBase) => {
        const { lines, exitCode } = claim({ ...(isBase ? FR5 : {}), ...given(change), json: true } as ClaimOptions);
        const answer = JSON.parse(lines.join('\n')) as { code?: string; claimTotal?: { amount: string } };
        if (exitCode === 2) expect(answer.code).toMatch(/^[a-z][A-Za-z]+$/);
        else expect(answer.claimTotal?.amount).toMatch(/^\d+\.\d{2}$/);
      }),
      { numRuns: 500 },
    );
  });
});
