import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { checkMentions } from './check-wording.js';
import { formalNoticeText } from './formal-notice.js';
import type { InvoiceEvent, Language, LetterContent } from './letter-content.js';
import { mailWords } from './render-mail.js';
import { letterA2, noticeA2 } from './sample-letters.js';

// What the debtor did before, and what became of it, in the letters that ask again.

const LANGUAGES = ['fr', 'nl', 'en'] as const;
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ');

function withPast(content: LetterContent, past: readonly InvoiceEvent[], creditedMinor = 0n): LetterContent {
  const invoices = content.invoices.map((invoice) => ({
    ...invoice,
    ...(creditedMinor > 0n ? { creditedMinor, paidMinor: creditedMinor, openMinor: invoice.grossMinor - creditedMinor } : {}),
    past,
  }));
  const amountMinor = content.payment.amountMinor - creditedMinor;
  return { ...content, invoices, payment: { ...content.payment, amountMinor } };
}

const courtesy = (language: Language = 'fr') => ({ ...letterA2('courtesyMail', '2026-03-24', 26), language });
const formal = (language: Language = 'fr') => ({ ...letterA2('formalMail', '2026-03-25', 27), language });
const text = (content: LetterContent) => plain(mailWords(content).text);

const RETURNED: InvoiceEvent = { kind: 'paymentReversed', paidOn: day('2026-03-04'), on: day('2026-03-23'), amountMinor: 486_000n };
const NOTE: InvoiceEvent = { kind: 'creditNote', number: 'AV-A9', on: day('2026-03-26'), amountMinor: 18_000n };
const ANSWERED: InvoiceEvent = { kind: 'disputeAnswered', openedOn: day('2026-03-09'), maintained: false };
const BROKEN: InvoiceEvent = { kind: 'promiseBroken', madeOn: day('2026-03-09'), on: day('2026-03-19'), amountMinor: 486_000n };
const DOLLARS: InvoiceEvent = {
  kind: 'paymentSentBack',
  paidOn: day('2026-03-13'),
  on: day('2026-03-18'),
  amountMinor: 1_200_000n,
  currency: 'USD',
};

describe('money that came and went back', () => {
  it.each([
    [
      'fr',
      'Votre règlement de 4 860,00 €, reçu le 4 mars, a été rejeté ou remboursé par la banque le 23 mars ; cette somme est donc redevenue due.',
    ],
    [
      'nl',
      'Uw betaling van € 4.860,00, ontvangen op 4 maart, werd op 23 maart door de bank geweigerd of terugbetaald; daardoor is dat bedrag opnieuw verschuldigd.',
    ],
    [
      'en',
      'Your payment of €4,860.00, received on 4 March, was rejected or refunded by the bank on 23 March; that sum has therefore become due again.',
    ],
  ] as const)('A40: is named in every reminder, never “an oversight” (%s)', (language, said) => {
    for (const content of [courtesy(language), formal(language)]) expect(text(withPast(content, [RETURNED]))).toContain(said);
    expect(text(withPast(courtesy(language), [RETURNED]))).not.toMatch(/oubli|ontsnapt|overlooked/u);
    expect(text(courtesy(language))).toMatch(/oubli|ontsnapt|overlooked/u);
  });

  it('of another currency says that it was returned, and when', () => {
    expect(text(withPast(formal(), [DOLLARS]))).toContain(
      'Votre versement de 12 000,00 USD du 13 mars n’était pas dans la monnaie de la facture ; nous vous l’avons retourné le 18 mars.',
    );
    const { on: _on, ...undated } = DOLLARS;
    expect(text(withPast(formal('en'), [undated as InvoiceEvent]))).toContain('not in the currency of the invoice; we returned it to you.');
  });

  it('is named in the notice too, between the demand and the account', () => {
    const notice = plain(formalNoticeText(withPast(noticeA2(), [RETURNED])));
    expect(notice.indexOf('a été rejeté ou remboursé par la banque')).toBeGreaterThan(notice.indexOf('Nous vous mettons en demeure'));
  });
});

