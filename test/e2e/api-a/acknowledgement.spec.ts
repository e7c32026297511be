import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource } from '#persistence';
import { signStandardWebhook, standardWebhookSecret } from '#sealing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

const base = '/api/v1/creditors/atelier';

let run: RunningApi;
/** Another session: it sees only what is committed. */
let outside: DataSource;
let url = '';
let secret = '';
let caseId = '';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  const finance = await run.key('finance', 'atelier');
  const standard = await run.post(`${base}/webhook-endpoints`, finance, { provider: 'standard' }).expect(201);
  ({ secret } = standard.body);
  url = new URL(standard.body.url).pathname;
  const put = await run.put(`${base}/invoices/A-1`, finance, invoice('A-1')).expect(201);
  caseId = put.body.caseIds[0];
  outside = createDataSource(run.api.backend.config.DATABASE_URL, { poolSize: 2 });
  await outside.initialize();
});
afterAll(async () => {
  await outside?.destroy();
  await run?.stop();
});

/** Sends a part payment under an event id; resolves with the answer's status. */
async function deliver(id: string): Promise<number> {
  const at = run.api.backend.deps.clock.now();
  const paid = { amount: { amount: '10.00', currency: 'EUR' }, paidOn: '2026-02-20', paymentId: `p-${randomUUID()}`, invoiceNumber: 'A-1' };
  const body = JSON.stringify({ type: 'payment.received', timestamp: at, data: paid });
  const headers = signStandardWebhook({ secret: standardWebhookSecret(secret), id, at, body: Buffer.from(body) });
  const answer = await run.raw().post(url).set('Content-Type', 'application/json').set(headers).send(body);
  return answer.status;
}

const rowsOf = async (id: string): Promise<number> => {
  const [found] = await outside.query<{ count: number }[]>(`select count(*)::integer as count from inbox where event_id = $1`, [id]);
  return found?.count ?? -1;
};
const openNow = async () => (await run.api.backend.plain((tx) => tx.cases.one({ creditorId: 'atelier', caseId })))?.openPrincipalMinor;

describe('the answer to a webhook', () => {
  it('I17: comes only when another session sees the event, however long its commit takes', async () => {
    const blocker = outside.createQueryRunner();
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('lock table inbox in share row exclusive mode');
    let status: number | undefined;
    const answered = deliver('msg_slow').then((code) => {
      status = code;
    });
    await pause(700);
    expect([status, await rowsOf('msg_slow')]).toEqual([undefined, 0]);
    await blocker.query('rollback');
    await blocker.release();
    await answered;
    expect([status, await rowsOf('msg_slow')]).toEqual([200, 1]);
  });

  it('I17: is no 2xx when the commit itself fails, and the provider’s next try is taken whole', async () => {
    const before = await openNow();
    await outside.query(`create function fail_commit() returns trigger language plpgsql as $$
      begin if new.event_id = 'msg_lost' then raise exception 'disk full' using errcode = '53100'; end if; return null; end $$`);
    await outside.query(`create constraint trigger inbox_fail_commit after insert on inbox deferrable initially deferred
      for each row execute function fail_commit()`);
    expect(await deliver('msg_lost')).toBeGreaterThanOrEqual(500);
    expect([await rowsOf('msg_lost'), await openNow()]).toEqual([0, before]);
    await outside.query('drop trigger inbox_fail_commit on inbox; drop function fail_commit()');
    expect(await deliver('msg_lost')).toBe(200);
    expect([await rowsOf('msg_lost'), await openNow()]).toEqual([1, (before ?? 0n) - 1_000n]);
  });
});
