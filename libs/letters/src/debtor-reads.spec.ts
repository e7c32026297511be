import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { formalNoticeText } from './formal-notice.js';
import type { LetterContent } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { postLetterText } from './post-letter.js';
import { mailWords } from './render-mail.js';
import { letterA2, noticeA2, noticeWithPayment } from './sample-letters.js';
import { sampleOf } from './sample-regimes.js';

// What whoever reads the letter for the debtor would take up.

const LANGUAGES = ['fr', 'nl', 'en'] as const;

function refusalOf(write: () => unknown): unknown {
  try {
    return write();
  } catch (error) {
    return error instanceof LetterError ? { code: error.code, ...error.facts } : error;
  }
}

function described(description: string): LetterContent {
  const content = sampleOf('BE.consumer', 'firstReminder', 'fr');
  return { ...content, firstReminder: { ...(content.firstReminder as NonNullable<LetterContent['firstReminder']>), description } };
}

describe('the free first reminder of a Belgian consumer', () => {
  it.each([
    ...['B13', 'facture B13', 'Factuur nr. B13', 'invoice B13', 'Votre facture n° B13', '—'],
    ...['facture B13, PO-88120', 'factuur B13, bestelling WK560', 'facture B13, commande 77', 'facture B13, bon de commande VER-2026-007'],
  ])('A27: is refused where “%s” stands for the product or service', (description) => {
    expect(refusalOf(() => mailWords(described(description)))).toMatchObject({
      code: 'contentIncomplete',
      field: 'firstReminder.description',
    });
  });

  it.each([
    'facture B13, faire-part',
    'cours de piano, janvier 2026',
    'facture B13, imprimante HP-208 (PO-88120)',
    'factuur B13, 3D prints',
  ])('is written with “%s”', (description) => {
    expect(mailWords(described(description)).text).toContain(description);
  });
});

describe('a letter for one term of an invoice', () => {
  const NAMES = { fr: 'A2 (échéance 2 sur 3)', nl: 'A2 (termijn 2 van 3)', en: 'A2 (instalment 2 of 3)' };

  it.each(LANGUAGES)('says which one, in subject, sentence and table (%s)', (language) => {
    const notice = noticeA2({ language });
    const term = { number: 2, count: 3 };
    const content = { ...notice, invoices: notice.invoices.map((invoice) => ({ ...invoice, term })) };
    const mail = mailWords({ ...content, act: 'formalNotice' });
    expect(mail.subject).toContain(NAMES[language]);
    expect(mail.text.split(NAMES[language]).length - 1).toBeGreaterThanOrEqual(2);
    expect(formalNoticeText(content).split(NAMES[language]).length - 1).toBeGreaterThanOrEqual(2);
  });

  it('names the invoice alone where it has one term', () => {
    const notice = noticeA2();
    const content = { ...notice, invoices: notice.invoices.map((invoice) => ({ ...invoice, term: { number: 1, count: 1 } })) };
    expect(formalNoticeText(content)).toBe(formalNoticeText(notice));
  });
});

describe('copies of invoices', () => {
  const [one] = letterA2('courtesyMail', '2026-03-06', 8).invoices as [LetterContent['invoices'][number]];
  const two = (copiesAttached?: readonly string[]): LetterContent => ({
    ...letterA2('courtesyMail', '2026-03-06', 8),
    invoices: [one, { ...one, number: 'A5' }],
    payment: { ...letterA2('courtesyMail', '2026-03-06', 8).payment, amountMinor: 972_000n, withoutQr: true },
    invoiceCopyAttached: true,
    ...(copiesAttached ? { copiesAttached } : {}),
  });

  it('are said to go along only where they do', () => {
    expect(mailWords(two()).text).toContain('Les factures sont jointes à ce message.');
    expect(mailWords(two(['A2'])).text).toContain('La facture A2 est jointe à ce message.');
    expect(mailWords(two(['A2', 'A5'])).text).toContain('Les factures sont jointes à ce message.');
    expect(mailWords(two([])).text).not.toContain('joint');
    expect(mailWords({ ...two(['A5']), language: 'nl' }).text).toContain('Factuur A5 vindt u als bijlage.');
    expect(mailWords({ ...two(['A5']), language: 'en' }).text).toContain('Invoice A5 is attached.');
  });

  it('never go with a letter of one page', () => {
    expect(postLetterText(two())).not.toContain('joint');
  });
});

describe('who signs', () => {
  it('has a title that begins with a capital', () => {
    const signed = { ...noticeA2(), signatory: { name: 'Claire Aubin', title: 'contrôleuse de gestion' }, on: day('2026-03-30') };
    expect(formalNoticeText(signed)).toContain('Claire Aubin\nContrôleuse de gestion');
    expect(mailWords({ ...signed, act: 'formalNotice' }).text).toContain('Contrôleuse de gestion, Menuiserie');
  });
});

describe('a registered letter', () => {
  it('is called as its country calls it', () => {
    expect(formalNoticeText(noticeA2())).toContain('Lettre recommandée avec avis de réception');
    expect(formalNoticeText(sampleOf('BE.business', 'formalNotice', 'fr'))).toContain('Envoi recommandé avec accusé de réception');
  });
});

