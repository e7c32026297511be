import type { AddressInfo } from 'node:net';
import type { MailPort, StageVerdictRow, Tx, UnitOfWork } from '#ports';
import { describe, expect, it } from 'vitest';
import { closeHealth, serveHealth } from './worker.health.js';
import { WorkerMetrics } from './worker.metrics.js';

const verdict = (code: string) => ({ verdict: 'POSTPONED', code, caseId: 'secret-case' }) as unknown as StageVerdictRow;
const tables = { stageVerdicts: { insert: async () => undefined }, messages: { update: async () => 1 } } as unknown as Tx;

/** A unit of work that runs its work twice, as after a deadlock, and fails when told. */
function work(rounds: number, isFailing = false): UnitOfWork {
  return {
    run: async (_creditorId, _mode, action) => {
      for (let round = 1; round < rounds; round++) await action(tables);
      const result = await action(tables);
      if (isFailing) throw new Error('rolled back');
      return result;
    },
    plain: (action) => action(tables),
  };
}

const decide = (unit: UnitOfWork, code: string) =>
  unit.run('creditor', 'exclusive', async (tx) => {
    await tx.stageVerdicts.insert(verdict(code));
    await tx.messages.update({ creditorId: 'creditor' }, { state: 'CLAIMED' });
  });

describe('the numbers of the worker', () => {
  it('counts what was committed, once, and nothing that was rolled back', async () => {
    const metrics = new WorkerMetrics();
    await decide(metrics.countingWork(work(3)), 'pace');
    await decide(metrics.countingWork(work(1, true)), 'brakeOn').catch(() => undefined);
    const text = await metrics.text();
    expect(text).toContain('relance_verdicts_total{verdict="POSTPONED",code="pace",process="worker"} 1');
    expect(text).toContain('relance_claims_total{process="worker"} 1');
    expect(text).not.toMatch(/brakeOn|secret-case|creditor/);
  });

  it('counts what the provider answered, and is served beside the health page', async () => {
    const metrics = new WorkerMetrics();
    const mail = metrics.countingMail({
      requestBytes: () => new Uint8Array(),
      sendBytes: async () => ({ kind: 'unknown', reason: 'x' }),
      send: async () => ({ kind: 'accepted' }),
    } satisfies MailPort);
    await mail.sendBytes({ bytes: new Uint8Array(), sandbox: true });
    const server = await serveHealth({ isAlive: () => true, isReady: () => true }, '127.0.0.1', 0, metrics);
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain('relance_hand_overs_total{channel="email",answer="unknown",process="worker"} 1');
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds\{process="worker"\}/);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await closeHealth(server);
  });
});
