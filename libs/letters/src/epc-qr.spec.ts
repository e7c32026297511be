import { describe, expect, it } from 'vitest';
import { type EpcTransfer, epcPayload, epcQrPng, epcQrSvg } from './epc-qr.js';

const TRANSFER: EpcTransfer = {
  beneficiary: 'Menuiserie Mirandole SAS',
  iban: 'FR14 2004 1010 0505 0001 3M02 606',
  amountMinor: 125_220n,
  currency: 'EUR',
  reference: 'RF18 5390 0754 7034',
};

describe('the payment code (EPC 069-12, version 002)', () => {
  it('puts an ISO 11649 reference in the structured field', () => {
    expect(epcPayload(TRANSFER).split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      '',
      'Menuiserie Mirandole SAS',
      'FR1420041010050500013M02606',
      'EUR1252.20',
      '',
      'RF18539007547034',
    ]);
  });

  it('puts a Belgian structured message in the text field, never both', () => {
    const lines = epcPayload({ ...TRANSFER, reference: '+++090/9337/55493+++', bic: 'GKCCBEBB' }).split('\n');
    expect(lines.slice(4)).toEqual([
      'GKCCBEBB',
      'Menuiserie Mirandole SAS',
      'FR1420041010050500013M02606',
      'EUR1252.20',
      '',
      '',
      '+++090/9337/55493+++',
    ]);
  });

  it('keeps a name of any length and shape in one field of at most 70 characters', () => {
    const lines = epcPayload({ ...TRANSFER, beneficiary: `Zoé\nEUR9999.99\r${'é'.repeat(90)}` }).split('\n');
    expect(lines).toHaveLength(10);
    expect(Array.from(lines[5] ?? '').length).toBeLessThanOrEqual(70);
    expect(lines[7]).toBe('EUR1252.20');
  });

  it('is refused for another currency, nothing, or more than the scheme carries', () => {
    for (const bad of [{ currency: 'USD' }, { amountMinor: 0n }, { amountMinor: 100_000_000_000n }]) {
      expect(() => epcPayload({ ...TRANSFER, ...bad })).toThrow(expect.objectContaining({ code: 'qrNotPossible' }));
    }
  });

  it('draws the same picture every time, as SVG and as PNG', async () => {
    const payload = epcPayload(TRANSFER);
    expect(epcQrSvg(payload)).toBe(epcQrSvg(payload));
    expect(epcQrSvg(payload)).toMatch(/^<svg .*<path fill="#000" d="M4 4h1v1h-1z/);
    expect(
      Buffer.from(await epcQrPng(payload), 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });
});
