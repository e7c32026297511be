import { reversePayment } from '#casework';
import { day, decodeState } from '#domain';
import { describe, expect, it } from 'vitest';
import { PERSON } from '../../support/town.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();

describe('found by seed 66 of the simulation', () => {
  it('F9: an uncertain letter that was decided while the case was closed holds nothing up when the money goes back', async () => {
    const creditorId = await town.addCreditor({ creditorId: 'seed-66' });
    const {
      caseIds: [caseId = ''],
    } = await town.addInvoice(creditorId);
    await town.upTo(creditorId, caseId, 'mail', 'courtesyMail', { calls: 'attempted' });
    town.local.script([{ acceptThenDrop: true }]);
    await town.act(creditorId, caseId);
    const [message] = await town.read((tx) => tx.messages.all({ creditorId, state: 'UNKNOWN' }));
    if (!message) throw new Error('The answer was not lost');
    await town.pay(creditorId, 486_000n, '2026-03-03', { caseId }, 'p1');
    await town.news(creditorId, message.messageId, 'delivered');
    const reversal = { provider: 'rest', providerRef: 'p1', on: day('2026-03-03') };
    await town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, reversal, PERSON));
    const row = await town.caseRow(creditorId, caseId);
    if (row.closedKind !== null) throw new Error('The case did not come back');
    expect(decodeState(row.recovery).blockers).toEqual([]);
  });
});
