import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '#config';
import { epochMs } from '#domain';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Backend } from '../../../apps/api/src/backend.js';
import { ProviderSweep } from '../../../apps/api/src/operations/sweep/provider-sweep.js';
import { InboxService } from '../../../apps/api/src/webhooks/inbox.service.js';
import { CREDITOR, type RunningApi, startApi } from '../api-a/start-api.js';

const SECRET = 'whsec_stripe_0123456789abcdef';
const KEY = 'rk_test_0123456789';
const EVENTS = 240;

interface StripeEvent {
  readonly id: string;
  readonly created: number;
  readonly [field: string]: unknown;
}

/** Stripe's own book: what happened, and which events an endpoint took. */
class StripeBook {
  readonly events: StripeEvent[] = [];
  readonly taken = new Set<string>();
  readonly asked: URL[] = [];
  isDown = false;
  private server: Server | undefined;

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://stripe');
      this.asked.push(url);
      if (this.isDown) return response.writeHead(503).end('{}');
      if (request.headers.authorization !== `Bearer ${KEY}`) return response.writeHead(401).end('{}');
      const query = url.searchParams;
      const isMissed = (event: StripeEvent) => query.get('delivery_success') !== 'false' || !this.taken.has(event.id);
      const isInside = ({ created }: StripeEvent) =>
        created >= Number(query.get('created[gte]')) && created <= Number(query.get('created[lte]'));
      const all = [...this.events].reverse().filter((event) => isMissed(event) && isInside(event));
      const from = query.has('starting_after') ? all.findIndex((event) => event.id === query.get('starting_after')) + 1 : 0;
      const data = all.slice(from, from + Number(query.get('limit')));
      return response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ object: 'list', url: '/v1/events', data, has_more: from + data.length < all.length }));
    }).listen(0, '127.0.0.1');
    await new Promise((done) => this.server?.once('listening', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server?.close();
  }
}

const book = new StripeBook();
let run: RunningApi;
let sweep: ProviderSweep;
let path = '';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  const finance = await run.key('finance', 'atelier');
  const { body } = await run
    .post('/api/v1/creditors/atelier/webhook-endpoints', finance, { provider: 'stripe', secrets: [SECRET] })
    .expect(201);
  path = new URL(body.url).pathname;
  const config: Partial<Config> = { STRIPE_API_KEYS: new Map([[body.endpointId as string, KEY]]), STRIPE_BASE_URL: await book.listen() };
  const { backend } = run.api;
  const configured = Object.create(backend, { config: { value: { ...backend.config, ...config } } }) as Backend;
  sweep = new ProviderSweep(configured, run.api.app.get(InboxService));
});
afterAll(async () => {
  book.close();
  await run?.stop();
});

const nowSeconds = () => Math.floor(epochMs(run.api.backend.deps.clock.now()) / 1000);

function happen(n: number): StripeEvent {
  const object = { id: `pi_${n}`, amount_received: 1000 + n, currency: 'eur', metadata: {}, description: null };
  const event = { id: `evt_${n}`, type: 'payment_intent.succeeded', created: nowSeconds() - 60, livemode: false, data: { object } };
  book.events.push(event);
  return event;
}

async function deliver(event: StripeEvent): Promise<void> {
  const body = JSON.stringify(event);
  const t = nowSeconds();
  const signature = createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex');
  await run
    .raw()
    .post(path)
    .set('stripe-signature', `t=${t},v1=${signature}`)
    .set('content-type', 'application/json')
    .send(body)
    .expect(200);
  book.taken.add(event.id);
}

const amounts = async () =>
  (await run.api.backend.plain((tx) => tx.payments.all({ creditorId: 'atelier' }, { by: 'amountMinor' }))).map((row) => row.amountMinor);
const noted = async () => (await run.api.backend.plain((tx) => tx.providerSweeps.all({ creditorId: 'atelier' })))[0];

describe('events whose webhook never came', () => {
  it('I21: are all found in one sweep, page after page, and booked once beside those that came', async () => {
    const all = Array.from({ length: EVENTS }, (_, n) => happen(n));
    // Half are dropped for good; of the others some arrive while the sweep runs, and some a second time after it.
    for (const event of all.filter((_, n) => n % 2 === 0).slice(0, 60)) await deliver(event);
    const late = all.filter((_, n) => n % 2 === 0).slice(60, 70);
    const [result] = await Promise.all([sweep.sweep(), ...late.map(deliver)]);
    expect(result[0]?.error).toBeUndefined();
    expect(book.asked.length).toBeGreaterThan(1);
    for (const event of all.slice(0, 20)) await deliver(event);
    expect(await amounts()).toEqual(Array.from({ length: EVENTS }, (_, n) => BigInt(1000 + n)));
    expect(await noted()).toMatchObject({ provider: 'stripe', lastError: null });
    expect((await noted())?.recovered).toBeGreaterThanOrEqual(EVENTS - 70);
  }, 120_000);

  it('I21: a second sweep books nothing again, and asks for what came since only', async () => {
    const before = await noted();
    const fresh = happen(EVENTS);
    book.asked.length = 0;
    expect(await sweep.sweep()).toMatchObject([{ recovered: 1 }]);
    expect(Number(book.asked[0]?.searchParams.get('created[gte]'))).toBe(
      Math.floor(epochMs(before?.sweptUntil ?? ('' as never)) / 1000) - 3600,
    );
    expect(await amounts()).toHaveLength(EVENTS + 1);
    await deliver(fresh);
    expect(await amounts()).toHaveLength(EVENTS + 1);
  });

  it('I21: a provider that does not answer leaves a note and no gap', async () => {
    const before = await noted();
    book.isDown = true;
    happen(EVENTS + 1);
    expect(await sweep.sweep()).toMatchObject([{ found: 0, error: 'StripeListFailed: Stripe answered 503' }]);
    expect(await noted()).toMatchObject({ sweptUntil: before?.sweptUntil, lastError: 'StripeListFailed: Stripe answered 503' });
    book.isDown = false;
    expect(await sweep.sweep()).toMatchObject([{ recovered: 1 }]);
    expect(await noted()).toMatchObject({ lastError: null });
  });
});
