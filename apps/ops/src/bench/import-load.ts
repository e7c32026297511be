import { setTimeout as sleep } from 'node:timers/promises';
import { TypeormOutboxQueue } from '#persistence';
import { addCreditor, invoiceFile } from './bench-creditor.js';
import { type BenchStack, type Child, processorSeconds, residentMiB } from './bench-stack.js';
import type { Figure } from './figures.js';

const GOAL_SECONDS = 60;
const CHUNK = 25;
/** What one imported invoice writes at least: invoice, term, case, two postings, two journal lines, news for its workflow, its row of the import. */
const ROWS_PER_INVOICE = 9;

export interface Applications {
  readonly api: Child;
  readonly worker: Child;
  readonly url: string;
  readonly key: string;
}

interface ImportAnswer {
  readonly importId: string;
  readonly state: string;
  readonly results?: Readonly<Record<string, number>>;
}

/** (e) Ten thousand invoices by CSV through the API with everything running, and what API and worker weigh meanwhile. */
export async function measureImport(
  stack: BenchStack,
  apps: Applications,
  creditorId: string,
  rows: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  await addCreditor(stack, creditorId);
  await sleep(3_000);
  const rest = { api: residentMiB(apps.api) ?? Number.NaN, worker: residentMiB(apps.worker) ?? Number.NaN };
  const bareSeconds = await bareInserts(stack, rows);
  say(`import of ${rows} invoices by CSV`);
  const memory = watchMemory(apps);
  const used = { api: processorSeconds(apps.api) ?? Number.NaN, worker: processorSeconds(apps.worker) ?? Number.NaN };
  const from = performance.now();
  const { seconds, startedSeconds } = await importFile(stack, apps, creditorId, rows, say)
    .then(async (done) => ({ seconds: done, startedSeconds: await drained(stack, creditorId, from, say) }))
    .finally(() => memory.stop());
  const { peak } = memory;
  const cpuMs = (child: Child, before: number): number => (((processorSeconds(child) ?? Number.NaN) - before) * 1000) / rows;
  const perInvoice = { what: `bare inserts of ${ROWS_PER_INVOICE} rows each`, value: bareSeconds };
  return [
    {
      part: 'import',
      what: `${rows} invoices by CSV, preview and commit`,
      value: seconds,
      unit: 's',
      baseline: perInvoice,
      ratio: seconds / bareSeconds,
      goal: { text: `≤ ${GOAL_SECONDS} s for 10,000`, met: (seconds * 10_000) / rows <= GOAL_SECONDS },
    },
    {
      part: 'import',
      what: 'invoices per second',
      value: rows / seconds,
      unit: '/s',
      baseline: { what: 'bare', value: rows / bareSeconds },
      ratio: bareSeconds / seconds,
    },
    { part: 'import', what: 'until every workflow is started', value: startedSeconds, unit: 's' },
    { part: 'import', what: 'processor time of the API, relay included', value: cpuMs(apps.api, used.api), unit: 'ms/invoice' },
    { part: 'import', what: 'processor time of the worker', value: cpuMs(apps.worker, used.worker), unit: 'ms/invoice' },
    {
      part: 'memory',
      what: 'API, importing',
      value: peak.api,
      unit: 'MiB',
      baseline: { what: 'at rest', value: rest.api },
      ratio: peak.api / rest.api,
    },
    {
      part: 'memory',
      what: 'worker, importing',
      value: peak.worker,
      unit: 'MiB',
      baseline: { what: 'at rest', value: rest.worker },
      ratio: peak.worker / rest.worker,
    },
  ];
}

async function importFile(
  stack: BenchStack,
  apps: Applications,
  creditorId: string,
  rows: number,
  say: (line: string) => void,
): Promise<number> {
  const from = performance.now();
  const base = `${apps.url}/api/v1/creditors/${creditorId}/imports`;
  const authorization = `Bearer ${apps.key}`;
  const headers = { authorization, 'content-type': 'text/csv', 'x-file-name': 'bench.csv' };
  const preview = await answerOf(await fetch(base, { method: 'POST', headers, body: invoiceFile(stack, rows) }));
  say(`  previewed after ${((performance.now() - from) / 1000).toFixed(1)} s`);
  const commit = { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{}' };
  let state = await answerOf(await fetch(`${base}/${preview.importId}/commit`, commit));
  while (state.state === 'committing') {
    await sleep(500);
    state = await answerOf(await fetch(`${base}/${preview.importId}`, { headers: { authorization } }));
    say(`  ${state.results?.['committed'] ?? 0} committed after ${((performance.now() - from) / 1000).toFixed(0)} s`);
  }
  if (state.state !== 'committed' || state.results?.['committed'] !== rows)
    throw new Error(`The import ended otherwise: ${JSON.stringify(state)}`);
  return (performance.now() - from) / 1000;
}

async function answerOf(response: Response): Promise<ImportAnswer> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as ImportAnswer;
}

/** Waits until the relay has told Temporal everything. */
async function drained(stack: BenchStack, creditorId: string, from: number, say: (line: string) => void): Promise<number> {
  const outbox = new TypeormOutboxQueue(stack.dataSource);
  for (let look = 0; ; look++) {
    const pending = await outbox.pending(creditorId);
    if (pending === 0) return (performance.now() - from) / 1000;
    if (look % 10 === 0) say(`  ${pending} workflows to start`);
    await sleep(500);
  }
}

/** The same number of rows, in transactions of the same size, with nothing but the rows. */
async function bareInserts(stack: BenchStack, rows: number): Promise<number> {
  const client = await stack.client();
  await client.query('create table bench_row (row_id bigint primary key, body jsonb not null)');
  const body = JSON.stringify({ text: 'x'.repeat(300) });
  const from = performance.now();
  for (let at = 0; at < rows; at += CHUNK) {
    await client.query('begin');
    for (let table = 0; table < ROWS_PER_INVOICE; table++) {
      const ids = Array.from({ length: Math.min(CHUNK, rows - at) }, (_, index) => (at + index) * ROWS_PER_INVOICE + table);
      await client.query('insert into bench_row select id, $2::jsonb from unnest($1::bigint[]) id', [ids, body]);
    }
    await client.query('commit');
  }
  const seconds = (performance.now() - from) / 1000;
  await client.query('drop table bench_row');
  await client.end();
  return seconds;
}

function watchMemory(apps: Applications): { readonly peak: { api: number; worker: number }; stop(): void } {
  const peak = { api: 0, worker: 0 };
  const timer = setInterval(() => {
    peak.api = Math.max(peak.api, residentMiB(apps.api) ?? Number.NaN);
    peak.worker = Math.max(peak.worker, residentMiB(apps.worker) ?? Number.NaN);
  }, 250);
  return { peak, stop: () => clearInterval(timer) };
}
