import { createRecoveryActs } from '#activities';
import { type CaseworkDeps, currentSnapshot, moveClock, reportCall, SANDBOX_START } from '#casework';
import type { ActInput } from '#contracts';
import { createSendGridMailer } from '#mail';
import { TypeormUnitOfWork } from '#persistence';
import type { LockMode, MailPort, UnitOfWork } from '#ports';
import type pg from 'pg';
import { addCreditor, BY, registerInvoices } from './bench-creditor.js';
import type { BenchStack } from './bench-stack.js';
import { type Figure, median, quantile } from './figures.js';

const CREDITOR = 'bench-claims';
const ROUNDS = 5;
/** A debtor's call, and what follows it: never more wakes than this before his first mail. */
const LOOKS = 6;

/** One transaction under the creditor's lock: how it locked, how long it took, how many statements it sent, its opening and commit included. */
interface Measured {
  readonly mode: LockMode;
  readonly ms: number;
  readonly statements: number;
}

interface Sample {
  readonly claim: Measured;
  readonly record: Measured;
}

/**
 * Claim and record of a message as the act of a mail runs them, one after another, beside two bare transactions of one update and one insert each; who
 * goes first changes with every round. Rendering and the provider are left out on both sides.
 */
export async function measureSendProtocol(stack: BenchStack, messages: number, say: (line: string) => void): Promise<Figure[]> {
  const watch = new WatchedWork(stack);
  const deps: CaseworkDeps = { ...stack.deps, unitOfWork: watch };
  const acts = createRecoveryActs({ casework: deps, mail: readyMailer(stack) });
  const inputs = await untilMailsAreDue(stack, acts, messages);
  const client = await stack.client();
  await client.query('create table bench_message (message_id bigint primary key, state text not null, updated_at timestamptz not null)');
  await client.query('create table bench_verdict (message_id bigint not null, code text not null, at timestamptz not null)');
  await client.query(`insert into bench_message select id, 'PLANNED', now() from generate_series(1, $1) id`, [messages]);
  const rounds: { own: Sample[]; bare: number[] }[] = [];
  const each = Math.floor(messages / ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    say(`round ${round + 1} of ${ROUNDS}: ${each} claims and records, ${each} pairs of bare transactions`);
    const done: { own: Sample[]; bare: number[] } = { own: [], bare: [] };
    const turns = [
      async () => {
        for (const input of inputs.slice(round * each, (round + 1) * each))
          done.own.push(await sampleOf(watch, () => acts.sendMail(input)));
      },
      async () => {
        for (let id = round * each + 1; id <= (round + 1) * each; id++) done.bare.push(await barePair(client, id));
      },
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    rounds.push(done);
  }
  await client.query('drop table bench_message, bench_verdict');
  await client.end();
  return figuresOf(rounds);
}

function figuresOf(rounds: readonly { own: Sample[]; bare: number[] }[]): Figure[] {
  const own = rounds.flatMap((round) => round.own);
  const bare = rounds.flatMap((round) => round.bare);
  const pair = ({ claim, record }: Sample): number => claim.ms + record.ms;
  const ratios = rounds.map((round) => median(round.own.map(pair)) / median(round.bare));
  const base = 'two bare transactions';
  const spread = `${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)} in ${ROUNDS} rounds`;
  const statements = (of: 'claim' | 'record'): number => median(own.map((sample) => sample[of].statements));
  const part = 'claim + record';
  return [
    {
      part,
      what: `both, median of ${own.length} (${spread})`,
      value: median(own.map(pair)),
      unit: 'ms',
      baseline: { what: base, value: median(bare) },
      ratio: median(ratios),
    },
    {
      part,
      what: 'both, p99',
      value: quantile(own.map(pair), 0.99),
      unit: 'ms',
      baseline: { what: `${base}, p99`, value: quantile(bare, 0.99) },
      ratio: quantile(own.map(pair), 0.99) / quantile(bare, 0.99),
    },
    {
      part,
      what: 'claim, median: how long the creditor’s lock is held',
      value: median(own.map(({ claim }) => claim.ms)),
      unit: 'ms',
    },
    { part, what: 'record, median', value: median(own.map(({ record }) => record.ms)), unit: 'ms' },
    {
      part,
      what: `statements, claim ${statements('claim')} and record ${statements('record')}`,
      value: statements('claim') + statements('record'),
      unit: '',
      baseline: { what: base, value: 8 },
      ratio: (statements('claim') + statements('record')) / 8,
    },
  ];
}

/** The act takes the exclusive lock twice, to judge and to claim, and the shared one last to record. */
async function sampleOf(watch: WatchedWork, act: () => Promise<unknown>): Promise<Sample> {
  watch.seen.length = 0;
  await act();
  const claim = watch.seen.findLast(({ mode }) => mode === 'exclusive');
  const record = watch.seen.at(-1);
  const exclusive = watch.seen.filter(({ mode }) => mode === 'exclusive').length;
  if (!claim || record?.mode !== 'shared' || exclusive !== 2) {
    throw new Error(`A mail did not leave: ${watch.seen.map(({ mode, ms }) => `${mode} ${ms.toFixed(1)} ms`).join(', ')}`);
  }
  return { claim, record };
}

async function barePair(client: pg.Client, messageId: number): Promise<number> {
  const from = performance.now();
  for (const state of ['CLAIMED', 'ACCEPTED']) {
    await client.query('begin');
    await client.query({
      name: 'bench-message',
      text: 'update bench_message set state = $2, updated_at = now() where message_id = $1',
      values: [messageId, state],
    });
    await client.query({
      name: 'bench-verdict',
      text: 'insert into bench_verdict (message_id, code, at) values ($1, $2, now())',
      values: [messageId, state],
    });
    await client.query('commit');
  }
  return performance.now() - from;
}

/** The product's unit of work with a watch on every locked transaction. */
class WatchedWork implements UnitOfWork {
  readonly seen: Measured[] = [];
  private statements = 0;
  private readonly inner: UnitOfWork;

  constructor(stack: BenchStack) {
    this.inner = new TypeormUnitOfWork(stack.dataSource, { onStatement: () => void this.statements++ });
  }

  readonly run: UnitOfWork['run'] = async (creditorId, mode, work) => {
    const [from, before] = [performance.now(), this.statements];
    const result = await this.inner.run(creditorId, mode, work);
    this.seen.push({ mode, ms: performance.now() - from, statements: this.statements - before });
    return result;
  };

  readonly plain: UnitOfWork['plain'] = (work) => this.inner.plain(work);
}

/** Makes the real bytes and takes every one of them at once. */
function readyMailer(stack: BenchStack): MailPort {
  const real = createSendGridMailer({ localMailbox: { baseUrl: stack.local.url } });
  const taken = { kind: 'accepted', providerMessageId: 'bench' } as const;
  return { requestBytes: (mail) => real.requestBytes(mail), sendBytes: () => Promise.resolve(taken), send: () => Promise.resolve(taken) };
}

/** Cases of as many debtors, each with its call made and its first mail due now. */
async function untilMailsAreDue(stack: BenchStack, acts: ReturnType<typeof createRecoveryActs>, messages: number): Promise<ActInput[]> {
  const { deps } = stack;
  await addCreditor(stack, CREDITOR, SANDBOX_START);
  const caseIds = await registerInvoices(stack, CREDITOR, messages);
  for (let look = 0; look < LOOKS; look++) {
    const inputs: ActInput[] = [];
    for (const caseId of caseIds) {
      const { wake, factSeq, epoch } = await currentSnapshot(deps, CREDITOR, caseId);
      inputs.push({ creditorId: CREDITOR, caseId, wake, factSeq, epoch });
    }
    const latest = inputs
      .map(({ wake }) => wake.at)
      .sort()
      .at(-1);
    if (latest) await moveOn(stack, latest);
    if (inputs.every(({ wake }) => wake.kind === 'mail')) return inputs;
    for (const input of inputs) if (input.wake.kind === 'call') await acts.openCallTask(input);
    const open = await deps.unitOfWork.plain((tx) => tx.calls.all({ creditorId: CREDITOR, state: 'open' }));
    for (const { callId } of open)
      await deps.unitOfWork.run(CREDITOR, 'shared', (tx) => reportCall(tx, deps, CREDITOR, callId, { outcome: 'attempted' }, BY));
  }
  throw new Error('The first mails never came due');
}

async function moveOn({ deps }: BenchStack, at: ActInput['wake']['at']): Promise<void> {
  await deps.unitOfWork.run(CREDITOR, 'exclusive', async (tx) => {
    const creditor = await tx.creditors.one({ creditorId: CREDITOR });
    if (creditor?.clockAt && at > creditor.clockAt) await moveClock(tx, deps, CREDITOR, at, BY);
  });
}
