import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { lastCallSheetText, renderLastCallSheet } from './last-call-sheet.js';
import type { Language } from './letter-content.js';
import { REGIMES } from './sample-cases.js';
import { sampleSheet } from './sample-regimes.js';

const LANGUAGES: readonly Language[] = ['fr', 'nl', 'en'];
/** Reads as a person does: one kind of space. */
const read = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('the call sheet', () => {
  it('tells the caller what not to say under the regime', () => {
    expect(lastCallSheetText(sampleSheet('FR.consumer', 'fr'))).toContain('C. conso. art. L121-21');
    expect(lastCallSheetText(sampleSheet('BE.consumer', 'nl'))).toContain('geen aanmaningskosten');
    expect(lastCallSheetText(sampleSheet('FR.business', 'en'))).toContain('€4,951.77');
  });

  it('says how to pay, so that it can be dictated', () => {
    const text = lastCallSheetText(sampleSheet('FR.business', 'fr'));
    expect(read(text)).toContain(
      'À dicter pour payer : 4 951,77 € à Menuiserie Mirandole SAS, IBAN FR14 2004 1010 0505 0001 3M02 606, référence RF18',
    );
  });

  it.each(REGIMES.filter((regime) => regime !== 'BE.consumer'))(
    'C24, %s: of a courtesy call bears the rung’s name and asks for the balance alone, without a word of what follows',
    (regime) => {
      const { statement: _claim, nextStep: _step, ...sheet } = sampleSheet(regime, 'fr');
      const balance = sheet.invoices.reduce((sum, invoice) => sum + invoice.openMinor, 0n);
      const courtesy = {
        ...sheet,
        isCourtesy: true,
        callTitle: 'Appel de courtoisie',
        payment: { ...sheet.payment, amountMinor: balance },
      };
      const text = lastCallSheetText(courtesy);
      expect(text).toContain('Appel de courtoisie\u202f: fiche');
      expect(text).toContain('cet appel ne demande qu’une date');
      expect(text).not.toMatch(/Dernier appel|Intérêts de retard|Indemnité forfaitaire|Aucune suite n’est décidée|société de recouvrement/);
      expect(() => lastCallSheetText({ ...courtesy, payment: { ...sheet.payment, amountMinor: balance + 1n } })).toThrow(
        'neither the balance nor the claim',
      );
    },
  );

  it('names the invoices that the same call is about and that have a sheet of their own', () => {
    expect(lastCallSheetText({ ...sampleSheet('FR.business', 'fr'), otherInvoices: ['A7', 'A9'] })).toContain(
      'Le même appel porte aussi sur A7 et A9\u202f: voir leur propre fiche.',
    );
  });

  it.each(LANGUAGES)('is one page in %s with two numbers, many acts and a remark', async (language) => {
    for (const regime of REGIMES) {
      const sheet = sampleSheet(regime, language);
      const history = [...sheet.history, ...sheet.history, ...sheet.history, ...sheet.history];
      const usual = { ...sheet, phones: [...sheet.phones, ...sheet.phones], history, disputes: ['Quantité livrée'] };
      expect((await PDFDocument.load(renderLastCallSheet(usual))).getPageCount(), regime).toBe(1);
    }
  });

  it('announces no step when none is decided', () => {
    const { nextStep: _none, ...sheet } = sampleSheet('FR.business', 'fr');
    const text = lastCallSheetText(sheet);
    expect(text).toContain('Aucune suite n’est décidée');
    expect(text).not.toMatch(/huissier|commissaire|société de recouvrement/);
  });
});
