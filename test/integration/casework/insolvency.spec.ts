import { openInsolvency } from '#casework';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { PERSON } from '../../support/town.js';
import { registered, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();

describe('an insolvency', () => {
  it('A37: stops the debtor’s other claims too, but not what was supplied after the judgment', async () => {
    const { creditorId, caseId } = await registered(town, 'insolvent');
    await town.moveTo(creditorId, '2026-03-16T08:00:00.000Z');
    const more = async (number: string, issuedOn: string) => {
      const { caseIds } = await town.addInvoice(creditorId, { number, issuedOn: day(issuedOn), terms: [{ dueOn: day('2026-03-30') }] });
      return caseIds[0] ?? '';
    };
    const [earlier, later] = [await more('I-1', '2026-03-09'), await more('I-2', '2026-03-12')];
    const report = { openedOn: day('2026-03-10'), publishedOn: day('2026-03-13') };
    await town.shared(creditorId, (tx) => openInsolvency(tx, town.deps, creditorId, caseId, report, PERSON));
    const stateOf = async (id: string) => (await town.caseRow(creditorId, id)).state;
    expect([await stateOf(caseId), await stateOf(earlier)]).toEqual(['insolvency', 'insolvency']);
    expect(await stateOf(later)).not.toBe('insolvency');
    const titles = (await town.tasks(creditorId, 'declareClaim')).map(({ title }) => title);
    expect(titles).toHaveLength(2);
    expect(titles[0]).toContain('tout est arrêté, déclarer la créance au plus tard le 13 mai 2026 (C. com. R622-24).');
  });

  it('A37: a claim of before the judgment that is told only after it stops at once as well; a later one is a case like any other', async () => {
    const { creditorId, caseId } = await registered(town, 'told-late');
    await town.moveTo(creditorId, '2026-03-16T08:00:00.000Z');
    const report = { openedOn: day('2026-03-10'), publishedOn: day('2026-03-13') };
    await town.shared(creditorId, (tx) => openInsolvency(tx, town.deps, creditorId, caseId, report, PERSON));
    const told = async (number: string, issuedOn: string) => {
      const { caseIds } = await town.addInvoice(creditorId, { number, issuedOn: day(issuedOn), terms: [{ dueOn: day('2026-03-17') }] });
      return town.caseRow(creditorId, caseIds[0] ?? '');
    };
    const [before, after] = [await told('I-3', '2026-03-10'), await told('I-4', '2026-03-11')];
    expect([before.state, after.state]).toEqual(['insolvency', 'scheduled']);
    const titles = (await town.tasks(creditorId, 'declareClaim')).map(({ title }) => title);
    expect(titles.filter((title) => title.includes('La facture I-3 est antérieure'))).toHaveLength(1);
    expect(titles.some((title) => title.includes('au plus tard le 13 mai 2026.'))).toBe(true);
    await town.run(creditorId, '2026-05-01', { calls: 'attempted', approve: true });
    const written = new Set((await town.read((tx) => tx.messageCases.all({ creditorId }))).map((link) => link.caseId));
    expect([written.has(before.caseId), written.has(after.caseId)]).toEqual([false, true]);
  });

  it('names no day that nobody knows: the delay runs from the publication', async () => {
    const { creditorId, caseId } = await registered(town, 'unpublished');
    await town.moveTo(creditorId, '2026-03-16T08:00:00.000Z');
    await town.shared(creditorId, (tx) => openInsolvency(tx, town.deps, creditorId, caseId, { openedOn: day('2026-03-10') }, PERSON));
    const [task] = await town.tasks(creditorId, 'declareClaim');
    expect(task?.title).toContain('dans le délai légal, qui court de la publication du jugement au BODACC.');
  });
});
