import { setTimeout as sleep } from 'node:timers/promises';
import { moveClock, SANDBOX_START } from '#casework';
import { day, type Instant } from '#domain';
import { TypeormOutboxQueue } from '#persistence';
import { addCreditor, BY, registerInvoices, untilTold } from './bench-creditor.js';
import type { BenchStack } from './bench-stack.js';
import { BareTimers } from './bare-timers.js';
import { type Figure, median, quantile } from './figures.js';
import type { Applications } from './import-load.js';
import { paymentSender } from './webhooks.js';

const CREDITOR = 'bench-storm';
const LOOK_MS = 100;
const STALL_MS = 120_000;
const REST_PROBES = 100;
const PROBE_PAUSE_MS = 20;
/** What the provider is given at most, each second; the worker keeps it for all its mails. */
const MAILS_PER_SECOND = 20;

/** One wave: from the moment at which everything is due to the moment at which nothing is. */
interface Wave {
  readonly seconds: number;
  /** Most news that waited for Temporal at once. */
  readonly backlog: number;
  readonly api: readonly number[];
}

/**
 * Every case of a creditor wakes at the same instant of the sandbox clock, beside as many bare timers with one bare transaction each. Three waves: calls,
 * bare timers first and the calls' expiry after, and the first mails, which the provider's limit spreads. Reads and payments go on meanwhile.
 */
export async function measureWakeUps(stack: BenchStack, apps: Applications, cases: number, say: (line: string) => void): Promise<Figure[]> {
  await addCreditor(stack, CREDITOR, SANDBOX_START);
  say(`${cases} cases, one debtor each`);
  await registerInvoices(stack, CREDITOR, cases);
  await untilTold(stack, CREDITOR);
  const probe = new Probe(stack, apps, cases);
  await probe.open();
  const rest = await probe.atRest(REST_PROBES);
  const bare = await BareTimers.open(stack);
  try {
    const own: Wave[] = [];
    const base: { seconds: number; api: readonly number[] }[] = [];
    const turns = [
      async () => own.push(await wave(stack, probe, say)),
      async () => {
        const stop = probe.start();
        const seconds = await bare.drain(cases);
        base.push({ seconds, api: await stop() });
        say(`  bare timers drained in ${seconds.toFixed(1)} s`);
      },
    ];
    for (const [round, order] of [turns, [...turns].reverse()].entries()) {
      say(`round ${round + 1}: ${cases} wakes, ${cases} bare timers`);
      for (const turn of order) await turn();
    }
    say('the first mails');
    const mails = await wave(stack, probe, say);
    return figuresOf(cases, own, base, mails, rest);
  } finally {
    await bare.close();
  }
}

function figuresOf(
  cases: number,
  own: readonly Wave[],
  base: readonly { seconds: number; api: readonly number[] }[],
  mails: Wave,
  rest: readonly number[],
): Figure[] {
  const part = `wake-up storm of ${cases}`;
  const ratios = own.map((one, index) => one.seconds / (base[index]?.seconds ?? Number.NaN));
  const backlog = Math.max(...[...own, mails].map((one) => one.backlog));
  const api = own.flatMap((one) => one.api);
  const beside = (what: string, share: number, taken: readonly number[]): Figure => ({
    part,
    what,
    value: quantile(taken, share),
    unit: 'ms',
    baseline: { what: 'at rest', value: quantile(rest, share) },
    ratio: quantile(taken, share) / quantile(rest, share),
  });
  return [
    {
      part,
      what: `time to drain (${ratios.map((ratio) => ratio.toFixed(2)).join(' and ')})`,
      value: median(own.map((one) => one.seconds)),
      unit: 's',
      baseline: { what: 'bare timers', value: median(base.map((one) => one.seconds)) },
      ratio: median(ratios),
    },
    {
      part,
      what: 'most news waiting at once',
      value: backlog,
      unit: '',
      baseline: { what: 'cases', value: cases },
      ratio: backlog / cases,
      // One move of the clock for each case, and now and then the money that arrives meanwhile.
      goal: { text: '≤ 1.1 a case', met: backlog <= cases * 1.1 },
    },
    beside('API during it, p50', 0.5, api),
    beside('API during it, p99', 0.99, api),
    beside(
      'API during bare timers, p99',
      0.99,
      base.flatMap((one) => one.api),
    ),
    {
      part,
      what: `mails, all due at once, ${MAILS_PER_SECOND} a second at most`,
      value: mails.seconds,
      unit: 's',
      baseline: { what: 'the limit alone', value: cases / MAILS_PER_SECOND },
      ratio: mails.seconds / (cases / MAILS_PER_SECOND),
      goal: { text: '≥ 1: never faster', met: mails.seconds >= cases / MAILS_PER_SECOND - 1 },
    },
    beside('API during mails, p99', 0.99, mails.api),
  ];
}

