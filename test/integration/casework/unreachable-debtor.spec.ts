import { addContact } from '#casework';
import type { OutboundMessageRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { PERSON } from '../../support/town.js';
import { formalMailDue, registered, type Story, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
const next = () => `unreachable-${++serial}`;

const formalMails = ({ creditorId }: Story): Promise<OutboundMessageRow[]> =>
  town.read((tx) => tx.messages.all({ creditorId, act: 'formalMail' }, { by: 'createdAt' }));

async function giveAddress(story: Story, address: string, role: 'orderingParty' | 'legalRepresentative' = 'orderingParty'): Promise<void> {
  const { debtorId } = await town.caseRow(story.creditorId, story.caseId);
  await town.shared(story.creditorId, (tx) =>
    addContact(tx, town.deps, story.creditorId, debtorId, { role, channel: 'email', address }, PERSON),
  );
}

describe('N20: a debtor who cannot be reached is tried on the next way within hours', () => {
  it('N20: Monday 9 March the mail comes back: the same morning it leaves to the next address, then to the one after that', async () => {
    const story = await formalMailDue(town, next());
    const { creditorId, caseId } = story;
    await giveAddress(story, 'achats@verendelle.example');
    await giveAddress(story, 'direction@verendelle.example', 'legalRepresentative');
    await town.act(creditorId, caseId);
    await town.news(creditorId, (await formalMails(story)).at(-1)?.messageId ?? '', 'bounce');
    await town.run(creditorId, '2026-03-09');
    await town.news(creditorId, (await formalMails(story)).at(-1)?.messageId ?? '', 'bounce');
    await town.run(creditorId, '2026-03-09');
    expect((await formalMails(story)).map(({ recipient, slotOn, round, state }) => [recipient, slotOn, round, state])).toEqual([
      ['compta@verendelle.example', '2026-03-09', 1, 'ACCEPTED'],
      ['achats@verendelle.example', '2026-03-09', 2, 'ACCEPTED'],
      ['direction@verendelle.example', '2026-03-09', 3, 'ACCEPTED'],
    ]);
    // The ladder keeps its days: the firm mail is the next thing he reads.
    await town.run(creditorId, '2026-03-16');
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('firmMail SENT allChecksPassed');
  });

  it('N20: known too late for the day, it leaves when the next window opens', async () => {
    const story = await formalMailDue(town, next());
    const { creditorId, caseId } = story;
    await giveAddress(story, 'achats@verendelle.example');
    await town.act(creditorId, caseId);
    await town.moveTo(creditorId, '2026-03-13T18:30:00.000Z');
    await town.news(creditorId, (await formalMails(story))[0]?.messageId ?? '', 'bounce');
    await town.run(creditorId, '2026-03-16');
    expect((await formalMails(story)).map(({ slotOn, recipient }) => [slotOn, recipient])).toEqual([
      ['2026-03-09', 'compta@verendelle.example'],
      ['2026-03-16', 'achats@verendelle.example'],
    ]);
  });

  it('N20: without another address a person is asked for one at once, and the hour he gives it the reminder leaves again', async () => {
    const story = await formalMailDue(town, next());
    const { creditorId, caseId } = story;
    await town.act(creditorId, caseId);
    await town.news(creditorId, (await formalMails(story))[0]?.messageId ?? '', 'bounce');
    expect(await town.tasks(creditorId, 'findContact')).toHaveLength(1);
    await town.moveTo(creditorId, '2026-03-10T13:00:00.000Z');
    await giveAddress(story, 'nouvelle@verendelle.example');
    expect(await town.tasks(creditorId, 'findContact')).toEqual([]);
    await town.run(creditorId, '2026-03-10');
    expect((await formalMails(story)).map(({ recipient, slotOn }) => [recipient, slotOn])).toEqual([
      ['compta@verendelle.example', '2026-03-09'],
      ['nouvelle@verendelle.example', '2026-03-10'],
    ]);
    expect((await town.caseRow(creditorId, caseId)).wakeStage).toBe('firmMail');
  });

  it('N20: one mail that spoke for two invoices comes back: one mail speaks for both again', async () => {
    const story = await registered(town, next());
    const { creditorId, caseId } = story;
    const second = await town.addInvoice(creditorId, { number: 'F-2', payableMinor: 31_240n, grossMinor: 31_240n });
    await giveAddress(story, 'achats@verendelle.example');
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    await town.act(creditorId, caseId);
    await town.news(creditorId, (await formalMails(story))[0]?.messageId ?? '', 'bounce');
    await town.run(creditorId, '2026-03-09');
    const mails = await formalMails(story);
    expect(mails.map(({ recipient, state }) => [recipient, state])).toEqual([
      ['compta@verendelle.example', 'ACCEPTED'],
      ['achats@verendelle.example', 'ACCEPTED'],
    ]);
    const spokenFor = await town.read((tx) => tx.messageCases.all({ creditorId, messageId: mails[1]?.messageId ?? '', live: true }));
    expect(spokenFor.map((link) => link.caseId).sort()).toEqual([caseId, ...second.caseIds].sort());
  });
});