describe('a credit note', () => {
  const reduced = (language: Language) => withPast(courtesy(language), [ANSWERED, NOTE], 18_000n);

  it.each([
    [
      'fr',
      'Nous avons examiné votre contestation du 9 mars. L’avoir AV-A9 du 26 mars, de 180,00 €, est déduit de la facture A2.',
      'Montant TTC 4 860,00 €, avoir 180,00 €',
      'déjà reçu',
    ],
    [
      'nl',
      'Wij hebben uw betwisting van 9 maart onderzocht. Creditnota AV-A9 van 26 maart, € 180,00, is in mindering gebracht op factuur A2.',
      'bedrag incl. btw € 4.860,00, creditnota € 180,00',
      'ontvangen',
    ],
    [
      'en',
      'We have looked into the objection you raised on 9 March. Credit note AV-A9 of 26 March, for €180.00, has been deducted from invoice A2.',
      'amount incl. VAT €4,860.00, credit note €180.00',
      'received',
    ],
  ] as const)('A14: is called one and never money received; the objection is answered (%s)', (language, said, line, unsaid) => {
    const mail = text(reduced(language));
    expect(mail).toContain(said);
    expect(mail).toContain(line);
    expect(mail).not.toContain(unsaid);
    expect(mail).toContain({ fr: '4 680,00 €', nl: '€ 4.680,00', en: '€4,680.00' }[language]);
  });

  it('does not make an invoice “partly paid”', () => {
    expect(text(withPast(formal(), [NOTE], 18_000n))).toContain('n’est pas réglée : 4 680,00 € restent dus');
  });

  it('has a column of its own on paper, beside what was paid', () => {
    const content = letterA2('formalNotice', '2026-03-30', 32, { interestUnknown: true, deadlineDays: 8, nextStep: 'collectionAgency' });
    const notice = plain(formalNoticeText(withPast(content, [NOTE], 18_000n)));
    expect(notice).toContain('L’avoir AV-A9 du 26 mars, de 180,00 €, est déduit de la facture A2.');
    expect(notice).toContain('Montant TTC | Avoirs | Réglé | Solde');
    expect(notice).toContain('4 860,00 € | 180,00 € | 0,00 € | 4 680,00 €');
    expect(notice).not.toContain('en partie impayée');
  });

  it('is thanked for by nobody', () => {
    const paid = letterA2('thankYou', '2026-04-02', 35);
    const invoices = paid.invoices.map((invoice) => ({ ...invoice, paidMinor: 486_000n, creditedMinor: 18_000n, openMinor: 0n }));
    expect(text({ ...paid, invoices })).toContain('Vos 4 680,00 € sont bien arrivés');
  });
});

describe('an objection to which the creditor does not yield', () => {
  it.each([
    ['fr', 'Nous avons examiné votre contestation du 9 mars et maintenons la facture.'],
    ['nl', 'Wij hebben uw betwisting van 9 maart onderzocht en handhaven de factuur.'],
    ['en', 'We have looked into the objection you raised on 9 March and stand by the invoice.'],
  ] as const)('is answered before anything is asked again (%s)', (language, said) => {
    expect(text(withPast(courtesy(language), [{ ...ANSWERED, maintained: true }]))).toContain(said);
  });

  it('makes an older call no reason for writing; a later one still is', () => {
    const called = (on: string) => withPast({ ...courtesy(), call: { on: day(on), outcome: 'attempted' as const } }, [ANSWERED]);
    expect(text(called('2026-03-06'))).not.toContain('par téléphone');
    expect(text(called('2026-03-23'))).toContain('par téléphone le 23 mars');
  });
});

describe('a promise that was not kept', () => {
  it.each([
    ['fr', 'Le règlement de 4 860,00 € que vous aviez annoncé le 9 mars pour le 19 mars ne nous est pas parvenu.'],
    ['nl', 'De betaling van € 4.860,00 die u op 9 maart had aangekondigd tegen 19 maart, hebben wij niet ontvangen.'],
    ['en', 'The payment of €4,860.00 that you announced on 9 March for 19 March has not reached us.'],
  ] as const)('A41: is recalled as a fact, without reproach (%s)', (language, said) => {
    expect(text(withPast(formal(language), [BROKEN]))).toContain(said);
  });

  it('of which a part came says so', () => {
    expect(text(withPast(formal(), [{ ...BROKEN, partly: true }]))).toContain('ne nous est pas parvenu en entier.');
  });
});

describe('several invoices in one mail', () => {
  it('each event names its own', () => {
    const [one] = formal().invoices as [LetterContent['invoices'][number]];
    const invoices = [
      { ...one, past: [RETURNED] },
      { ...one, number: 'A5', past: [{ ...ANSWERED, maintained: true } as const] },
    ];
    const payment = { ...formal().payment, amountMinor: 972_000n, withoutQr: true };
    const mail = text({ ...formal(), invoices, payment });
    expect(mail).toContain('Votre règlement de 4 860,00 € pour la facture A2, reçu le 4 mars');
    expect(mail).toContain('maintenons la facture A5.');
  });
});

describe('the check of the text', () => {
  it.each(LANGUAGES)('knows the days of the past as the letter’s own (%s)', (language) => {
    const past = [RETURNED, DOLLARS, BROKEN, ANSWERED, NOTE];
    const content = withPast({ ...formal(language), deadlineOn: day('2026-04-01') }, past);
    const { text: words } = mailWords(content);
    expect(checkMentions(words, content).map(({ mention, sentence }) => [mention, sentence])).toEqual([]);
  });

  it('does not take the payer’s own words on a transfer for the letter’s', () => {
    const notice = noticeA2();
    const statement = notice.statement as NonNullable<LetterContent['statement']>;
    const entry = { kind: 'payment' as const, on: day('2026-03-10'), amountMinor: -100n, reference: 'saisie sur salaire évitée' };
    const content = { ...notice, statement: { ...statement, entries: [...statement.entries, entry] } };
    const words = formalNoticeText(content);
    expect(words).toContain('saisie sur salaire évitée');
    expect(checkMentions(words, content).filter(({ kind }) => kind === 'forbidden')).toEqual([]);
  });
});
