import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { formalNoticeText, renderFormalNotice } from './formal-notice.js';
import { handOverSummaryText, renderHandOverSummary } from './hand-over-summary.js';
import { checkMentions } from './check-wording.js';
import { handOverA2, letterB11, noticeA2, noticeWithPayment, VERENDELLE } from './sample-letters.js';

const read = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'");

describe('the formal notice', () => {
  it('demands in one sentence: sum, daily interest, time', () => {
    expect(read(formalNoticeText(noticeA2()))).toContain(
      'Nous vous mettons en demeure de payer 4 951,77 €, plus 1,62 € par jour à partir du 31 mars, sous huit jours à compter de la réception.',
    );
  });

  it('lists the invoice, the interest by period with its article, the indemnity and the sum', () => {
    const text = read(formalNoticeText(noticeA2()));
    expect(text).toContain('A2 | 27/01/2026 | 26/02/2026 | BC-7714 | 4 860,00 € | 0,00 € | 4 860,00 €');
    expect(text).toContain('du 27/02/2026 au 30/03/2026 | 32 | 4 860,00 € | 12,15 % | 51,77 € | C. com. L441-10 II');
    expect(text).toContain('(C. com. art. L441-10 II et D441-5) : 40,00 €.');
    expect(text).toContain('Total | 4 951,77 €');
    expect(text).toContain('SIREN 000 000 307');
    expect(text).toContain('2 mars (appel), 6 mars (courriel), 16 mars (courriel) et 23 mars (courriel)');
  });

  it('A07: after a part payment shows what it was imputed on and claims what is left', () => {
    const text = read(formalNoticeText(noticeWithPayment()));
    expect(text).toContain('15/03/2026 | Règlement VRD-88 | −4 000,00 € | 143,14 € | 3 856,86 € | 0,00 €');
    expect(text).toContain("imputés d'abord sur les intérêts échus (C. civ. art. 1343-1)");
    expect(text).toContain('Total | 6 487,52 €');
  });

  it('A09: of two invoices counts the indemnity twice, adds the claims up and names the invoice of each line', () => {
    const [invoice] = noticeA2().invoices;
    const statement = noticeA2().statement;
    if (invoice === undefined || statement === undefined) throw new Error('sample without invoice');
    const content = noticeA2({
      invoices: [invoice, { ...invoice, number: 'A5' }],
      furtherStatements: [statement],
      payment: { ...noticeA2().payment, amountMinor: 990_354n },
    });
    const text = read(formalNoticeText(content));
    expect(text).toContain('2 factures × 40,00 € = 80,00 €');
    expect(text).toContain('Nous vous mettons en demeure de payer 9 903,54 €, plus 3,24 € par jour');
    expect(text).toContain('Total |  |  |  | 9 720,00 € | 0,00 € | 9 720,00 €');
    expect(text).toContain('A5 | du 27/02/2026 au 30/03/2026');
    expect(renderFormalNotice(content).byteLength).toBeGreaterThan(10_000);
  });

  it('announces the next step only when one is decided', () => {
    expect(formalNoticeText(noticeA2())).toContain('société de recouvrement');
    expect(formalNoticeText(noticeA2({ nextStep: undefined } as never))).not.toMatch(/À défaut|société de recouvrement/);
    expect(formalNoticeText(noticeA2({ nextStep: 'bailiff' }))).toContain('commissaire de justice');
    expect(formalNoticeText(letterB11('formalNotice', 'fr', { nextStep: 'bailiff' }))).toContain('huissier de justice');
  });

  it.each(['fr', 'nl', 'en'] as const)('carries every mandatory mention under Belgian law, in %s', (language) => {
    const content = letterB11('formalNotice', language, { nextStep: 'bailiff' });
    expect(checkMentions(formalNoticeText(content), content)).toEqual([]);
    expect(read(formalNoticeText(content))).toContain(
      { fr: 'BCE 0000.000.394', nl: 'KBO 0000.000.394', en: 'Enterprise no. 0000.000.394' }[language],
    );
  });

  it('says "pour mémoire" instead of guessing a rate', () => {
    const payment = { ...noticeA2().payment, amountMinor: 486_000n };
    const text = read(formalNoticeText(noticeA2({ interestUnknown: true, payment })));
    expect(text).toContain('Nous vous mettons en demeure de payer 4 860,00 € en principal, intérêts et indemnité forfaitaire pour mémoire');
    expect(text).not.toMatch(/51,77|12,15/);
  });

  it('is a tagged PDF/UA-1 of one page with the same bytes every time', async () => {
    const bytes = renderFormalNotice(noticeA2());
    expect(Buffer.from(renderFormalNotice(noticeA2())).equals(Buffer.from(bytes))).toBe(true);
    const pdf = await PDFDocument.load(bytes);
    expect(pdf.getPageCount()).toBe(1);
    expect(pdf.getTitle()).toBe('Mise en demeure de payer');
    expect(pdf.catalog.toString()).toMatch(/\/Marked true/);
    expect(Buffer.from(bytes).toString('latin1')).toContain('pdfuaid:part');
  });

  it('makes room for addresses of many lines', async () => {
    const addressLines = Array.from({ length: 12 }, (_, index) => `Bâtiment ${index}, allée des Très Longues Adresses de Livraison`);
    const content = noticeA2({ debtor: { ...VERENDELLE, addressLines }, creditor: { ...noticeA2().creditor, addressLines } });
    expect((await PDFDocument.load(renderFormalNotice(content))).getPageCount()).toBe(2);
  });

  it('prints a hostile name as it stands', () => {
    const legalName = '#panic("x") $ [Zoé] *gras* `code` {{ creditor.name }} @ref <label>';
    const content = noticeA2({ debtor: { ...VERENDELLE, legalName } });
    expect(formalNoticeText(content)).toContain(legalName);
    expect(renderFormalNotice(content).byteLength).toBeGreaterThan(10_000);
  });

  it('names the text it has no sign for instead of printing a hole', () => {
    const content = noticeA2({ debtor: { ...VERENDELLE, legalName: '中华商行' } });
    expect(() => renderFormalNotice(content)).toThrow(
      expect.objectContaining({ code: 'characterNotPrintable', facts: { text: '中 华 商 行' } }),
    );
  });

  it('is refused without deadline, with another sum to pay, or with an empty mention', () => {
    expect(() => renderFormalNotice(noticeA2({ deadlineDays: undefined } as never))).toThrow(
      expect.objectContaining({ code: 'contentIncomplete' }),
    );
    expect(() => renderFormalNotice(noticeA2({ payment: { ...noticeA2().payment, amountMinor: 486_000n } }))).toThrow(
      expect.objectContaining({ code: 'contentInconsistent' }),
    );
  });
});

