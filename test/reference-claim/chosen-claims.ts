// One claim for everything that a statement can say. Their print is kept beside, as a text to be read.
import { julian } from './civil-day.js';
import { paid, plainCase } from './plain-case.js';
import type { ReferenceCase } from './reference-case.js';

const rate = (percent: string) => ({ interestClause: { kind: 'rate' as const, percent } });
const multiple = (times: string) => ({ interestClause: { kind: 'multipleOfLegalRate' as const, multiple: times } });
const credit = (on: string, amount: bigint) => ({ kind: 'creditNote' as const, on: julian(on), amount });
const reminded = (sent: string, claimFrom: string, more: Partial<NonNullable<ReferenceCase['reminder']>> = {}) => ({
  reminder: { sent: julian(sent), by: 'electronic' as const, claimFrom: julian(claimFrom), complete: true, ...more },
});
const unread = (c: ReferenceCase): ReferenceCase => {
  const { contractRead: _, ...rest } = c;
  return rest;
};

const business = (more: Partial<ReferenceCase> = {}) => plainCase(1_200_000n, '2026-05-15', '2026-07-20', more);
const publicBuyer = (more: Partial<ReferenceCase> = {}) =>
  plainCase(2_000_000n, '2026-05-31', '2026-08-31', { kind: 'publicBody', ...more });
const consumer = (more: Partial<ReferenceCase> = {}) => plainCase(120_000n, '2025-01-31', '2025-09-15', { kind: 'consumer', ...more });
const coOwners = (more: Partial<ReferenceCase> = {}) => plainCase(120_000n, '2025-01-31', '2025-09-15', { kind: 'coOwners', ...more });
const belgian = (more: Partial<ReferenceCase> = {}) => plainCase(500_000n, '2024-11-30', '2025-08-31', { law: 'BE', ...more });
const belgianConsumer = (face: bigint, more: Partial<ReferenceCase> = {}) =>
  plainCase(face, '2026-01-15', '2026-03-31', { law: 'BE', kind: 'consumer', ...reminded('2026-02-02', '2026-02-17'), ...more });
const served = { notice: julian('2025-03-03') };
const scale = { indemnityClause: { kind: 'legalScale' as const } };

export const BUSINESS: readonly (readonly [string, ReferenceCase])[] = [
  ['FR.business, silent contract, two half-years', business()],
  ['FR.business, nobody has read the contract', unread(business())],
  ['FR.business, not due yet', business({ on: julian('2026-05-01') })],
  ['FR.business, last known day of the rates', business({ on: julian('2026-12-31') })],
  [
    'FR.business, parts, a credit note, more paid than claimed',
    business({
      on: julian('2026-09-30'),
      movements: [paid('2026-07-01', 1_000n), credit('2026-06-20', 200_000n), paid('2026-05-10', 300_000n), paid('2026-07-01', 900_000n)],
    }),
  ],
  ['FR.business, credit notes above the invoice', business({ movements: [credit('2026-06-20', 1_200_100n)] })],
  ['FR.business, principal first for all payments', business({ principalFirst: true, movements: [paid('2026-06-15', 400_000n)] })],
  [
    'FR.business, the debtor designates: one part for the principal, one for the compensation',
    business({
      movements: [paid('2026-06-15', 400_000n, { designation: 'principal' }), paid('2026-06-20', 5000n, { designation: 'lumpSum' })],
    }),
  ],
  [
    'FR.business, three times the legal rate, leap year counted',
    plainCase(1_000_000n, '2024-01-31', '2024-09-30', { ...multiple('3'), dayCount: 'ACT/366' }),
  ],
  ['FR.business, twice the legal rate, below the floor', plainCase(1_000_000n, '2024-01-31', '2024-09-30', multiple('2'))],
  ['FR.business, 10 %, below the floor', plainCase(1_000_000n, '2024-01-31', '2024-09-30', rate('10'))],
  ['FR.business, 15 % and a penalty clause', plainCase(1_500_000n, '2025-03-31', '2025-04-30', { ...rate('15'), ...scale })],
  ['FR.business, insolvency in the course of the delay', business({ judgment: julian('2026-06-10') })],
  ['FR.business, insolvency the day the delay would have begun', business({ judgment: julian('2026-05-16') })],
  ['FR.business, interest waived', business({ waivesInterest: true })],
  ['FR.business, compensation waived', business({ waivesLumpSum: true })],
  ['FR.business, both waived', business({ waivesInterest: true, waivesLumpSum: true })],
  ['FR.publicBody, frozen rate', publicBuyer()],
  ['FR.publicBody, a waiver is void', publicBuyer({ waivesInterest: true })],
  [
    'FR.publicBody, over New Year, leap year counted',
    plainCase(2_000_000n, '2023-11-30', '2024-03-31', { kind: 'publicBody', dayCount: 'ACT/366' }),
  ],
  ['BE.business, up to the half point', belgian()],
  ['BE.business, a clause', belgian(rate('12'))],
  ['BE.business, insolvency', belgian({ judgment: julian('2025-02-01') })],
  ['BE.business, insolvency before the due date', belgian({ judgment: julian('2024-11-01') })],
  ['BE.business, principal first', belgian({ principalFirst: true, movements: [paid('2025-01-31', 100_000n)] })],
  ['BE.publicBody, small contract', belgian({ kind: 'publicBody', procurement: 'small' })],
];

