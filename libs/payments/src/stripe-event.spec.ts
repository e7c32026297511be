import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { addSeconds, epochMs, instant } from '#domain';
import { readStripeEvent } from './stripe-event.js';
import { stripeMoney } from './stripe-money.js';
import { verifyStripeSignature } from './stripe-signature.js';

const now = instant('2026-03-02T09:00:00.000Z');
const seconds = epochMs(now) / 1000;

function event(type: string, object: object, rest: object = {}): Uint8Array {
  const body = { id: 'evt_1', object: 'event', type, created: seconds, livemode: false, data: { object, ...rest } };
  return Buffer.from(JSON.stringify(body), 'utf8');
}

const read = (rawBody: Uint8Array) => readStripeEvent({ account: 'main', rawBody });
const charge = {
  id: 'ch_1',
  amount: 124000,
  amount_captured: 124000,
  amount_refunded: 0,
  captured: true,
  paid: true,
  currency: 'eur',
  payment_intent: 'pi_1',
  metadata: { invoice_number: 'F-2026-001', invoice_id: 'erp/17', case_id: 'case-1', reference: '+++090/9337/55493+++' },
  description: 'Facture F-2026-001',
  billing_details: { name: 'Zoé & Fils' },
};

describe('Stripe events', () => {
  it('reads a charge into a notice with its hints', () => {
    expect(read(event('charge.succeeded', charge))).toEqual({
      kind: 'notice',
      notice: {
        provider: 'stripe',
        account: 'main',
        eventId: 'evt_1',
        kind: 'received',
        providerPaymentId: 'pi_1',
        money: { minor: 124000n, currency: 'EUR' },
        paidOn: '2026-03-02',
        hints: {
          structuredReference: '090933755493',
          invoiceNumber: 'F-2026-001',
          invoiceExternalId: 'erp/17',
          caseId: 'case-1',
          text: 'Facture F-2026-001',
        },
        payer: { name: 'Zoé & Fils' },
        livemode: false,
      },
    });
  });

  it('I18: the three events of one payment carry one payment id', () => {
    const ids = [
      read(event('charge.succeeded', charge)),
      read(event('payment_intent.succeeded', { id: 'pi_1', amount_received: 124000, currency: 'eur', metadata: {} })),
      read(
        event('checkout.session.completed', {
          id: 'cs_1',
          payment_status: 'paid',
          amount_total: 124000,
          currency: 'eur',
          payment_intent: { id: 'pi_1' },
          metadata: null,
        }),
      ),
    ].map((reading) => reading.kind === 'notice' && reading.notice.providerPaymentId);
    expect(ids).toEqual(['pi_1', 'pi_1', 'pi_1']);
  });

  it('takes no authorisation, unpaid session, inquiry or lost dispute for money', () => {
    expect(read(event('charge.succeeded', { ...charge, captured: false })).kind).toBe('ignored');
    expect(read(event('checkout.session.completed', { id: 'cs_1', payment_status: 'unpaid' })).kind).toBe('ignored');
    const dispute = { id: 'dp_1', amount: 500, currency: 'eur', charge: 'ch_1', payment_intent: 'pi_1', metadata: {} };
    expect(read(event('charge.dispute.created', { ...dispute, status: 'warning_needs_response' })).kind).toBe('ignored');
    expect(read(event('charge.dispute.closed', { ...dispute, status: 'lost' })).kind).toBe('ignored');
    expect(read(event('invoice.finalized', {})).kind).toBe('ignored');
    expect(read(event('toString', {})).kind).toBe('ignored');
  });

  it('I13: a second partial refund gives back only its own part; a dispute takes back and a won one restores', () => {
    const refund = read(event('charge.refunded', { ...charge, amount_refunded: 3000 }, { previous_attributes: { amount_refunded: 1000 } }));
    expect(refund).toMatchObject({
      notice: { kind: 'reversed', money: { minor: 2000n }, reverses: 'pi_1', providerPaymentId: 'ch_1/refunded/3000' },
    });
    const dispute = { id: 'dp_1', amount: 500, currency: 'eur', charge: 'ch_1', payment_intent: 'pi_1', metadata: {} };
    expect(read(event('charge.dispute.created', { ...dispute, status: 'needs_response' }))).toMatchObject({
      notice: { kind: 'reversed', reverses: 'pi_1', providerPaymentId: 'dp_1' },
    });
    expect(read(event('charge.dispute.closed', { ...dispute, status: 'won' }))).toMatchObject({
      notice: { kind: 'received', reverses: 'dp_1', providerPaymentId: 'dp_1/won' },
    });
  });

  it('quarantines an authentic body it cannot read, naming the field and not its value', () => {
    expect(read(Buffer.from('{"id"'))).toEqual({ kind: 'quarantined', reason: 'The body is not a Stripe event' });
    expect(read(event('charge.succeeded', { ...charge, amount: '1.5', amount_captured: 'secret' }))).toEqual({
      kind: 'quarantined',
      reason: 'charge.succeeded: amount',
    });
    expect(read(event('charge.succeeded', { ...charge, currency: 'xau' })).kind).toBe('quarantined');
    expect(read(event('charge.succeeded', { ...charge, amount_captured: 0 })).kind).toBe('quarantined');
  });

  it('keeps the units of each currency', () => {
    expect(stripeMoney(1240, 'jpy')).toEqual({ minor: 1240n, currency: 'JPY' });
    expect(stripeMoney(5, 'mga')).toEqual({ minor: 500n, currency: 'MGA' });
    expect(stripeMoney(1500, 'isk')).toEqual({ minor: 15n, currency: 'ISK' });
    expect(stripeMoney(1501, 'isk')).toBeUndefined();
    expect(stripeMoney(1230, 'kwd')).toEqual({ minor: 1230n, currency: 'KWD' });
    expect(stripeMoney(Number.MAX_SAFE_INTEGER, 'eur')).toBeUndefined();
  });
});

describe('Stripe signature', () => {
  const rawBody = event('charge.succeeded', charge);
  const payload = Buffer.from(rawBody).toString('utf8');
  const signed = (secret: string, at = now) =>
    new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(epochMs(at) / 1000) });

  it('agrees with the vendor library, with two secrets and several signatures', () => {
    const header = `${signed('whsec_new')},v1=${'0'.repeat(64)},v0=${'a'.repeat(64)}`;
    expect(verifyStripeSignature({ secrets: ['whsec_old', 'whsec_new'], header, rawBody, now })).toEqual({ ok: true });
  });

  it('I20: refuses stale, future, missing, wrong, shortened and re-serialised calls', () => {
    const header = signed('whsec_new');
    const refusals = [
      { header: signed('whsec_new', addSeconds(now, -301)), rawBody },
      { header: signed('whsec_new', addSeconds(now, 61)), rawBody },
      { header: undefined, rawBody },
      { header: '', rawBody },
      { header: signed('whsec_other'), rawBody },
      { header: header.replace(/v1=.*/, 'v1='), rawBody },
      { header: header.replace(/v1=.*/, `v1=${'z'.repeat(64)}`), rawBody },
      { header: header.replace('v1=', 'v0='), rawBody },
      { header: `t=${seconds},${header}`, rawBody },
      { header: header.replace(/t=\d+/, 't=NaN'), rawBody },
      { header, rawBody: Buffer.from(JSON.stringify(JSON.parse(payload), null, 1)) },
    ];
    for (const refusal of refusals) expect(verifyStripeSignature({ secrets: ['whsec_new'], ...refusal, now })).toEqual({ ok: false });
    expect(verifyStripeSignature({ secrets: [], header, rawBody, now })).toEqual({ ok: false });
  });
});
