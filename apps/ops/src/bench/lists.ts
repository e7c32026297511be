import type { BenchStack } from './bench-stack.js';
import { type Figure, quantile, timed } from './figures.js';
import type { Applications } from './import-load.js';

const LIMIT = 50;
const COPIES = 9;
/** What staff look at: what is due next, one state, one search. */
const QUERIES: readonly (readonly [name: string, query: string])[] = [
  ['by due date', 'sort=dueOn'],
  ['next action first', 'open=true&sort=nextActionAt'],
  ['search by number', 'search=B-0000'],
];

/** (d) A page of fifty cases over HTTP and from the read model, beside a select by primary key; now and with nine copies of every case added. */
export async function measureLists(
  stack: BenchStack,
  apps: Applications,
  creditorId: string,
  samples: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const before = await measureAt(stack, apps, creditorId, samples);
  say(`${COPIES} copies of every case`);
  await multiply(stack, creditorId);
  return [...before, ...(await measureAt(stack, apps, creditorId, samples))];
}

async function measureAt(stack: BenchStack, apps: Applications, creditorId: string, samples: number): Promise<Figure[]> {
  const client = await stack.client();
  const { rows } = await client.query<{ case_id: string; count: number }>(
    'select min(case_id) as case_id, count(*)::integer as count from recovery_case where creditor_id = $1',
    [creditorId],
  );
  const known = rows[0];
  if (!known) throw new Error('There is no case to list');
  const times = Array.from({ length: samples });
  const key = await timed(times, 1, () =>
    client.query({
      name: 'key',
      text: 'select * from recovery_case where creditor_id = $1 and case_id = $2',
      values: [creditorId, known.case_id],
    }),
  );
  await client.end();
  const base = { what: 'row by primary key', value: quantile(key, 0.5) };
  const part = `list of ${known.count}`;
  const readModel = await timed(times, 1, () => stack.readModels.cases(creditorId, { limit: LIMIT, sort: 'dueOn' }));
  const figures: Figure[] = [figureOf(part, 'read model, by due date', readModel, 0.5, base)];
  for (const [name, query] of QUERIES) {
    const taken = await timed(times, 1, () => page(apps, creditorId, query));
    figures.push(
      figureOf(part, `HTTP, ${name}`, taken, 0.5, base),
      figureOf(part, `HTTP, ${name}, p99`, taken, 0.99, { what: base.what, value: quantile(key, 0.99) }),
    );
  }
  return figures;
}

function figureOf(
  part: string,
  what: string,
  samples: readonly number[],
  share: number,
  baseline: { what: string; value: number },
): Figure {
  const value = quantile(samples, share);
  return { part, what, value, unit: 'ms', baseline, ratio: value / baseline.value };
}

async function page(apps: Applications, creditorId: string, query: string): Promise<void> {
  const response = await fetch(`${apps.url}/api/v1/creditors/${creditorId}/cases?limit=${LIMIT}&${query}`, {
    headers: { authorization: `Bearer ${apps.key}` },
  });
  const body = (await response.json()) as { items?: unknown[] };
  if (!response.ok || body.items?.length !== LIMIT) throw new Error(`A list came back otherwise: ${response.status}`);
}

/** Rows only: copies have no workflow and nothing is due for them here. */
async function multiply(stack: BenchStack, creditorId: string): Promise<void> {
  const client = await stack.client();
  await client.query(
    `insert into invoice select (jsonb_populate_record(i, jsonb_build_object('invoice_id', i.invoice_id || '-' || g, 'number', i.number || '-' || g))).*
       from invoice i, generate_series(1, $2::integer) g where i.creditor_id = $1`,
    [creditorId, COPIES],
  );
  await client.query(
    `insert into recovery_case
     select (jsonb_populate_record(c, jsonb_build_object('case_id', c.case_id || '-' || g, 'invoice_id', c.invoice_id || '-' || g, 'workflow_id', c.workflow_id || '-' || g))).*
       from recovery_case c, generate_series(1, $2::integer) g where c.creditor_id = $1`,
    [creditorId, COPIES],
  );
  await client.query('analyze invoice, recovery_case');
  await client.end();
}
