import { currentSnapshot } from '#casework';
import { createDataSource, OperationReads } from '#persistence';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { raiseCreditor, type RaisingParts } from '../../../apps/ops/src/raise-epoch.js';
import { type RaiseEpochOptions, runRaiseEpoch } from '../../../apps/ops/src/raise-epoch-command.js';
import { faultsIn } from '../../support/town-books.js';
import { Town } from '../../support/town.js';

const OPEN = 7;
const BY = { actor: 'test', role: 'operator' as const, reason: 'restauration de la veille' };

let town: Town;
let url = '';
let dataSource: DataSource;
let parts: RaisingParts;
let serial = 0;
let creditorId = '';

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
  url = town['url'];
  dataSource = createDataSource(url, { poolSize: 2 });
  await dataSource.initialize();
  const { unitOfWork, clock, ids } = town.deps;
  parts = { unitOfWork, clock, ids, reads: new OperationReads(dataSource) };
});
afterAll(async () => {
  await dataSource?.destroy();
  await town?.close();
});
beforeEach(async () => {
  creditorId = await town.addCreditor({ creditorId: `epoch-${++serial}` });
  for (let index = 0; index < OPEN; index++)
    await town.addInvoice(creditorId, { number: `F-${index}`, grossMinor: 9_900n, payableMinor: 9_900n });
  await town.addInvoice(creditorId, { number: 'F-PAID', grossMinor: 5_000n, payableMinor: 5_000n });
  await town.pay(creditorId, 5_000n, '2026-02-20', { invoiceNumber: 'F-PAID' });
});

const cases = () => town.read((tx) => tx.cases.all({ creditorId }, { by: 'caseId' }));
const epochs = async () => (await cases()).map(({ closedKind, epoch }) => `${closedKind ?? 'open'} ${epoch}`).sort();
const all = (open: number): string[] => [...Array.from({ length: OPEN }, () => `open ${open}`), `settled ${start}`].sort();
const rows = async () => (await town.read((tx) => tx.journal.all({ creditorId }))).filter(({ streamId }) => streamId.startsWith('epoch'));
let start = 0;

async function command(options: RaiseEpochOptions, signal = new AbortController().signal): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  return { code: await runRaiseEpoch(url, { creditor: creditorId, ...options }, { print, tell: print }, signal), lines };
}

