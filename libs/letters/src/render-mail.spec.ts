import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { checkMentions } from './check-wording.js';
import { renderMail } from './render-mail.js';
import { letterA2, letterB11, noticeA2, VERENDELLE } from './sample-letters.js';
import { statementA2 } from './sample-statements.js';

const courtesy = (more = {}) => letterA2('courtesyMail', '2026-03-06', 8, { deadlineOn: day('2026-03-20'), ...more });
const firm = (more = {}) =>
  letterA2('firmMail', '2026-03-18', 20, {
    statement: statementA2('2026-03-18', 20, 3_236n, '2026-03-19'),
    payment: { iban: 'FR1420041010050500013M02606', reference: 'RF18 5390 0754 7034', amountMinor: 493_236n },
    ...more,
  });

/** Reads as a person does: one kind of space and apostrophe. */
const read = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'");

describe('the courtesy mail', () => {
  it('says amount, age, date asked for, account and whom to answer, in French', async () => {
    const mail = await renderMail(courtesy());
    const text = read(mail.text);
    expect(text).toContain('Sauf erreur ou règlement récent, la facture A2 de 4 860,00 €, échue le 26 février, reste ouverte.');
    expect(text).toContain('Merci de nous indiquer la date de votre virement, au plus tard le 20 mars.');
    expect(text).toContain('Une question ? Répondez à ce message, Claire Aubin vous rappelle.');
    expect(text).toContain('FR14 2004 1010 0505 0001 3M02 606');
    expect(text).toContain('RF18 5390 0754 7034');
    expect(text).toContain('8 jours de retard');
    expect(read(mail.subject)).toBe('Facture A2 : 4 860,00 €, échue le 26 février');
  });

  it('confirms the call when there was one and takes its place when there was none', async () => {
    const reached = await renderMail(courtesy({ call: { on: day('2026-03-02'), outcome: 'reached', contactName: 'Mme Roy' } }));
    const attempted = await renderMail(courtesy({ call: { on: day('2026-03-02'), outcome: 'attempted' } }));
    const none = await renderMail(courtesy({ call: { on: day('2026-03-02'), outcome: 'notMade' } }));
    expect(read(reached.text)).toContain('Merci pour notre échange téléphonique du 2 mars avec Mme Roy');
    expect(read(attempted.text)).toContain('Nous avons cherché à vous joindre par téléphone le 2 mars, sans succès');
    expect(none.text).not.toContain('téléphon');
    expect(none.text).toContain('oubli');
  });

  it('announces no severe step even when the ladder holds one, and no interest', async () => {
    const { text } = await renderMail(courtesy({ nextStep: 'bailiff', statement: statementA2('2026-03-06', 8, 1_294n, '2026-03-07') }));
    expect(text).not.toMatch(/commissaire|huissier|mise en demeure|intérêt|indemnité/i);
  });

  it('states what was paid when a part came in', async () => {
    const [invoice] = courtesy().invoices;
    const mail = await renderMail(
      courtesy({
        invoices: [{ ...invoice, paidMinor: 286_000n, openMinor: 200_000n }],
        payment: { ...courtesy().payment, amountMinor: 200_000n },
      }),
    );
    expect(read(mail.text)).toContain('la facture A2 (total 4 860,00 €), échue le 26 février, reste ouverte à hauteur de 2 000,00 €.');
  });

  it('adds up several invoices and shows their total', async () => {
    const [invoice] = courtesy().invoices;
    const second = { ...invoice, number: 'A5', grossMinor: 31_240n, openMinor: 31_240n };
    const mail = await renderMail(courtesy({ invoices: [invoice, second], payment: { ...courtesy().payment, amountMinor: 517_240n } }));
    expect(read(mail.subject)).toBe('Vos 2 factures échues : 5 172,40 €');
    expect(read(mail.html)).toContain('5 172,40 €');
  });
});

