import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { InboxService } from '../../../apps/api/src/webhooks/inbox.service.js';
import { openApiDocument, routeTable } from '../../../apps/api/src/http/open-api.js';
import { OPERATION_CONTROLLERS } from '../../../apps/api/src/operations/operation-nouns.js';
import { Watch } from '../../../apps/api/src/operations/watch.js';
import { BrakesService } from '../../../apps/api/src/operations/brakes.service.js';
import { Relay } from '../../../apps/api/src/outbox/relay.js';
import { CREDITOR, invoice, type RunningApi, startApi, TEMPORAL_DOWN } from '../api-a/start-api.js';

const ROUTES = Object.entries(openApiDocument(OPERATION_CONTROLLERS).paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method: method as 'get' | 'post', path: path.replace(/\{\w+\}/g, 'none') })),
);
const OPS = '/api/v1/operations';

let run: RunningApi;
const keys: Record<string, string> = {};
let refuses = false;

/** A server that is there and starts everything, or refuses every start. */
const directory = {
  ...TEMPORAL_DOWN,
  startRecovery: async () => (refuses ? ({ result: 'refused', reason: 'too large' } as const) : ({ result: 'ok', runId: 'r' } as const)),
  signal: async () => ({ result: 'ok' }) as const,
};

beforeAll(async () => {
  run = await startApi(inject('pgBase'), { directory });
  const operator = await run.key('operator', '*');
  await run.post('/api/v1/creditors', operator, CREDITOR).expect(201);
  await run.post('/api/v1/creditors', operator, { ...CREDITOR, creditorId: 'voisin' }).expect(201);
  for (const role of ['controller', 'finance', 'auditor', 'integrator', 'operator'] as const) keys[role] = await run.key(role, '*');
  keys['neighbour'] = await run.key('finance', 'voisin');
  keys['own'] = await run.key('finance', 'atelier');
});
afterAll(() => run?.stop());

const get = (path: string, key = 'auditor') => run.get(`${OPS}/${path}`, keys[key] ?? 'none');
const post = (path: string, body: object, key = 'finance') => run.post(`${OPS}/${path}`, keys[key] ?? 'none', body);
const inbox = () => run.api.app.get(InboxService);

/** An authentic payment event, as a webhook leaves it: `poison` trips our own code whatever one does. */
function event(eventId: string, creditorId: string, poison = false) {
  const minor = poison ? 'not a number' : '5000';
  const notice = { provider: 'stripe', account: 'e', eventId, kind: 'received', providerPaymentId: `pi_${eventId}`, paidOn: '2026-03-01' };
  return {
    creditorId,
    provider: 'stripe',
    account: 'e',
    eventId,
    kind: 'payment.received',
    notice: { ...notice, money: { minor, currency: 'EUR' }, hints: {}, livemode: true },
  };
}

async function applyAll(rounds: number): Promise<void> {
  const { backend } = run.api;
  for (let round = 0; round < rounds; round++) {
    await backend.dataSource.query(`update inbox set next_try_at = null where state = 'received'`);
    const now = backend.deps.clock.now();
    for (const row of await backend.inbox.lease(50, now, now)) await inbox().retry(row);
  }
}

