import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRecoveryActs } from '#activities';
import { addContact, currentSnapshot, decideApproval, openBytes, reportPost, resumeLadder } from '#casework';
import type { ApprovalRow, OutboundMessageRow, PostItemRow } from '#ports';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { noticeAsked as askedFor, noticeDue as dueFor, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

/** The notice of Vérendelle's invoice is prepared and finance is asked, days before it may leave. */
async function noticeAsked(): Promise<void> {
  ({ creditorId, caseId } = await askedFor(town, `formal-${++serial}`));
}

async function noticeDue(): Promise<void> {
  ({ creditorId, caseId } = await dueFor(town, `formal-${++serial}`));
}

const approvals = () => town.read((tx) => tx.approvals.all({ creditorId, caseId }, { by: 'requestedAt' }));
const notices = () => town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' }, { by: 'createdAt' }));
const lines = () => town.verdictLines(creditorId, caseId);
const decide = (approval: ApprovalRow | undefined, verdict: 'approved' | 'refused', basis = approval?.basis ?? '') =>
  town.shared(creditorId, (tx) => decideApproval(tx, town.deps, creditorId, approval?.approvalId ?? '', { verdict, basis }, FINANCE));
const letterOf = async (message: OutboundMessageRow | undefined) =>
  (await town.read((tx) => openBytes(tx, town.deps, creditorId, message?.letterObjectId ?? ''))).bytes;
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const report = (state: 'deposited' | 'presented' | 'delivered' | 'unclaimed' | 'refused' | 'returnedUnknown') =>
  town.shared(creditorId, async (tx) => {
    const [item] = await tx.postItems.all({ creditorId, caseId }, { by: 'createdAt', direction: 'desc', limit: 1 });
    return reportPost(tx, town.deps, creditorId, { postItemId: item?.postItemId ?? '' }, { state }, PERSON);
  });

describe('the approval of a notice', () => {
  it('shows the very bytes that leave, by mail and by registered post, when its day is kept', async () => {
    await noticeAsked();
    const [asked] = await approvals();
    const [shown] = await notices();
    const pdf = await letterOf(shown);
    expect([Buffer.from(pdf.slice(0, 5)).toString(), shown?.state, asked?.messageId]).toEqual(['%PDF-', 'PLANNED', shown?.messageId]);
    expect(await town.tasks(creditorId, 'approveStage')).toHaveLength(1);
    await decide(asked, 'approved');
    await town.upTo(creditorId, caseId, 'formalNotice', 'formalNotice');
    await town.act(creditorId, caseId);
    const [sent] = await notices();
    expect([sent?.state, sent?.letterSha256]).toEqual(['ACCEPTED', sha(pdf)]);
    const letter = town.local.letters().find((one) => one.mid === sent?.messageId);
    expect(sha(town.local.letterPdf(letter?.id ?? ''))).toBe(sha(pdf));
  });

  it('a payment between preparation and the day: asked anew for the new sum, the old approval is superseded', async () => {
    await noticeDue();
    await town.pay(creditorId, 100_000n, '2026-03-27', { invoiceNumber: 'F-2026-001' });
    await town.act(creditorId, caseId);
    expect((await approvals()).map((a) => a.state)).toEqual(['superseded', 'pending']);
    expect((await notices()).map((m) => [m.state, m.revision])).toEqual([['PLANNED', 2]]);
    await decide((await approvals())[1], 'approved');
    await town.run(creditorId, '2026-04-10');
    expect((await notices()).map((m) => m.state)).toEqual(['ACCEPTED']);
  });

  it('money that comes while the act runs: the approval of another sum lets nothing leave', async () => {
    await noticeDue();
    const { unitOfWork } = town.deps;
    let looks = 0;
    const racing = {
      // The second look under the exclusive lock is the claim: the money comes just before it.
      run: async <T>(id: string, mode: 'shared' | 'exclusive', work: Parameters<typeof unitOfWork.run<T>>[2]) => {
        if (mode === 'exclusive' && ++looks === 2) await town.pay(creditorId, 100_000n, '2026-03-27', { invoiceNumber: 'F-2026-001' });
        return unitOfWork.run(id, mode, work);
      },
      plain: <T>(work: Parameters<typeof unitOfWork.plain<T>>[0]) => unitOfWork.plain(work),
    };
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    await createRecoveryActs({ ...town.ports, casework: { ...town.deps, unitOfWork: racing } }).serveFormalNotice({
      creditorId,
      caseId,
      wake,
      factSeq,
      epoch,
    });
    expect([(await lines()).at(-1), (await notices()).map((m) => m.state)]).toEqual([
      'formalNotice POSTPONED approvalMissing',
      ['PLANNED'],
    ]);
    await town.run(creditorId, '2026-04-10', { approve: true });
    expect((await approvals()).map((a) => a.state)).toEqual(['superseded', 'approved']);
    expect((await notices()).map((m) => m.state)).toEqual(['ACCEPTED']);
  });

  it('nobody approves what changed meanwhile, nor twice', async () => {
    await noticeAsked();
    const [asked] = await approvals();
    await expect(decide(asked, 'approved', 'another')).rejects.toThrow('approvalBasisChanged');
    await decide(asked, 'approved');
    await expect(decide(asked, 'refused')).rejects.toThrow('approvalNotPending');
  });

  it('refused: nothing leaves, a person reviews; resumed, it is asked anew', async () => {
    await noticeAsked();
    await decide((await approvals())[0], 'refused');
    await town.run(creditorId, '2026-04-20');
    expect([(await notices()).map((m) => m.state), (await town.tasks(creditorId, 'review')).length]).toEqual([['PLANNED'], 1]);
    await town.shared(creditorId, (tx) => resumeLadder(tx, town.deps, creditorId, caseId, PERSON));
    await town.run(creditorId, '2026-05-05', { approve: true });
    expect((await approvals()).map((a) => a.state)).toEqual(['refused', 'approved']);
    expect((await notices()).map((m) => m.state)).toEqual(['ACCEPTED']);
  });

  it('not decided in time: expires with a task, and is asked anew', async () => {
    await noticeAsked();
    await town.run(creditorId, '2026-04-08');
    expect((await approvals()).map((a) => a.state)).toEqual(['expired', 'pending']);
    expect(await town.tasks(creditorId, 'approvalExpired')).toHaveLength(1);
    expect((await notices()).map((m) => m.state)).toEqual(['PLANNED']);
  });
});

describe('the registered letter', () => {
  it.each(['delivered', 'unclaimed', 'refused'] as const)(
    '%s counts as served, with its day; an older report changes nothing',
    async (state) => {
      await noticeDue();
      await town.act(creditorId, caseId);
      await report('deposited');
      await report('presented');
      const item: PostItemRow = await report(state);
      expect([item.state, item.servedOn !== null, (await town.caseRow(creditorId, caseId)).state]).toEqual([
        state,
        true,
        'formalNoticeServed',
      ]);
      expect((await report('deposited')).state).toBe(state);
    },
  );

  it('returned as unknown at the address: a task, nothing goes on; with a new contact the notice is served anew in a second round', async () => {
    await noticeDue();
    await town.act(creditorId, caseId);
    await report('returnedUnknown');
    const row = await town.caseRow(creditorId, caseId);
    expect([row.wakeKind, (await town.tasks(creditorId, 'findContact')).length]).toEqual(['review', 1]);
    await town.shared(creditorId, (tx) =>
      addContact(
        tx,
        town.deps,
        creditorId,
        row.debtorId,
        { role: 'accounting', channel: 'email', address: 'nouvelle@verendelle.example' },
        PERSON,
      ),
    );
    await town.run(creditorId, '2026-05-15', { calls: 'attempted', approve: true, post: true });
    const outcomes = await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId, stage: 'formalNotice' }, { by: 'round' }));
    expect(outcomes.map((o) => [o.round, o.outcome])).toEqual([
      [1, 'done'],
      [2, 'done'],
    ]);
    expect((await notices()).map((m) => m.recipient)).toEqual(['compta@verendelle.example', 'nouvelle@verendelle.example']);
  });

  it('a post provider that does not answer: the letter is a person’s, with a task that says what is known', async () => {
    await noticeDue();
    town.local.script([{ status: 500 }], 'post');
    await town.act(creditorId, caseId);
    const [task] = await town.tasks(creditorId, 'printLetter');
    expect(task?.title).toContain('vérifier');
    expect((await notices()).map((m) => m.state)).toEqual(['ACCEPTED']);
  });
});