export const CONSUMERS: readonly (readonly [string, ReferenceCase])[] = [
  ['FR.consumer, no notice', consumer()],
  ['FR.consumer, notice served, company', consumer(served)],
  ['FR.consumer, notice served, a natural person claims', consumer({ ...served, naturalPerson: true })],
  ['FR.consumer, a notice of the due date has no effect', consumer({ notice: julian('2025-01-31') })],
  ['FR.consumer, a clause of 5 %, nobody else has looked at it', consumer({ ...served, ...rate('5') })],
  ['FR.consumer, twice the legal rate', consumer({ ...served, ...multiple('2') })],
  ['FR.consumer, insolvency before the notice', consumer({ ...served, judgment: julian('2025-03-01') })],
  ['FR.consumer, a penalty clause is left out', consumer({ ...served, ...scale })],
  ['FR.coOwners, notice served, contract not read', unread(coOwners(served))],
  ['FR.coOwners, no notice', coOwners()],
  ['BE.coOwners, notice served, clause left out', coOwners({ law: 'BE', ...served, ...rate('8') })],
  ['BE.coOwners, no notice', coOwners({ law: 'BE' })],
  ['BE.consumer, no reminder', plainCase(21_500n, '2026-01-15', '2026-03-31', { law: 'BE', kind: 'consumer', ...scale })],
  [
    'BE.consumer, incomplete reminder',
    belgianConsumer(21_500n, { ...scale, ...reminded('2026-02-02', '2026-02-17', { complete: false }) }),
  ],
  ['BE.consumer, reminder of tomorrow', belgianConsumer(21_500n, { ...scale, on: julian('2026-02-01') })],
  ['BE.consumer, the free days run', belgianConsumer(21_500n, { ...scale, on: julian('2026-02-16') })],
  ['BE.consumer, paid on the last free day', belgianConsumer(21_500n, { ...scale, movements: [paid('2026-02-16', 21_500n)] })],
  ['BE.consumer, 215 € after the free days', belgianConsumer(21_500n, scale)],
  ['BE.consumer, first step of the scale', belgianConsumer(15_000n, scale)],
  [
    'BE.consumer, third step of the scale, a part in the free days',
    belgianConsumer(70_000n, { ...scale, movements: [paid('2026-02-10', 10_000n)] }),
  ],
  ['BE.consumer, cap of the scale', belgianConsumer(5_000_000n, scale)],
  ['BE.consumer, a fixed indemnity', belgianConsumer(21_500n, { indemnityClause: { kind: 'fixed', amount: 2500n } })],
  ['BE.consumer, a fixed indemnity above the scale', belgianConsumer(21_500n, { indemnityClause: { kind: 'fixed', amount: 3651n } })],
  [
    'BE.consumer, ten percent with a minimum',
    belgianConsumer(21_500n, { indemnityClause: { kind: 'percent', percent: '10', minimum: 3000n } }),
  ],
  ['BE.consumer, ten percent', belgianConsumer(21_500n, { indemnityClause: { kind: 'percent', percent: '10' } })],
  ['BE.consumer, no clause at all, contract not read', unread(belgianConsumer(21_500n))],
  ['BE.consumer, a valid clause, small enterprise', belgianConsumer(100_000n, { ...scale, ...rate('8'), smallEnterprise: true })],
  ['BE.consumer, a valid clause, large enterprise', belgianConsumer(100_000n, { ...scale, ...rate('8') })],
  ['BE.consumer, a void clause, small enterprise', belgianConsumer(100_000n, { ...scale, ...rate('12'), smallEnterprise: true })],
  [
    'BE.consumer, a clause that the next half-year makes void, small enterprise',
    plainCase(100_000n, '2025-05-15', '2025-08-31', {
      ...{ law: 'BE', kind: 'consumer', smallEnterprise: true, ...scale, ...rate('11') },
      ...reminded('2025-06-20', '2025-07-10'),
    }),
  ],
  [
    'BE.consumer, a clause that the next half-year makes valid, small enterprise',
    plainCase(100_000n, '2023-11-15', '2024-02-29', {
      ...{ law: 'BE', kind: 'consumer', smallEnterprise: true, ...scale, ...rate('12.3') },
      ...reminded('2023-12-20', '2024-01-05'),
    }),
  ],
  ['BE.consumer, insolvency in the free days', belgianConsumer(100_000n, { ...scale, judgment: julian('2026-02-10') })],
  ['BE.consumer, indemnity waived', belgianConsumer(100_000n, { ...scale, waivesLumpSum: true })],
];