describe('who sees and does what', () => {
  it.each(ROUTES)('API5: $method $path asks for a key', async ({ method, path }) => {
    expect((await run.raw()[method](path)).status).toBe(401);
  });

  it.each(ROUTES.filter(({ method }) => method === 'get'))('the auditor reads $path', async ({ path }) => {
    expect((await run.get(path, keys['auditor'] ?? '')).status).toBe(200);
  });

  it.each(ROUTES.filter(({ method }) => method === 'post'))('API5: neither auditor nor integrator may post $path', async ({ path }) => {
    for (const role of ['auditor', 'integrator']) expect((await run.post(path, keys[role] ?? '', {})).status).toBe(403);
  });

  it.each(ROUTES.filter(({ method, path }) => method === 'get' && !/metrics|statute/.test(path)))(
    'I33: $path tells a key nothing of another creditor',
    async ({ path }) => {
      expect((await run.get(`${path}?creditorId=atelier`, keys['neighbour'] ?? '')).status).toBe(404);
      const { body } = await run.get(path, keys['neighbour'] ?? '').expect(200);
      expect(JSON.stringify(body)).not.toContain('atelier');
    },
  );

  it('what concerns everybody is done with a key of the installation, by finance or the operator', async () => {
    await get('metrics', 'neighbour').expect(403);
    await post('brakes', { scope: 'product', reason: 'x' }, 'own').expect(403);
    await post('brakes', { scope: 'product', reason: 'x' }, 'controller').expect(403);
    await post('brakes', { scope: 'creditor', creditorId: 'atelier', reason: 'x' }, 'neighbour').expect(404);
    const releases = routeTable(OPERATION_CONTROLLERS).find((route) => route.path.endsWith('/release'));
    expect(releases?.roles).toEqual(['finance', 'operator']);
  });
});

describe('dead letters', () => {
  it('I24: an event that trips the code is kept, parked after ten tries, and delays no other', async () => {
    expect(await inbox().receive(event('poison', 'atelier', true))).toBe('new');
    expect(await inbox().receive(event('good', 'atelier'))).toBe('new');
    expect(await inbox().receive(event('neighbour', 'voisin'))).toBe('new');
    const states = await run.api.backend.plain((tx) => tx.inbox.all({}, { by: 'eventId' }));
    expect(states.map((row) => [row.eventId, row.state])).toEqual([
      ['good', 'applied'],
      ['neighbour', 'applied'],
      ['poison', 'received'],
    ]);
    await applyAll(10);
    const { body } = await get('dead-letters').expect(200);
    expect(body.items).toMatchObject([{ queue: 'inbox', creditorId: 'atelier', state: 'parked', reason: 'SyntaxError', tries: 10 }]);
    expect(body.items[0].ageSeconds).toBeGreaterThanOrEqual(0);
    const summary = (await get('summary').expect(200)).body;
    expect(summary.deadLetters.events).toMatchObject({ count: 1, quarantined: 0 });
  });

  it('I24, I30: tried again by a person it comes back when nothing changed; dismissed it is gone; both are journaled with the reason', async () => {
    const [letter] = (await get('dead-letters').expect(200)).body.items;
    await post(`dead-letters/${letter.deadLetterId}/retry`, {}).expect(400);
    await post(`dead-letters/${letter.deadLetterId}/retry`, { reason: 'corrigé' }, 'neighbour').expect(404);
    await post(`dead-letters/${letter.deadLetterId}/retry`, { reason: 'corrigé' }).expect(200, {
      deadLetterId: letter.deadLetterId,
      state: 'received',
    });
    await post(`dead-letters/${letter.deadLetterId}/retry`, { reason: 'encore' }).expect(404);
    await applyAll(10);
    await post(`dead-letters/${letter.deadLetterId}/dismiss`, { reason: 'événement d’essai' }).expect(200);
    expect((await get('dead-letters').expect(200)).body.items).toEqual([]);
    const rows = await run.api.backend.plain((tx) =>
      tx.journal.all({ creditorId: 'atelier', streamId: 'inbox:stripe:e:poison' }, { by: 'seq' }),
    );
    expect(rows.map((row) => [row.kind, row.reason, row.role])).toEqual([
      ['deadLetterRetried', 'corrigé', 'finance'],
      ['deadLetterDismissed', 'événement d’essai', 'finance'],
    ]);
    const tasks = await run.api.backend.plain((tx) => tx.tasks.all({ creditorId: 'atelier', kind: 'eventParked' }, { by: 'createdAt' }));
    expect(tasks.map((task) => task.state)).toEqual(['done', 'cancelled']);
    expect((await run.get('/api/v1/creditors/atelier/journal/verify', keys['auditor'] ?? '')).body).toMatchObject({ ok: true });
  });

  it('I24: news that Temporal refuses is listed, an outage is not; tried again it leaves', async () => {
    refuses = true;
    await run.put('/api/v1/creditors/atelier/invoices/X-1', keys['own'] ?? '', invoice('X-1')).expect(201);
    const relay = new Relay(run.api.backend);
    for (let tries = 0; tries < 5; tries++) {
      await run.api.backend.dataSource.query('update outbox set lease_until = null');
      await relay.once();
    }
    const [letter] = (await get('dead-letters?queue=outbox').expect(200)).body.items;
    expect(letter).toMatchObject({ queue: 'outbox', kind: 'recoverInvoice', reason: 'refused: too large', tries: 5 });
    await run.api.backend.dataSource.query(`update outbox set last_error = 'outage: 14 UNAVAILABLE' where tries = 5`);
    expect((await get('dead-letters?queue=outbox').expect(200)).body.items).toEqual([]);
    refuses = false;
    await post(`dead-letters/${letter.deadLetterId}/retry`, { reason: 'limite relevée' }).expect(200);
    await relay.once();
    expect(await run.api.backend.outbox.pending()).toBe(0);
  });
});