describe('relance raise-epoch', () => {
  beforeEach(async () => {
    start = (await cases())[0]?.epoch ?? 0;
  });

  it('counts and writes nothing until it is told --yes, and then wants a reason', async () => {
    const { code, lines } = await command({});
    expect(code).toBe(0);
    expect(lines[0]).toContain(`${OPEN} dossiers ouverts, époque ${start}`);
    expect(lines.at(-1)).toContain('rien n’a été changé');
    expect([await epochs(), await rows()]).toEqual([all(start), []]);
    for (const reason of [undefined, '  ', 'x'.repeat(501)]) {
      await expect(command({ yes: true, ...(reason === undefined ? {} : { reason }) })).rejects.toThrow('--reason');
    }
    await expect(command({ creditor: 'nobody' })).rejects.toThrow('inconnu');
    expect(await epochs()).toEqual(all(start));
  });

  it('I30: raises each open case by one with a journal row that says why; closed ones stay', async () => {
    const { code, lines } = await command({ yes: true, reason: BY.reason });
    expect([code, lines[0]]).toEqual([0, expect.stringContaining(`${OPEN} sur ${OPEN}`)]);
    expect(await epochs()).toEqual(all(start + 1));
    const written = await rows();
    expect(written.map(({ kind }) => kind).sort()).toEqual(
      ['epochRaisingBegun', 'epochRaisingEnded', ...Array.from({ length: OPEN }, () => 'epochRaised')].sort(),
    );
    expect(written.every(({ reason, role }) => reason === BY.reason && role === 'operator')).toBe(true);
    const named = written.filter(({ kind }) => kind === 'epochRaised').map(({ streamId }) => streamId);
    expect(new Set(named)).toEqual(new Set((await cases()).filter(({ closedKind }) => !closedKind).map(({ caseId }) => `epoch:${caseId}`)));
  });

  it('I31: the chain of every case holds after it, and after the facts that follow', async () => {
    const before = await cases();
    await command({ yes: true, reason: BY.reason });
    expect(await faultsIn(town, creditorId)).toEqual([]);
    const after = await cases();
    expect(after.map(({ factSeq, chainHash, recovery }) => [factSeq, chainHash, recovery])).toEqual(
      before.map(({ factSeq, chainHash, recovery }) => [factSeq, chainHash, recovery]),
    );
    await town.run(creditorId, '2026-03-10', { calls: 'attempted' });
    await town.pay(creditorId, 9_900n, '2026-03-10', { invoiceNumber: 'F-3' });
    await command({ yes: true, reason: 'une seconde fois' });
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });

  it('I25: what a workflow is told afterwards carries the new number, so that it takes facts older than its own', async () => {
    const [row] = (await cases()).filter(({ closedKind }) => !closedKind);
    const caseId = row?.caseId ?? '';
    expect((await currentSnapshot(town.deps, creditorId, caseId)).epoch).toBe(start);
    await command({ yes: true, reason: BY.reason });
    expect(await currentSnapshot(town.deps, creditorId, caseId)).toMatchObject({ epoch: start + 1, factSeq: row?.factSeq });
  });

  it('killed half-way and run again: each case is raised once, and the next raising begins anew', async () => {
    const kill = raiseCreditor(parts, {
      creditorId,
      by: BY,
      batch: 2,
      onBatch: (looked) => {
        if (looked === 4) throw new Error('killed');
      },
    });
    await expect(kill).rejects.toThrow('killed');
    expect((await epochs()).filter((line) => line === `open ${start + 1}`)).toHaveLength(4);
    const dry = await command({});
    expect(dry.lines[0]).toContain(`époque ${start} à ${start + 1}`);
    expect(dry.lines[0]).toContain('interrompue');
    const again = await command({ yes: true, reason: BY.reason });
    expect(again.lines[0]).toContain(`${OPEN - 4} sur ${OPEN}`);
    expect(again.lines[0]).toContain('4 étaient déjà faits');
    expect(await epochs()).toEqual(all(start + 1));
    expect((await rows()).filter(({ kind }) => kind === 'epochRaised')).toHaveLength(OPEN);
    await command({ yes: true, reason: BY.reason });
    expect(await epochs()).toEqual(all(start + 2));
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });

  it('Ctrl-C ends it between two batches, and two at once raise once', async () => {
    const interrupted = new AbortController();
    const first = await raiseCreditor(parts, {
      creditorId,
      by: BY,
      batch: 3,
      signal: interrupted.signal,
      onBatch: () => interrupted.abort(),
    });
    expect(first).toMatchObject({ raised: 3, isWhole: false });
    // Both have looked before either writes: two that follow each other are two raisings.
    let looked = 0;
    let resolve = (): void => undefined;
    const bothLooked = new Promise<void>((done) => {
      resolve = done;
    });
    const run: RaisingParts['unitOfWork']['run'] = async (...frame) => {
      if (looked < 2 && ++looked === 2) resolve();
      await bothLooked;
      return parts.unitOfWork.run(...frame);
    };
    const unitOfWork = { run, plain: parts.unitOfWork.plain.bind(parts.unitOfWork) } as RaisingParts['unitOfWork'];
    const both = await Promise.all([1, 2].map(() => raiseCreditor({ ...parts, unitOfWork }, { creditorId, by: BY, batch: 1 })));
    expect(both.map(({ raised }) => raised).reduce((sum, count) => sum + count, 0)).toBe(OPEN - 3);
    expect(await epochs()).toEqual(all(start + 1));
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });

  it('the second of two that come to continue one cut short finds it ended, and raises nothing', async () => {
    const cut = new AbortController();
    await raiseCreditor(parts, { creditorId, by: BY, batch: 3, signal: cut.signal, onBatch: () => cut.abort() });
    let isEnded = false;
    const run: RaisingParts['unitOfWork']['run'] = async (...frame) => {
      if (!isEnded) {
        isEnded = true;
        await raiseCreditor(parts, { creditorId, by: BY });
      }
      return parts.unitOfWork.run(...frame);
    };
    const unitOfWork = { run, plain: parts.unitOfWork.plain.bind(parts.unitOfWork) } as RaisingParts['unitOfWork'];
    expect(await raiseCreditor({ ...parts, unitOfWork }, { creditorId, by: BY })).toMatchObject({ raised: 0, isWhole: true });
    expect(await epochs()).toEqual(all(start + 1));
  });
});