describe('the firm mail', () => {
  it('C25: states principal, interest and indemnity with their ground, and what a day adds', async () => {
    const text = read((await renderMail(firm({ nextStep: 'formalNotice', deadlineOn: day('2026-03-25') }))).text);
    expect(text).toContain('intérêts de retard 32,36 €');
    expect(text).toContain('indemnité forfaitaire pour frais de recouvrement 40,00 €');
    expect(text).toContain('soit 4 932,36 €. Chaque jour de retard ajoute 1,62 € à partir du 19 mars.');
    expect(text).toContain('Sans règlement ni réponse à cette date, nous vous adresserons une mise en demeure.');
  });

  it('says "pour mémoire" when no rate is known', async () => {
    const { text } = await renderMail(
      firm({ statement: undefined, interestUnknown: true, payment: { ...courtesy().payment, amountMinor: 486_000n } }),
    );
    expect(read(text)).toContain('4 860,00 € en principal, intérêts et indemnité forfaitaire pour mémoire');
  });

  it('is refused without the statement, and for a debtor who is no business', async () => {
    await expect(renderMail(firm({ statement: undefined }))).rejects.toMatchObject({ code: 'contentIncomplete' });
    const consumer = { ...statementA2('2026-03-18', 20, 3_236n, '2026-03-19'), kind: 'consumer' as const };
    await expect(renderMail(firm({ statement: consumer }))).rejects.toMatchObject({ code: 'contentInconsistent' });
  });
});

describe('what only informs', () => {
  const received = { amountMinor: 235_000n, on: day('2026-03-12') };
  const paid = (more = {}) => {
    const [invoice] = courtesy().invoices;
    return letterA2('thankYou', '2026-03-13', 15, {
      received,
      invoices: [{ ...invoice, number: 'A3', grossMinor: 235_000n, paidMinor: 235_000n, openMinor: 0n } as never],
      ...more,
    });
  };

  it('thanks, and says that nothing more is to be done', async () => {
    const { text, inlineImages } = await renderMail(paid());
    expect(read(text)).toContain('Vos 2 350,00 € sont bien arrivés le 12 mars, merci.');
    expect(read(text)).toContain("La facture A3 est soldée ; vous n'avez plus rien à faire.");
    expect(inlineImages).toEqual([]);
  });

  it('says so when interest is waived, and does not call the matter closed when it is pursued', async () => {
    expect(read((await renderMail(paid({ accessories: 'waived' }))).text)).toContain('Nous renonçons aux intérêts de retard');
    const pursued = read((await renderMail(paid({ accessories: 'pursued' }))).text);
    expect(pursued).not.toContain('plus rien à faire');
    expect(pursued).toContain('restent dus');
  });

  it('C48: confirms a promise in the words agreed', async () => {
    const promise = { on: day('2026-03-12'), amountMinor: 235_000n, madeOn: day('2026-03-02'), by: 'M. Lenoir' };
    const { text } = await renderMail(letterA2('promiseConfirmation', '2026-03-02', 4, { promise }));
    expect(read(text)).toContain('Comme convenu le 2 mars avec M. Lenoir, vous réglerez 2 350,00 € au plus tard le 12 mars.');
    expect(read(text)).toContain('Nous suspendons nos relances jusque-là ; si nous avons mal compris, répondez-nous.');
  });

  it('recalls a case from the agency with what came in', async () => {
    const partner = { kind: 'collectionAgency' as const, legalName: 'Agence Tilleul', contactName: 'Mme Aubry', reference: 'T-77' };
    const { text, subject } = await renderMail({ ...paid({ partner }), act: 'recall' });
    expect(subject).toContain('T-77');
    expect(read(text)).toContain('2 350,00 € nous sont parvenus directement le 12 mars. Le principal est soldé.');
  });
});