describe('I6: a formal notice in UNKNOWN', () => {
  it('is never sent again by a machine, whatever runs again', async () => {
    await noticeDue();
    town.local.script([{ status: 502 }]);
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    for (let run = 0; run < 5; run++) await town.acts.serveFormalNotice({ creditorId, caseId, wake, factSeq, epoch });
    await town.run(creditorId, '2026-06-30', { calls: 'attempted', approve: true });
    expect((await notices()).map((m) => m.state)).toEqual(['UNKNOWN']);
    const [notice] = await notices();
    expect((await town.mailsOf(creditorId)).filter((mail) => mail.mid === notice?.messageId)).toEqual([]);
    expect(town.local.letters().filter((letter) => letter.creditorRef === creditorId)).toHaveLength(1);
  });
});

describe('the hand-over', () => {
  it('waits for the proof of service and for finance, then closes the case with a file that verifies by itself', async () => {
    await noticeDue();
    await town.act(creditorId, caseId);
    await town.run(creditorId, '2026-05-01', { calls: 'attempted', approve: true });
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBeNull();
    await report('delivered');
    await town.run(creditorId, '2026-06-01', { calls: 'attempted', approve: true });
    const row = await town.caseRow(creditorId, caseId);
    expect(row.closedKind).toBe('handedOver');
    const [handOver] = await town.read((tx) => tx.handOvers.all({ creditorId, caseId }));
    const { bytes } = await town.read((tx) => openBytes(tx, town.deps, creditorId, handOver?.objectId ?? ''));
    expect(sha(bytes)).toBe(handOver?.sha256);
    const entries = unzipSync(bytes);
    const names = Object.keys(entries).sort();
    expect(names).toEqual(expect.arrayContaining(['manifest.json', 'statement.json', 'summary.pdf', 'timeline.json', 'verify.mjs']));
    expect(names.filter((name) => name.startsWith('messages/'))).toHaveLength(5);
    const manifest = JSON.parse(Buffer.from(entries['manifest.json'] ?? []).toString()) as { files: { name: string; sha256: string }[] };
    expect(manifest.files.map((file) => [file.name, file.sha256])).toEqual(
      manifest.files.map((file) => [file.name, sha(entries[file.name] ?? new Uint8Array())]),
    );
    const timeline = JSON.parse(Buffer.from(entries['timeline.json'] ?? []).toString()) as { journal: { seq: number }[] };
    expect(timeline.journal.length).toBeGreaterThan(10);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dossier-'));
    for (const [name, content] of Object.entries(entries)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), content);
    }
    execFileSync(process.execPath, ['verify.mjs'], { cwd: folder });
    fs.rmSync(folder, { recursive: true });
    expect(await town.tasks(creditorId, 'sendHandOver')).toHaveLength(1);
  });
});
