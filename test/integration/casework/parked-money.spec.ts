import { allocateParked, returnPayment } from '#casework';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { FINANCE } from '../../support/town.js';
import { noticeAsked as askedFor, noticeDue as dueFor, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

/** The notice of Vérendelle's invoice is prepared and finance is asked, days before it may leave. */
async function noticeAsked(): Promise<void> {
  ({ creditorId, caseId } = await askedFor(town, `parked-${++serial}`));
}

async function noticeDue(): Promise<void> {
  ({ creditorId, caseId } = await dueFor(town, `parked-${++serial}`));
}

const approvals = () => town.read((tx) => tx.approvals.all({ creditorId, caseId }, { by: 'requestedAt' }));
const notices = () => town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' }, { by: 'createdAt' }));
const lines = () => town.verdictLines(creditorId, caseId);

describe('a notice held back by money that nobody has attributed yet', () => {
  /** Money of the very sum, named for nobody, comes in: it may be this debtor's. */
  const park = (amountMinor = 486_000n) => town.pay(creditorId, amountMinor, '2026-03-26', { text: 'merci' });
  const states = async () => (await approvals()).map((a) => a.state);

  it('I3: is not asked for while the money is parked, and is as soon as a person has sent it back', async () => {
    creditorId = await town.addCreditor({ creditorId: `parked-${++serial}` });
    caseId = (await town.addInvoice(creditorId)).caseIds[0] ?? '';
    await town.upTo(creditorId, caseId, 'prepare', 'formalNotice', { calls: 'attempted' });
    const { paymentId } = await park();
    await town.run(creditorId, '2026-06-30', { approve: true });
    expect([await states(), (await notices()).length, (await town.tasks(creditorId, 'approvalExpired')).length]).toEqual([[], 0, 0]);
    expect((await lines()).at(-1)).toBe('formalNotice POSTPONED parkedPayment');
    await town.shared(creditorId, (tx) => returnPayment(tx, town.deps, creditorId, paymentId, FINANCE));
    await town.run(creditorId, '2026-07-20', { approve: true });
    expect([await states(), (await notices()).map((m) => m.state)]).toEqual([['approved'], ['ACCEPTED']]);
  });

  it('I3: approved before the money came: waits without asking again, and what was approved leaves once the money is sent back', async () => {
    await noticeDue();
    const { paymentId } = await park();
    await town.run(creditorId, '2026-04-01', { approve: true });
    await town.shared(creditorId, (tx) => returnPayment(tx, town.deps, creditorId, paymentId, FINANCE));
    await town.run(creditorId, '2026-04-10', { approve: true });
    expect([await states(), (await notices()).map((m) => m.state)]).toEqual([['approved'], ['ACCEPTED']]);
  });

  it('I3: an approval that lapses meanwhile ends once, without a task; another is asked for only when the money is decided', async () => {
    await noticeDue();
    const { paymentId } = await park();
    await town.run(creditorId, '2026-06-30', { approve: true });
    expect([await states(), (await notices()).map((m) => m.state)]).toEqual([['expired'], ['PLANNED']]);
    expect(await town.tasks(creditorId, 'approvalExpired')).toEqual([]);
    expect(await town.tasks(creditorId, 'paymentParked')).toHaveLength(1);
    const told = (await lines()).filter((line) => line === 'formalNotice POSTPONED parkedPayment').length;
    expect(told).toBeLessThan(100);
    await town.shared(creditorId, (tx) => returnPayment(tx, town.deps, creditorId, paymentId, FINANCE));
    await town.run(creditorId, '2026-07-20', { approve: true });
    expect([await states(), (await notices()).map((m) => m.state)]).toEqual([['expired', 'approved'], ['ACCEPTED']]);
  });

  it('I3: a request that nobody answered while the money is parked ends quietly too', async () => {
    await noticeAsked();
    await park();
    await town.run(creditorId, '2026-06-30');
    expect([await states(), await town.tasks(creditorId, 'approvalExpired'), await town.tasks(creditorId, 'approveStage')]).toEqual([
      ['expired'],
      [],
      [],
    ]);
  });

  it('parked money that turns out to be his in part: asked for anew only then, for the smaller sum', async () => {
    await noticeDue();
    await town.addInvoice(creditorId, {
      number: 'F-2026-002',
      grossMinor: 100_000n,
      payableMinor: 100_000n,
      terms: [{ dueOn: day('2026-12-01') }],
    });
    const { paymentId } = await park(100_000n);
    await town.run(creditorId, '2026-04-01', { approve: true });
    expect([await states(), (await notices()).map((m) => m.revision)]).toEqual([['approved'], [1]]);
    await town.shared(creditorId, (tx) => allocateParked(tx, town.deps, creditorId, paymentId, { caseId }, FINANCE));
    await town.run(creditorId, '2026-04-10', { approve: true });
    expect([await states(), (await notices()).map((m) => m.state)]).toEqual([['superseded', 'approved'], ['ACCEPTED']]);
    const row = await town.caseRow(creditorId, caseId);
    expect(row.openPrincipalMinor).toBe(386_000n);
  });
});
