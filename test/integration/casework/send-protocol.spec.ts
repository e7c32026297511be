import { createRecoveryActs } from '#activities';
import {
  claimMessage,
  currentSnapshot,
  decideByPerson,
  expireClaim,
  handUnknownToPerson,
  openDispute,
  placeHold,
  resumeLadder,
  updateCreditor,
} from '#casework';
import { addSeconds, day, type Instant } from '#domain';
import type { Clock, OutboundMessageRow } from '#ports';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { FINANCE, PERSON, Town } from '../../support/town.js';
import { faultsIn } from '../../support/town-books.js';

let town: Town;
let serial = 0;
let creditorId = '';

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
});
afterAll(() => town.close());
afterEach(async () => {
  expect(await faultsIn(town, creditorId)).toEqual([]);
});

/** Up to the formal mail of Vérendelle's invoice, Monday 9 March; the courtesy mail has left. */
async function atFormalMail(): Promise<string> {
  creditorId = await town.addCreditor({ creditorId: `send-${++serial}` });
  const { caseIds } = await town.addInvoice(creditorId);
  await town.upTo(creditorId, caseIds[0] ?? '', 'mail', 'formalMail', { calls: 'attempted' });
  return caseIds[0] ?? '';
}

/** Two invoices of one debtor, both at their formal mail. */
async function twoAtFormalMail(): Promise<[string, string]> {
  creditorId = await town.addCreditor({ creditorId: `send-${++serial}` });
  const { caseIds } = await town.addInvoice(creditorId);
  const second = await town.addInvoice(creditorId, { number: 'F-2026-002', payableMinor: 31_240n, grossMinor: 31_240n });
  const [a = '', b = ''] = [...caseIds, ...second.caseIds];
  await town.upTo(creditorId, a, 'mail', 'formalMail', { calls: 'attempted' });
  return [a, b];
}

async function formalMails(): Promise<OutboundMessageRow[]> {
  return town.read((tx) => tx.messages.all({ creditorId, act: 'formalMail' }, { by: 'createdAt' }));
}

async function mails(): Promise<number> {
  return (await town.mailsOf(creditorId)).length;
}

const lastVerdict = async (caseId: string) => (await town.verdictLines(creditorId, caseId)).at(-1);

