import { createRecoveryActs } from '#activities';
import { claimMessage, decideByPerson, expireClaim, handUnknownToPerson, resumeLadder } from '#casework';
import { addSeconds } from '#domain';
import type { Clock } from '#ports';
import { describe, expect, inject, it } from 'vitest';
import { PERSON, Town } from '../../support/town.js';
import { actInput, formalMailDue, formalMailsOf, townOfStories } from '../../support/town-stories.js';
import { faultsIn } from '../../support/town-books.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';

/** Up to the formal mail of Vérendelle's invoice, Monday 9 March; the courtesy mail has left. */
async function atFormalMail(): Promise<string> {
  const story = await formalMailDue(town, `answer-${++serial}`);
  creditorId = story.creditorId;
  return story.caseId;
}

const formalMails = () => formalMailsOf(town, creditorId);

const mails = async () => (await town.mailsOf(creditorId)).length;

const lastVerdict = async (caseId: string) => (await town.verdictLines(creditorId, caseId)).at(-1);

const input = (caseId: string) => actInput(town, { creditorId, caseId });

/** The same town, some seconds of real time later. */
function later(seconds: number) {
  const clock: Clock = { now: () => addSeconds(town.deps.clock.now(), seconds) };
  const deps = { ...town.deps, clock };
  return { deps, acts: createRecoveryActs({ ...town.ports, casework: deps }) };
}

/** Prepares and claims, and dies before the hand-over. */
async function claimOnly(caseId: string): Promise<string> {
  const mail = { ...town.ports.mail, sendBytes: () => Promise.reject(new Error('killed')) };
  const acts = createRecoveryActs({ ...town.ports, mail });
  await expect(acts.sendMail(await input(caseId))).rejects.toThrow('killed');
  const [message] = await town.read((tx) => tx.messages.all({ creditorId, state: 'CLAIMED' }));
  return message?.messageId ?? '';
}

