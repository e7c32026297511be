import { createRecoveryActs } from '#activities';
import { cancelMessage, currentSnapshot, editMessage, holdMessage, RefusedError, releaseMessage } from '#casework';
import { day, decodeState } from '#domain';
import type { UnitOfWork } from '#ports';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { formalMailDue, noticeAsked, registered, type Story, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
const next = () => `outgoing-${++serial}`;

const formalMail = ({ creditorId, caseId }: Story) => ({ creditorId, caseId, stage: 'formalMail', round: 1 });
const cancel = (story: Story, stage = 'formalMail') =>
  town.shared(story.creditorId, (tx) =>
    cancelMessage(tx, town.deps, { ...formalMail(story), stage }, { reason: 'wrongContent', mayDecideFormal: true }, FINANCE),
  );
const hold = (story: Story, until: string) =>
  town.shared(story.creditorId, (tx) =>
    holdMessage(tx, town.deps, formalMail(story), { until: day(until), reason: 'internalReview' }, PERSON),
  );

/** Mails that the provider took for this rung. */
async function sent({ creditorId }: Story, act = 'formalMail'): Promise<number> {
  const ours = await town.read((tx) => tx.messages.all({ creditorId, act }));
  const taken = new Set((await town.mailsOf(creditorId)).map((mail) => mail.mid));
  return ours.filter(({ messageId }) => taken.has(messageId)).length;
}

async function refusalOf(command: Promise<unknown>): Promise<string> {
  try {
    await command;
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal.refusal;
    throw error;
  }
  return 'done';
}

describe('a message that a person keeps back', () => {
  it('N5: waits through its day with the ladder, says why, and leaves alone at its next slot', async () => {
    const story = await formalMailDue(town, next());
    const { creditorId, caseId } = story;
    await hold(story, '2026-03-12');
    const held = await town.caseRow(creditorId, caseId);
    expect([held.wakeStage, held.wakeAt?.slice(0, 10)]).toEqual(['formalMail', '2026-03-13']);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalMail POSTPONED heldByPerson');
    await town.run(creditorId, '2026-03-12');
    expect(await sent(story)).toBe(0);
    await town.run(creditorId, '2026-03-13');
    expect(await sent(story)).toBe(1);
    expect(decodeState((await town.caseRow(creditorId, caseId)).recovery).held).toBeUndefined();
  });

  it('N5: leaves the same day once it is released; a hold may be moved, not laid into the past or beyond what the policy allows', async () => {
    const story = await formalMailDue(town, next());
    await hold(story, '2026-03-12');
    await hold(story, '2026-03-20');
    expect((await town.caseRow(story.creditorId, story.caseId)).wakeAt?.slice(0, 10)).toBe('2026-03-23');
    expect(await refusalOf(hold(story, '2026-03-09'))).toBe('holdInPast');
    expect(await refusalOf(hold(story, '2026-09-30'))).toBe('holdTooLong');
    const release = () => town.shared(story.creditorId, (tx) => releaseMessage(tx, town.deps, formalMail(story), PERSON));
    await release();
    expect(await refusalOf(release())).toBe('messageNotHeld');
    await town.run(story.creditorId, '2026-03-09');
    expect(await sent(story)).toBe(1);
  });

  it('N13: is not carried along by the mail of a sibling', async () => {
    const story = await registered(town, next());
    const { caseIds } = await town.addInvoice(story.creditorId, { number: 'F-2', payableMinor: 31_240n, grossMinor: 31_240n });
    await town.upTo(story.creditorId, story.caseId, 'mail', 'formalMail', { calls: 'attempted' });
    const second = { creditorId: story.creditorId, caseId: caseIds[0] ?? '' };
    await hold(second, '2026-03-11');
    await town.act(story.creditorId, story.caseId);
    const [mail] = (await town.mailsOf(story.creditorId)).slice(-1);
    const text = town.local.rawMail(mail?.id ?? '').toString('utf8');
    expect([text.includes('F-2026-001'), text.includes('F-2 ')]).toEqual([true, false]);
    await town.run(story.creditorId, '2026-03-16');
    expect(await town.verdictLines(second.creditorId, second.caseId)).toContain('formalMail SENT allChecksPassed');
  });
});

describe('a message that a person strikes out', () => {
  it('N5: never leaves, its rung keeps a verdict, and the ladder goes on with the next one on its own day', async () => {
    const story = await formalMailDue(town, next());
    const { leftOut } = await cancel(story);
    expect(leftOut).toEqual([]);
    await town.run(story.creditorId, '2026-03-16');
    expect([await sent(story), await sent(story, 'firmMail')]).toEqual([0, 1]);
    const verdicts = (await town.verdicts(story.creditorId, story.caseId)).filter(({ stage }) => stage === 'formalMail');
    expect(verdicts.map(({ verdict, code }) => `${verdict} ${code}`)).toEqual(['SKIPPED cancelled']);
    expect(verdicts[0]?.because).toEqual({ by: 'marc', reason: 'wrongContent' });
    const [journal] = await town.read((tx) =>
      tx.journal.all({ creditorId: story.creditorId, streamId: story.caseId, kind: 'stageSkipped' }),
    );
    expect([journal?.actor, journal?.role]).toEqual(['marc', 'finance']);
    expect(await refusalOf(cancel(story))).toBe('stageDecided');
  });

  it('A32: without its notice a file is neither called about nor handed over: what needed the notice is left out, each with a verdict', async () => {
    const story = await noticeAsked(town, next());
    const { creditorId, caseId } = story;
    const stranger = town.shared(creditorId, (tx) =>
      cancelMessage(tx, town.deps, { ...formalMail(story), stage: 'formalNotice' }, { reason: 'other', mayDecideFormal: false }, PERSON),
    );
    expect(await refusalOf(stranger)).toBe('messageOfFinance');
    const { leftOut } = await cancel(story, 'formalNotice');
    expect(leftOut).toEqual(['lastCall', 'referral']);
    expect(await town.read((tx) => tx.approvals.count({ creditorId, state: 'pending' }))).toBe(0);
    expect(await town.tasks(creditorId, 'approveStage')).toEqual([]);
    const messages = await town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' }));
    expect(messages.map(({ state }) => state)).toEqual(['ABANDONED']);
    await town.run(creditorId, '2026-06-30', { calls: 'attempted', approve: true, post: true });
    const row = await town.caseRow(creditorId, caseId);
    expect([row.closedKind, row.wakeKind]).toEqual([null, 'review']);
    expect(await town.verdictLines(creditorId, caseId)).toContain('referral SKIPPED needsCancelled');
    expect(await town.tasks(creditorId, 'review')).toHaveLength(1);
    expect(await town.read((tx) => tx.postItems.count({ creditorId }))).toBe(0);
  });
});

describe('a message whose words a person writes', () => {
  it('N5: says them, keeps each revision with its author, and goes back to the template where none are given', async () => {
    const story = await formalMailDue(town, next());
    const { creditorId } = story;
    const words = (own: object, by = PERSON as { actor: string; role: 'controller' | 'finance' }) =>
      town.shared(creditorId, (tx) => editMessage(tx, town.deps, formalMail(story), own, by));
    expect((await words({ opening: 'Premier essai.' })).revision).toBe(1);
    expect((await words({})).revision).toBe(2);
    expect(
      (await words({ subject: 'Facture F-2026-001, votre retour', opening: 'Comme convenu au salon, je vous écris.' }, FINANCE)).revision,
    ).toBe(3);
    await town.act(creditorId, story.caseId);
    const [mail] = (await town.mailsOf(creditorId)).slice(-1);
    const raw = JSON.parse(town.local.rawMail(mail?.id ?? '').toString('utf8')) as { subject: string; content: { value: string }[] };
    const text = raw.content[0]?.value ?? '';
    expect(raw.subject).toBe('Facture F-2026-001, votre retour');
    expect(text).toContain('Comme convenu au salon');
    expect(text).not.toContain('Sauf erreur');
    // What the law and the books put into the letter stays.
    expect(text).toContain('F-2026-001');
    expect(text.replaceAll(/[\u202f\u00a0]/g, ' ')).toContain('4 860,00 €');
    const kept = await town.read((tx) => tx.messageEdits.all({ creditorId }, { by: 'editedAt' }));
    expect(kept.map(({ revision, editedBy, objectId }) => [revision, editedBy, objectId !== null])).toEqual([
      [1, 'claire', true],
      [2, 'claire', false],
      [3, 'marc', true],
    ]);
    const journal = await town.read((tx) => tx.journal.all({ creditorId, kind: 'messageEdited' }, { by: 'seq' }));
    expect(journal.map(({ actor, cause }) => [actor, cause['revision']])).toEqual([
      ['claire', 1],
      ['claire', 2],
      ['marc', 3],
    ]);
    expect(JSON.stringify(journal)).not.toContain('salon');
    await expect(town.sql('update message_edit set edited_by = $1', ['forged'])).rejects.toThrow(/append-only/);
  });

  it('another text than the one prepared is made anew; a notice keeps its own', async () => {
    const story = await formalMailDue(town, next());
    town.local.script([{ status: 429, retryAfter: 3600 }]);
    await town.act(story.creditorId, story.caseId);
    const prepared = await town.read((tx) => tx.messages.all({ creditorId: story.creditorId, act: 'formalMail' }));
    await town.shared(story.creditorId, (tx) => editMessage(tx, town.deps, formalMail(story), { opening: 'Un mot de ma main.' }, PERSON));
    await town.run(story.creditorId, '2026-03-09');
    const [mail] = (await town.mailsOf(story.creditorId)).slice(-1);
    expect(town.local.rawMail(mail?.id ?? '').toString('utf8')).toContain('Un mot de ma main.');
    const [left] = await town.read((tx) => tx.messages.all({ creditorId: story.creditorId, act: 'formalMail' }));
    expect([left?.messageId === prepared[0]?.messageId, left?.revision, left?.basis === prepared[0]?.basis]).toEqual([true, 2, false]);
    const asked = await noticeAsked(town, next());
    const notice = { ...formalMail(asked), stage: 'formalNotice' };
    const edit = town.shared(asked.creditorId, (tx) => editMessage(tx, town.deps, notice, { opening: 'Autre' }, FINANCE));
    expect(await refusalOf(edit)).toBe('messageNotEditable');
  });
});

describe('I16: who commits first wins', () => {
  it.each([
    ['struck out', 'drawn', cancel],
    ['struck out', 'planned', cancel],
    ['held', 'drawn', (story: Story) => hold(story, '2026-03-20')],
    ['held', 'planned', (story: Story) => hold(story, '2026-03-20')],
  ] as const)('what was %s after the letter was %s does not leave', async (_what, when, stop) => {
    const story = await formalMailDue(town, next());
    let stops = 0;
    const happening = async () => {
      stops += 1;
      await stop(story);
    };
    const acts = createRecoveryActs({ ...town.ports, casework: { ...town.deps, unitOfWork: after(when, happening) } });
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, story.creditorId, story.caseId);
    const snapshot = await acts.sendMail({ ...story, wake, factSeq, epoch });
    expect([stops, await sent(story)]).toEqual([1, 0]);
    expect(snapshot.wake).not.toEqual(wake);
    expect(await town.verdictLines(story.creditorId, story.caseId)).not.toContain('formalMail SENT allChecksPassed');
    const live = await town.read((tx) => tx.messageCases.count({ creditorId: story.creditorId, stage: 'formalMail', live: true }));
    expect(live).toBe(stop === cancel ? 0 : 1);
  });

  it('a command that answered well stops the mail, one that came too late says that it has left: never both, never neither', async () => {
    const seen = new Set<string>();
    // The act takes a dozen transactions: the command starts beside each of them in turn, before them all, and after them all.
    for (let nth = 0; nth <= 14; nth++) {
      const story = await formalMailDue(town, next());
      const command = () => refusalOf(nth % 2 === 0 ? cancel(story) : hold(story, '2026-03-20'));
      let answer: Promise<string> | undefined = nth === 0 ? command() : undefined;
      await answer;
      const beside = besideTransaction(nth, () => (answer ??= command()));
      const acts = createRecoveryActs({ ...town.ports, casework: { ...town.deps, unitOfWork: beside } });
      const { wake, factSeq, epoch } = await currentSnapshot(town.deps, story.creditorId, story.caseId);
      if (wake.stage === 'formalMail') await acts.sendMail({ ...story, wake, factSeq, epoch });
      const said = await (answer ?? command());
      const mails = await sent(story);
      expect([nth, said, mails]).toEqual([nth, mails === 1 ? 'messageLeft' : 'done', mails]);
      seen.add(said);
    }
    expect([...seen].sort()).toEqual(['done', 'messageLeft']);
  }, 120_000);

  it('I6: nothing is struck out of which nobody knows whether it left', async () => {
    const story = await formalMailDue(town, next());
    town.local.script([{ status: 500 }]);
    await town.act(story.creditorId, story.caseId);
    expect(await refusalOf(cancel(story))).toBe('messageLeft');
    expect(await refusalOf(hold(story, '2026-03-20'))).toBe('messageLeft');
  });
});

/** A unit of work in which something happens between the drawing and the planning of a letter, or between the planning and its claim. */
function after(when: 'drawn' | 'planned', happening: () => Promise<unknown>): UnitOfWork {
  const { unitOfWork } = town.deps;
  let shared = 0;
  return {
    run: async (id, mode, work) => {
      if (mode === 'shared') shared += 1;
      // The first shared transaction of the act plans the letter.
      const isPlanning = mode === 'shared' && shared === 1;
      if (isPlanning && when === 'drawn') await happening();
      const result = await unitOfWork.run(id, mode, work);
      if (isPlanning && when === 'planned') await happening();
      return result;
    },
    plain: (work) => unitOfWork.plain(work),
  };
}

/** A unit of work that starts something, without waiting for it, at its nth transaction. */
function besideTransaction(nth: number, start: () => unknown): UnitOfWork {
  const { unitOfWork } = town.deps;
  let count = 0;
  const counted = () => {
    count += 1;
    if (count === nth) void start();
  };
  return {
    run: (id, mode, work) => {
      counted();
      return unitOfWork.run(id, mode, work);
    },
    plain: (work) => {
      counted();
      return unitOfWork.plain(work);
    },
  };
}