const clauseUnread = unread(business(rate('15')));

export const REFUSED: readonly (readonly [string, ReferenceCase])[] = [
  ['no amount', business({ face: 0n })],
  ['too much', business({ face: 10n ** 15n })],
  ['a payment of nothing', business({ movements: [paid('2026-06-01', 0n)] })],
  ['too many movements', business({ movements: Array.from({ length: 2001 }, () => paid('2026-06-01', 1n)) })],
  ['a due date in the year 9999', business({ due: julian('9999-12-01') })],
  ['a statement in the year 9999', business({ on: julian('9999-12-01') })],
  ['a reminder in the year 9999', belgianConsumer(21_500n, reminded('9999-02-02', '9999-02-20'))],
  ['a reminder that ends in the year 9999', belgianConsumer(21_500n, reminded('2026-02-02', '9999-02-20'))],
  ['a payment before the invoice', business({ issued: julian('2026-04-15'), movements: [paid('2026-04-10', 1n)] })],
  ['a reminder on the due date', belgianConsumer(21_500n, reminded('2026-01-15', '2026-02-01'))],
  ['a reminder without free days', belgianConsumer(21_500n, reminded('2026-02-02', '2026-02-02'))],
  ['an unknown kind of debtor, France', business({ kind: 'unknown' })],
  ['an unknown kind of debtor, Belgium', business({ law: 'BE', kind: 'unknown' })],
  ['co-owners nobody has confirmed, France', coOwners({ confirmed: false })],
  ['co-owners nobody has confirmed, Belgium', coOwners({ law: 'BE', confirmed: false })],
  ['francs', business({ currency: 'CHF' })],
  ['principal first without agreement, France', business({ principalFirst: true, agreement: false })],
  ['principal first without agreement, Belgium', belgian({ principalFirst: true, agreement: false })],
  [
    'one part for the principal without agreement',
    business({ agreement: false, movements: [paid('2026-06-15', 1n), paid('2026-06-16', 1n, { designation: 'principal' })] }),
  ],
  ['a clause nobody has read', clauseUnread],
  ['a clause nobody has read, public buyer', unread(publicBuyer(rate('15')))],
  ['a clause nobody has read, consumer', unread(consumer(rate('5')))],
  ['a clause nobody has read, co-owners', unread(coOwners(rate('5')))],
  ['an indemnity nobody has read, Belgian consumer', unread(belgianConsumer(21_500n, scale))],
  ['a clause nobody has read, Belgium', unread(belgian(rate('12')))],
  ['a clause in words', business(rate('quinze'))],
  ['a multiple in words', business(multiple('trois'))],
  ['an indemnity in words', belgianConsumer(21_500n, { indemnityClause: { kind: 'percent', percent: 'dix' } })],
  ['a fixed indemnity below zero', belgianConsumer(21_500n, { indemnityClause: { kind: 'fixed', amount: -1n } })],
  ['a fixed indemnity without end', belgianConsumer(21_500n, { indemnityClause: { kind: 'fixed', amount: 10n ** 15n } })],
  ['a clause towards a French public buyer', publicBuyer(rate('12'))],
  ['a multiple in Belgium', belgian(multiple('3'))],
  ['a clause out of proportion for a consumer', consumer({ ...served, ...rate('15') })],
  ['Belgian procurement that nobody described', belgian({ kind: 'publicBody' })],
  ['Belgian procurement under the general rules', belgian({ kind: 'publicBody', procurement: 'general' })],
  [
    'an indemnity for a reminder older than the scale',
    plainCase(21_500n, '2023-07-15', '2023-12-31', { law: 'BE', kind: 'consumer', ...scale, ...reminded('2023-08-20', '2023-09-10') }),
  ],
  ['a day of 2027, France', business({ on: julian('2027-01-01') })],
  ['a day of 2027, Belgium', business({ law: 'BE', on: julian('2027-01-01') })],
  ['a clause that needs the floor in the second half of 2026', business(rate('15'))],
];
