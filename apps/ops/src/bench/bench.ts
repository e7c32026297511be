import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { BenchStack, ROOT } from './bench-stack.js';
import { type Figure, tableOf } from './figures.js';
import { measureImport } from './import-load.js';
import { measureLists } from './lists.js';
import { measureOrchestration } from './orchestration.js';
import { measureRungs } from './rungs.js';
import { measureStatement } from './statement.js';
import { measureBook } from './statement-book.js';
import { measureWebhooks } from './webhooks.js';

process.env['TZ'] = 'UTC';

const FULL = { ladders: 300, rungCases: 20, imported: 10_000, webhooks: 1_000, pages: 200, statements: 300, valued: 100_000 } as const;
const QUICK = { ladders: 40, rungCases: 3, imported: 500, webhooks: 100, pages: 30, statements: 50, valued: 5_000 } as const;
const CREDITOR = 'bench-book';

interface Options {
  readonly quick?: boolean;
  readonly only?: string;
  readonly out: string;
}

type Part = (stack: BenchStack, size: typeof FULL | typeof QUICK, say: (line: string) => void) => Promise<Figure[]>;

const PARTS: Readonly<Record<string, Part>> = {
  book: async (stack, size, say) => {
    const apps = await stack.startApplications();
    const imported = await measureImport(stack, apps, CREDITOR, size.imported, say);
    say(`${size.webhooks} payment webhooks`);
    const webhooks = await measureWebhooks(stack, apps, CREDITOR, size.webhooks);
    say(`lists, ${size.pages} pages of each`);
    return [...imported, ...webhooks, ...(await measureLists(stack, apps, CREDITOR, size.pages, say))];
  },
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
    .option('--out <file>', 'where the figures go as JSON', path.join(ROOT, 'reports', 'bench.json'))
    .parse();
  const options = command.opts<Options>();
  const begun = performance.now();
  const say = (line: string): void => console.log(`[${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s] ${line}`);
  const size = options.quick ? QUICK : FULL;
  const wanted = options.only?.split(',') ?? Object.keys(PARTS);
  const figures: Figure[] = [];
  for (const name of wanted) {
    const part = PARTS[name];
    if (!part) throw new Error(`There is no part ${name}: ${Object.keys(PARTS).join(', ')}`);
    say(`— ${name}`);
    figures.push(...(await onStack(say, (stack) => part(stack, size, say))));
  }
  console.log(`\n${tableOf(figures)}`);
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? '', memoryGiB: Math.round(totalmem() / 2 ** 30) };
  mkdirSync(path.dirname(options.out), { recursive: true });
  writeFileSync(
    options.out,
    `${JSON.stringify({ at: new Date().toISOString(), quick: Boolean(options.quick), machine, figures }, null, 2)}\n`,
  );
  const missed = figures.filter((figure) => figure.goal?.met === false);
  if (missed.length > 0 && !options.quick) process.exitCode = 1;
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
