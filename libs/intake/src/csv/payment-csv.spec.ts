import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPaymentCsv } from './payment-csv.js';

const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));

describe('payments in CSV', () => {
  it('reads amount, day, payer and references, and counts a bank transaction once', () => {
    const file = readFileSync(fileURLToPath(new URL('../../../../test/fixtures/ok/payments-french.csv', import.meta.url)));
    const { rows, findings } = readPaymentCsv(file);
    expect(findings).toEqual([]);
    expect(rows[0]?.record).toEqual({
      amountMinor: 124_000n,
      currency: 'EUR',
      paidOn: '2026-03-03',
      reference: 'VIR FACTURE F-101',
      invoiceNumber: 'F-101',
      payerName: 'Boulangerie Épi d’or',
      payerIban: 'FR1420041010050500013M02606',
      bankTransactionId: 'OP-1',
      line: 2,
    });
    expect(rows[1]?.record).toMatchObject({ amountMinor: 200_000n, structuredReference: '120000001214', payerIban: 'BE68539007547034' });
    expect(rows[2]).toMatchObject({ row: 3, findings: [{ code: 'duplicateRow', severity: 'warning', line: 4 }] });
    expect(rows[2]?.record).toBeUndefined();
  });

  it('reads Dutch headers', () => {
    const { rows } = readPaymentCsv(bytes('Betaaldatum;Bedrag;Munt;Betaler;Mededeling', '03-03-2026;215,00;EUR;Lieve Zonderland;B13'));
    expect(rows[0]?.record).toMatchObject({ amountMinor: 21_500n, payerName: 'Lieve Zonderland', reference: 'B13' });
  });

  it('refuses what is no payment received and keeps the rest', () => {
    const { rows } = readPaymentCsv(
      bytes('date;montant;libelle', '03/03/2026;-10,00;rejet', '03/03/2026;10,00;ok', '32/03/2026;1,00;x', '03/03/2026;0,00;x'),
    );
    expect(rows.map((row) => row.findings[0]?.code)).toEqual(['paymentNotPositive', undefined, 'dayUnreadable', 'paymentNotPositive']);
    expect(rows[1]?.record?.amountMinor).toBe(1_000n);
  });

  it('refuses one bank transaction told in two ways', () => {
    const { rows } = readPaymentCsv(bytes('date;montant;transaction id', '03/03/2026;10,00;T1', '03/03/2026;11,00;T1'));
    expect(rows[1]?.findings).toMatchObject([{ code: 'duplicatePayment', severity: 'refused', line: 3 }]);
  });

  it('names the missing columns', () => {
    expect(readPaymentCsv(bytes('libelle;montant', 'x;1')).findings).toMatchObject([
      { code: 'columnsMissing', severity: 'refused', field: 'date' },
    ]);
  });

  it('keeps a structured reference that does not verify as text only', () => {
    const { rows } = readPaymentCsv(bytes('date;montant;communication structuree', '03/03/2026;10,00;+++120/0000/01215+++'));
    expect(rows[0]?.record).toMatchObject({ reference: '+++120/0000/01215+++' });
    expect(rows[0]?.record?.structuredReference).toBeUndefined();
    expect(rows[0]?.findings).toMatchObject([{ code: 'structuredReferenceInvalid' }]);
  });
});
