import { createMessageActs, createRecoveryActs } from '#activities';
import { currentSnapshot, decideApproval, moveClock, reportCall, reportPost, SANDBOX_START } from '#casework';
import type { ActInput, RecoveryActs } from '#contracts';
import { day, type Instant, type WakeKind } from '#domain';
import { createSendGridMailer } from '#mail';
import { TypeormDueCases } from '#persistence';
import { createHttpPost } from '#post';
import { addCreditor, BY, registerInvoices } from './bench-creditor.js';
import type { BenchStack } from './bench-stack.js';
import { type Figure, median, timed } from './figures.js';

const CREDITOR = 'bench-rungs';
const UNTIL = '2027-01-01T00:00:00.000Z' as Instant;
const STEPS_MAX = 5_000;
const ACT_OF: Readonly<Record<WakeKind, keyof RecoveryActs>> = {
  call: 'openCallTask',
  mail: 'sendMail',
  formalNotice: 'serveFormalNotice',
  referral: 'handOver',
  prepare: 'prepareStage',
  promiseEnds: 'judgePromise',
  holdEnds: 'endHold',
  disputeDue: 'escalateDispute',
  callExpires: 'expireCall',
  approvalExpires: 'expireApproval',
  review: 'reviewCase',
};

/** (b) Full rungs, rendered and handed to the local mail and post servers, one after another as the acts run them: milliseconds per act. */
export async function measureRungs(stack: BenchStack, cases: number): Promise<Figure[]> {
  await addCreditor(stack, CREDITOR, SANDBOX_START);
  const { deps } = stack;
  const ports = {
    casework: deps,
    mail: createSendGridMailer({ localMailbox: { baseUrl: stack.local.url } }),
    post: createHttpPost({ localTray: { baseUrl: stack.local.url } }),
  };
  const acts = createRecoveryActs(ports);
  const messages = createMessageActs(ports);
  await registerInvoices(stack, CREDITOR, cases);
  const due = new TypeormDueCases(stack.dataSource);
  const samples = new Map<string, number[]>();
  for (let step = 0; step < STEPS_MAX; step++) {
    await people(stack);
    const next = await due.earliestWake(CREDITOR);
    if (!next || next.at > UNTIL) break;
    await deps.unitOfWork.run(CREDITOR, 'exclusive', async (tx) => {
      const creditor = await tx.creditors.one({ creditorId: CREDITOR });
      if (creditor?.clockAt && next.at > creditor.clockAt) await moveClock(tx, deps, CREDITOR, next.at, BY);
    });
    for (const { caseId } of await due.dueBy(CREDITOR, next.at, 100)) await climb(stack, acts, caseId, samples);
    const informs = await deps.unitOfWork.plain((tx) => tx.messages.all({ creditorId: CREDITOR, purpose: 'inform', state: 'PLANNED' }));
    for (const { messageId } of informs) await messages.deliverMessage({ creditorId: CREDITOR, messageId });
  }
  const bare = median(await bareTransactions(stack));
  return [...samples].map(([name, taken]): Figure => {
    const value = median(taken);
    return {
      part: 'full rung',
      what: `${name}, median of ${taken.length}`,
      value,
      unit: 'ms',
      baseline: { what: 'one bare transaction', value: bare },
      ratio: value / bare,
    };
  });
}

async function climb(stack: BenchStack, acts: RecoveryActs, caseId: string, samples: Map<string, number[]>): Promise<void> {
  const { wake, factSeq, epoch } = await currentSnapshot(stack.deps, CREDITOR, caseId);
  const input: ActInput = { creditorId: CREDITOR, caseId, wake, factSeq, epoch };
  const name = ACT_OF[wake.kind];
  const from = performance.now();
  await acts[name](input);
  const known = samples.get(name) ?? [];
  known.push(performance.now() - from);
  samples.set(name, known);
}

/** Staff who call, approve and post at once. */
async function people(stack: BenchStack): Promise<void> {
  const { deps } = stack;
  const { clock, calls, approvals, letters } = await deps.unitOfWork.plain(async (tx) => ({
    clock: (await tx.creditors.one({ creditorId: CREDITOR }))?.clockAt ?? SANDBOX_START,
    calls: await tx.calls.all({ creditorId: CREDITOR, state: 'open' }),
    approvals: await tx.approvals.all({ creditorId: CREDITOR, state: 'pending' }),
    letters: await tx.postItems.all({ creditorId: CREDITOR, state: ['toPrint', 'sentToProvider'] }),
  }));
  for (const { callId } of calls)
    await deps.unitOfWork.run(CREDITOR, 'shared', (tx) => reportCall(tx, deps, CREDITOR, callId, { outcome: 'attempted' }, BY));
  for (const { approvalId, basis } of approvals)
    await deps.unitOfWork.run(CREDITOR, 'shared', (tx) =>
      decideApproval(tx, deps, CREDITOR, approvalId, { verdict: 'approved', basis }, BY),
    );
  const on = day(clock.slice(0, 10));
  for (const { postItemId } of letters)
    await deps.unitOfWork.run(CREDITOR, 'shared', (tx) => reportPost(tx, deps, CREDITOR, { postItemId }, { state: 'delivered', on }, BY));
}

async function bareTransactions(stack: BenchStack): Promise<number[]> {
  const client = await stack.client();
  await client.query('create table bench_act (act_id bigint generated always as identity primary key, at timestamptz not null)');
  const samples = await timed(Array.from({ length: 200 }), 1, async () => {
    await client.query('begin');
    await client.query('insert into bench_act (at) values (now())');
    await client.query('commit');
  });
  await client.query('drop table bench_act');
  await client.end();
  return samples;
}
