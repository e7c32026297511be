import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { registerInvoice } from '#casework';
import { addDays, currency, type Day, type DebtorKind, dayIn } from '#domain';
import { addCreditor, BY, siren } from './bench-creditor.js';
import { type BenchStack, ROOT } from './bench-stack.js';
import type { Figure } from './figures.js';

const CREDITOR = 'bench-statement';
/** Cases made by the product itself; the rest are copies of their rows. */
const SEEDS = 500;
const KINDS: readonly { readonly kind: DebtorKind; readonly reason: 'siren' | 'file' }[] = [
  { kind: 'business', reason: 'siren' },
  { kind: 'business', reason: 'siren' },
  { kind: 'business', reason: 'siren' },
  { kind: 'consumer', reason: 'file' },
  { kind: 'publicBody', reason: 'file' },
];
const OUTPUT_MAX = 10 * 2 ** 20;

interface Valued {
  readonly cases: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly lines: readonly {
    readonly regime: string;
    readonly stated: { readonly cases: number };
    readonly refused: readonly { readonly cases: number }[];
  }[];
}

/** (f) A book of open invoices valued at a day by the command, in a process of its own: seconds, cases a second, most memory. */
export async function measureBook(stack: BenchStack, cases: number, say: (line: string) => void): Promise<Figure[]> {
  await addCreditor(stack, CREDITOR);
  const today = dayIn(stack.deps.clock.now(), 'Europe/Paris');
  const seeds = Math.min(SEEDS, cases);
  say(`${seeds} invoices taken in, with part payments and credit notes, then copied to ${cases}`);
  for (let index = 0; index < seeds; index++) await seed(stack, today, index);
  await partPayments(stack, today);
  await copy(stack, Math.ceil(cases / seeds) - 1);
  const file = path.join(stack.scratch, 'book.csv');
  const plain = await valued(stack, today, []);
  say(`valued ${plain.cases} in ${plain.seconds} s; again with a line a case`);
  const withFile = await valued(stack, today, ['--csv', file]);
  const bare = await bareRead(stack);
  return [...figuresOf('book', plain, bare), ...figuresOf('book, with its CSV', withFile, bare)];
}

function figuresOf(name: string, run: Valued, bareSeconds: number): Figure[] {
  const part = `${name} of ${run.cases}`;
  const stated = run.lines.reduce((sum, line) => sum + line.stated.cases, 0);
  return [
    {
      part,
      what: 'valued in one command',
      value: run.seconds,
      unit: 's',
      baseline: { what: 'select of the same rows', value: bareSeconds },
      ratio: run.seconds / bareSeconds,
    },
    { part, what: 'processor time of the process', value: run.cpuSeconds, unit: 's' },
    { part, what: 'cases a second', value: run.cases / run.seconds, unit: '' },
    { part, what: 'most memory of the process', value: run.peakMiB, unit: 'MiB' },
    { part, what: 'stated in full', value: stated, unit: 'cases' },
  ];
}

/** Due three years ago to in two months: the lines are as many as in a book that was left alone. */
async function seed(stack: BenchStack, today: Day, index: number): Promise<void> {
  const dueOn = addDays(today, 60 - ((index * 37) % 1_100));
  const payableMinor = BigInt(12_000 + index * 1_237);
  const debtor = index % Math.max(1, Math.floor(SEEDS / 5));
  const { kind, reason } = KINDS[debtor % KINDS.length] ?? { kind: 'business', reason: 'siren' };
  const facts = {
    documentKind: 'invoice' as const,
    number: `V-${index}`,
    issuedOn: addDays(dueOn, -30),
    terms: [{ dueOn }],
    currency: currency('EUR'),
    grossMinor: payableMinor,
    prepaidMinor: 0n,
    payableMinor,
    precedingNumbers: [],
    buyer: {
      name: `Client ${debtor}`,
      ...(kind === 'business' ? { siren: siren(debtor) } : {}),
      email: `compta${debtor}@client.example`,
      street: `${1 + (debtor % 90)} quai des Colis`,
      postcode: '13002',
      city: 'Marseille',
      country: 'FR',
    },
  };
  await stack.deps.unitOfWork.run(CREDITOR, 'shared', (tx) =>
    registerInvoice(tx, stack.deps, CREDITOR, { facts, kind: { kind, reason }, doubts: [] }, BY),
  );
}

