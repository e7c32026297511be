import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ReplayGateOptions, runReplayGate } from '../../../apps/ops/src/replay-gate-command.js';
import { Desk } from '../../scenarios/desk.js';
import { Stack } from '../../support/stack.js';

const CASES = 6;

let stack: Stack;
let bundle = '';

beforeAll(async () => {
  stack = await Stack.open({ pgBase: inject('pgBase'), temporalAddress: inject('temporalAddress') });
  bundle = stack.config.WORKFLOW_BUNDLE;
  const desk = await Desk.open(stack, 'A', 'porte');
  for (let n = 0; n < CASES; n++) {
    const amount = { amount: '1500.00', currency: 'EUR' };
    const place = { street: '9 rue des Essais', postcode: '59800', city: 'Lille', country: 'FR', language: 'fr' };
    const debtor = { name: `Ateliers ${n}`, externalId: `D-${n}`, kind: 'business', email: `a${n}@essais.example`, ...place };
    await desk.ask('integrator', 'PUT', `/invoices/G-${n}`, {
      ...{ number: `G-${n}`, issuedOn: '2026-01-27', dueOn: '2026-02-26', gross: amount, payable: amount, debtor },
    });
  }
  await untilRunning();
  // Something has happened in every history: the last task of one has nothing after it that a replay could miss.
  for (const { caseId } of await stack.api.backend.plain((tx) => tx.cases.all({ creditorId: 'porte' })))
    await desk.ask('controller', 'POST', `/cases/${caseId}/hold`, { until: '2026-03-20', reason: 'mediation' });
  await untilRunning();
}, 180_000);
afterAll(() => stack?.close());

/** Every case has its workflow, all news has been brought, and every workflow has answered it. */
async function untilRunning(): Promise<void> {
  for (let look = 0; look < 300; look++) {
    const isQuiet = (await running()) === CASES && (await stack.api.backend.outbox.pending()) === 0;
    if (isQuiet && (await openTasks()) === 0) return;
    await pause(100);
  }
  throw new Error('The cases never came to rest');
}

async function openTasks(): Promise<number> {
  let open = 0;
  for (const { workflowId } of await stack.api.backend.plain((tx) => tx.cases.all({ creditorId: 'porte' }))) {
    const { events = [] } = await stack.temporal.workflow.getHandle(workflowId).fetchHistory();
    const scheduled = (events ?? []).filter((event) => event.workflowTaskScheduledEventAttributes).length;
    open += scheduled - (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes).length;
  }
  return open;
}

const running = async () =>
  (await stack.temporal.workflow.count(`WorkflowType = "recoverInvoice" AND ExecutionStatus = "Running" AND CreditorId = "porte"`)).count;

async function gate(options: ReplayGateOptions = {}, address = stack.environment['TEMPORAL_ADDRESS'] ?? '') {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const where = { databaseUrl: stack.config.DATABASE_URL, address };
  const { signal } = new AbortController();
  const code = await runReplayGate(where, { creditor: 'porte', bundle, ...options }, { print, tell: () => undefined }, signal);
  return { code, lines };
}

describe('relance replay-gate on the running product', () => {
  it('I26, N17: the build that runs may take over from itself', async () => {
    expect(await gate()).toEqual({
      code: 0,
      lines: [`0 of ${CASES} histories do not replay (${CASES} running)`, `0 of ${CASES} cases change their next step`],
    });
    expect((await gate({ sample: 2 })).lines[0]).toBe(`0 of 2 histories do not replay (${CASES} running)`);
    expect((await gate({ all: true, sample: 2 })).lines[0]).toContain(`0 of ${CASES} histories`);
  });

  it('N17: a case that would do something else next is named, and stops the release until it is accepted', async () => {
    const [row] = await stack.api.backend.plain((tx) => tx.cases.all({ creditorId: 'porte' }, { by: 'caseId', limit: 1 }));
    await stack.api.backend.dataSource.query(`update recovery_case set wake_at = wake_at - interval '9 days' where case_id = $1`, [
      row?.caseId,
    ]);
    const { code, lines } = await gate();
    expect([code, lines[2]]).toEqual([1, `1 of ${CASES} cases change their next step`]);
    expect(lines[1]).toContain(`(${row?.caseId})`);
    expect((await gate({ accept: true })).code).toBe(0);
    await stack.api.backend.dataSource.query(`update recovery_case set wake_at = wake_at + interval '9 days' where case_id = $1`, [
      row?.caseId,
    ]);
    expect((await gate()).code).toBe(0);
  });

  it('I26: workflow code that cannot go on with a live history stops the release, accepted or not', async () => {
    const other = `${bundle}.other.js`;
    const code = fs.readFileSync(bundle, 'utf8');
    // A build that no longer waits for the next wake.
    const hasty = code.replace('await timer.untilDue(mailbox)', `await 'due'`);
    expect(hasty).not.toBe(code);
    fs.writeFileSync(other, hasty);
    const outcome = await gate({ bundle: other, accept: true });
    fs.rmSync(other);
    expect([outcome.code, outcome.lines.at(-2)]).toEqual([1, `${CASES} of ${CASES} histories do not replay (${CASES} running)`]);
  });

  it('says so when Temporal is away or the bundle is missing, and compares the cases alone when asked', async () => {
    await expect(gate({}, '127.0.0.1:9')).rejects.toThrow('Temporal ne répond pas');
    await expect(gate({ bundle: '/nowhere/bundle.js' })).rejects.toThrow('npm run build');
    expect(await gate({ histories: false }, '127.0.0.1:9')).toEqual({ code: 0, lines: [`0 of ${CASES} cases change their next step`] });
  });
});
