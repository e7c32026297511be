import type { OutboxRow, SignalResult, StartResult, WorkflowDirectory } from '#ports';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Relay } from '../../../apps/api/src/outbox/relay.js';
import { CREDITOR, invoice, type RunningApi, startApi, TEMPORAL_DOWN } from './start-api.js';

/** A server in memory: knows which workflows run and which have ended, and can be away. */
class FakeDirectory implements WorkflowDirectory {
  readonly running = new Map<string, string[]>();
  readonly ended = new Set<string>();
  isAway = false;

  async startRecovery({ workflowId }: { workflowId: string }): Promise<StartResult> {
    if (this.isAway) return { result: 'unavailable', reason: 'down' };
    if (this.running.has(workflowId)) return { result: 'alreadyStarted', status: 'running' };
    if (this.ended.has(workflowId)) return { result: 'alreadyStarted', status: 'closed' };
    this.running.set(workflowId, []);
    return { result: 'ok', runId: 'r' };
  }
  async startMessage({ workflowId }: { workflowId: string }): Promise<StartResult> {
    return this.startRecovery({ workflowId });
  }
  async signal(workflowId: string, name: string): Promise<SignalResult> {
    if (this.isAway) return { result: 'unavailable', reason: 'down' };
    const heard = this.running.get(workflowId);
    if (!heard) return { result: 'notFound' };
    heard.push(name);
    return { result: 'ok' };
  }
  end(workflowId: string): void {
    this.running.delete(workflowId);
    this.ended.add(workflowId);
  }
  describe = TEMPORAL_DOWN.describe;
  listOpen = TEMPORAL_DOWN.listOpen;
  isReachable = async () => !this.isAway;
  close = async () => undefined;
}

let run: RunningApi;
let finance = '';
const directory = new FakeDirectory();
const base = '/api/v1/creditors/atelier';

beforeAll(async () => {
  run = await startApi(inject('pgBase'), { directory });
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
});
afterAll(() => run?.stop());

async function drain(): Promise<void> {
  const relay = new Relay(run.api.backend);
  for (let round = 0; round < 20 && (await relay.once()) === 'busy'; round++);
}

const pay = (reference: string, number: string) =>
  run
    .post(`${base}/payments`, finance, {
      amount: { amount: '1240.00', currency: 'EUR' },
      paidOn: '2026-02-20',
      reference,
      invoiceNumber: number,
    })
    .expect(201);
const states = async (): Promise<OutboxRow['state'][]> =>
  (await run.api.backend.dataSource.query<{ state: OutboxRow['state'] }[]>('select state from outbox order by outbox_id')).map(
    (row) => row.state,
  );

describe('the relay', () => {
  it('I23: keeps news while Temporal is away and delivers them afterwards, the start before the signal', async () => {
    directory.isAway = true;
    await run.put(`${base}/invoices/R-1`, finance, invoice('R-1')).expect(201);
    await run
      .post(`${base}/payments`, finance, {
        amount: { amount: '40.00', currency: 'EUR' },
        paidOn: '2026-02-20',
        reference: 'r1',
        invoiceNumber: 'R-1',
      })
      .expect(201);
    expect(await new Relay(run.api.backend).once()).toBe('outage');
    expect(new Set(await states())).toEqual(new Set(['pending']));
    directory.isAway = false;
    await run.api.backend.dataSource.query('update outbox set lease_until = null');
    await drain();
    expect(directory.running.get('recovery/atelier/R-1')).toEqual(['paymentReceived']);
    expect(new Set(await states())).toEqual(new Set(['delivered']));
  });

  it('I13: begins the next episode of a case that comes back after its workflow ended, once', async () => {
    await run.put(`${base}/invoices/R-2`, finance, invoice('R-2')).expect(201);
    await drain();
    const paid = await pay('r2', 'R-2');
    await drain();
    expect(directory.running.get('recovery/atelier/R-2')).toContain('paymentReceived');
    directory.end('recovery/atelier/R-2');
    await run.post(`${base}/payments/${paid.body.paymentId}/reverse`, finance, {}).expect(200);
    await drain();
    expect(directory.running.has('recovery/atelier/R-2/2')).toBe(true);
    const row = await run.api.backend.plain((tx) => tx.cases.one({ creditorId: 'atelier', workflowId: 'recovery/atelier/R-2/2' }));
    expect(row).toMatchObject({ episode: 2, closedKind: null });
    const again = await pay('r3', 'R-2');
    await drain();
    directory.end('recovery/atelier/R-2/2');
    await run.post(`${base}/payments/${again.body.paymentId}/reverse`, finance, {}).expect(200);
    await drain();
    expect(directory.running.has('recovery/atelier/R-2/3')).toBe(true);
  });

  it('tells a case that came back before its workflow ended', async () => {
    await run.put(`${base}/invoices/R-4`, finance, invoice('R-4')).expect(201);
    const paid = await pay('r4', 'R-4');
    await run.post(`${base}/payments/${paid.body.paymentId}/reverse`, finance, {}).expect(200);
    await drain();
    expect(directory.running.get('recovery/atelier/R-4')).toEqual(['paymentReceived', 'paymentReversed']);
  });

  it('takes news for an ended workflow as told: the rows hold the fact', async () => {
    await run.put(`${base}/invoices/R-5`, finance, invoice('R-5')).expect(201);
    await drain();
    directory.end('recovery/atelier/R-5');
    await pay('r5', 'R-5');
    await drain();
    expect((await states()).at(-1)).toBe('afterClose');
  });
});
