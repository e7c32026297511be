import { setTimeout as sleep } from 'node:timers/promises';
import { createRecoveryActs } from '#activities';
import { currentSnapshot, makePromise, openDispute, placeHold } from '#casework';
import { day } from '#domain';
import type { OutboundMessageRow, UnitOfWork } from '#ports';
import { describe, expect, it } from 'vitest';
import { PERSON } from '../../support/town.js';
import { formalMailDue, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';

/** Up to the formal mail of Vérendelle's invoice, Monday 9 March; the courtesy mail has left. */
async function atFormalMail(): Promise<string> {
  const story = await formalMailDue(town, `once-${++serial}`);
  creditorId = story.creditorId;
  return story.caseId;
}

/** Two invoices of one debtor, both at their formal mail. */
async function twoAtFormalMail(): Promise<[string, string]> {
  creditorId = await town.addCreditor({ creditorId: `once-${++serial}` });
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

describe('I5: at most one dispatch of a rung', () => {
  it('the same act twice at once gives one mail', async () => {
    const caseId = await atFormalMail();
    const acts = createRecoveryActs({ ...town.ports, casework: { ...town.deps, unitOfWork: slow(200) } });
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    const key = { creditorId, caseId, wake, factSeq, epoch };
    await Promise.all([acts.sendMail(key), acts.sendMail(key)]);
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

  it('a promise made after the letter was drawn keeps it back', async () => {
    const caseId = await atFormalMail();
    const dueOn = day('2026-03-20');
    const promise = () =>
      town.shared(creditorId, (tx) =>
        makePromise(tx, town.deps, creditorId, caseId, { amountMinor: 486_000n, dueOn, channel: 'mail' }, PERSON),
      );
    const acts = createRecoveryActs({ ...town.ports, casework: { ...town.deps, unitOfWork: after(1, promise) } });
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    await acts.sendMail({ creditorId, caseId, wake, factSeq, epoch });
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalMail NOT_SENT promised');
    expect(await mails()).toBe(1);
  });

  it('a thank-you delivered twice at once is one mail; one that met an error 500 is not tried again', async () => {
    const caseId = await atFormalMail();
    await town.pay(creditorId, 486_000n, '2026-03-09', { caseId });
    const [thanks] = await town.read((tx) => tx.messages.all({ creditorId, act: 'thankYou' }));
    const key = { creditorId, messageId: thanks?.messageId ?? '' };
    const results = await Promise.all([town.messages.deliverMessage(key), town.messages.deliverMessage(key)]);
    expect(results.map((result) => result.state)).toContain('delivered');
    expect(await mails()).toBe(2);
    const second = await atFormalMail();
    await town.pay(creditorId, 486_000n, '2026-03-09', { caseId: second });
    const [unsure] = await town.read((tx) => tx.messages.all({ creditorId, act: 'thankYou' }));
    town.local.script([{ status: 500 }]);
    for (let run = 0; run < 3; run++) {
      expect(await town.messages.deliverMessage({ creditorId, messageId: unsure?.messageId ?? '' })).toEqual({ state: 'unknown' });
    }
    expect(await mails()).toBe(1);
  });

  it('two planned messages of one debtor become one when both fall due', async () => {
    const [a, b] = await twoAtFormalMail();
    await town.shared(creditorId, (tx) => placeHold(tx, town.deps, creditorId, b, { until: day('2026-03-10'), reason: 'asked' }, PERSON));
    town.local.script([{ status: 429, retryAfter: 2 * 86_400 }]);
    await town.act(creditorId, a);
    await town.upTo(creditorId, b, 'mail', 'formalMail');
    await town.moveTo(creditorId, '2026-03-11T12:00:00.000Z');
    expect([(await town.caseRow(creditorId, a)).wakeStage, (await formalMails()).map((m) => m.state)]).toEqual(['formalMail', ['PLANNED']]);
    await town.act(creditorId, b);
    expect((await formalMails()).map((m) => m.state)).toEqual(['ABANDONED', 'ACCEPTED']);
    await town.run(creditorId, '2026-03-12');
    for (const caseId of [a, b]) expect(await town.verdictLines(creditorId, caseId)).toContain('formalMail SENT allChecksPassed');
  });
});

/** A unit of work whose shared transactions come late, so that two runs read before either writes. */
function slow(ms: number): UnitOfWork {
  const { unitOfWork } = town.deps;
  return {
    run: async (id, mode, work) => {
      if (mode === 'shared') await sleep(ms);
      return unitOfWork.run(id, mode, work);
    },
    plain: (work) => unitOfWork.plain(work),
  };
}

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
