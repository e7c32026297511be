import { day } from '#domain';
import type { HandOverContent, Language, LetterAct, LetterContent, Tone } from './letter-content.js';
import { statementA2, statementB11, statementWithPayment } from './sample-statements.js';

// Letters of invented firms for the specs and golden files: the same two creditors and debtors as the sandbox.

export const MIRANDOLE: LetterContent['creditor'] = {
  legalName: 'Menuiserie Mirandole SAS',
  form: 'SAS',
  addressLines: ['12 quai des Copeaux', '69002 Lyon'],
  siren: '000000109',
  vat: 'FR48000000109',
  replyTo: 'claire.aubin@mirandole.example',
  phone: '04 65 71 00 12',
  country: 'FR',
};

export const ZEPHYRINE: LetterContent['creditor'] = {
  legalName: 'Imprimerie Zéphyrine',
  form: 'SRL',
  addressLines: ['Rue des Presses 7', '5000 Namur', 'Belgique'],
  enterpriseNumber: '0000000196',
  vat: 'BE0000000196',
  replyTo: 'claire.aubin@zephyrine.example',
  country: 'BE',
};

export const VERENDELLE: LetterContent['debtor'] = {
  legalName: 'Transports Vérendelle',
  form: 'SARL',
  addressLines: ['3 boulevard des Essieux', '13002 Marseille'],
  siren: '000000307',
  contactName: 'M. Lenoir',
  kind: 'business',
};

export const WINDEKIND: LetterContent['debtor'] = {
  legalName: 'Windekind',
  form: 'BV',
  addressLines: ['Molenaarsstraat 5', '9000 Gent'],
  enterpriseNumber: '0000000394',
  contactName: 'mevrouw Peeters',
  kind: 'business',
};

const TONES: Partial<Record<LetterAct, Tone>> = { formalMail: 'formal', firmMail: 'firm', formalNotice: 'firm' };

/** A2 as the given act would say it on the given day; `more` replaces whatever a test is about. */
export function letterA2(act: LetterAct, on: string, daysOverdue: number, more: Partial<LetterContent> = {}): LetterContent {
  return {
    act,
    language: 'fr',
    tone: TONES[act] ?? 'friendly',
    on: day(on),
    creditor: MIRANDOLE,
    signatory: { name: 'Claire Aubin', title: 'Responsable du recouvrement' },
    debtor: VERENDELLE,
    invoices: [
      {
        number: 'A2',
        issuedOn: day('2026-01-27'),
        dueOn: day('2026-02-26'),
        grossMinor: 486_000n,
        paidMinor: 0n,
        openMinor: 486_000n,
        currency: 'EUR',
        orderReference: 'BC-7714',
        daysOverdue,
      },
    ],
    earlierReminders: [],
    payment: { iban: 'FR1420041010050500013M02606', reference: 'RF18 5390 0754 7034', amountMinor: 486_000n },
    ...more,
  };
}

/** The notice of A2: 30 March 2026, 4 951,77 €. */
export function noticeA2(more: Partial<LetterContent> = {}): LetterContent {
  return letterA2('formalNotice', '2026-03-30', 32, {
    statement: statementA2('2026-03-30', 32, 5_177n, '2026-03-31'),
    deadlineDays: 8,
    nextStep: 'collectionAgency',
    sentBy: ['email', 'registeredPost'],
    earlierReminders: [
      { on: day('2026-03-02'), channel: 'phone' },
      { on: day('2026-03-06'), channel: 'email' },
      { on: day('2026-03-16'), channel: 'email' },
      { on: day('2026-03-23'), channel: 'email' },
    ],
    payment: { iban: 'FR1420041010050500013M02606', reference: 'RF18 5390 0754 7034', amountMinor: 495_177n },
    ...more,
  });
}

/** The notice after a part payment imputed on interest first (FR-7). */
export function noticeWithPayment(): LetterContent {
  return noticeA2({
    on: day('2026-08-10'),
    statement: statementWithPayment(),
    invoices: [
      {
        number: 'F-2026-014',
        issuedOn: day('2025-12-31'),
        dueOn: day('2026-01-31'),
        grossMinor: 1_000_000n,
        paidMinor: 400_000n,
        openMinor: 600_000n,
        currency: 'EUR',
        daysOverdue: 191,
      },
    ],
    payment: { iban: 'FR1420041010050500013M02606', reference: 'RF18 5390 0754 7034', amountMinor: 648_752n },
  });
}

/** B11, Zéphyrine to Windekind, under Belgian law. */
export function letterB11(act: LetterAct, language: Language, more: Partial<LetterContent> = {}): LetterContent {
  const base = act === 'formalNotice' ? noticeA2() : letterA2(act, '2026-03-30', 30);
  return {
    ...base,
    language,
    creditor: ZEPHYRINE,
    signatory: { name: 'Claire Aubin', title: { fr: 'Responsable du recouvrement', nl: 'Kredietbeheer', en: 'Credit control' }[language] },
    debtor: WINDEKIND,
    invoices: [
      {
        number: 'B11',
        issuedOn: day('2026-01-29'),
        dueOn: day('2026-02-28'),
        grossMinor: 840_000n,
        paidMinor: 0n,
        openMinor: 840_000n,
        currency: 'EUR',
        daysOverdue: 30,
      },
    ],
    payment: { iban: 'BE68539007547034', reference: '+++090/9337/55493+++', amountMinor: 840_000n },
    ...(act === 'formalNotice' || act === 'firmMail' ? { statement: statementB11() } : {}),
    ...(act === 'formalNotice' ? { payment: { iban: 'BE68539007547034', reference: '+++090/9337/55493+++', amountMinor: 851_249n } } : {}),
    ...more,
  };
}

/** A2 as it goes to the agency on 13 April. */
export function handOverA2(more: Partial<HandOverContent> = {}): HandOverContent {
  return {
    ...letterA2('handOverSummary', '2026-04-13', 46, {
      statement: statementA2('2026-04-13', 46, 7_442n, '2026-04-14'),
      payment: { iban: 'FR1420041010050500013M02606', reference: 'RF18 5390 0754 7034', amountMinor: 497_442n },
    }),
    partner: { kind: 'collectionAgency', legalName: 'Agence Tilleul', contactName: 'Mme Aubry' },
    caseReference: 'recovery/mirandole/A2',
    grounds: [
      'Bon de commande BC-7714 du 12 janvier 2026, signé',
      'Conditions générales de vente, version de 2025, acceptées avec la commande',
    ],
    history: [
      { on: day('2026-03-02'), what: 'Appel de courtoisie, message vocal', channel: 'téléphone', proof: 'compte rendu d’appel' },
      { on: day('2026-03-06'), what: 'Courriel de courtoisie', channel: 'courriel', proof: 'remis au serveur du destinataire' },
      {
        on: day('2026-03-30'),
        what: 'Mise en demeure, 4 951,77 €',
        channel: 'lettre recommandée',
        proof: 'avis de réception du 2 avril 2026',
      },
    ],
    limitationOn: day('2031-02-26'),
    limitationBasis: 'C. com. art. L110-4',
    debtorContacts: [{ name: 'M. Lenoir', role: 'comptabilité', email: 'compta@verendelle.example', phone: '04 65 71 33 07' }],
    undisputed: true,
    files: [
      { name: 'facture-A2.pdf', sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
      { name: 'mise-en-demeure-2026-03-30.pdf', sha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752' },
    ],
    ...more,
  };
}