describe('what the provider answers', () => {
  it('429 with Retry-After: never left, postponed by that long, then leaves once', async () => {
    const caseId = await atFormalMail();
    town.local.script([{ status: 429, retryAfter: 600 }]);
    await town.act(creditorId, caseId);
    const [verdict] = (await town.verdicts(creditorId, caseId)).slice(-1);
    const now = await town.clock(creditorId);
    expect([verdict?.code, verdict?.until]).toEqual(['providerUnavailable', addSeconds(now, 600)]);
    expect((await formalMails()).map((m) => m.state)).toEqual(['PLANNED']);
    await town.run(creditorId, '2026-03-09');
    expect([(await formalMails()).map((m) => m.state), await mails()]).toEqual([['ACCEPTED'], 2]);
  });

  it.each([
    ['an error 500', { status: 500 }],
    ['an answer that comes too late', { delayMs: 2_500 }],
    ['a line that breaks after acceptance', { acceptThenDrop: true }],
  ] as const)('%s: nobody knows; the provider’s event confirms it and the ladder goes on without repeating', async (_name, step) => {
    const caseId = await atFormalMail();
    town.local.script([step]);
    await town.act(creditorId, caseId);
    const [message] = await formalMails();
    expect([message?.state, (await town.caseRow(creditorId, caseId)).wakeKind]).toEqual(['UNKNOWN', 'review']);
    await town.run(creditorId, '2026-03-11');
    await town.news(creditorId, message?.messageId ?? '', 'processed');
    expect((await formalMails()).map((m) => m.state)).toEqual(['CONFIRMED_SENT']);
    expect((await town.caseRow(creditorId, caseId)).wakeStage).toBe('firmMail');
  });

  it('a 202 whose body never comes is an acceptance', async () => {
    const caseId = await atFormalMail();
    town.local.script([{ acceptThenHang: true }]);
    await town.act(creditorId, caseId);
    expect([(await formalMails()).map((m) => m.state), await mails()]).toEqual([['ACCEPTED'], 2]);
  });

  it('the event that came before anybody knew decides at once', async () => {
    const caseId = await atFormalMail();
    const claimed = await claimOnly(caseId);
    await town.news(creditorId, claimed, 'processed');
    await later(20).acts.sendMail(await input(caseId));
    expect((await formalMails()).map((m) => m.state)).toEqual(['CONFIRMED_SENT']);
    expect((await town.caseRow(creditorId, caseId)).wakeStage).toBe('firmMail');
  });

  it('dropped by the provider: it did not leave; it is sent again once, to another contact', async () => {
    const caseId = await atFormalMail();
    town.local.script([{ status: 500 }]);
    await town.act(creditorId, caseId);
    const [message] = await formalMails();
    const { debtorId } = await town.caseRow(creditorId, caseId);
    const [contact] = await town.read((tx) => tx.contacts.all({ creditorId, debtorId, channel: 'email' }));
    if (!contact) throw new Error('No contact');
    await town.read((tx) =>
      tx.contacts.insert({ ...contact, contactId: town.deps.ids.next(), address: 'direction@verendelle.example', role: 'debtor' }),
    );
    await town.news(creditorId, message?.messageId ?? '', 'dropped');
    expect((await formalMails()).map((m) => m.state)).toEqual(['CONFIRMED_NOT_SENT']);
    await town.run(creditorId, '2026-03-12');
    expect((await formalMails()).map((m) => [m.state, m.recipient])).toEqual([
      ['CONFIRMED_NOT_SENT', 'compta@verendelle.example'],
      ['ACCEPTED', 'direction@verendelle.example'],
    ]);
  });

  it('I8: nobody says anything for 26 hours: a person is asked, and what he says is done once', async () => {
    const caseId = await atFormalMail();
    town.local.script([{ status: 502 }]);
    await town.act(creditorId, caseId);
    const messageId = (await formalMails())[0]?.messageId ?? '';
    const { deps } = later(27 * 3600);
    expect(await town.shared(creditorId, (tx) => handUnknownToPerson(tx, deps, creditorId, messageId))).toBe(true);
    expect(await town.tasks(creditorId, 'messageUnknown')).toHaveLength(1);
    await town.shared(creditorId, (tx) => decideByPerson(tx, town.deps, creditorId, messageId, 'notSent', PERSON));
    await expect(town.shared(creditorId, (tx) => decideByPerson(tx, town.deps, creditorId, messageId, 'sent', PERSON))).rejects.toThrow(
      'messageNotUncertain',
    );
    await town.run(creditorId, '2026-03-10');
    expect((await formalMails()).map((m) => m.state)).toEqual(['CONFIRMED_NOT_SENT', 'ACCEPTED']);
    expect(await mails()).toBe(2);
  });

  it('another 4xx: rejected with the provider’s words and a task; resumed by a person it is a new message', async () => {
    const caseId = await atFormalMail();
    town.local.script([{ status: 403, body: { errors: [{ message: 'The from address does not match a verified Sender Identity' }] } }]);
    await town.act(creditorId, caseId);
    const [message] = await formalMails();
    expect(message?.state).toBe('REJECTED');
    expect(message?.providerWords).toContain('403');
    expect(await town.tasks(creditorId, 'messageRejected')).toHaveLength(1);
    expect((await town.caseRow(creditorId, caseId)).wakeKind).toBe('review');
    await town.shared(creditorId, (tx) => resumeLadder(tx, town.deps, creditorId, caseId, PERSON));
    expect(await town.tasks(creditorId, 'messageRejected')).toHaveLength(0);
    await town.run(creditorId, '2026-03-10');
    expect((await formalMails()).map((m) => m.state)).toEqual(['REJECTED', 'ACCEPTED']);
    await expect(town.shared(creditorId, (tx) => resumeLadder(tx, town.deps, creditorId, caseId, PERSON))).rejects.toThrow(
      'nothingToResume',
    );
  });

  it('I2: money that comes while the mail is on its way: settled, the mail is marked as crossed, whatever the provider answers', async () => {
    for (const step of [{ pass: true }, { status: 500 }, { status: 429 }, { status: 400 }] as const) {
      const caseId = await atFormalMail();
      town.local.script([step]);
      const pay = () => town.pay(creditorId, 486_000n, '2026-03-09', { invoiceNumber: 'F-2026-001' });
      const mail = {
        ...town.ports.mail,
        sendBytes: async (m: Parameters<typeof town.ports.mail.sendBytes>[0]) => (await pay(), town.ports.mail.sendBytes(m)),
      };
      const acts = createRecoveryActs({ ...town.ports, mail });
      const snapshot = await acts.sendMail(await input(caseId));
      expect(snapshot.closed).toBe('settled');
      const [message] = await formalMails();
      const wanted =
        'pass' in step
          ? ['ACCEPTED', true]
          : step.status === 500
            ? ['UNKNOWN', true]
            : step.status === 429
              ? ['ABANDONED', false]
              : ['REJECTED', false];
      expect([message?.state, message?.crossedWithPayment]).toEqual(wanted);
      if (message?.state === 'UNKNOWN') {
        await town.news(creditorId, message.messageId, 'delivered');
        expect((await formalMails()).map((m) => m.state)).toEqual(['CONFIRMED_SENT']);
      }
      expect(await faultsIn(town, creditorId)).toEqual([]);
    }
  }, 30_000);
});

