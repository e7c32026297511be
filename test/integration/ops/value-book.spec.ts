import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { claimOfCase } from '#casework';
import { currency, day } from '#domain';
import { createDataSource, readOpenBook } from '#persistence';
import type { DataSource } from 'typeorm';
import { type BookValue, valueBook, type ValuedCase } from '../../../apps/ops/src/value-book.js';
import { runValueBook } from '../../../apps/ops/src/value-book-command.js';
import { Town } from '../../support/town.js';

const CREDITOR = 'book';
const ON = day('2026-07-20');
const INVOICES = 23;

let town: Town;
let url = '';
let dataSource: DataSource;
const folder = mkdtempSync(path.join(tmpdir(), 'book-'));

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
  url = town['url'];
  await town.addCreditor({ creditorId: CREDITOR });
  for (let index = 0; index < INVOICES; index++) {
    const minor = BigInt(10_000 + index * 137);
    await town.addInvoice(CREDITOR, {
      number: `F-${index}`,
      issuedOn: day('2026-04-15'),
      terms: [{ dueOn: day('2026-05-15') }],
      grossMinor: minor,
      payableMinor: minor,
      ...(index === 1 ? { currency: currency('USD') } : {}),
    });
  }
  await town.addInvoice(CREDITOR, { number: 'F-LATER', issuedOn: day('2026-07-21'), terms: [{ dueOn: day('2026-08-20') }] });
  await town.addInvoice(CREDITOR, { number: 'F-PAID', grossMinor: 5_000n, payableMinor: 5_000n });
  await town.pay(CREDITOR, 5_000n, '2026-02-20', { invoiceNumber: 'F-PAID' });
  await town.pay(CREDITOR, 3_000n, '2026-06-15', { invoiceNumber: 'F-0' });
  dataSource = createDataSource(url, { poolSize: 2 });
  await dataSource.initialize();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await dataSource?.destroy();
  await town?.close();
});

const law = () => town.deps.law;
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

async function valued(pageSize: number): Promise<{ value: BookValue; cases: ValuedCase[] }> {
  const cases: ValuedCase[] = [];
  const value = await valueBook({ dataSource, law: law(), creditorId: CREDITOR, on: ON, pageSize, onCase: (one) => void cases.push(one) });
  if (!value) throw new Error('interrupted');
  return { value, cases };
}

describe('the book of a creditor valued at a day', () => {
  it('states every open case once, whatever the page, with the sums that the case itself gives', async () => {
    const { value, cases } = await valued(5);
    expect(value.cases).toBe(INVOICES + 1);
    expect(new Set(cases.map(({ caseId }) => caseId)).size).toBe(INVOICES + 1);
    for (const one of cases) {
      const row = await town.caseRow(CREDITOR, one.caseId);
      const { statement, refusal } = await town.read((tx) => claimOfCase(tx, town.deps, row, ON));
      if (one.invoiceNumber === 'F-LATER') continue;
      expect(one.statement?.claimTotalMinor, one.invoiceNumber).toBe(statement?.claimTotalMinor);
      expect(one.refusal?.refusal).toBe(refusal?.refusal);
    }
    for (const size of [1, 24, 1_000]) expect((await valued(size)).value).toEqual(value);
  });

  it('adds up to the cent by regime and currency, and counts what cannot be reckoned with its reason, never as zero', async () => {
    const { value, cases } = await valued(7);
    const euro = value.lines.find((line) => line.currency === 'EUR');
    const stated = cases.flatMap(({ statement }) => (statement ? [statement] : []));
    expect(value.lines.map(({ regime, currency: code }) => `${regime} ${code}`)).toEqual(['FR.business EUR', 'FR.business USD']);
    expect(euro?.stated).toEqual({
      cases: INVOICES - 1,
      principalMinor: sum(stated.map((one) => one.imputedPrincipalMinor)),
      interestMinor: sum(stated.map((one) => one.interestOpenMinor)),
      lumpSumMinor: 4_000n * BigInt(INVOICES - 1),
      claimMinor: sum(stated.map((one) => one.claimTotalMinor)),
    });
    expect(euro?.stated.interestMinor).toBeGreaterThan(0n);
    expect(euro?.refused).toEqual([{ code: 'issuedLater', cases: 1, principalMinor: 486_000n }]);
    expect(value.lines[1]).toMatchObject({
      stated: { cases: 0 },
      refused: [{ code: 'currencyNotSupportedForInterest', cases: 1, principalMinor: 10_137n }],
    });
  });

  it('reads one moment: what is opened while it reads is not seen, and nothing can be written', async () => {
    let pages = 0;
    const seen: string[] = [];
    await readOpenBook(dataSource, { creditorId: CREDITOR, pageSize: 10 }, async (rows, tables) => {
      seen.push(...rows.map(({ caseId }) => caseId));
      if (pages++ === 0) {
        const { caseIds } = await town.addInvoice(CREDITOR, {
          number: 'F-MEANWHILE',
          issuedOn: day('2026-07-01'),
          terms: [{ dueOn: day('2026-07-31') }],
        });
        expect(await tables.cases.count({ creditorId: CREDITOR, caseId: caseIds })).toBe(0);
      }
      return true;
    });
    expect(pages).toBe(3);
    expect(seen).toHaveLength(INVOICES + 1);
    const write = readOpenBook(dataSource, { creditorId: CREDITOR }, async (_rows, tables) => {
      await tables.cases.update({ creditorId: CREDITOR }, { state: 'scheduled' });
      return true;
    });
    await expect(write).rejects.toThrow('read-only transaction');
  });

  it('ends between two pages when interrupted, with no total and no file', async () => {
    const stop = new AbortController();
    let told = 0;
    const value = await valueBook({
      dataSource,
      law: law(),
      creditorId: CREDITOR,
      on: ON,
      pageSize: 5,
      onPage: (done, all) => {
        told = done;
        expect(all).toBe(INVOICES + 2);
        if (done >= 10) stop.abort();
      },
      signal: stop.signal,
    });
    expect(value).toBeUndefined();
    expect(told).toBe(10);
    const csv = path.join(folder, 'interrupted.csv');
    const lines: string[] = [];
    const terminal = { print: (line: string) => void lines.push(line), tell: (line: string) => void lines.push(line) };
    expect(await runValueBook(url, { creditor: CREDITOR, on: ON, csv }, terminal, AbortSignal.abort())).toBe(130);
    expect(lines.join('\n')).toContain('aucun total n’est donné');
    expect([existsSync(csv), existsSync(`${csv}.part`)]).toEqual([false, false]);
  });

  it('writes a line a case and the totals as JSON; refuses a day that does not exist and a creditor nobody knows', async () => {
    const csv = path.join(folder, 'book.csv');
    const lines: string[] = [];
    const terminal = { print: (line: string) => void lines.push(line), tell: () => undefined };
    const never = new AbortController().signal;
    expect(await runValueBook(url, { creditor: CREDITOR, on: ON, csv, json: true }, terminal, never)).toBe(0);
    const answer = JSON.parse(lines.join('\n')) as { cases: number; peakMiB: number };
    expect(answer.cases).toBe(INVOICES + 2);
    expect(answer.peakMiB).toBeGreaterThan(10);
    expect(readFileSync(csv, 'utf8').trim().split('\n')).toHaveLength(INVOICES + 3);
    await expect(runValueBook(url, { creditor: CREDITOR, on: '2026-02-30' }, terminal, never)).rejects.toThrow('un jour qui existe');
    await expect(runValueBook(url, { creditor: 'nobody', on: ON }, terminal, never)).rejects.toThrow('Créancier nobody inconnu');
  });
});
