import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { SANDBOX_START } from '#casework';
import { day } from '#domain';
import { Command } from 'commander';
import { addCreditor, registerInvoices, untilTold } from './bench-creditor.js';
import { BenchStack, ROOT } from './bench-stack.js';
import { type Figure, tableOf } from './figures.js';
import { measureImport } from './import-load.js';
import { measureLists } from './lists.js';
import { measureOrchestration } from './orchestration.js';
import { measureReconciler } from './reconcile.js';
import { measureRungs } from './rungs.js';
import { measureSendProtocol } from './send-protocol.js';
import { measureStatement } from './statement.js';
import { measureBook } from './statement-book.js';
import { measureWakeUps } from './wake-up-storm.js';
import { measureWebhooks } from './webhooks.js';

process.env['TZ'] = 'UTC';

const FULL = {
  ladders: 300,
  rungCases: 20,
  imported: 10_000,
  webhooks: 1_000,
  pages: 200,
  statements: 300,
  valued: 100_000,
  claims: 500,
  wakes: 2_000,
  reconciled: 1_000,
} as const;
const QUICK = {
  ladders: 40,
  rungCases: 3,
  imported: 500,
  webhooks: 100,
  pages: 30,
  statements: 50,
  valued: 5_000,
  claims: 25,
  wakes: 60,
  reconciled: 40,
} as const;
const CREDITOR = 'bench-book';

type Sizes = Readonly<Record<keyof typeof FULL, number>>;

interface Options {
  readonly quick?: boolean;
  readonly scale: number;
  readonly only?: string;
  readonly out: string;
}

type Part = (stack: BenchStack, size: Sizes, say: (line: string) => void) => Promise<Figure[]>;

const PARTS: Readonly<Record<string, Part>> = {
  book: async (stack, size, say) => {
    const apps = await stack.startApplications();
    const imported = await measureImport(stack, apps, CREDITOR, size.imported, say);
    say(`${size.webhooks} payment webhooks`);
    const webhooks = await measureWebhooks(stack, apps, { creditorId: CREDITOR }, size.webhooks);
    say(`lists, ${size.pages} pages of each`);
    return [...imported, ...webhooks, ...(await measureLists(stack, apps, CREDITOR, size.pages, say))];
  },
  webhook: async (stack, size, say) => {
    const apps = await stack.startApplications();
    await addCreditor(stack, CREDITOR, SANDBOX_START);
    say(`${size.webhooks} payment webhooks, as many cases and more`);
    await registerInvoices(stack, CREDITOR, size.webhooks + 100);
    await untilTold(stack, CREDITOR);
    return measureWebhooks(stack, apps, { creditorId: CREDITOR, paidOn: day(SANDBOX_START.slice(0, 10)) }, size.webhooks);
  },
  claim: (stack, size, say) => {
    say(`${size.claims} mails, claimed and recorded`);
    return measureSendProtocol(stack, size.claims, say);
  },
  wakeups: async (stack, size, say) => measureWakeUps(stack, await stack.startApplications(), size.wakes, say),
  reconcile: async (stack, size, say) => measureReconciler(stack, await stack.startApplications(), size.reconciled, say),
  rungs: (stack, size, say) => {
    say(`${size.rungCases} cases to the end of the ladder, with rendering and sending`);
    return measureRungs(stack, size.rungCases);
  },
  statement: async (stack, size, say) => {
    say(`statements of one long claim, ${size.statements} samples`);
    return [...measureStatement(size.statements), ...(await measureBook(stack, size.valued, say))];
  },
  orchestration: (stack, size, say) => measureOrchestration(stack, size.ladders, say),
};

/** Measures the product against baselines of the same run, prints a table, writes it as JSON. Ends with 1 when a goal was missed. */
async function main(): Promise<void> {
  const command = new Command('bench')
    .description('Measure the product beside baselines of the same run; every part has servers of its own in a temporary folder')
    .option('--quick', 'a size for continuous integration: the figures say little, the paths are all run')
    .option('--only <parts>', `comma-separated: ${Object.keys(PARTS).join(', ')}`)
    .option('--scale <factor>', 'every count times this, for a machine that is busy or large', Number, 1)
    .option('--out <file>', 'where the figures go as JSON', path.join(ROOT, 'reports', 'bench.json'))
    .parse();
  const options = command.opts<Options>();
  const begun = performance.now();
  const say = (line: string): void => console.log(`[${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s] ${line}`);
  const size = scaled(options.quick ? QUICK : FULL, options.scale);
  const wanted = options.only?.split(',') ?? Object.keys(PARTS);
  const figures: Figure[] = [];
  const before = loadOf();
  for (const name of wanted) {
    const part = PARTS[name];
    if (!part) throw new Error(`There is no part ${name}: ${Object.keys(PARTS).join(', ')}`);
    say(`— ${name}`);
    figures.push(...(await onStack(say, (stack) => part(stack, size, say))));
  }
  const load = { before, after: loadOf() };
  console.log(
    `\n${tableOf(figures)}\nload of the machine over a minute, before and after: ${before} and ${load.after} on ${cpus().length} cores`,
  );
  const machine = {
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    load,
  };
  mkdirSync(path.dirname(options.out), { recursive: true });
  writeFileSync(
    options.out,
    `${JSON.stringify({ at: new Date().toISOString(), quick: Boolean(options.quick), scale: options.scale, machine, figures }, null, 2)}\n`,
  );
  const missed = figures.filter((figure) => figure.goal?.met === false);
  if (missed.length > 0 && !options.quick) process.exitCode = 1;
}

function scaled(sizes: Sizes, factor: number): Sizes {
  if (!(factor > 0)) throw new Error('--scale takes a number above 0');
  return Object.fromEntries(Object.entries(sizes).map(([name, count]) => [name, Math.ceil(count * factor)])) as Sizes;
}

/** How many processes wanted to run, over the last minute: whatever else the machine does is in every figure. */
function loadOf(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

async function onStack(say: (line: string) => void, work: (stack: BenchStack) => Promise<Figure[]>): Promise<Figure[]> {
  const stack = await BenchStack.start(say);
  const stopped = (): void => void stack.stop().finally(() => process.exit(130));
  process.once('SIGINT', stopped);
  process.once('SIGTERM', stopped);
  try {
    return await work(stack);
  } finally {
    process.off('SIGINT', stopped);
    process.off('SIGTERM', stopped);
    await stack.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