/** A part payment for every second case that is late, straight into the rows: what reads them is measured here, not what books them. */
async function partPayments(stack: BenchStack, today: Day): Promise<void> {
  const client = await stack.client();
  await client.query(
    `insert into payment (creditor_id, payment_id, provider, provider_ref, amount_minor, currency, paid_on, recorded_at, state, allocated_minor, credit_minor, recorded_by)
     select creditor_id, 'P-' || case_id, 'bench', case_id, 5000, currency, due_on + 10, now(), 'allocated', 5000, 0, 'bench'
       from recovery_case where creditor_id = $1 and due_on + 10 < $2::date and hashtext(case_id) % 2 = 0`,
    [CREDITOR, today],
  );
  await client.query(
    `insert into allocation (creditor_id, allocation_id, payment_id, case_id, amount_minor, interest_minor, indemnity_minor, paid_on, designation, recorded_at)
     select creditor_id, 'A-' || payment_id, payment_id, provider_ref, amount_minor, 0, 0, paid_on, 'bench', now() from payment where creditor_id = $1`,
    [CREDITOR],
  );
  await client.query(
    `update recovery_case c set open_principal_minor = open_principal_minor - a.amount_minor
       from allocation a where a.creditor_id = c.creditor_id and a.case_id = c.case_id and c.creditor_id = $1`,
    [CREDITOR],
  );
  await client.end();
}

/** Rows only: copies have no workflow and nothing is due for them here. */
async function copy(stack: BenchStack, copies: number): Promise<void> {
  if (copies < 1) return;
  const client = await stack.client();
  // The copies point where their originals do: checking each foreign key again would take minutes.
  await client.query('set session_replication_role = replica');
  const again = (table: string, keys: readonly string[]): Promise<unknown> => {
    const changes = keys.map((key) => `'${key}', t.${key} || '-' || g`).join(', ');
    return client.query(
      `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(${changes}))).* from ${table} t, generate_series(1, $2::integer) g where t.creditor_id = $1`,
      [CREDITOR, copies],
    );
  };
  await again('invoice', ['invoice_id', 'number']);
  await again('recovery_case', ['case_id', 'invoice_id', 'workflow_id']);
  await again('payment', ['payment_id', 'provider_ref']);
  await again('allocation', ['allocation_id', 'payment_id', 'case_id']);
  await client.query('analyze invoice, recovery_case, payment, allocation');
  await client.end();
}

async function valued(stack: BenchStack, on: Day, more: readonly string[]): Promise<Valued> {
  const cli = path.join(ROOT, 'dist', 'apps', 'ops', 'src', 'cli.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, 'value-book', '--creditor', CREDITOR, '--on', on, '--json', ...more],
    { env: { ...process.env, DATABASE_URL: stack.databaseUrl }, maxBuffer: OUTPUT_MAX },
  );
  return JSON.parse(stdout) as Valued;
}

/** Seconds of one statement that gives the same cases with their invoices, and nothing computed. */
async function bareRead(stack: BenchStack): Promise<number> {
  const client = await stack.client();
  const from = performance.now();
  await client.query(
    `select c.case_id, c.due_on, c.open_principal_minor, i.number, i.law, i.issued_on, d.kind, d.name, a.amount_minor, a.paid_on
       from recovery_case c
       join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
       join debtor d on d.creditor_id = c.creditor_id and d.debtor_id = c.debtor_id
       left join allocation a on a.creditor_id = c.creditor_id and a.case_id = c.case_id
      where c.creditor_id = $1 and c.closed_kind is null`,
    [CREDITOR],
  );
  const seconds = (performance.now() - from) / 1000;
  await client.end();
  return seconds;
}
