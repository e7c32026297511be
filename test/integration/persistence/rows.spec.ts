import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { day, instant } from '#domain';
import { createDataSource, TypeormUnitOfWork } from '#persistence';
import type { DebtorRow, Where } from '#ports';
import { freshDatabase } from '../../support/fresh-database.js';
import { creditorRow, debtorRow, invoiceRow, NOW } from './seed.js';

let dataSource: DataSource;
let work: TypeormUnitOfWork;
const statements: string[] = [];

beforeAll(async () => {
  dataSource = createDataSource(await freshDatabase(inject('pgBase')), { poolSize: 3 });
  await dataSource.initialize();
  work = new TypeormUnitOfWork(dataSource, { onStatement: (sql) => statements.push(sql) });
  await work.plain((tables) => tables.creditors.insert([creditorRow('acme'), creditorRow('other')]));
});
afterAll(() => dataSource.destroy());

async function statementsOf(call: () => Promise<unknown>): Promise<number> {
  statements.length = 0;
  await call();
  return statements.length;
}

describe('rows', () => {
  it('come back as the plain objects that went in: amounts, days, instants, JSON, null', async () => {
    const invoice = invoiceRow('acme', 'i1', 'd1', { grossMinor: 9_007_199_254_740_993n, openMinor: 5n, openAsOf: day('2026-02-28') });
    const debtor = debtorRow('acme', 'd1', {
      createdAt: instant('2026-10-25T00:30:00.007Z'),
      address: { lines: ['é', 'b"c'], country: 'FR' },
    });
    const read = await work.plain(async (tables) => {
      await tables.debtors.insert(debtor);
      await tables.invoices.insert(invoice);
      return [
        await tables.debtors.one({ creditorId: 'acme', debtorId: 'd1' }),
        await tables.invoices.one({ creditorId: 'acme', invoiceId: 'i1' }),
      ];
    });
    expect(read).toStrictEqual([debtor, invoice]);
  });

  it('keep bytes to the bit, one row or many', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const object = (objectId: string) => ({
      creditorId: 'acme',
      objectId,
      keyId: 'k',
      mediaType: 'application/pdf',
      fileName: null,
      sha256: 'x',
      size: 256,
      nonce: bytes.slice(0, 12),
      ciphertext: bytes,
      createdAt: NOW,
    });
    const read = await work.plain(async (tables) => {
      await tables.sealingKeys.insert({
        creditorId: 'acme',
        keyId: 'k',
        subject: 'file',
        subjectId: 'f',
        wrappedKey: bytes,
        createdAt: NOW,
        destroyedAt: null,
      });
      await tables.sealedObjects.insert(object('o1'));
      await tables.sealedObjects.insert([object('o2'), object('o3')]);
      return tables.sealedObjects.all({ creditorId: 'acme' }, { by: 'objectId' });
    });
    expect(read).toStrictEqual([object('o1'), object('o2'), object('o3')]);
  });

  it('write a bigint inside JSON as a digit string', async () => {
    const read = await work.plain(async (tables) => {
      await tables.invoices.insert(invoiceRow('acme', 'i2', 'd1'));
      await tables.importFiles.insert({
        creditorId: 'acme',
        importId: 'f1',
        fileName: 'a.csv',
        format: 'csv',
        sha256: 's',
        objectId: 'o',
        state: 'previewed',
        totals: { sum: 12n },
        problem: null,
        rows: 0,
        nextRow: 0,
        createdBy: 'k',
        createdAt: NOW,
        committedAt: null,
      });
      return tables.importFiles.one({ creditorId: 'acme', importId: 'f1' });
    });
    expect(read?.totals).toEqual({ sum: '12' });
  });

  it('insert thousands in one statement, whatever their number', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) =>
      debtorRow('acme', `many${n}`, { address: n % 2 ? null : { lines: [`${n}`], country: 'BE' } }),
    );
    const insert = () => work.plain((tables) => tables.debtors.insert(many));
    expect(await statementsOf(insert)).toBe(3); // begin, insert, commit
    expect(await work.plain((tables) => tables.debtors.one({ creditorId: 'acme', debtorId: 'many42' }))).toStrictEqual(many[42]);
  });

  it('insertOnce tells whether the row is new', async () => {
    const alias = { creditorId: 'acme', externalId: 'ERP/é 1', invoiceId: 'i1' };
    const twice = await work.plain(async (tables) => [
      await tables.invoiceAliases.insertOnce(alias),
      await tables.invoiceAliases.insertOnce({ ...alias, invoiceId: 'i2' }),
    ]);
    expect(twice).toEqual([true, false]);
    expect(await work.plain((tables) => tables.invoiceAliases.one({ creditorId: 'acme', externalId: 'ERP/é 1' }))).toEqual(alias);
  });

  it('match lists, null and the empty list', async () => {
    const found = (where: Where<DebtorRow>) => work.plain((tables) => tables.debtors.count({ creditorId: 'acme', ...where }));
    expect(await found({ debtorId: ['many1', 'many2', 'nobody'] })).toBe(2);
    expect(await found({ debtorId: 'many1', policyId: null })).toBe(1);
    expect(await found({ debtorId: 'many1', policyId: ['calm', null] })).toBe(1);
    expect(await found({ debtorId: [] })).toBe(0);
  });

  it('an optimistic update changes nothing when the version has moved', async () => {
    const change = (version: number) =>
      work.plain((tables) =>
        tables.debtors.update({ creditorId: 'acme', debtorId: 'd1', version }, { name: 'Neuf', version: version + 1 }),
      );
    expect([await change(1), await change(1), await change(2)]).toEqual([1, 0, 1]);
  });

  it('one refuses to choose between several', async () => {
    await expect(work.plain((tables) => tables.debtors.one({ creditorId: 'acme', country: 'FR' }))).rejects.toThrow('more than one row');
  });
});