describe('movements of the account', () => {
  it('are named by what was written on the transfer, never by a key of ours', () => {
    const notice = noticeWithPayment();
    const statement = notice.statement as NonNullable<LetterContent['statement']>;
    const entries = statement.entries.map((entry) =>
      entry.kind === 'payment' ? { ...entry, reference: '01a20496-73db-7785-88ab-6eb718289a4a' } : entry,
    );
    const text = formalNoticeText({ ...notice, statement: { ...statement, entries } });
    expect(formalNoticeText(notice)).toContain('Règlement VRD-88');
    expect(text).toContain('Règlement |');
    expect(text).not.toContain('01a20496');
  });
});

describe('thanks', () => {
  const paid = (more: Partial<LetterContent>): LetterContent => ({ ...sampleOf('FR.business', 'thankYou', 'fr'), ...more });
  const bare = { ...sampleOf('FR.business', 'thankYou', 'fr') };
  delete (bare as { accessories?: unknown }).accessories;

  it('say that nothing is left to do where nothing else was asked for', () => {
    expect(mailWords(bare).text).toContain('La facture A2 est soldée\u202f; vous n’avez plus rien à faire.');
  });

  it.each([
    ['fr', 'La facture A2 est soldée en principal.', 'plus rien à faire'],
    ['nl', 'Factuur A2 is in hoofdsom vereffend.', 'niets meer'],
    ['en', 'Invoice A2 is settled as to the principal.', 'nothing more'],
  ] as const)('N8: are no receipt for interest and indemnity that were asked for and are undecided (%s)', (language, said, unsaid) => {
    const { text } = mailWords(paid({ accessories: 'undecided', language }));
    expect(text).toContain(said);
    expect(text).not.toContain(unsaid);
  });

  it.each([
    ['fr', 'Votre versement dépasse de 500,00\u00a0€ le principal dû\u202f; cette somme reste à votre crédit.'],
    ['nl', 'U betaalde €\u00a0500,00 meer dan de hoofdsom; dat bedrag blijft als tegoed voor u geboekt.'],
    ['en', 'Your payment exceeds the principal by €500.00; that sum remains to your credit.'],
  ] as const)('own up to what was paid too much (%s)', (language, said) => {
    const received = { amountMinor: 536_000n, on: day('2026-04-16'), surplusMinor: 50_000n };
    const { subject, text } = mailWords(paid({ received, language }));
    expect(text.replaceAll('\u202f500', '\u00a0500')).toContain(said);
    expect(subject).toMatch(/5.360[.,]00/);
  });

  it.each([
    ['fr', 'La facture A2 est soldée, accessoires compris (91,77\u00a0€)\u202f; vous n’avez plus rien à faire.'],
    ['nl', 'Factuur A2 is vereffend, met inbegrip van €\u00a091,77 voor de laattijdige betaling; u hoeft niets meer te doen.'],
    ['en', 'Invoice A2 is settled, including €91.77 for late payment; there is nothing more for you to do.'],
  ] as const)('B13: are a receipt for everything where interest and indemnity were paid with the principal (%s)', (language, said) => {
    const received = { amountMinor: 495_177n, on: day('2026-04-16'), accessoriesMinor: 9_177n };
    const { subject, text } = mailWords(paid({ received, accessories: 'paid', language }));
    expect(text.replaceAll('91,77\u202f', '91,77\u00a0').replaceAll('\u202f91,77', '\u00a091,77')).toContain(said);
    expect(text).not.toMatch(/principal|hoofdsom/);
    expect(subject).toMatch(/4.951[.,]77/);
  });

  it.each([
    ['fr', /Votre versement règle aussi 40,00.€ d’accessoires\./u, 'soldée en principal'],
    ['nl', /Uw betaling dekt ook €.40,00 voor de laattijdige betaling\./u, 'in hoofdsom vereffend'],
    ['en', /Your payment also covers €40\.00 for late payment\./u, 'settled as to the principal'],
  ] as const)('N8: of a part of interest and indemnity name that part and are no receipt for the rest (%s)', (language, said, besides) => {
    const received = { amountMinor: 490_000n, on: day('2026-04-16'), accessoriesMinor: 4_000n };
    const { text } = mailWords(paid({ received, accessories: 'undecided', language }));
    expect(text).toMatch(said);
    expect(text).toContain(besides);
  });

  it.each([
    ['fr', 'tout ce qui était dû', 'le principal dû'],
    ['nl', 'meer dan alles wat verschuldigd was', 'meer dan de hoofdsom'],
    ['en', 'exceeds all that was owed', 'exceeds the principal'],
  ] as const)('say what credit is counted from once accessories are paid (%s)', (language, said, unsaid) => {
    const received = { amountMinor: 500_000n, on: day('2026-04-16'), accessoriesMinor: 9_177n, surplusMinor: 4_823n };
    const { text } = mailWords(paid({ received, accessories: 'paid', language }));
    expect(text).toContain(said);
    expect(text).not.toContain(unsaid);
  });

  it('for one term of several do not say that nothing is left to do', () => {
    const invoices = bare.invoices.map((invoice) => ({ ...invoice, term: { number: 1, count: 3 } }));
    const { text } = mailWords({ ...bare, invoices });
    expect(text).toContain('La facture A2 (échéance 1 sur 3) est soldée.');
    expect(text).not.toContain('plus rien');
  });
});
