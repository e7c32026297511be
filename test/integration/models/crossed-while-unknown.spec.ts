import { describe, expect, it } from 'vitest';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();

describe('found by reading, for the crossings that the storm aims at', () => {
  it('I2: money that came while nobody knew whether the letter had left crossed it, once the provider says that it did', async () => {
    const creditorId = await town.addCreditor({ creditorId: 'crossed-unknown' });
    const {
      caseIds: [caseId = ''],
    } = await town.addInvoice(creditorId);
    await town.upTo(creditorId, caseId, 'mail', 'courtesyMail', { calls: 'attempted' });
    town.local.script([{ acceptThenDrop: true }]);
    await town.act(creditorId, caseId);
    const uncertain = () => town.read((tx) => tx.messages.all({ creditorId, state: ['UNKNOWN', 'CONFIRMED_SENT'] }));
    const [message] = await uncertain();
    if (message?.state !== 'UNKNOWN') throw new Error('The answer was not lost');
    expect(message.crossedWithPayment).toBe(false);
    await town.pay(creditorId, 486_000n, '2026-03-03', { caseId }, 'p1');
    await town.news(creditorId, message.messageId, 'delivered');
    expect((await uncertain()).map((m) => [m.state, m.crossedWithPayment])).toEqual([['CONFIRMED_SENT', true]]);
  });
});