describe('the page of numbers', () => {
  it('counts crossed and uncertain messages, late rungs and backlogs with their ages, and asks people in time', async () => {
    const { backend } = run.api;
    const [row] = await backend.plain((tx) => tx.cases.all({ creditorId: 'atelier' }));
    if (!row) throw new Error('No case');
    const message = (messageId: string, state: string, crossed: boolean, hours: number) =>
      backend.dataSource.query(
        `insert into outbound_message (creditor_id, message_id, purpose, act, channel, debtor_id, slot_on, revision, basis, state, claim_token, claimed_at,
          recipient, language, template, subject, crossed_with_payment, created_at, updated_at)
         values ('atelier', $1, 'chase', 'formalMail', 'email', $2, '2026-03-02', 1, 'b', $3, 't', now() - make_interval(hours => $4), 'x', 'fr', 't', 's', $5, now(), now())`,
        [messageId, row.debtorId, state, hours, crossed],
      );
    await message('m-crossed', 'ACCEPTED', true, 1);
    await message('m-young', 'UNKNOWN', false, 0);
    await message('m-old', 'UNKNOWN', false, 3);
    await message('m-person', 'HUMAN', false, 30);
    await backend.dataSource.query(
      `update recovery_case set wake_at = '2026-03-01T08:00:00Z', updated_at = now() - interval '1 hour' where case_id = $1`,
      [row.caseId],
    );
    const watch = new Watch(backend, run.api.app.get(BrakesService));
    await watch.once();
    await watch.once();
    const { body } = await get('summary?creditorId=atelier').expect(200);
    expect(body).toMatchObject({
      creditorId: 'atelier',
      crossedMessages: { count: 1, lastDay: 1 },
      uncertainMessages: { count: 3, withPerson: 1, underAnHour: 1, underADay: 1, older: 1 },
      lateRungs: { count: 1 },
      backlog: { inbox: { count: 0, oldestAgeSeconds: null }, outbox: { count: 0 } },
      brakes: { count: 0, product: false },
      reconciler: { openFindings: 0, lastPass: null },
      sweeps: [],
    });
    expect(body.uncertainMessages.oldestAgeSeconds).toBeGreaterThan(29 * 3600);
    expect(body.lateRungs.oldestAgeSeconds).toBeGreaterThan(3599);
    expect(body.lateRungs.oldestAgeSeconds).toBeLessThan(4000);
    expect(body.tasks).toMatchObject({ overdue: 0 });
    const crossed = (await get('crossed-messages').expect(200)).body.items;
    expect(crossed).toMatchObject([{ messageId: 'm-crossed', crossedWithPayment: true, taskDueOn: '2026-03-03' }]);
    const uncertain = (await get('uncertain-messages?limit=2').expect(200)).body;
    expect(uncertain.items.map((one: { messageId: string; taskId: string | null }) => [one.messageId, one.taskId !== null])).toEqual([
      ['m-young', false],
      ['m-old', true],
    ]);
    const rest = (await get(`uncertain-messages?limit=2&cursor=${uncertain.nextCursor}`).expect(200)).body;
    expect(rest.items.map((one: { messageId: string }) => one.messageId)).toEqual(['m-person']);
    const late = (await get('late-rungs').expect(200)).body.items;
    expect(late).toMatchObject([{ caseId: row.caseId, wakeAt: '2026-03-01T08:00:00.000Z' }]);
    const tasks = await backend.plain((tx) =>
      tx.tasks.all({ creditorId: 'atelier', kind: ['messageUnknown', 'messageCrossed'], state: 'open' }),
    );
    expect(tasks.map((task) => `${task.subjectId} ${task.role} ${task.dueOn}`).sort()).toEqual([
      'm-crossed controller 2026-03-03',
      'm-old controller 2026-03-03',
      'm-person controller 2026-03-03',
    ]);
  });

  it('shows brakes of every scope, and a brake on the product to everybody', async () => {
    const product = (await post('brakes', { scope: 'product', reason: 'campagne emballée' }, 'operator').expect(201)).body;
    expect(product).toMatchObject({ scope: 'product', creditorId: null, key: null, setBy: expect.stringContaining('operator') });
    const channel = (await post('brakes', { scope: 'channel', creditorId: 'atelier', key: 'email', reason: 'panne' }).expect(201)).body;
    await post('brakes', { scope: 'channel', creditorId: 'atelier', key: 'pigeon', reason: 'panne' }).expect(400);
    await post('brakes', { scope: 'debtor', creditorId: 'atelier', reason: 'panne' }).expect(400);
    expect((await get('brakes', 'neighbour').expect(200)).body.items).toMatchObject([{ brakeId: product.brakeId }]);
    expect((await get('summary').expect(200)).body.brakes).toMatchObject({ count: 2, product: true });
    await post(`brakes/${product.brakeId}/release`, { reason: 'fini' }, 'own').expect(403);
    await post(`brakes/${product.brakeId}/release`, { reason: 'fini' }, 'controller').expect(403);
    await post(`brakes/${product.brakeId}/release`, { reason: 'fini' }, 'operator').expect(200);
    const again = await post(`brakes/${product.brakeId}/release`, { reason: 'fini' }, 'operator').expect(200);
    expect(again.body).toMatchObject({ releaseReason: 'fini' });
    await run.api.backend.dataSource.query(`update brake set until = since + interval '1 millisecond' where brake_id = $1`, [
      channel.brakeId,
    ]);
    await new Watch(run.api.backend, run.api.app.get(BrakesService)).once();
    expect((await get('brakes').expect(200)).body.items).toEqual([]);
    expect((await get('brakes?live=false').expect(200)).body.items).toHaveLength(2);
  });

  it('speaks Prometheus: ages beside counts, no id and no name in it', async () => {
    await run.raw().post('/webhooks/stripe/unknown').send({}).expect(401);
    const page = () => get('metrics', 'operator').expect(200);
    expect((await page()).headers['content-type']).toContain('text/plain');
    // The numbers of the database are kept for five seconds.
    const oldest = /relance_oldest_age_seconds\{queue="uncertainMessages",process="api"\} \d{6}/;
    await expect.poll(async () => (await page()).text, { timeout: 8_000, interval: 500 }).toMatch(oldest);
    const { text } = await page();
    expect(text).toMatch(/relance_waiting\{queue="lateRungs",process="api"\} 1/);
    expect(text).toMatch(/relance_webhook_ack_seconds_count\{process="api",provider="stripe",status="4xx"\} 1/);
    expect(text).toMatch(/relance_outbox_deliveries_total\{kind="startRecovery",outcome="failed",process="api"\} 5/);
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds\{process="api"\}/);
    for (const secret of ['atelier', 'm-old', 'Dupont', 'recovery/']) expect(text).not.toContain(secret);
  });

  it('I24: a reconciliation asked while Temporal is away says so', async () => {
    const report = (await post('reconcile', { creditorId: 'atelier', dryRun: true }).expect(200)).body;
    expect(report).toMatchObject({ outcome: 'temporalAway', differing: 0 });
  });
});
