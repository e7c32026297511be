import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { applyFacts } from '#casework';
import type { RecoveryFact } from '#domain';
import { Reconciler } from '../../../apps/api/src/operations/reconcile/reconciler.js';
import { raiseCreditor } from '../../../apps/ops/src/raise-epoch.js';
import { findTemporalCli, startTemporal, type TemporalServer } from '../../../apps/ops/temporal-cli.mjs';
import { Desk } from '../../scenarios/desk.js';
import { Stack } from '../../support/stack.js';

const CASES = 30;
const BY = { actor: 'test', role: 'system' } as const;

let server: TemporalServer;
let stack: Stack;
let desk: Desk;
let reconciler: Reconciler;

/** A server of our own: the run's shared one may not be wiped. */
async function startServer(port?: number): Promise<TemporalServer> {
  return startTemporal({ cli: await findTemporalCli(), fastTimers: true, ...(port === undefined ? {} : { port }) });
}

beforeAll(async () => {
  server = await startServer();
  stack = await Stack.open({ pgBase: inject('pgBase'), temporalAddress: server.address });
  desk = await Desk.open(stack, 'A', 'menuiserie');
  const parties = Array.from({ length: CASES }, (_, n) => invoiceFor(n));
  for (const body of parties) await desk.ask('integrator', 'PUT', `/invoices/${String(body['number'])}`, body);
  reconciler = new Reconciler(stack.api.backend, { quietSeconds: 0, repairsPerSecond: 1_000 });
  await untilAgreed();
}, 180_000);
afterAll(async () => {
  await stack?.close();
  await server?.stop();
});

function invoiceFor(n: number): Record<string, unknown> {
  const amount = { amount: '1500.00', currency: 'EUR' };
  const place = { street: '9 rue des Essais', postcode: '59800', city: 'Lille', country: 'FR', language: 'fr' };
  const debtor = { name: `Ateliers ${n}`, externalId: `D-${n}`, kind: 'business', email: `a${n}@essais.example`, ...place };
  return { number: `R-${n}`, issuedOn: '2026-01-27', dueOn: '2026-02-26', gross: amount, payable: amount, debtor };
}

const pass = () => reconciler.pass({ creditorId: 'menuiserie' });
const dryRun = () => reconciler.pass({ creditorId: 'menuiserie', dryRun: true });

/** Waits until a look finds nothing: whatever was repaired has reached Temporal, and its index. */
async function untilAgreed(): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const [report, news] = [await dryRun(), await stack.api.backend.outbox.pending()];
    if (report.outcome === 'complete' && report.differing === 0 && news === 0 && report.cases > 0) return;
    await pause(500);
  }
  throw new Error(`Rows and workflows still differ: ${JSON.stringify((await dryRun()).differences.slice(0, 3))}`);
}

async function rows(more: Record<string, unknown> = {}) {
  return stack.api.backend.plain((tx) => tx.cases.all({ creditorId: 'menuiserie', ...more }, { by: 'caseId' }));
}

/** A fact whose signal is lost: the workflow keeps an older snapshot. */
async function silently(caseId: string, facts: readonly RecoveryFact[]): Promise<void> {
  const { backend } = stack.api;
  await backend.run('menuiserie', async (tx) => {
    const [row] = await tx.lockCases('menuiserie', [caseId]);
    if (row) await applyFacts(tx, backend.deps, row, facts, BY, { silent: true });
  });
}

async function running(): Promise<string[]> {
  const found: string[] = [];
  const query = `WorkflowType = "recoverInvoice" AND ExecutionStatus = "Running" AND CreditorId = "menuiserie"`;
  for await (const one of stack.temporal.workflow.list({ query })) found.push(one.workflowId);
  return found.sort();
}

