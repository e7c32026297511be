import { day } from '#domain';
import type { Language, LastCallContent, LetterAct, LetterContent, LetterRegime, Tone } from './letter-content.js';
import { CASES, REMINDED, type SampleCase, type SampleRegime } from './sample-cases.js';
import { statementOf } from './sample-claims.js';
import { letterA2, letterB11, MIRANDOLE, ZEPHYRINE } from './sample-letters.js';

// The letters of every regime, for specs and golden files.

export const ACTS: readonly LetterAct[] = [
  'courtesyMail',
  'firstReminder',
  'formalMail',
  'firmMail',
  'formalNotice',
  'promiseConfirmation',
  'plan',
  'thankYou',
  'recall',
];

const TONES: Partial<Record<LetterAct, Tone>> = { formalMail: 'formal', firmMail: 'firm', formalNotice: 'firm' };
const TITLES: Readonly<Record<Language, string>> = { fr: 'Responsable du recouvrement', nl: 'Kredietbeheer', en: 'Credit control' };
const DESCRIPTIONS: Readonly<Record<Language, string>> = {
  fr: 'faire-part, 250 exemplaires',
  nl: 'geboortekaartjes, 250 exemplaren',
  en: 'announcement cards, 250 copies',
};
const HISTORY: Readonly<Record<Language, LastCallContent['history']>> = {
  fr: [
    { on: day('2026-03-02'), what: 'Appel de courtoisie', channel: 'téléphone', proof: 'compte rendu d’appel' },
    { on: day('2026-03-11'), what: 'Relance', channel: 'courriel', proof: 'remis au serveur du destinataire' },
  ],
  nl: [
    { on: day('2026-03-02'), what: 'Vriendelijk telefoontje', channel: 'telefoon', proof: 'gespreksverslag' },
    { on: day('2026-03-11'), what: 'Herinnering', channel: 'e-mail', proof: 'afgeleverd aan de mailserver van de ontvanger' },
  ],
  en: [
    { on: day('2026-03-02'), what: 'Courtesy call', channel: 'telephone', proof: 'record of the call' },
    { on: day('2026-03-11'), what: 'Reminder', channel: 'e-mail', proof: 'delivered to the recipient’s mail server' },
  ],
};
const MEDIATOR = {
  name: 'Médiation Val de Loire',
  addressLines: ['5 rue du Quai', '37000 Tours'],
  website: 'mediation-val-de-loire.example',
};

/** The letter of an act under a regime; the acts that claim do it on the day of the notice. */
export function sampleOf(regime: SampleRegime, act: LetterAct, language: Language): LetterContent {
  const it = CASES[regime];
  const claims = act === 'firmMail' || act === 'formalNotice' || act === 'plan' || act === 'lastCallSheet';
  // No deadline falls into the free days of the Belgian consumer's first reminder.
  const afterFreeDays = regime === 'BE.consumer' && act === 'formalMail';
  const [on, days] = claims || afterFreeDays ? [it.noticeOn, it.noticeDays] : [it.mailOn, it.mailDays];
  const statement = claims ? statementOf(regime, on) : undefined;
  const stated = act === 'firmMail' || act === 'formalNotice' || act === 'lastCallSheet';
  const payable = act === 'plan' ? it.openMinor / 2n : stated && statement ? statement.claimTotalMinor : it.openMinor;
  const belgian = regime.startsWith('BE');
  const base = belgian ? letterB11('courtesyMail', language) : letterA2('courtesyMail', '2026-03-06', 8);
  return {
    ...base,
    act,
    regime: regime as LetterRegime,
    language,
    tone: TONES[act] ?? 'friendly',
    on: day(on),
    creditor: belgian ? ZEPHYRINE : { ...MIRANDOLE, mediator: MEDIATOR },
    signatory: { name: 'Claire Aubin', title: TITLES[language] },
    debtor: it.debtor,
    invoices: [invoiceOf(it, days, act)],
    payment: { ...base.payment, amountMinor: payable },
    ...(statement === undefined ? {} : { statement }),
    ...(regime === 'BE.consumer' && act !== 'firstReminder' ? { conduct: { firstReminder: REMINDED } } : {}),
    ...actParts(it, act, regime, language),
  };
}

