import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { day } from '#domain';
import type { ValuedCase } from './value-book.js';
import { BookCsv } from './value-book-csv.js';

const dir = mkdtempSync(path.join(tmpdir(), 'book-'));
afterAll(() => rmSync(dir, { recursive: true }));

const REFUSED: ValuedCase = {
  caseId: 'c-1',
  invoiceNumber: 'F;1',
  term: 2,
  debtorName: '=HYPERLINK("x")',
  regime: 'FR.business',
  currency: 'EUR',
  dueOn: day('2026-05-15'),
  openPrincipalMinor: 1_200_000n,
  refusal: { refusal: 'rateUnknown' },
};

describe('the file of a book', () => {
  it('quotes what needs it, keeps a formula text, leaves sums empty where they were refused, and is the owner’s alone', async () => {
    const file = path.join(dir, 'book.csv');
    const csv = await BookCsv.open(file);
    await csv.write(REFUSED);
    expect(existsSync(file)).toBe(false);
    await csv.keep();
    const [header, line, rest] = readFileSync(file, 'utf8').split('\n');
    expect(header?.split(';')).toHaveLength(13);
    expect(line).toBe(`c-1;"F;1";2;"'=HYPERLINK(""x"")";FR.business;EUR;2026-05-15;12000,00;;;;;rateUnknown`);
    expect(rest).toBe('');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await csv.discard();
    expect(existsSync(file)).toBe(true);
  });

  it('leaves nothing behind when the run was interrupted', async () => {
    const file = path.join(dir, 'half.csv');
    const csv = await BookCsv.open(file);
    await csv.write(REFUSED);
    await csv.discard();
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('says so when the folder is not there', async () => {
    await expect(BookCsv.open(path.join(dir, 'none', 'book.csv'))).rejects.toThrow('ENOENT');
  });
});
