import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ActivityPorts, createRecoveryActs } from '#activities';
import { currentSnapshot, reportPost } from '#casework';
import { addDays, type Day, dayIn, type Instant, type WakeKind } from '#domain';
import { createSendGridMailer } from '#mail';
import type { PostItemRow } from '#ports';
import { createHttpPost } from '#post';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningLocalServers, startLocalServers } from '../../../apps/ops/local/start-local-servers.js';
import { followHabits } from '../../support/town-people.js';
import { PERSON, Town } from '../../support/town.js';

let folder: string;
/** Stands for the real providers, with their protocols. */
let world: RunningLocalServers;
/** Takes what sandboxes send. */
let playground: RunningLocalServers;
let town: Town;
/** A real creditor has no clock of its own: the machine's is moved instead. */
let now = '2026-03-02T08:00:00.000Z' as Instant;
let serial = 0;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relance-post-'));
  world = await startLocalServers({ port: 0, dir: path.join(folder, 'world') });
  playground = await startLocalServers({ port: 0, dir: path.join(folder, 'playground') });
  town = await Town.open(inject('pgBase'), (ports) => ({
    ...ports,
    casework: { ...ports.casework, clock: { now: () => now } },
    mail: createSendGridMailer({ localMailbox: { baseUrl: playground.url }, live: { apiKey: 'SG.real', baseUrl: world.url } }),
  }));
});
afterAll(async () => {
  await town.close();
  await world.close();
  await playground.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const withKey = (): Pick<ActivityPorts, 'post' | 'postsForReal'> => ({
  post: createHttpPost({ localTray: { baseUrl: playground.url }, live: { baseUrl: world.url, apiKey: 'post-key' } }),
  postsForReal: true,
});
const withoutKey = (): Pick<ActivityPorts, 'post' | 'postsForReal'> => ({
  post: createHttpPost({ localTray: { baseUrl: playground.url } }),
  postsForReal: false,
});

const KINDS: Readonly<Partial<Record<WakeKind, 'openCallTask' | 'sendMail' | 'serveFormalNotice' | 'prepareStage' | 'expireCall'>>> = {
  call: 'openCallTask',
  mail: 'sendMail',
  formalNotice: 'serveFormalNotice',
  prepare: 'prepareStage',
  callExpires: 'expireCall',
};

interface Served {
  readonly creditorId: string;
  readonly caseId: string;
  readonly item: PostItemRow;
  readonly servedOn: Day;
}

/** A creditor of the real world whose overdue invoice climbs, in its own time, until its notice has left. */
async function noticeLeaves(post: Pick<ActivityPorts, 'post' | 'postsForReal'>): Promise<Served> {
  now = '2026-03-02T08:00:00.000Z' as Instant;
  const creditorId = await town.addCreditor({ creditorId: `real-${++serial}`, sandbox: false, live: true, clockAt: null });
  const { caseIds } = await town.addInvoice(creditorId);
  const caseId = caseIds[0] ?? '';
  const acts = createRecoveryActs({ ...town.ports, ...post });
  for (let step = 0; step < 60; step += 1) {
    await followHabits(town, creditorId, { calls: 'attempted', approve: true });
    const [item] = await town.read((tx) => tx.postItems.all({ creditorId, caseId }));
    if (item) return { creditorId, caseId, item, servedOn: dayIn(now, 'Europe/Paris') };
    const row = await town.caseRow(creditorId, caseId);
    if (row.wakeAt && row.wakeAt > now) now = row.wakeAt;
    const act = KINDS[row.wakeKind ?? 'review'];
    if (!act) throw new Error(`The ladder stands at ${row.wakeKind}`);
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    await acts[act]({ creditorId, caseId, wake, factSeq, epoch });
  }
  throw new Error('The notice never left');
}

const lettersOf = (servers: RunningLocalServers, creditorId: string) =>
  servers.letters().filter((letter) => letter.creditorRef === creditorId);

describe('the registered letters of a creditor that is no sandbox', () => {
  it('go to the provider where its key is configured: the approved bytes, with the address, and its number comes back', async () => {
    const { creditorId, item } = await noticeLeaves(withKey());
    expect(lettersOf(playground, creditorId)).toEqual([]);
    const [letter, ...others] = lettersOf(world, creditorId);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      mid: item.messageId,
      addressLines: ['Transports Vérendelle', '3 quai des Arts', '13002 Marseille'],
    });
    const message = await town.read((tx) => tx.messages.one({ creditorId, messageId: item.messageId }));
    expect(letter?.sha256).toBe(message?.letterSha256);
    expect(item).toMatchObject({ channel: 'provider', state: 'sentToProvider', trackingNumber: letter?.trackingNumber });
    expect(await town.tasks(creditorId, 'printLetter')).toEqual([]);
    // The mail beside it went to the real mail provider.
    expect(world.mails().filter((mail) => mail.mid === item.messageId)).toHaveLength(1);
  });

  it('keep the days that the provider reports, not those on which we heard of them; a day to come is refused', async () => {
    const { creditorId, caseId, item, servedOn } = await noticeLeaves(withKey());
    const report = (state: 'deposited' | 'delivered', on: Day) =>
      town.shared(creditorId, (tx) =>
        reportPost(tx, town.deps, creditorId, { messageId: item.messageId }, { state, on }, { actor: 'webhook:post', role: 'webhook' }),
      );
    now = `${addDays(servedOn, 9)}T08:00:00.000Z` as Instant;
    await report('deposited', addDays(servedOn, 1));
    expect((await town.caseRow(creditorId, caseId)).state).not.toBe('formalNoticeServed');
    await expect(report('delivered', addDays(servedOn, 10))).rejects.toThrow('dayInFuture');
    const last = await report('delivered', addDays(servedOn, 4));
    expect([last.depositedOn, last.servedOn]).toEqual([addDays(servedOn, 1), addDays(servedOn, 4)]);
    expect((await town.caseRow(creditorId, caseId)).state).toBe('formalNoticeServed');
  });

  it('wait in the tray to be printed where there is no key, with a task; what the person does is recorded', async () => {
    const { creditorId, caseId, item, servedOn } = await noticeLeaves(withoutKey());
    expect([lettersOf(playground, creditorId), lettersOf(world, creditorId)]).toEqual([[], []]);
    expect(item).toMatchObject({ channel: 'print', state: 'toPrint', trackingNumber: null });
    expect((await town.tasks(creditorId, 'printLetter')).map((task) => task.subjectId)).toEqual([item.postItemId]);
    const act = (state: 'deposited' | 'delivered', trackingNumber?: string) =>
      town.shared(creditorId, (tx) =>
        reportPost(
          tx,
          town.deps,
          creditorId,
          { postItemId: item.postItemId },
          { state, on: servedOn, ...(trackingNumber ? { trackingNumber } : {}) },
          PERSON,
        ),
      );
    await act('deposited', 'RK000000015FR');
    expect((await act('delivered')).trackingNumber).toBe('RK000000015FR');
    expect((await town.caseRow(creditorId, caseId)).state).toBe('formalNoticeServed');
    expect(await town.tasks(creditorId, 'printLetter')).toEqual([]);
  });

  it.each([
    { answer: 'refuses it', step: { status: 422, body: { detail: 'address' } }, words: 'n’a pas pris' },
    { answer: 'is too busy', step: { status: 503 }, words: 'n’a pas pris' },
    { answer: 'breaks off without an answer', step: { dropConnection: true as const }, words: 'vérifier' },
  ])('a provider that $answer: the letter is printed, with a task that says what is known', async ({ step, words }) => {
    world.script([step], 'post');
    const { creditorId, item } = await noticeLeaves(withKey());
    expect(item).toMatchObject({ channel: 'print', state: 'toPrint' });
    const tasks = await town.tasks(creditorId, 'printLetter');
    expect(tasks.map((task) => [task.subjectId, task.title.includes(words)])).toEqual([[item.postItemId, true]]);
  });

  it('a letter whose answer was lost and that the provider did take: its report takes it off the tray, and ends the task', async () => {
    world.script([{ acceptThenDrop: true }], 'post');
    const { creditorId, item, servedOn } = await noticeLeaves(withKey());
    const by = { actor: 'webhook:post', role: 'webhook' } as const;
    const facts = { state: 'deposited', on: servedOn, trackingNumber: 'RK000000029FR' } as const;
    await town.shared(creditorId, (tx) => reportPost(tx, town.deps, creditorId, { messageId: item.messageId }, facts, by));
    const [after] = await town.read((tx) => tx.postItems.all({ creditorId }));
    expect(after).toMatchObject({ state: 'deposited', trackingNumber: 'RK000000029FR', depositedOn: servedOn });
    expect(await town.tasks(creditorId, 'printLetter')).toEqual([]);
  });

  it('a sandbox never reaches the real provider, whatever keys there are', async () => {
    const creditorId = await town.addCreditor({ creditorId: `real-${++serial}` });
    const { caseIds } = await town.addInvoice(creditorId);
    const caseId = caseIds[0] ?? '';
    await town.upTo(creditorId, caseId, 'formalNotice', 'formalNotice', { calls: 'attempted', approve: true });
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    await createRecoveryActs({ ...town.ports, ...withKey() }).serveFormalNotice({ creditorId, caseId, wake, factSeq, epoch });
    expect([lettersOf(playground, creditorId).length, lettersOf(world, creditorId)]).toEqual([1, []]);
  });
});