describe('a condition that is not one', () => {
  const undefinedId = undefined as unknown as string;

  it('I33: undefined in a condition throws and reads nothing', async () => {
    for (const call of ['one', 'all', 'count', 'delete'] as const) {
      await expect(work.plain((tables) => tables.debtors[call]({ creditorId: undefinedId }) as Promise<unknown>)).rejects.toThrow(
        'creditorId is undefined',
      );
    }
    await expect(work.plain((tables) => tables.debtors.all({ creditorId: 'acme', debtorId: ['d1', undefinedId] }))).rejects.toThrow(
      'debtorId is undefined',
    );
  });

  it('undefined or unknown columns in a row or a change throw', async () => {
    await expect(work.plain((tables) => tables.debtors.update({ creditorId: 'acme' }, { name: undefinedId }))).rejects.toThrow(
      'name is undefined',
    );
    await expect(work.plain((tables) => tables.debtors.insert({ ...debtorRow('acme', 'dx'), name: undefinedId }))).rejects.toThrow(
      'name is undefined',
    );
    const odd = { ...debtorRow('acme', 'dx'), colour: 'red' } as DebtorRow;
    await expect(work.plain((tables) => tables.debtors.insert(odd))).rejects.toThrow('no column colour');
    await expect(work.plain((tables) => tables.debtors.all({ 'name" or true --': 'x' } as Where<DebtorRow>))).rejects.toThrow('no column');
  });

  it('a write without any condition throws', async () => {
    await expect(work.plain((tables) => tables.debtors.delete({}))).rejects.toThrow('needs a condition');
    await expect(work.plain((tables) => tables.debtors.update({ policyId: null }, { name: 'x' }))).rejects.toThrow('needs a condition');
    await expect(work.plain((tables) => tables.debtors.update({ creditorId: 'acme' }, {}))).rejects.toThrow('without a change');
  });
});