/** Moves the clock to the last wake of all, so that everybody is due, and waits until nobody is. */
async function wave(stack: BenchStack, probe: Probe, say: (line: string) => void): Promise<Wave> {
  const { deps } = stack;
  const [latest] = await sql<{ at: string; kinds: string }>(
    stack,
    `select max(wake_at) as at, string_agg(distinct wake_kind, ', ') as kinds from recovery_case where creditor_id = $1 and closed_kind is null`,
  );
  if (!latest) throw new Error('There is no case');
  const at = new Date(latest.at).toISOString() as Instant;
  await deps.unitOfWork.run(CREDITOR, 'exclusive', (tx) => moveClock(tx, deps, CREDITOR, at, BY));
  const outbox = new TypeormOutboxQueue(stack.dataSource);
  const stop = probe.start();
  const from = performance.now();
  let backlog = 0;
  let last = { left: Number.POSITIVE_INFINITY, at: from };
  for (;;) {
    const waiting = await outbox.pending(CREDITOR);
    const [due] = await sql<{ count: number }>(
      stack,
      'select count(*)::integer as count from recovery_case where creditor_id = $1 and closed_kind is null and wake_at <= $2',
      at,
    );
    backlog = Math.max(backlog, waiting);
    const left = waiting + (due?.count ?? 0);
    if (left === 0) break;
    if (left !== last.left) last = { left, at: performance.now() };
    if (performance.now() - last.at > STALL_MS) throw new Error(`Nothing moves: ${waiting} news wait, ${due?.count} cases are due`);
    await sleep(LOOK_MS);
  }
  const seconds = (performance.now() - from) / 1000;
  const api = await stop();
  say(
    `  ${latest.kinds} drained in ${seconds.toFixed(1)} s, at most ${backlog} news waiting; API p99 ${quantile(api, 0.99).toFixed(0)} ms of ${api.length}`,
  );
  return { seconds, backlog, api };
}

function sql<T extends object>(stack: BenchStack, text: string, ...more: unknown[]): Promise<T[]> {
  return stack.dataSource.query<T[]>(text, [CREDITOR, ...more]);
}

/** Somebody who reads a page of cases, then a payment that arrives, again and again, one at a time. */
class Probe {
  private pay: (row: number) => Promise<void> = () => Promise.resolve();
  private row = 0;

  constructor(
    private readonly stack: BenchStack,
    private readonly apps: Applications,
    private readonly cases: number,
  ) {}

  async open(): Promise<void> {
    this.pay = await paymentSender(this.stack, this.apps, { creditorId: CREDITOR, paidOn: day(SANDBOX_START.slice(0, 10)) });
  }

  async atRest(count: number): Promise<number[]> {
    const taken: number[] = [];
    for (let look = 0; look < count; look++) taken.push(await this.once(look));
    return taken;
  }

  /** Probes until the function it answers is called, which answers how long each took in milliseconds. */
  start(): () => Promise<readonly number[]> {
    const taken: number[] = [];
    let isOver = false;
    const running = (async () => {
      for (let look = 0; !isOver; look++) {
        taken.push(await this.once(look));
        await sleep(PROBE_PAUSE_MS);
      }
    })();
    // Told to whoever stops it: until then nobody waits for it.
    running.catch(() => undefined);
    return async () => {
      isOver = true;
      await running;
      return taken;
    };
  }

  private async once(look: number): Promise<number> {
    const from = performance.now();
    // Money comes for each case at most once; when all have some, people only read.
    if (look % 4 === 3 && this.row < this.cases) await this.pay(this.row++);
    else await this.page();
    return performance.now() - from;
  }

  private async page(): Promise<void> {
    const response = await fetch(`${this.apps.url}/api/v1/creditors/${CREDITOR}/cases?limit=50&sort=dueOn`, {
      headers: { authorization: `Bearer ${this.apps.key}` },
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`A page of cases was answered ${response.status}`);
  }
}
