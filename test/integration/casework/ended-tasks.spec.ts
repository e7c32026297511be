import {
  applyFacts,
  bookPayment,
  closeCase,
  found,
  raiseTask,
  registerInvoice,
  resumeLadder,
  reversePayment,
  updateCreditor,
} from '#casework';
import { currency, day } from '#domain';
import type { TaskRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { PERSON } from '../../support/town.js';
import { formalMailDue, townOfStories } from '../../support/town-stories.js';
import { faultsIn } from '../../support/town-books.js';

const town = townOfStories();
const FINANCE = { actor: 'marc', role: 'finance' } as const;
let serial = 0;
let creditorId = '';

/** The formal mail was refused by the provider, and nobody looked for so long that a review is asked for too. */
async function refusedAndReviewed(): Promise<string> {
  const story = await formalMailDue(town, `ended-${++serial}`);
  creditorId = story.creditorId;
  town.local.script([{ status: 403 }]);
  await town.act(creditorId, story.caseId);
  await town.upTo(creditorId, story.caseId, 'review');
  await town.act(creditorId, story.caseId);
  expect(await kinds('open')).toEqual(['messageRejected', 'review']);
  return story.caseId;
}

async function tasksOf(state: TaskRow['state']): Promise<TaskRow[]> {
  return town.read((tx) => tx.tasks.all({ creditorId, state }, { by: 'kind' }));
}

const kinds = async (state: TaskRow['state']) => (await tasksOf(state)).map(({ kind }) => kind);

/** Why each task ended, from its journal. */
async function whys(): Promise<unknown[]> {
  const rows = await town.read((tx) => tx.journal.all({ creditorId, kind: 'taskCancelled' }));
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map(() => 1));
  return rows
    .map(({ cause, actor }) => [cause['kind'], cause['closedBy'], cause['because'], actor])
    .sort(([one], [other]) => String(one).localeCompare(String(other)));
}

describe('a task whose cause is gone ends with its cause', () => {
  it('the blocker lifted by whatever means takes the refused message and the review along, and says why', async () => {
    const caseId = await refusedAndReviewed();
    await town.shared(creditorId, async (tx, deps) => {
      const [row] = await tx.lockCases(creditorId, [caseId]);
      await applyFacts(tx, deps, found(row, 'case', caseId), [{ type: 'blockerLifted', blocker: 'messageRejected' }], PERSON);
    });
    expect([await kinds('open'), await kinds('cancelled')]).toEqual([[], ['messageRejected', 'review']]);
    const because = ['rejectionLifted', 'unblocked'];
    expect(await whys()).toEqual([
      ['messageRejected', 'causeGone', because, PERSON.actor],
      ['review', 'causeGone', because, PERSON.actor],
    ]);
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });

  it('what a person resumes is done by that person, and nothing is left that could be resumed', async () => {
    const caseId = await refusedAndReviewed();
    await town.shared(creditorId, (tx, deps) => resumeLadder(tx, deps, creditorId, caseId, PERSON));
    const done = (await tasksOf('done')).filter(({ kind }) => kind !== 'call');
    expect(done.map(({ kind, closedBy }) => [kind, closedBy])).toEqual([
      ['messageRejected', PERSON.actor],
      ['review', PERSON.actor],
    ]);
    expect([await kinds('open'), await whys()]).toEqual([[], []]);
  });

  it('closing a case ends what asked for it; what is about its invoice or debtor ends with the last of their cases', async () => {
    const caseId = await refusedAndReviewed();
    const { invoiceId, debtorId } = await town.caseRow(creditorId, caseId);
    const debtor = found(await town.read((tx) => tx.debtors.one({ creditorId, debtorId })), 'debtor', debtorId);
    const sibling = await town.shared(creditorId, async (tx, deps) => {
      const ask = (kind: 'findContact' | 'ibanMismatch' | 'regimeChanged', key: string) =>
        raiseTask(tx, deps, { creditorId, kind, dedupeKey: `${kind}:${key}`, title: 'Question', caseId, debtorId });
      await ask('findContact', debtorId);
      await ask('ibanMismatch', invoiceId);
      await ask('regimeChanged', caseId);
      const facts = {
        ...{ documentKind: 'invoice' as const, number: `SUITE-${serial}`, issuedOn: day('2026-02-01'), currency: currency('EUR') },
        ...{ terms: [{ dueOn: day('2026-03-03') }], grossMinor: 50_000n, prepaidMinor: 0n, payableMinor: 50_000n, precedingNumbers: [] },
        buyer: { name: debtor.name, country: debtor.country, ...(debtor.siren ? { siren: debtor.siren } : {}) },
      };
      return registerInvoice(tx, deps, creditorId, { facts, kind: { kind: debtor.kind, reason: debtor.kindReason }, doubts: [] }, PERSON);
    });
    const end = (id = '') =>
      town.shared(creditorId, (tx, deps) =>
        closeCase(tx, deps, creditorId, id, { kind: 'withdrawn', reason: 'geste commercial' }, FINANCE),
      );
    await end(caseId);
    expect([await kinds('open'), await kinds('cancelled')]).toEqual([
      ['findContact', 'regimeChanged'],
      ['ibanMismatch', 'messageRejected', 'review'],
    ]);
    await end(sibling.caseIds[0]);
    // Letters went out under another regime: that is for a person, whatever became of the case.
    expect([await kinds('open'), await kinds('cancelled')]).toEqual([
      ['regimeChanged'],
      ['findContact', 'ibanMismatch', 'messageRejected', 'review'],
    ]);
    expect((await whys()).map((why) => (why as unknown[]).slice(0, 3))).toEqual(
      ['findContact', 'ibanMismatch', 'messageRejected', 'review'].map((kind) => [kind, 'causeGone', ['caseClosed', 'claimGone']]),
    );
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });

  it('parked money that the bank takes back asks nobody any more what it was for', async () => {
    await refusedAndReviewed();
    const facts = { provider: 'rest', providerRef: `p-${serial}`, amountMinor: 7_700n, currency: 'EUR', paidOn: day('2026-03-09') };
    await town.shared(creditorId, (tx, deps) => bookPayment(tx, deps, creditorId, { ...facts, hints: { text: 'merci' } }, FINANCE));
    expect(await town.tasks(creditorId, 'paymentParked')).toHaveLength(1);
    const back = { provider: 'rest', providerRef: facts.providerRef, on: day('2026-03-10') };
    await town.shared(creditorId, (tx, deps) => reversePayment(tx, deps, creditorId, back, FINANCE));
    expect(await town.tasks(creditorId, 'paymentParked', 'cancelled')).toHaveLength(1);
  });

  it('the terms of sale once kept, nobody is asked to read them', async () => {
    await refusedAndReviewed();
    const kind = 'readContract';
    await town.shared(creditorId, async (tx, deps) => {
      await raiseTask(tx, deps, { creditorId, kind, dedupeKey: `${kind}:${creditorId}:consumer`, title: 'Question' });
      const { version } = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const contractTerms = { consumer: { checkedOn: '2026-01-05' } };
      await updateCreditor(tx, deps, creditorId, { contractTerms }, version, FINANCE);
    });
    expect(await town.tasks(creditorId, kind, 'done')).toHaveLength(1);
  });
});