describe('I5: at most one dispatch of a rung', () => {
  it('the same act twice at once gives one mail', async () => {
    const caseId = await atFormalMail();
    await Promise.all([town.act(creditorId, caseId), town.act(creditorId, caseId)]);
    expect((await formalMails()).map((m) => m.state)).toEqual(['ACCEPTED']);
    expect(await mails()).toBe(2);
    expect((await town.caseRow(creditorId, caseId)).wakeStage).toBe('firmMail');
  }, 30_000);

  it('an act run again for a wake that is over does nothing', async () => {
    const caseId = await atFormalMail();
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    const first = await town.acts.sendMail({ creditorId, caseId, wake, factSeq, epoch });
    const again = await town.acts.sendMail({ creditorId, caseId, wake, factSeq, epoch });
    expect(again.factSeq).toBe(first.factSeq);
    expect(await mails()).toBe(2);
  });

  it('two cases of one debtor due at once: one call joined by both, one mail that lists both', async () => {
    const [a, b] = await twoAtFormalMail();
    const calls = await town.read((tx) => tx.calls.all({ creditorId }));
    const joined = await town.read((tx) => tx.callCases.all({ creditorId }));
    expect([calls.length, joined.map((link) => link.caseId).sort()]).toEqual([1, [a, b].sort()]);
    await Promise.all([town.act(creditorId, a), town.act(creditorId, b)]);
    const [formal, ...others] = await formalMails();
    expect([formal?.state, others.length]).toEqual(['ACCEPTED', 0]);
    const raw = JSON.parse(town.local.rawMail((await town.mailsOf(creditorId)).at(-1)?.id ?? '').toString('utf8')) as {
      content: { value: string }[];
    };
    const text = raw.content[0]?.value ?? '';
    expect(text).toContain('F-2026-001');
    expect(text).toContain('F-2026-002');
    expect([(await town.caseRow(creditorId, a)).wakeStage, (await town.caseRow(creditorId, b)).wakeStage]).toEqual([
      'firmMail',
      'firmMail',
    ]);
  }, 30_000);

  it('a sibling that pays while the group waits for the provider leaves the mail to the other', async () => {
    const [a, b] = await twoAtFormalMail();
    town.local.script([{ status: 429, retryAfter: 600 }]);
    await town.act(creditorId, a);
    await town.pay(creditorId, 486_000n, '2026-03-09', { invoiceNumber: 'F-2026-001' });
    expect((await town.caseRow(creditorId, a)).closedKind).toBe('settled');
    await town.run(creditorId, '2026-03-10');
    expect(await town.verdictLines(creditorId, b)).toContain('formalMail SENT allChecksPassed');
    const [mail] = (await town.mailsOf(creditorId)).slice(-1);
    expect(mail?.mid).not.toBe((await formalMails()).find((m) => m.state === 'ABANDONED')?.messageId);
    expect((await formalMails()).map((m) => m.state).sort()).toEqual(['ABANDONED', 'ACCEPTED']);
  });

  it('I16: a sibling disputed after the letter was drawn is not in the mail that leaves', async () => {
    const [a, b] = await twoAtFormalMail();
    const acts = createRecoveryActs({
      ...town.ports,
      casework: {
        ...town.deps,
        unitOfWork: after(1, () =>
          town.shared(creditorId, (tx) => openDispute(tx, town.deps, creditorId, b, { reason: 'quality' }, PERSON)),
        ),
      },
    });
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, a);
    await acts.sendMail({ creditorId, caseId: a, wake, factSeq, epoch });
    const [mail] = (await town.mailsOf(creditorId)).slice(-1);
    const text = town.local.rawMail(mail?.id ?? '').toString('utf8');
    expect([text.includes('F-2026-001'), text.includes('F-2026-002')]).toEqual([true, false]);
    expect(await town.verdictLines(creditorId, b)).not.toContain('formalMail SENT allChecksPassed');
  });

  it('two planned messages of one debtor become one when both fall due', async () => {
    const [a, b] = await twoAtFormalMail();
    await town.shared(creditorId, (tx) => placeHold(tx, town.deps, creditorId, b, { until: day('2026-03-10'), reason: 'asked' }, PERSON));
    town.local.script([{ status: 503 }, { status: 503 }]);
    await town.act(creditorId, a);
    await town.run(creditorId, '2026-03-20');
    expect((await town.tasks(creditorId, 'messageRejected')).length).toBe(0);
    for (const caseId of [a, b]) expect(await town.verdictLines(creditorId, caseId)).toContain('formalMail SENT allChecksPassed');
  });
});

