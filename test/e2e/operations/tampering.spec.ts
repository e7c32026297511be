import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from '../api-a/start-api.js';

const TAMPERINGS = 200;
const base = '/api/v1/creditors/atelier';

interface Row {
  readonly streamId: string;
  readonly seq: number;
}

/** One change of the journal as only the owner of the database can make it, and the row that must be named. */
interface Tampering {
  readonly what: string;
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly bad: Row;
}

let run: RunningApi;
let owner: pg.Client;
let auditor = '';
let rows: Row[] = [];

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  const finance = await run.key('finance', 'atelier');
  auditor = await run.key('auditor', 'atelier');
  for (let n = 0; n < 6; n++) {
    const { body } = await run.put(`${base}/invoices/T-${n}`, finance, invoice(`T-${n}`)).expect(201);
    const caseId = body.caseIds[0] as string;
    for (let again = 0; again <= n % 3; again++) {
      await run.post(`${base}/cases/${caseId}/hold`, finance, { until: '2026-03-20', reason: 'mediation' }).expect(200);
      await run.post(`${base}/cases/${caseId}/hold/release`, finance, { note: 'fini' }).expect(200);
    }
  }
  owner = new pg.Client(run.api.backend.config.DATABASE_URL);
  await owner.connect();
  await owner.query(`set session_replication_role = replica; create table kept as table journal`);
  rows = (await owner.query<Row>(`select stream_id as "streamId", seq from journal where creditor_id = 'atelier' order by stream_id, seq`))
    .rows;
}, 120_000);
afterAll(async () => {
  await owner?.end();
  await run?.stop();
});

/** The same choices every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % sides;
  };
}

const isCase = (streamId: string) => !streamId.includes(':');
const lengthOf = (streamId: string) => rows.filter((row) => row.streamId === streamId).length;
const EDITS = [
  ['kind', `'caseClosed'`],
  ['actor', `actor || 'x'`],
  ['role', `'nobody'`],
  ['reason', `coalesce(reason, '') || 'x'`],
  ['recorded_at', `recorded_at + interval '1 second'`],
  ['effective_on', `effective_on - 1`],
  ['cause', `cause || '{"amountMinor": "1"}'`],
  ['before_hash', `repeat('0', 64)`],
  ['after_hash', `repeat('f', 64)`],
  ['previous_hash', `repeat('a', 64)`],
  ['hash', `repeat('b', 64)`],
] as const;

function draw(roll: (sides: number) => number): Tampering {
  const row = rows[roll(rows.length)] ?? { streamId: '', seq: 0 };
  const { streamId, seq } = row;
  const where = `creditor_id = 'atelier' and stream_id = $1 and seq`;
  const last = lengthOf(streamId);
  switch (roll(4)) {
    case 0: {
      const [column, value] = EDITS[roll(EDITS.length)] ?? EDITS[0];
      return {
        what: `edit ${column}`,
        sql: `update journal set ${column} = ${value} where ${where} = $2`,
        values: [streamId, seq],
        bad: row,
      };
    }
    case 1:
      // Only a case knows how long its journal is: elsewhere the last row can be taken away unseen until it is anchored outside.
      if (seq === last && !isCase(streamId)) return draw(roll);
      return { what: 'delete', sql: `delete from journal where ${where} = $2`, values: [streamId, seq], bad: row };
    case 2: {
      const other = 1 + roll(last);
      if (other === seq) return draw(roll);
      const [low, high] = [Math.min(seq, other), Math.max(seq, other)];
      const sql = `update journal set seq = case seq when $2 then $3 + 100000 else $2 + 100000 end where ${where} in ($2, $3)`;
      return { what: 'swap', sql, values: [streamId, low, high], bad: { streamId, seq: low } };
    }
    default:
      if (!isCase(streamId)) return draw(roll);
      return { what: 'truncate tail', sql: `delete from journal where ${where} >= $2`, values: [streamId, seq], bad: row };
  }
}

async function verify() {
  return (await run.get(`${base}/journal/verify`, auditor).expect(200)).body as { ok: boolean; rows: number; fault: Row | null };
}

describe('the journal against the owner of the database', () => {
  it('I31: untouched it is whole', async () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(await verify()).toMatchObject({ ok: true, fault: null, rows: rows.length });
  });

  it(`I31: ${TAMPERINGS} random tamperings, edits, deletions, swaps and cut tails, are all found, the first bad row named`, async () => {
    const roll = dice(20_261_122);
    const seen = new Map<string, number>();
    const missed: unknown[] = [];
    for (let n = 0; n < TAMPERINGS; n++) {
      const { what, sql, values, bad } = draw(roll);
      const { rowCount } = await owner.query(sql, [...values]);
      if (what === 'swap') await owner.query('update journal set seq = seq - 100000 where seq > 100000');
      const { ok, fault } = await verify();
      if (!rowCount || ok || fault?.streamId !== bad.streamId || fault.seq !== bad.seq) missed.push({ what, values, fault, rowCount });
      seen.set(what.split(' ')[0] ?? '', (seen.get(what.split(' ')[0] ?? '') ?? 0) + 1);
      await owner.query('delete from journal; insert into journal select * from kept');
    }
    expect(missed).toEqual([]);
    expect(Math.min(...['edit', 'delete', 'swap', 'truncate'].map((what) => seen.get(what) ?? 0))).toBeGreaterThan(20);
    expect(await verify()).toMatchObject({ ok: true });
  }, 180_000);
});