describe('a process that dies between claim and hand-over', () => {
  it('after 15 seconds it is UNKNOWN, by the act that runs again; never sent by a machine', async () => {
    const caseId = await atFormalMail();
    const messageId = await claimOnly(caseId);
    expect((await claimMessage(town.deps, { creditorId, messageId, caseId })).kind).toBe('held');
    await later(16).acts.sendMail(await input(caseId));
    expect((await formalMails()).map((m) => m.state)).toEqual(['UNKNOWN']);
    await town.run(creditorId, '2026-03-20');
    expect(await mails()).toBe(1);
  });

  it('or by the janitor', async () => {
    const caseId = await atFormalMail();
    const messageId = await claimOnly(caseId);
    const expire = (seconds: number) => town.shared(creditorId, (tx) => expireClaim(tx, later(seconds).deps, creditorId, messageId));
    expect([await expire(5), await expire(61), await expire(62)]).toEqual([false, true, false]);
    expect((await town.caseRow(creditorId, caseId)).wakeKind).toBe('review');
  });

  it('a settled case waits for nothing: the claim ends as UNKNOWN and nothing breaks', async () => {
    const caseId = await atFormalMail();
    const messageId = await claimOnly(caseId);
    await town.pay(creditorId, 486_000n, '2026-03-09', { invoiceNumber: 'F-2026-001' });
    expect((await claimMessage(later(20).deps, { creditorId, messageId, caseId })).kind).toBe('decided');
    expect((await formalMails()).map((m) => m.state)).toEqual(['UNKNOWN']);
  });

  it('a claim too old never opens a connection', async () => {
    const caseId = await atFormalMail();
    const mail = {
      ...town.ports.mail,
      sendBytes: (m: Parameters<typeof town.ports.mail.sendBytes>[0]) => town.ports.mail.sendBytes({ ...m, mayStillLeave: () => false }),
    };
    await createRecoveryActs({ ...town.ports, mail }).sendMail(await input(caseId));
    expect((await formalMails()).map((m) => m.state)).toEqual(['PLANNED']);
    expect(await mails()).toBe(1);
  });

  it('a server that is not there: it never left', async () => {
    const caseId = await atFormalMail();
    const gone = await Town.open(inject('pgBase'));
    const { mail } = gone.ports;
    await gone.close();
    await createRecoveryActs({ ...town.ports, mail }).sendMail(await input(caseId));
    expect([(await formalMails()).map((m) => m.state), await lastVerdict(caseId)]).toEqual([
      ['PLANNED'],
      'formalMail POSTPONED providerUnavailable',
    ]);
  });
});