/** The call sheet of a regime. */
export function sampleSheet(regime: SampleRegime, language: Language): LastCallContent {
  return {
    ...sampleOf(regime, 'lastCallSheet', language),
    caseReference: CASES[regime].number,
    phones: [{ name: CASES[regime].debtor.contactName ?? CASES[regime].debtor.legalName, number: '04 65 71 33 07' }],
    history: HISTORY[language],
    latestDateOn: day('2026-04-15'),
    promisesLeft: 1,
    planMaxMonths: 6,
  };
}

function invoiceOf(it: SampleCase, days: number, act: LetterAct): LetterContent['invoices'][number] {
  const settled = act === 'thankYou' || act === 'recall';
  return {
    number: it.number,
    issuedOn: day(it.issuedOn),
    dueOn: day(it.dueOn),
    grossMinor: it.openMinor,
    paidMinor: settled ? it.openMinor : 0n,
    openMinor: settled ? 0n : it.openMinor,
    currency: 'EUR',
    daysOverdue: days,
  };
}

function actParts(it: SampleCase, act: LetterAct, regime: SampleRegime, language: Language): Partial<LetterContent> {
  const noInterest = regime.endsWith('consumer') || regime.endsWith('coOwners');
  switch (act) {
    case 'courtesyMail':
      return { deadlineOn: day('2026-04-07'), nextStep: 'reminder', invoiceCopyAttached: true };
    case 'firstReminder':
      return {
        firstReminder: {
          by: 'electronic',
          claimFromOn: REMINDED.claimFrom,
          freeDays: 14,
          indemnityMinor: 3_650n,
          description: DESCRIPTIONS[language],
        },
      };
    case 'formalMail':
      return { deadlineOn: day('2026-04-07'), nextStep: 'formalNotice' };
    case 'firmMail':
      return { deadlineOn: day('2026-04-08'), nextStep: 'formalNotice', earlierReminders: [{ on: day('2026-03-10'), channel: 'email' }] };
    case 'formalNotice':
      return {
        deadlineDays: noInterest ? 15 : 8,
        earlierReminders: [{ on: day('2026-03-10'), channel: 'email' }],
        sentBy: ['email', 'registeredPost'],
        ...(regime.endsWith('publicBody') ? {} : { nextStep: 'bailiff' as const }),
      };
    case 'promiseConfirmation':
      return {
        promise: {
          on: day('2026-04-10'),
          amountMinor: it.openMinor,
          madeOn: day(it.mailOn),
          by: it.debtor.contactName ?? it.debtor.legalName,
        },
      };
    case 'plan':
      return { plan: samplePlan(it, noInterest) };
    case 'thankYou':
      return { received: { amountMinor: it.openMinor, on: day('2026-04-16') }, accessories: 'waived', on: day('2026-04-16') };
    case 'recall':
      return { on: day('2026-04-16'), received: { amountMinor: it.openMinor, on: day('2026-04-16') }, partner: AGENCY };
    default:
      return { nextStep: 'bailiff' };
  }
}

const AGENCY = {
  kind: 'collectionAgency',
  legalName: 'Agence Tilleul',
  contactName: 'Mme Aubry',
  reference: 'T-77',
  handedOverOn: day('2026-04-13'),
} as const;

function samplePlan(it: SampleCase, noInterest: boolean): NonNullable<LetterContent['plan']> {
  return {
    agreedOn: day(it.noticeOn),
    totalMinor: it.openMinor,
    schedule: [
      { on: day('2026-04-15'), amountMinor: it.openMinor / 2n },
      { on: day('2026-05-15'), amountMinor: it.openMinor - it.openMinor / 2n },
    ],
    interest: noInterest ? 'none' : 'waivedIfHonoured',
    imputation: 'principalFirst',
    accelerationDays: 8,
  };
}

/** The first reminder by post: Tuesday 10 November 2026, claim from 30 November (BE-7). */
export function postedFirstReminder(language: Language): LetterContent {
  const content = sampleOf('BE.consumer', 'firstReminder', language);
  const [invoice] = content.invoices;
  return {
    ...content,
    on: day('2026-11-10'),
    invoices: [
      { ...(invoice as LetterContent['invoices'][number]), issuedOn: day('2026-10-02'), dueOn: day('2026-11-02'), daysOverdue: 8 },
    ],
    firstReminder: {
      by: 'post',
      claimFromOn: day('2026-11-30'),
      freeDays: 14,
      indemnityMinor: 3_650n,
      description: DESCRIPTIONS[language],
    },
  };
}
