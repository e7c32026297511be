import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { addSeconds, type Instant } from '#domain';
import { signStandardWebhook, standardWebhookSecret } from '#sealing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { InboxService } from '../../../apps/api/src/webhooks/inbox.service.js';
import { CREDITOR, invoice, POST_SECRET, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
let url = '';
let secret = '';
let stripeUrl = '';
const STRIPE_SECRET = 'whsec_stripe_0123456789abcdef';
const base = '/api/v1/creditors/atelier';
let number = 0;

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
  const standard = await run.post(`${base}/webhook-endpoints`, finance, { provider: 'standard' }).expect(201);
  ({ secret } = standard.body);
  url = new URL(standard.body.url).pathname;
  const stripe = await run.post(`${base}/webhook-endpoints`, finance, { provider: 'stripe', secrets: [STRIPE_SECRET] }).expect(201);
  expect(stripe.body.secret).toBeUndefined();
  stripeUrl = new URL(stripe.body.url).pathname;
});
afterAll(() => run?.stop());

const now = (): Instant => run.api.backend.deps.clock.now();

async function putInvoice(): Promise<{ caseId: string; number: string }> {
  number += 1;
  const name = `W-${number}`;
  const answer = await run.put(`${base}/invoices/${name}`, finance, invoice(name)).expect(201);
  return { caseId: answer.body.caseIds[0], number: name };
}

async function openOf(caseId: string): Promise<bigint | undefined> {
  return (await run.api.backend.plain((tx) => tx.cases.one({ creditorId: 'atelier', caseId })))?.openPrincipalMinor;
}

function event(type: 'received' | 'reversed', data: Record<string, unknown>): string {
  return JSON.stringify({
    type: `payment.${type}`,
    timestamp: now(),
    data: { amount: { amount: '1240.00', currency: 'EUR' }, paidOn: '2026-02-20', ...data },
  });
}

interface Call {
  id?: string;
  at?: Instant;
  key?: string;
  path?: string;
  headers?: Record<string, string>;
}

/** Sends a body signed as the provider would, or with whatever is wrong. */
function deliver(body: string, call: Call = {}) {
  const headers = signStandardWebhook({
    secret: standardWebhookSecret(call.key ?? secret),
    id: call.id ?? `msg_${randomUUID()}`,
    at: call.at ?? now(),
    body: Buffer.from(body),
  });
  return run
    .raw()
    .post(call.path ?? url)
    .set('Content-Type', 'application/json')
    .set({ ...headers, ...call.headers })
    .send(body);
}

async function inboxCount(): Promise<number> {
  return run.api.backend.plain((tx) => tx.inbox.count({ creditorId: 'atelier' }));
}

