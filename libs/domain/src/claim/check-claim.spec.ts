import { describe, expect, it } from 'vitest';
import { type Day, day } from '../calendar/day.js';
import { currency, EUR } from '../money/currency.js';
import { MINOR_MAX } from '../money/money.js';
import { decimal } from '../money/rational.js';
import { isRefusal } from '../refusal.js';
import type { ContractTerms } from './claim-facts.js';
import type { ClaimInput, ClaimMovement } from './claim-input.js';
import type { ClaimRules } from './claim-rules.js';
import { principalOnly } from './principal-only.js';
import type { Regime } from './regime.js';
import { statementOfClaim } from './statement-of-claim.js';

const rulesOf = (regime: Regime): ClaimRules => ({
  regime,
  rateFor: () => ({
    ratePercent: decimal('10'),
    printed: '10.00',
    from: day('1900-01-01'),
    until: day('2199-12-31'),
    source: { article: 'art. 1', title: 'Loi' },
    sources: [],
    derivation: 'essai',
  }),
  lumpSum: () => ({ note: { code: 'noIndemnityClause', article: 'art. 2' } }),
});

const BASE: ClaimInput = {
  law: 'FR',
  kind: 'business',
  currency: EUR,
  faceMinor: 100_000n,
  issuedOn: day('2026-01-01'),
  dueOn: day('2026-01-31'),
  on: day('2026-03-31'),
  movements: [],
  rules: rulesOf('FR.business'),
  contract: { checkedOn: day('2026-01-02') },
};

const FAR = '9999-12-31' as Day;
const paid = (on: string, amountMinor: bigint, more: Partial<ClaimMovement> = {}): ClaimMovement => ({
  kind: 'payment',
  on: on as Day,
  amountMinor,
  ...more,
});
const withContract = (contract: unknown): Partial<ClaimInput> => ({
  contract: { checkedOn: day('2026-01-02'), ...(contract as ContractTerms) },
});

