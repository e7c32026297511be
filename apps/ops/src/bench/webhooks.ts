import { dayIn } from '#domain';
import { signStandardWebhook, standardWebhookSecret } from '#sealing';
import { invoiceNumber } from './bench-creditor.js';
import type { BenchStack } from './bench-stack.js';
import { type Figure, quantile, timed } from './figures.js';
import type { Applications } from './import-load.js';

const LANES = 4;
const WARM = 20;

/** (c) A payment webhook from its first byte to its 200, applied to its case, beside one durable insert on a bare connection; both four at a time. */
export async function measureWebhooks(stack: BenchStack, apps: Applications, creditorId: string, calls: number): Promise<Figure[]> {
  const endpoint = await createEndpoint(apps, creditorId);
  const secret = standardWebhookSecret(endpoint.secret);
  const url = `${apps.url}${new URL(endpoint.url).pathname}`;
  const paidOn = dayIn(stack.deps.clock.now(), 'Europe/Paris');
  const pay = async (row: number): Promise<void> => {
    const event = {
      type: 'payment.received',
      data: { paymentId: `bench-${row}`, amount: { amount: '1.00', currency: 'EUR' }, paidOn, invoiceNumber: invoiceNumber(row) },
    };
    const body = Buffer.from(JSON.stringify(event));
    const signed = signStandardWebhook({ secret, id: `evt-${row}`, at: stack.deps.clock.now(), body });
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...signed, 'content-type': 'application/json' },
      body: new Uint8Array(body),
    });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`The webhook was answered ${response.status}`);
  };
  const rows = Array.from({ length: calls + WARM }, (_, row) => row);
  await timed(rows.slice(0, WARM), LANES, pay);
  const taken = await timed(rows.slice(WARM), LANES, pay);
  const bare = await bareInserts(stack, calls);
  const figure = (name: string, share: number): Figure => {
    const [own, base] = [quantile(taken, share), quantile(bare, share)];
    return {
      part: 'webhook',
      what: `acknowledged and applied, ${name}`,
      value: own,
      unit: 'ms',
      baseline: { what: 'durable insert', value: base },
      ratio: own / base,
    };
  };
  return [figure('p50', 0.5), figure('p99', 0.99)];
}

async function createEndpoint(apps: Applications, creditorId: string): Promise<{ url: string; secret: string }> {
  const response = await fetch(`${apps.url}/api/v1/creditors/${creditorId}/webhook-endpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apps.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'standard' }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as { url: string; secret: string };
}

async function bareInserts(stack: BenchStack, count: number): Promise<number[]> {
  const pool = stack.pool(LANES);
  await pool.query('create table bench_event (event_id bigint generated always as identity primary key, body jsonb not null)');
  const body = JSON.stringify({ text: 'x'.repeat(300) });
  const insert = () => pool.query({ name: 'bench', text: 'insert into bench_event (body) values ($1)', values: [body] });
  await timed(Array.from({ length: WARM }), LANES, insert);
  const samples = await timed(Array.from({ length: count }), LANES, insert);
  await pool.query('drop table bench_event');
  await pool.end();
  return samples;
}
