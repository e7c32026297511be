import { describe, expect, it } from 'vitest';
import { readPaymentEvent } from './payment-event.js';

const data = {
  paymentId: 'bank-2026-03-02-17',
  amount: { amount: '700.00', currency: 'EUR' },
  paidOn: '2026-03-02',
  reference: 'Votre facture, communication +++090/9337/55493+++ merci',
  invoiceNumber: 'F-2026-001',
  payerName: 'Boulangerie Zoé',
  payerIban: 'BE68 5390 0754 7034',
};
const read = (type: string, body: unknown) =>
  readPaymentEvent({ account: 'erp', eventId: 'msg_1', rawBody: Buffer.from(JSON.stringify({ type, data: body }), 'utf8') });

describe('payment events', () => {
  it('reads a payment with its hints, exact to the cent', () => {
    expect(read('payment.received', { ...data, aNewField: 1 })).toEqual({
      kind: 'notice',
      notice: {
        provider: 'standardWebhooks',
        account: 'erp',
        eventId: 'msg_1',
        kind: 'received',
        providerPaymentId: 'bank-2026-03-02-17',
        money: { minor: 70000n, currency: 'EUR' },
        paidOn: '2026-03-02',
        hints: { structuredReference: '090933755493', text: data.reference, invoiceNumber: 'F-2026-001' },
        payer: { name: 'Boulangerie Zoé', iban: 'BE68539007547034' },
        livemode: true,
      },
    });
  });

  it('leaves the choice to the matcher when a text names two references', () => {
    const reading = read('payment.received', { ...data, reference: '+++090/9337/55493+++ RF18539007547034' });
    expect(reading.kind === 'notice' && reading.notice.hints.structuredReference).toBeUndefined();
  });

  it('wants a reversal to say what it reverses', () => {
    expect(read('payment.reversed', data)).toEqual({ kind: 'quarantined', reason: 'Unreadable: data.reverses is missing' });
    expect(read('payment.reversed', { ...data, reverses: 'p1' })).toMatchObject({ notice: { kind: 'reversed', reverses: 'p1' } });
  });

  it('quarantines wrong amounts, days, currencies and shapes without repeating the value', () => {
    const wrong: unknown[] = [
      { ...data, amount: { amount: '700.001', currency: 'EUR' } },
      { ...data, amount: { amount: '-1.00', currency: 'EUR' } },
      { ...data, amount: { amount: '0', currency: 'EUR' } },
      { ...data, amount: { amount: 700, currency: 'EUR' } },
      { ...data, amount: { amount: '1e3', currency: 'EUR' } },
      { ...data, amount: { amount: '1.00', currency: 'XAU' } },
      { ...data, paidOn: '2026-02-30' },
      { ...data, paymentId: '' },
      { ...data, payerName: 'x'.repeat(201) },
      { ...data, reference: 'a\0b' },
      null,
      [],
    ];
    for (const body of wrong) {
      const reading = read('payment.received', body);
      expect(reading.kind, JSON.stringify(body)).toBe('quarantined');
      expect(JSON.stringify(reading)).not.toContain('2026-02-30');
    }
  });

  it('ignores other types and quarantines what is no event', () => {
    expect(read('payment.pending', data)).toEqual({ kind: 'ignored', type: 'payment.pending' });
    for (const rawBody of ['', 'null', '[]', '{', '"x"', '['.repeat(100_000)]) {
      expect(readPaymentEvent({ account: 'erp', eventId: 'm', rawBody: Buffer.from(rawBody) }).kind).toBe('quarantined');
    }
    expect(readPaymentEvent({ account: 'erp', eventId: 'm', rawBody: Buffer.from([0xff, 0xfe]) }).kind).toBe('quarantined');
  });
});