describe('a payment event by Standard Webhooks', () => {
  it('I18: settles in the transaction that takes it in, once however often it comes', async () => {
    const one = await putInvoice();
    const body = event('received', { paymentId: 'p-1', invoiceNumber: one.number });
    await deliver(body, { id: 'msg_1' }).expect(200);
    expect(await openOf(one.caseId)).toBe(0n);
    await deliver(body, { id: 'msg_1' }).expect(200);
    await deliver(body, { id: 'msg_other' }).expect(200);
    const together = await Promise.all(
      Array.from({ length: 8 }, () => deliver(event('received', { paymentId: 'p-1', invoiceNumber: one.number }), { id: 'msg_race' })),
    );
    expect(together.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    expect(await run.api.backend.plain((tx) => tx.payments.count({ creditorId: 'atelier' }))).toBe(1);
    expect(await run.api.backend.plain((tx) => tx.inbox.count({ creditorId: 'atelier', state: 'applied' }))).toBe(3);
  });

  it('I13: is undone by its reversal, also when that comes first', async () => {
    const one = await putInvoice();
    const reversal = event('reversed', { paymentId: 'r-2', reverses: 'p-2' });
    await deliver(reversal, { id: 'msg_r2' }).expect(200);
    const waiting = await run.api.backend.plain((tx) => tx.inbox.one({ creditorId: 'atelier', eventId: 'msg_r2' }));
    expect(waiting).toMatchObject({ state: 'received', lastError: 'paymentUnknown' });
    await deliver(event('received', { paymentId: 'p-2', invoiceNumber: one.number })).expect(200);
    expect(await openOf(one.caseId)).toBe(0n);
    const later = addSeconds(now(), 3600);
    const [leased] = await run.api.backend.inbox.lease(10, later, addSeconds(later, 60));
    if (!leased) throw new Error('nothing to retry');
    await run.api.app.get(InboxService).retry(leased);
    expect(await openOf(one.caseId)).toBe(124_000n);
    expect(await run.api.backend.plain((tx) => tx.inbox.one({ creditorId: 'atelier', eventId: 'msg_r2' }))).toMatchObject({
      state: 'applied',
    });
  });

  it('is parked with a task after ten tries', async () => {
    await deliver(event('reversed', { paymentId: 'r-3', reverses: 'never-seen' }), { id: 'msg_r3' }).expect(200);
    const row = await run.api.backend.plain((tx) => tx.inbox.one({ creditorId: 'atelier', eventId: 'msg_r3' }));
    if (!row) throw new Error('no row');
    await run.api.app.get(InboxService).retry({ ...row, tries: 10 });
    expect(await run.api.backend.plain((tx) => tx.inbox.one({ creditorId: 'atelier', eventId: 'msg_r3' }))).toMatchObject({
      state: 'parked',
    });
    expect(await run.api.backend.plain((tx) => tx.tasks.count({ creditorId: 'atelier', kind: 'eventParked', state: 'open' }))).toBe(1);
  });

  it('that is authentic and cannot be read is answered 200 and kept aside', async () => {
    const before = await run.api.backend.plain((tx) => tx.payments.count({ creditorId: 'atelier' }));
    for (const [id, body] of Object.entries({
      msg_q1: 'not json',
      msg_q2: event('received', { paymentId: 'p', paidOn: '2026-02-30' }),
      msg_q3: '{"type":"other","data":{}}',
    })) {
      await deliver(body, { id }).expect(200);
    }
    const states = await run.api.backend.plain((tx) =>
      tx.inbox.all({ creditorId: 'atelier', eventId: ['msg_q1', 'msg_q2', 'msg_q3'] }, { by: 'eventId' }),
    );
    expect(states.map((row) => row.state)).toEqual(['quarantined', 'quarantined', 'ignored']);
    expect(states.every((row) => row.rawObjectId)).toBe(true);
    expect(await run.api.backend.plain((tx) => tx.payments.count({ creditorId: 'atelier' }))).toBe(before);
  });
});

describe('I20: a call that does not prove itself', () => {
  it('gets one constant answer and leaves no trace, whatever is wrong with it', async () => {
    const one = await putInvoice();
    const body = event('received', { paymentId: 'forged', invoiceNumber: one.number });
    const before = await inboxCount();
    const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const pretty = JSON.stringify(JSON.parse(body), null, 1);
    const signed = signStandardWebhook({ secret: standardWebhookSecret(secret), id: 'msg_s', at: now(), body: Buffer.from(body) });
    const answers = await Promise.all([
      deliver(body, { key: other }),
      deliver(body, { at: addSeconds(now(), -301) }),
      deliver(body, { at: addSeconds(now(), 120) }),
      deliver(body, { headers: { 'webhook-signature': '' } }),
      deliver(body, { headers: { 'webhook-signature': 'v1,AAAA' } }),
      deliver(body, { headers: { 'webhook-timestamp': '1' } }),
      deliver(body, { headers: { 'webhook-id': 'msg_swapped' } }),
      run.raw().post(url).set('Content-Type', 'application/json').set(signed).send(pretty),
      run.raw().post(url).set('Content-Type', 'application/json').send(body),
      run.raw().post(url),
      deliver(body, { path: '/webhooks/standard/unknown-token' }),
      deliver(body, { path: stripeUrl }),
      deliver(body, { path: stripeUrl.replace('stripe', 'standard') }),
    ]);
    expect(
      new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size,
      answers.map((answer) => `${answer.status} ${answer.text}`).join('\n'),
    ).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(await inboxCount()).toBe(before);
    expect(await openOf(one.caseId)).toBe(124_000n);
  });

  it('a closed endpoint refuses, and both secrets of a rotation are good', async () => {
    const made = await run.post(`${base}/webhook-endpoints`, finance, { provider: 'standard' }).expect(201);
    const path = new URL(made.body.url).pathname;
    const next = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
    await run.put(`${base}/webhook-endpoints/${made.body.endpointId}/secrets`, finance, { secrets: [made.body.secret, next] }).expect(200);
    await deliver('{"type":"x","data":{}}', { path, key: made.body.secret }).expect(200);
    await deliver('{"type":"x","data":{}}', { path, key: next }).expect(200);
    await run.raw().delete(`${base}/webhook-endpoints/${made.body.endpointId}`).set('Authorization', `Bearer ${finance}`).expect(204);
    await deliver('{"type":"x","data":{}}', { path, key: next }).expect(401);
    const listed = await run.get(`${base}/webhook-endpoints`, finance).expect(200);
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
  });
});

describe('Stripe', () => {
  function stripe(body: string, secrets: readonly string[] = [STRIPE_SECRET], at = now()) {
    const t = Math.floor(Date.parse(at) / 1000);
    const parts = secrets.map((one) => `v1=${createHmac('sha256', one).update(`${t}.${body}`).digest('hex')}`);
    return run
      .raw()
      .post(stripeUrl)
      .set('Content-Type', 'application/json')
      .set('Stripe-Signature', [`t=${t}`, ...parts].join(','))
      .send(body);
  }
  const intent = (id: string, invoiceNumber: string, event: string) =>
    JSON.stringify({
      id: event,
      object: 'event',
      type: 'payment_intent.succeeded',
      created: 1_771_500_000,
      livemode: false,
      data: {
        object: {
          id,
          object: 'payment_intent',
          amount: 124_000,
          amount_received: 124_000,
          currency: 'eur',
          metadata: { invoiceNumber, invoice_number: invoiceNumber },
        },
      },
    });

  it('settles by its own event, with several signatures, once', async () => {
    const one = await putInvoice();
    const body = intent('pi_1', one.number, 'evt_1');
    await stripe(body, ['whsec_old_0123456789abcdef', STRIPE_SECRET]).expect(200);
    await stripe(body).expect(200);
    await stripe(intent('pi_1', one.number, 'evt_2')).expect(200);
    expect(await run.api.backend.plain((tx) => tx.payments.count({ creditorId: 'atelier', provider: 'stripe' }))).toBe(1);
    const payment = await run.api.backend.plain((tx) => tx.payments.one({ creditorId: 'atelier', provider: 'stripe' }));
    expect(payment?.amountMinor).toBe(124_000n);
  });

  it('refuses a stale, a future and a wrong signature', async () => {
    const body = intent('pi_2', 'none', 'evt_3');
    await stripe(body, [STRIPE_SECRET], addSeconds(now(), -301)).expect(401);
    await stripe(body, [STRIPE_SECRET], addSeconds(now(), 61)).expect(401);
    await stripe(body, ['whsec_wrong_0123456789']).expect(401);
    expect(await run.api.backend.plain((tx) => tx.inbox.count({ creditorId: 'atelier', eventId: 'evt_3' }))).toBe(0);
  });
});

describe('mail and post', () => {
  function mail(body: string, key: KeyObject = run.mailKey) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = sign('sha256', Buffer.from(timestamp + body), key).toString('base64');
    return run
      .raw()
      .post('/webhooks/sendgrid')
      .set('Content-Type', 'application/json')
      .set({ 'X-Twilio-Email-Event-Webhook-Signature': signature, 'X-Twilio-Email-Event-Webhook-Timestamp': timestamp })
      .send(body);
  }

  it('takes signed batches, passes over what is not ours, and refuses the rest', async () => {
    const element = { event: 'delivered', sg_event_id: 'e1', timestamp: Math.floor(Date.now() / 1000), mid: 'nobody' };
    await mail(JSON.stringify([element, { event: 'open' }, 7])).expect(200);
    await mail('not json').expect(200);
    expect(await run.api.backend.plain((tx) => tx.inbox.count({ provider: 'sendgrid' }))).toBe(0);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    await mail(JSON.stringify([element]), stranger).expect(401);
    await run
      .raw()
      .post('/webhooks/sendgrid')
      .set('Content-Type', 'application/json')
      .send(JSON.stringify([element]))
      .expect(401);
  });

  it('takes postal reports by the same signature as payments', async () => {
    const body = JSON.stringify({ type: 'letter.delivered', timestamp: now(), data: { mid: 'nobody', state: 'delivered' } });
    await deliver(body, { path: '/webhooks/post', key: POST_SECRET }).expect(200);
    await deliver(body, { path: '/webhooks/post' }).expect(401);
    expect(await run.api.backend.plain((tx) => tx.inbox.count({ provider: 'post' }))).toBe(0);
  });
});
