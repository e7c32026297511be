import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE_CONTROLLERS } from '../../../apps/api/src/case-nouns.js';
import { openApiDocument, routeTable } from '../../../apps/api/src/http/open-api.js';
import { client, giveInvoice, openTownHall, type TownHall } from './town-hall.js';

/** Routes of the cases' nouns as the OpenAPI document names them. */
const ROUTES = Object.entries(openApiDocument(CASE_CONTROLLERS).paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method, path })),
);

describe('who may do what', () => {
  let hall: TownHall;
  let caseId: string;
  beforeAll(async () => {
    hall = await openTownHall();
    caseId = await giveInvoice(hall, { number: 'R-1' });
  });
  afterAll(() => hall?.close());

  const filled = (path: string) =>
    path
      .replace('/api/v1/creditors/{creditorId}/', '')
      .replace('{caseId}', caseId)
      .replace(/\{\w+\}/g, 'none');

  it.each(ROUTES)('I33: $method $path answers 404 to a key of another creditor', async ({ method, path }) => {
    const stranger = client(hall, hall.strangerKey);
    const answer = await (method === 'get' ? stranger.get(filled(path)) : stranger.post(filled(path)));
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('creditorNotFound');
  });

  it.each(ROUTES)('$method $path asks for a key', async ({ method, path }) => {
    const nobody = client(hall, 'none');
    const answer = await (method === 'get' ? nobody.get(filled(path)) : nobody.post(filled(path)));
    expect(answer.status).toBe(401);
  });

  it.each(ROUTES.filter(({ method }) => method === 'get'))('the auditor reads $path', async ({ path }) => {
    const answer = await client(hall, hall.keys.auditor).get(filled(path));
    expect([200, 404]).toContain(answer.status);
    if (answer.status === 404) expect(answer.body.code).toMatch(/NotFound$/);
  });

  it.each(ROUTES.filter(({ method }) => method !== 'get'))('the auditor may not $method $path', async ({ path }) => {
    const answer = await client(hall, hall.keys.auditor).post(filled(path), {});
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'forbidden', title: 'Votre rôle ne permet pas cette action.' });
  });

  it('the integrator commands promises and the sandbox clock, nothing else', () => {
    const allowed = routeTable(CASE_CONTROLLERS).filter(({ method, roles }) => method !== 'get' && roles?.includes('integrator'));
    expect(allowed.map(({ operationId }) => operationId).sort()).toEqual(['promises.make', 'sandbox.move']);
  });

  it('write-off, approvals and accessories are decided by finance alone', () => {
    const finance = routeTable(CASE_CONTROLLERS).filter(({ roles }) => roles?.length === 1 && roles[0] === 'finance');
    expect(finance.map(({ operationId }) => operationId).sort()).toEqual([
      'approvals.decide',
      'caseCommands.accessories',
      'caseCommands.writeOff',
    ]);
  });
});

describe('the journal checks itself', () => {
  let hall: TownHall;
  let caseId: string;
  beforeAll(async () => {
    hall = await openTownHall();
    caseId = await giveInvoice(hall, { number: 'J-1' });
    const staff = client(hall, hall.keys.controller);
    await staff.post(`cases/${caseId}/hold`, { until: '2026-03-20', reason: 'mediation' }).expect(200);
    await staff.post(`cases/${caseId}/hold/release`, { note: 'médiation close' }).expect(200);
  });
  afterAll(() => hall?.close());

  const verify = async (query = '') => (await client(hall, hall.keys.auditor).get(`journal/verify${query}`).expect(200)).body;

  /** Changes rows as only the owner of the database can, with the triggers off, and back again. */
  async function tampered<T>(change: string, undo: string, look: () => Promise<T>): Promise<T> {
    const owner = new pg.Client(hall.databaseUrl);
    await owner.connect();
    const run = async (sql: string) => {
      await owner.query(`set session_replication_role = replica; ${sql}; set session_replication_role = origin`);
    };
    try {
      await run(change);
      const seen = await look();
      await run(undo);
      return seen;
    } finally {
      await owner.end();
    }
  }

  it('I30: an untouched journal is whole', async () => {
    expect(await verify(`?caseId=${caseId}`)).toEqual({ ok: true, streams: 1, rows: 3, fault: null });
    const all = await verify();
    expect(all).toMatchObject({ ok: true, fault: null });
    expect(all.rows).toBeGreaterThan(4);
  });

  it('I30: a changed reason, a forged hash, a removed row and a changed case are each found', async () => {
    const row = `creditor_id = 'A' and stream_id = '${caseId}'`;
    const find = async (change: string, undo: string) => (await tampered(change, undo, () => verify(`?caseId=${caseId}`))).fault;
    const reason = await find(
      `update journal set reason = 'autre' where ${row} and seq = 3`,
      `update journal set reason = 'médiation close' where ${row} and seq = 3`,
    );
    expect(reason).toMatchObject({ streamId: caseId, seq: 3, code: 'contentChanged' });
    const hash = (await client(hall, hall.keys.auditor).get(`journal?caseId=${caseId}&direction=asc`)).body.items[1].hash as string;
    const forged = await find(
      `update journal set hash = repeat('f', 64) where ${row} and seq = 2`,
      `update journal set hash = '${hash}' where ${row} and seq = 2`,
    );
    expect(forged).toMatchObject({ seq: 2, code: 'contentChanged' });
    const removed = await find(
      `create table kept as select * from journal where ${row} and seq = 2; delete from journal where ${row} and seq = 2`,
      `insert into journal select * from kept; drop table kept`,
    );
    expect(removed).toMatchObject({ seq: 2, code: 'rowMissing' });
    const end = await find(
      `create table kept as select * from journal where ${row} and seq = 3; delete from journal where ${row} and seq = 3`,
      `insert into journal select * from kept; drop table kept`,
    );
    expect(end).toMatchObject({ seq: 3, code: 'endMissing' });
    const lowered = await find(
      `update recovery_case set recovery = jsonb_set(recovery, '{openPrincipalMinor}', '"1"') where creditor_id = 'A' and case_id = '${caseId}'`,
      `update recovery_case set recovery = jsonb_set(recovery, '{openPrincipalMinor}', '"124000"') where creditor_id = 'A' and case_id = '${caseId}'`,
    );
    expect(lowered).toMatchObject({ code: 'caseRowChanged', sentence: 'L’état du dossier n’est pas celui où mène son journal.' });
    expect(await verify(`?caseId=${caseId}`)).toMatchObject({ ok: true });
  });

  it('a tampered row of another stream is found by the check of everything', async () => {
    const stream = `creditor_id = 'A' and stream_id = 'creditor:A' and seq = 1`;
    const fault = (
      await tampered(`update journal set actor = 'personne' where ${stream}`, `update journal set actor = 'test' where ${stream}`, () =>
        verify(),
      )
    ).fault;
    expect(fault).toMatchObject({ streamId: 'creditor:A', seq: 1, code: 'contentChanged' });
  });
});