describe('every mail', () => {
  it('is refused when nothing is due: no letter says "0,00 €"', async () => {
    const [invoice] = courtesy().invoices;
    const settled = { ...invoice, paidMinor: 486_000n, openMinor: 0n };
    await expect(renderMail(courtesy({ invoices: [settled] }))).rejects.toMatchObject({ code: 'nothingDue' });
  });

  it('is refused when its figures disagree', async () => {
    const wrongPayment = courtesy({ payment: { ...courtesy().payment, amountMinor: 486_001n } });
    await expect(renderMail(wrongPayment)).rejects.toMatchObject({ code: 'contentInconsistent' });
    const [invoice] = courtesy().invoices;
    await expect(renderMail(courtesy({ invoices: [{ ...invoice, daysOverdue: 9 }] }))).rejects.toMatchObject({
      code: 'contentInconsistent',
    });
  });

  it('carries the payment code as an inline image, none when the account is in question', async () => {
    const mail = await renderMail(courtesy());
    expect(mail.inlineImages.map((image) => [image.cid, image.contentType])).toEqual([['epc-qr', 'image/png']]);
    expect(mail.html).toContain('src="cid:epc-qr"');
    const without = await renderMail(courtesy({ payment: { ...courtesy().payment, withoutQr: true } }));
    expect(without.inlineImages).toEqual([]);
    expect(without.html).not.toContain('cid:');
  });

  it('loads nothing from elsewhere when it is opened', async () => {
    const { html } = await renderMail(noticeA2());
    expect(html.match(/(src|href)="(?!cid:)[^"]*"|url\(|@import/g) ?? []).toEqual([]);
  });

  it('lets no name become markup, template, header or formula', async () => {
    const hostile = 'Zoé & Fils {{ creditor.name }} {% raw %} <script>alert(1)</script> <mj-raw>x</mj-raw>\r\nBcc: x@evil.example';
    const mail = await renderMail(
      courtesy({
        debtor: { ...VERENDELLE, contactName: hostile },
        creditor: { ...courtesy().creditor, legalName: `=HYPERLINK("http://evil") ${hostile}` },
        invoices: [{ ...courtesy().invoices[0], number: `F1\r\nBcc: x@evil.example\u2028\u202e` }],
      }),
    );
    expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(mail.html).not.toMatch(/<script|<mj-raw|<title>[^<]*<[^/]/);
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(mail.html).toContain('{{ creditor.name }}');
    expect(mail.text).toContain('Bonjour Zoé & Fils {{ creditor.name }} {% raw %} <script>alert(1)</script>');
    expect(mail.text).not.toMatch(/^Bcc:/m);
  });

  it('cuts a subject at 150 characters', async () => {
    const mail = await renderMail(courtesy({ invoices: [{ ...courtesy().invoices[0], number: 'F'.repeat(400) }] }));
    expect(Array.from(mail.subject).length).toBeLessThanOrEqual(150);
    expect(mail.subject.endsWith('…')).toBe(true);
  });

  it('is the same for the same content and names its template', async () => {
    const [one, two] = [await renderMail(courtesy()), await renderMail(courtesy())];
    expect(one).toEqual(two);
    expect(one.templateId).toBe('fr/courtesyMail');
    expect(one.templateVersion).toMatch(/^[0-9a-f]{12}$/);
    expect((await renderMail(letterB11('courtesyMail', 'nl'))).templateVersion).not.toBe(one.templateVersion);
  });

  it.each(['fr', 'nl', 'en'] as const)('has all it must say and nothing it must not, in %s', async (language) => {
    for (const act of ['courtesyMail', 'formalMail', 'firmMail', 'formalNotice'] as const) {
      const content = letterB11(act, language, { nextStep: act === 'formalNotice' ? 'bailiff' : 'call' });
      const { text } = await renderMail(content);
      // The cover mail carries the notice: what must be mentioned stands in the PDF.
      const findings = checkMentions(text, content).filter((finding) => act !== 'formalNotice' || finding.kind === 'forbidden');
      expect(findings).toEqual([]);
    }
  });
});