/** A unit of work that does something between the nth and the next transaction, as another process would. */
function after(nth: number, happening: () => Promise<unknown>) {
  let count = 0;
  const { unitOfWork } = town.deps;
  const counted = async <T>(run: () => Promise<T>): Promise<T> => {
    const result = await run();
    if (++count === nth) await happening();
    return result;
  };
  return {
    run: <T>(id: string, mode: 'shared' | 'exclusive', work: Parameters<typeof unitOfWork.run<T>>[2]) =>
      mode === 'exclusive' ? unitOfWork.run(id, mode, work) : counted(() => unitOfWork.run(id, mode, work)),
    plain: <T>(work: Parameters<typeof unitOfWork.plain<T>>[0]) => unitOfWork.plain(work),
  };
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

const input = async (caseId: string) => {
  const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
  return { creditorId, caseId, wake, factSeq, epoch };
};

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

describe('when and how often', () => {
  it('brake on: postponed with its code; off again: leaves', async () => {
    const caseId = await atFormalMail();
    const brake = (brakeOn: boolean) =>
      town.shared(creditorId, async (tx) =>
        updateCreditor(tx, town.deps, creditorId, { brakeOn }, (await tx.creditors.one({ creditorId }))?.version ?? 0, FINANCE),
      );
    await brake(true);
    await town.act(creditorId, caseId);
    expect(await lastVerdict(caseId)).toBe('formalMail POSTPONED brakeOn');
    await brake(false);
    await town.run(creditorId, '2026-03-09');
    expect(await lastVerdict(caseId)).toBe('formalMail SENT allChecksPassed');
  });

  it('outside the window and on a Sunday or holiday: postponed to the next opening', async () => {
    const caseId = await atFormalMail();
    for (const [moment, opens] of [
      ['2026-03-09T17:30:00.000Z', '2026-03-10'],
      ['2026-03-29T09:00:00.000Z', '2026-03-30'],
      ['2026-04-06T09:00:00.000Z', '2026-04-07'],
    ] as const) {
      const { wake } = await currentSnapshot(town.deps, creditorId, caseId);
      await town.moveTo(creditorId, moment);
      await town.sql('update recovery_case set wake_at = $1 where case_id = $2', [moment, caseId]);
      await town.acts.sendMail({ ...(await input(caseId)), wake: { ...wake, at: moment as Instant } });
      const [verdict] = (await town.verdicts(creditorId, caseId)).slice(-1);
      expect([moment, verdict?.code, verdict?.until?.slice(0, 10)]).toEqual([moment, 'outsideWindow', opens]);
    }
  });

  it('I10: after months of standstill the rungs keep their gap, one at a time', async () => {
    creditorId = await town.addCreditor({ creditorId: `send-${++serial}` });
    const { caseIds } = await town.addInvoice(creditorId);
    await town.moveTo(creditorId, '2026-05-04T08:00:00.000Z');
    await town.run(creditorId, '2026-07-31', { calls: 'attempted', approve: true, post: true });
    const sent = await town.read((tx) =>
      tx.messages.all({ creditorId, purpose: 'chase', channel: ['email', 'registeredPost'] }, { by: 'slotOn' }),
    );
    const days = sent.map((m) => Date.parse(m.slotOn) / 86_400_000);
    const gaps = days.slice(1).map((on, i) => on - (days[i] ?? 0));
    expect(sent.map((m) => m.act)).toEqual(['courtesyMail', 'formalMail', 'firmMail', 'formalNotice']);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5);
    expect((await town.caseRow(creditorId, caseIds[0] ?? '')).closedKind).toBe('handedOver');
  });

  it('the weekly cap counts over all cases of a debtor', async () => {
    creditorId = await town.addCreditor({ creditorId: `send-${++serial}` });
    const climbed = ['courtesyCall', 'courtesyMail', 'formalMail'];
    for (const count of [1, 2, 3]) await town.addInvoice(creditorId, { number: `C-${count}` }, { earlierStages: climbed.slice(0, count) });
    await town.run(creditorId, '2026-03-27', { calls: 'attempted' });
    const sent = (await town.read((tx) => tx.messages.all({ creditorId, purpose: 'chase', state: 'ACCEPTED' }, { by: 'slotOn' }))).map(
      (m) => Date.parse(m.slotOn) / 86_400_000,
    );
    const worst = Math.max(...sent.map((on) => sent.filter((other) => other >= on && other < on + 7).length));
    expect(worst).toBeLessThanOrEqual(2);
    expect(sent.length).toBeGreaterThan(3);
    const lines = await town.read((tx) => tx.stageVerdicts.all({ creditorId, code: 'contactCap' }));
    expect(lines.length).toBeGreaterThan(0);
  });
});

describe('contacts', () => {
  it('N20: a bounce makes the address unusable and asks for another; mail rungs are skipped, the notice goes by registered post', async () => {
    const caseId = await atFormalMail();
    await town.act(creditorId, caseId);
    await town.news(creditorId, (await formalMails())[0]?.messageId ?? '', 'bounce');
    expect(await town.tasks(creditorId, 'findContact')).toHaveLength(1);
    await town.run(creditorId, '2026-04-10', { calls: 'attempted', approve: true, post: true });
    expect(await town.verdictLines(creditorId, caseId)).toContain('firmMail NOT_SENT contactMissing');
    const [notice] = await town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' }));
    expect([notice?.channel, notice?.state]).toEqual(['registeredPost', 'ACCEPTED']);
    expect(await town.read((tx) => tx.postItems.count({ creditorId }))).toBe(1);
    expect(await mails()).toBe(2);
  });

  it('neither mail nor phone: the call is skipped, the notice still goes by post', async () => {
    creditorId = await town.addCreditor({ creditorId: `send-${++serial}` });
    const { caseIds } = await town.addInvoice(creditorId, { buyer: { email: undefined, phone: undefined } as never });
    await town.run(creditorId, '2026-04-10', { approve: true, post: true });
    const lines = await town.verdictLines(creditorId, caseIds[0] ?? '');
    expect(lines).toContain('courtesyCall SKIPPED noUsablePhone');
    expect(lines).toContain('formalNotice SENT allChecksPassed');
    expect(await town.tasks(creditorId, 'findContact')).toHaveLength(1);
  });
});