describe('the reconciler on a real server', () => {
  it('I25: finds nothing where rows and workflows agree, and writes no finding', async () => {
    expect(await pass()).toMatchObject({ outcome: 'complete', cases: CASES, differing: 0, repaired: 0 });
    expect(await stack.api.backend.plain((tx) => tx.reconcilerFindings.count({ creditorId: 'menuiserie' }))).toBe(0);
  });

  it('I25: damage of every kind is found in one pass, named, and repaired', async () => {
    const [terminated, deleted, stale, closed] = await rows();
    if (!terminated || !deleted || !stale || !closed) throw new Error('No cases');
    await stack.temporal.workflow.getHandle(terminated.workflowId).terminate('test');
    await stack.temporal.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: deleted.workflowId },
    });
    await silently(stale.caseId, [{ type: 'blockerRaised', blocker: 'documentDoubt' }]);
    await silently(closed.caseId, [{ type: 'caseClosed', kind: 'withdrawn', reason: 'test' }]);
    await stack.temporal.workflow.start('recoverInvoice', {
      workflowId: 'recovery/menuiserie/nobody',
      taskQueue: 'nobody-listens',
      searchAttributes: { CreditorId: ['menuiserie'] },
    });
    const expected = {
      [terminated.workflowId]: ['workflowEnded', 'startedAgain'],
      [deleted.workflowId]: ['workflowMissing', 'startedAgain'],
      [stale.workflowId]: ['snapshotStale', 'told'],
      [closed.workflowId]: ['caseClosed', 'told'],
      'recovery/menuiserie/nobody': ['workflowUnknown', 'asked'],
    };
    await expect
      .poll(async () => Object.fromEntries((await dryRun()).differences.map((d) => [d.workflowId, d.kind])), { timeout: 30_000 })
      .toEqual(Object.fromEntries(Object.entries(expected).map(([id, [kind]]) => [id, kind])));

    const report = await pass();
    expect(Object.fromEntries(report.differences.map((d) => [d.workflowId, [d.kind, d.action]]))).toEqual(expected);
    await stack.temporal.workflow.getHandle('recovery/menuiserie/nobody').terminate('looked at');
    await untilAgreed();

    const after = await rows();
    expect(after.find((row) => row.caseId === terminated.caseId)).toMatchObject({ episode: 2, workflowId: `${terminated.workflowId}/2` });
    const open = after.filter((row) => row.closedKind === null).map((row) => row.workflowId);
    // The server's index follows its histories a moment later.
    await expect.poll(running, { timeout: 10_000 }).toEqual(open.sort());
    const task = await stack.api.backend.plain((tx) => tx.tasks.one({ creditorId: 'menuiserie', kind: 'reconcilerFinding' }));
    expect(task).toMatchObject({ role: 'finance', state: 'open' });
    await pass();
    const findings = await stack.api.backend.plain((tx) => tx.reconcilerFindings.all({ creditorId: 'menuiserie' }));
    expect(findings).toHaveLength(5);
    expect(findings.filter((finding) => finding.resolvedAt === null)).toEqual([]);
  }, 120_000);

  it('I25, I27: rows restored to an older point are adopted by their workflows once the epoch is raised, and not before', async () => {
    const [row] = await rows({ closedKind: null });
    if (!row) throw new Error('No case');
    const { dataSource } = stack.api.backend;
    await dataSource.query(`create table yesterday as select * from recovery_case where case_id = '${row.caseId}'`);
    await desk.ask('controller', 'POST', `/cases/${row.caseId}/hold`, { until: '2026-03-20', reason: 'mediation' });
    await untilAgreed();
    const restored = [
      'state',
      'fact_seq',
      'recovery',
      'plan',
      'wake_kind',
      'wake_at',
      'wake_stage',
      'wake_round',
      'chain_hash',
      'updated_at',
    ];
    const set = restored.map((column) => `${column} = y.${column}`).join(', ');
    await dataSource.query(`update recovery_case c set ${set} from yesterday y where c.case_id = y.case_id`);
    for (const action of ['told', 'told', 'told', 'asked']) {
      // Until the index shows the hold, a pass finds the old row right and does nothing.
      const differences = async () => (await pass()).differences;
      await expect.poll(differences, { timeout: 10_000 }).toMatchObject([{ workflowId: row.workflowId, kind: 'snapshotStale', action }]);
      await expect.poll(() => stack.api.backend.outbox.pending(), { timeout: 10_000 }).toBe(0);
    }
    const { deps, operations: reads } = stack.api.backend;
    const raised = await raiseCreditor({ ...deps, reads }, { creditorId: 'menuiserie', by: { ...BY, reason: 'restored' }, batch: 7 });
    expect([raised.raised, raised.isWhole]).toEqual([(await rows({ closedKind: null })).length, true]);
    expect((await pass()).differences).toMatchObject([{ workflowId: row.workflowId, action: 'told' }]);
    await untilAgreed();
  }, 120_000);

  it('I25, I23: Temporal away is no difference, and nothing is concluded from it', async () => {
    await stack.stopWorker();
    await server.stop();
    expect(await pass()).toMatchObject({ outcome: 'temporalAway', differing: 0, repaired: 0 });
  }, 60_000);

  it('I25: after the server came back empty every open case starts again from its rows, at a bounded rate', async () => {
    server = await startServer(server.port);
    const open = await rows({ closedKind: null });
    const slow = new Reconciler(stack.api.backend, { quietSeconds: 0, repairsMax: 10, repairsPerSecond: 5 });
    await expect.poll(async () => (await dryRun()).differing, { timeout: 60_000, interval: 500 }).toBe(open.length);
    const from = Date.now();
    expect(await slow.pass({ creditorId: 'menuiserie' })).toMatchObject({ outcome: 'bounded', differing: 10, repaired: 10 });
    expect(Date.now() - from).toBeGreaterThan(1_900);
    const rest = await pass();
    expect(rest.repaired).toBe(open.length - 10);
    expect(new Set(rest.differences.map((difference) => difference.kind))).toEqual(new Set(['workflowMissing']));
    await stack.startWorker();
    await untilAgreed();
    await expect.poll(running, { timeout: 10_000 }).toEqual(open.map((row) => row.workflowId).sort());
  }, 120_000);
});