describe('bad input', () => {
  it.each<[string, Partial<ClaimInput>, string, string]>([
    ['a due date in the year 9999', { dueOn: FAR }, 'dayOutOfRange', '/dueOn'],
    ['a day of the statement in the year 9999', { on: FAR }, 'dayOutOfRange', '/on'],
    ['30 February', { dueOn: '2026-02-30' as Day }, 'dayOutOfRange', '/dueOn'],
    ['an issue date that is no day', { issuedOn: 'demain' as Day }, 'dayOutOfRange', '/issuedOn'],
    ['a payment in the year 9999', { movements: [paid('9999-12-31', 5n)] }, 'dayOutOfRange', '/movements/0/on'],
    ['a notice that is no day', { conduct: { noticeServedOn: FAR } }, 'dayOutOfRange', '/conduct/noticeServedOn'],
    ['a judgment that is no day', { conduct: { insolvencyOpenedOn: FAR } }, 'dayOutOfRange', '/conduct/insolvencyOpenedOn'],
    ['no amount', { faceMinor: 0n }, 'claimAmountInvalid', '/faceMinor'],
    ['a negative amount', { faceMinor: -1n }, 'claimAmountInvalid', '/faceMinor'],
    ['ten to the fifteenth', { faceMinor: MINOR_MAX }, 'claimAmountInvalid', '/faceMinor'],
    ['an amount that is no integer of cents', { faceMinor: Number.NaN as unknown as bigint }, 'claimAmountInvalid', '/faceMinor'],
    ['a negative payment', { movements: [paid('2026-02-01', -5n)] }, 'claimMovementInvalid', '/movements/0/amountMinor'],
    ['a huge payment', { movements: [paid('2026-02-01', MINOR_MAX)] }, 'claimMovementInvalid', '/movements/0/amountMinor'],
    ['a payment before the invoice', { movements: [paid('2025-12-31', 5n)] }, 'paymentBeforeIssue', '/movements/0/on'],
    ['another currency', { currency: currency('CHF') }, 'currencyNotSupportedForInterest', '/currency'],
    ['an unknown day count', { dayCount: '30E/360' as 'ACT/366' }, 'dayCountUnknown', '/dayCount'],
    ['an unknown order', { imputation: 'asYouLike' as 'interestFirst' }, 'imputationUnknown', '/imputation'],
    [
      'an unknown designation',
      { movements: [paid('2026-02-01', 5n, { designation: 'vat' as 'principal' })] },
      'designationUnknown',
      '/movements/0/designation',
    ],
    ['an unknown kind', { kind: 'unknown' }, 'debtorKindUnknown', '/kind'],
    ['an unknown law', { law: 'LU' as 'FR' }, 'lawUnknown', '/law'],
    [
      'a clause in words',
      withContract({ interest: { kind: 'rate', percent: 'douze pour cent' } }),
      'clauseInvalid',
      '/contract/interest/percent',
    ],
    ['a clause with a comma', withContract({ interest: { kind: 'rate', percent: '12,5' } }), 'clauseInvalid', '/contract/interest/percent'],
    [
      'a clause that is no number',
      withContract({ interest: { kind: 'rate', percent: 'NaN' } }),
      'clauseInvalid',
      '/contract/interest/percent',
    ],
    [
      'a clause of a thousand percent',
      withContract({ interest: { kind: 'rate', percent: '1000' } }),
      'clauseInvalid',
      '/contract/interest/percent',
    ],
    [
      'a multiple in words',
      withContract({ interest: { kind: 'multipleOfLegalRate', multiple: 'trois' } }),
      'clauseInvalid',
      '/contract/interest/multiple',
    ],
    ['a clause of another kind', withContract({ interest: { kind: 'euribor' } }), 'clauseInvalid', '/contract/interest/kind'],
    ['an indemnity of another kind', withContract({ indemnity: { kind: 'umbrella' } }), 'clauseInvalid', '/contract/indemnity/kind'],
    [
      'a negative indemnity',
      withContract({ indemnity: { kind: 'fixed', amountMinor: -1n } }),
      'clauseInvalid',
      '/contract/indemnity/amountMinor',
    ],
    [
      'a negative least indemnity',
      withContract({ indemnity: { kind: 'percent', percent: '5', minimumMinor: -1n } }),
      'clauseInvalid',
      '/contract/indemnity/minimumMinor',
    ],
    [
      'an indemnity in words',
      withContract({ indemnity: { kind: 'percent', percent: 'dix' } }),
      'clauseInvalid',
      '/contract/indemnity/percent',
    ],
    [
      'a clause that nobody has read',
      { contract: { interest: { kind: 'rate', percent: '12' } } },
      'contractUnchecked',
      '/contract/checkedOn',
    ],
  ])('%s is refused with its code and its place, and no sum', (_, more, code, field) => {
    const made = statementOfClaim({ ...BASE, ...more });
    expect(made).toMatchObject({ refusal: code, field });
    expect(isRefusal(made) && made.facts).toMatchObject(code === 'debtorKindUnknown' ? { supply: expect.any(String) } : {});
    expect(made).not.toHaveProperty('claimTotalMinor');
  });

  it('says what to supply, and the article where there is one', () => {
    const words = statementOfClaim({ ...BASE, ...withContract({ interest: { kind: 'rate', percent: 'douze' } }) });
    expect(words).toMatchObject({
      facts: { value: 'douze', article: 'C. com. L441-10 II', supply: expect.stringContaining('en chiffres') },
    });
    const foreign = statementOfClaim({ ...BASE, currency: currency('USD') });
    expect(foreign).toMatchObject({
      facts: { currency: 'USD', article: 'C. com. L441-10 II, D441-5', supply: expect.stringContaining('euros') },
    });
    const early = statementOfClaim({ ...BASE, movements: [paid('2025-12-31', 5n)] });
    expect(early).toMatchObject({ facts: { paidOn: '2025-12-31', issuedOn: '2026-01-01', supply: expect.any(String) } });
  });

  it('the largest amount below the bound, a payment on the day of issue and a credit note before it are taken', () => {
    expect(statementOfClaim({ ...BASE, faceMinor: MINOR_MAX - 1n })).toHaveProperty('claimTotalMinor');
    expect(statementOfClaim({ ...BASE, movements: [paid('2026-01-01', 5n)] })).toHaveProperty('claimTotalMinor', 101_611n);
    expect(statementOfClaim({ ...BASE, movements: [paid('2025-12-31', 5n, { kind: 'creditNote' })] })).toHaveProperty('claimTotalMinor');
  });

  it('a multiple is refused under Belgian law, a clause towards a French public buyer too', () => {
    const multiple = withContract({ interest: { kind: 'multipleOfLegalRate', multiple: '3' } });
    expect(statementOfClaim({ ...BASE, law: 'BE', rules: rulesOf('BE.business'), ...multiple })).toMatchObject({
      refusal: 'clauseNotSupported',
    });
    const clause = withContract({ interest: { kind: 'rate', percent: '12' } });
    expect(statementOfClaim({ ...BASE, kind: 'publicBody', rules: rulesOf('FR.publicBody'), ...clause })).toMatchObject({
      refusal: 'clauseNotSupported',
      facts: { article: 'CCP R2192-31' },
    });
    expect(statementOfClaim({ ...BASE, ...multiple })).toHaveProperty('claimTotalMinor');
  });

  it('more than two thousand movements are refused, two thousand are taken', () => {
    const many = (length: number) => ({ ...BASE, faceMinor: 10n ** 9n, movements: Array.from({ length }, () => paid('2026-02-01', 1n)) });
    expect(statementOfClaim(many(2001))).toMatchObject({
      refusal: 'claimTooManyMovements',
      facts: { count: 2001, most: 2000, article: 'C. civ. 1342-10, 1343-1', supply: expect.stringContaining('2\u202f000 mouvements') },
    });
    expect(principalOnly({ ...many(2001), law: 'BE' })).toMatchObject({ facts: { article: 'C. civ. belge, livre 5' } });
    expect(statementOfClaim(many(2000))).toHaveProperty('claimTotalMinor');
  });

  it('principal only stays possible where interest is refused, not where the facts cannot be', () => {
    const early = { ...BASE, movements: [paid('2025-12-31', 5n)] };
    expect(principalOnly(early)).toMatchObject({ openPrincipalMinor: 99_995n });
    expect(principalOnly({ ...BASE, dueOn: FAR })).toMatchObject({ refusal: 'dayOutOfRange' });
  });
});

