import { decideByPerson, reversePayment } from '#casework';
import { day, decodeState } from '#domain';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { registered, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

async function opened(): Promise<void> {
  ({ creditorId, caseId } = await registered(town, `copy-${++serial}`));
}

async function noticeDue(): Promise<void> {
  await opened();
  await town.upTo(creditorId, caseId, 'formalNotice', 'formalNotice', { calls: 'attempted', approve: true });
}

const notices = () => town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' }, { by: 'createdAt' }));
const letters = () => town.local.letters().filter((letter) => letter.creditorRef === creditorId);

describe('a notice that was posted while its copy by mail was not taken', () => {
  it.each([
    [{ status: 429, retryAfter: 60 }, 'copie par courriel non partie'],
    [{ status: 400 }, 'copie par courriel refusée'],
  ])('I9: %o: the rung is done, what is kept is what was posted, and no second letter is made', async (step, words) => {
    await noticeDue();
    town.local.script([step]);
    await town.act(creditorId, caseId);
    await town.run(creditorId, '2026-04-20', { calls: 'attempted', approve: true, post: true });
    const [notice, ...others] = await notices();
    expect([notice?.state, others.length, letters().length]).toEqual(['ACCEPTED', 0, 1]);
    expect(notice?.providerWords).toContain(words);
    expect(letters()[0]?.sha256).toBe(notice?.letterSha256);
  });

  it('I6: in UNKNOWN, told that the mail did not leave: the posted letter stands, none is made anew', async () => {
    await noticeDue();
    town.local.script([{ status: 502 }]);
    await town.act(creditorId, caseId);
    const [notice] = await notices();
    expect(notice?.state).toBe('UNKNOWN');
    await town.shared(creditorId, (tx) => decideByPerson(tx, town.deps, creditorId, notice?.messageId ?? '', 'notSent', FINANCE));
    await town.run(creditorId, '2026-04-20', { calls: 'attempted', approve: true, post: true });
    expect([(await notices()).map((m) => m.state), letters().length]).toEqual([['CONFIRMED_SENT'], 1]);
  });
});

describe('a blocker decided while the case was closed', () => {
  it('I7: paid while a mail was in doubt, decided, charged back: the ladder goes on instead of waiting for ever', async () => {
    await opened();
    await town.upTo(creditorId, caseId, 'mail', 'courtesyMail', { calls: 'attempted' });
    town.local.script([{ status: 502 }]);
    await town.act(creditorId, caseId);
    await town.pay(creditorId, 486_000n, '2026-03-03', { invoiceNumber: 'F-2026-001' }, 'debit-1');
    const [mail] = await town.read((tx) => tx.messages.all({ creditorId, act: 'courtesyMail' }));
    expect([mail?.state, (await town.caseRow(creditorId, caseId)).closedKind]).toEqual(['UNKNOWN', 'settled']);
    await town.shared(creditorId, (tx) => decideByPerson(tx, town.deps, creditorId, mail?.messageId ?? '', 'sent', PERSON));
    const back = { provider: 'rest', providerRef: 'debit-1', on: day('2026-03-03') };
    await town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, back, PERSON));
    const row = await town.caseRow(creditorId, caseId);
    expect([row.closedKind, decodeState(row.recovery).blockers, row.wakeStage]).toEqual([null, [], 'formalMail']);
  });
});
