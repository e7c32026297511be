import { type Day, dayIn } from '#domain';
import { signStandardWebhook, standardWebhookSecret } from '#sealing';
import type pg from 'pg';
import { invoiceNumber } from './bench-creditor.js';
import type { BenchStack } from './bench-stack.js';
import { type Figure, median, quantile, timed } from './figures.js';
import type { Applications } from './import-load.js';

const LANES = 4;
const WARM = 20;
const ROUNDS = 5;

export interface PaidBook {
  readonly creditorId: string;
  /** The day on which money comes; today when absent. */
  readonly paidOn?: Day;
}

/**
 * (c) A payment webhook from its first byte to its 200, applied to its case, beside one durable insert on a bare connection; both four at a time, in rounds
 * of which every other one begins with the insert.
 */
export async function measureWebhooks(stack: BenchStack, apps: Applications, book: PaidBook, calls: number): Promise<Figure[]> {
  const pay = await paymentSender(stack, apps, book);
  const pool = stack.pool(LANES);
  await pool.query('create table bench_event (event_id bigint generated always as identity primary key, body jsonb not null)');
  const rows = Array.from({ length: calls + WARM }, (_, row) => row);
  await timed(rows.slice(0, WARM), LANES, pay);
  await timed(rows.slice(0, WARM), LANES, () => bareInsert(pool));
  const each = Math.ceil(calls / ROUNDS);
  const rounds: { own: number[]; bare: number[] }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const part = rows.slice(WARM + round * each, WARM + (round + 1) * each);
    const done: { own: number[]; bare: number[] } = { own: [], bare: [] };
    const turns = [
      async () => done.own.push(...(await timed(part, LANES, pay))),
      async () => done.bare.push(...(await timed(part, LANES, () => bareInsert(pool)))),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    rounds.push(done);
  }
  await pool.query('drop table bench_event');
  await pool.end();
  return [figureOf(rounds, 'p50', 0.5), figureOf(rounds, 'p99', 0.99)];
}

function figureOf(rounds: readonly { own: number[]; bare: number[] }[], name: string, share: number): Figure {
  const [own, base] = [
    quantile(
      rounds.flatMap((round) => round.own),
      share,
    ),
    quantile(
      rounds.flatMap((round) => round.bare),
      share,
    ),
  ];
  const ratios = rounds.map((round) => quantile(round.own, share) / quantile(round.bare, share));
  return {
    part: 'webhook',
    what: `acknowledged and applied, ${name} (${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)} in ${rounds.length} rounds)`,
    value: own,
    unit: 'ms',
    baseline: { what: 'durable insert', value: base },
    ratio: median(ratios),
  };
}

/** Pays one euro of the invoice in that row of the book, by a signed webhook; rejects unless it is answered 200. A row may be paid once. */
export async function paymentSender(
  stack: BenchStack,
  apps: Applications,
  { creditorId, paidOn = dayIn(stack.deps.clock.now(), 'Europe/Paris') }: PaidBook,
): Promise<(row: number) => Promise<void>> {
  const endpoint = await createEndpoint(apps, creditorId);
  const secret = standardWebhookSecret(endpoint.secret);
  const url = `${apps.url}${new URL(endpoint.url).pathname}`;
  return async (row) => {
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

const BODY = JSON.stringify({ text: 'x'.repeat(300) });

function bareInsert(pool: pg.Pool): Promise<unknown> {
  return pool.query({ name: 'bench', text: 'insert into bench_event (body) values ($1)', values: [BODY] });
}