describe('words of a refusal', () => {
  it('no plain space stands before a semicolon or a colon', () => {
    const procurement = { ...BASE, law: 'BE', kind: 'publicBody', rules: rulesOf('BE.publicBody') } as const;
    const consumer = { ...BASE, kind: 'consumer', rules: rulesOf('FR.consumer') } as const;
    const refused = [
      statementOfClaim({ ...procurement, contract: {} }),
      statementOfClaim({ ...procurement, contract: { procurement: 'general' } }),
      statementOfClaim({ ...consumer, contract: { interest: { kind: 'rate', percent: '5' } } }),
      statementOfClaim({ ...BASE, ...withContract({ interest: { kind: 'rate', percent: 'dix' } }) }),
    ];
    expect(refused.map((made) => isRefusal(made) && made.refusal)).toEqual([
      'procurementUnknown',
      'procurementNotCovered',
      'contractUnchecked',
      'clauseInvalid',
    ]);
    for (const made of refused) expect(JSON.stringify(made)).not.toMatch(/ [;:]/);
  });
});

describe('notes on the contract', () => {
  it('a contract nobody has read is said to be unread, a clause for an indemnity to be left out between businesses', () => {
    const { contract: _, ...without } = BASE;
    const unread = statementOfClaim(without);
    expect('notes' in unread && unread.notes.map((note) => note.code)).toEqual(['contractNotRead', 'noIndemnityClause']);
    const penalty = statementOfClaim({ ...BASE, ...withContract({ indemnity: { kind: 'percent', percent: '10' } }) });
    expect('notes' in penalty && penalty.notes.map((note) => note.code)).toEqual(['penaltyClauseLeftOut', 'noIndemnityClause']);
  });
});
