import { day } from '#domain';
import type { LetterContent } from './letter-content.js';
import { VERENDELLE, WINDEKIND } from './sample-letters.js';

// One debtor of each regime on the days of the sandbox.

export const REGIMES = [
  'FR.business',
  'BE.business',
  'FR.consumer',
  'BE.consumer',
  'FR.publicBody',
  'BE.publicBody',
  'FR.coOwners',
  'BE.coOwners',
] as const;
export type SampleRegime = (typeof REGIMES)[number];

export interface SampleCase {
  readonly debtor: LetterContent['debtor'];
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly openMinor: bigint;
  /** Day and age of the mails and of the notice. */
  readonly mailOn: string;
  readonly mailDays: number;
  readonly noticeOn: string;
  readonly noticeDays: number;
}

export const CASES: Readonly<Record<SampleRegime, SampleCase>> = {
  'FR.business': {
    debtor: VERENDELLE,
    number: 'A2',
    issuedOn: '2026-01-27',
    dueOn: '2026-02-26',
    openMinor: 486_000n,
    mailOn: '2026-03-18',
    mailDays: 20,
    noticeOn: '2026-03-30',
    noticeDays: 32,
  },
  'BE.business': {
    debtor: WINDEKIND,
    number: 'B11',
    issuedOn: '2026-01-29',
    dueOn: '2026-02-28',
    openMinor: 840_000n,
    mailOn: '2026-03-30',
    mailDays: 30,
    noticeOn: '2026-03-30',
    noticeDays: 30,
  },
  'FR.consumer': {
    debtor: { legalName: 'Solène Brindavoine', addressLines: ['8 allée des Hortensias', '35000 Rennes'], kind: 'consumer' },
    number: 'A6',
    issuedOn: '2026-01-31',
    dueOn: '2026-03-02',
    openMinor: 64_000n,
    mailOn: '2026-03-10',
    mailDays: 8,
    noticeOn: '2026-04-01',
    noticeDays: 30,
  },
  'BE.consumer': {
    debtor: { legalName: 'Lieve Zonderland', addressLines: ['Vaartstraat 19', '3000 Leuven'], kind: 'consumer' },
    number: 'B13',
    issuedOn: '2026-01-31',
    dueOn: '2026-03-02',
    openMinor: 21_500n,
    mailOn: '2026-03-10',
    mailDays: 8,
    noticeOn: '2026-03-25',
    noticeDays: 23,
  },
  'FR.publicBody': {
    debtor: {
      legalName: 'Commune de Valfleury',
      addressLines: ['1 place de la Mairie', '42320 Valfleury'],
      siren: '000000505',
      kind: 'publicBody',
    },
    number: 'A8',
    issuedOn: '2026-01-21',
    dueOn: '2026-02-20',
    openMinor: 310_000n,
    mailOn: '2026-03-30',
    mailDays: 38,
    noticeOn: '2026-03-30',
    noticeDays: 38,
  },
  'BE.publicBody': {
    debtor: {
      legalName: 'Gemeente Wilgendam',
      addressLines: ['Marktplein 1', '9990 Wilgendam'],
      enterpriseNumber: '0000000691',
      kind: 'publicBody',
    },
    number: 'B16',
    issuedOn: '2026-01-21',
    dueOn: '2026-02-20',
    openMinor: 310_000n,
    mailOn: '2026-03-30',
    mailDays: 38,
    noticeOn: '2026-03-30',
    noticeDays: 38,
  },
  'FR.coOwners': {
    debtor: {
      legalName: 'Syndicat des copropriétaires Les Grands Peupliers',
      addressLines: ['Cabinet Saulnier, syndic', '14 rue des Peupliers', '69003 Lyon'],
      kind: 'coOwners',
    },
    number: 'A9',
    issuedOn: '2026-01-26',
    dueOn: '2026-02-25',
    openMinor: 98_000n,
    mailOn: '2026-03-11',
    mailDays: 14,
    noticeOn: '2026-03-27',
    noticeDays: 30,
  },
  'BE.coOwners': {
    debtor: {
      legalName: 'VME Residentie Lindehof',
      addressLines: ['p/a Syndicus De Ridder', 'Lindelaan 40', '2000 Antwerpen'],
      enterpriseNumber: '0000000790',
      kind: 'coOwners',
    },
    number: 'B17',
    issuedOn: '2026-01-26',
    dueOn: '2026-02-25',
    openMinor: 98_000n,
    mailOn: '2026-03-11',
    mailDays: 14,
    noticeOn: '2026-03-27',
    noticeDays: 30,
  },
};

/** The free first reminder of the Belgian consumer. */
export const REMINDED = { sentOn: day('2026-03-10'), by: 'electronic', claimFrom: day('2026-03-25'), isComplete: true } as const;