describe('the hand-over summary', () => {
  it('holds debtor, ground, account, limitation, history and the files with their hashes', () => {
    const text = read(handOverSummaryText(handOverA2()));
    for (const part of [
      'Transports Vérendelle SARL',
      'Bon de commande BC-7714',
      'certaine, liquide et exigible',
      '4 974,42 €',
      'prescrit le 26 février 2031 (C. com. art. L110-4)',
      '30/03/2026 | Mise en demeure, 4 951,77 € | lettre recommandée | avis de réception du 2 avril 2026',
      'facture-A2.pdf | 9f86d081 884c7d65',
      'C. com. D441-5',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('does not call a disputed claim certain', () => {
    const text = read(handOverSummaryText(handOverA2({ undisputed: false, disputeNote: 'réserve sur 180 €' })));
    expect(text).not.toContain('certaine');
    expect(text).toContain('Contestation : réserve sur 180 €');
  });

  it.each(['fr', 'nl', 'en'] as const)('is drawn in %s with the same bytes every time', async (language) => {
    const bytes = renderHandOverSummary(handOverA2({ language }));
    expect(Buffer.from(renderHandOverSummary(handOverA2({ language }))).equals(Buffer.from(bytes))).toBe(true);
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(2);
  });

  it('draws a history of two hundred rows and forty files', async () => {
    const [row] = handOverA2().history;
    const [file] = handOverA2().files;
    const long = handOverA2({
      history: Array.from({ length: 200 }, () => row as never),
      files: Array.from({ length: 40 }, (_, index) => ({
        ...(file as { sha256: string }),
        name: `message_${'x'.repeat(20)}_${index}_${'y'.repeat(20)}.eml`,
      })),
    });
    expect((await PDFDocument.load(renderHandOverSummary(long))).getPageCount()).toBeGreaterThan(4);
  });
});
