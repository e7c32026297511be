import { currentSnapshot } from '#casework';
import type { OutboundMessageRow } from '#ports';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { Town } from './town.js';
import { faultsIn } from './town-books.js';

/** A creditor of a story's own with the invoice of Vérendelle: 4 860.00, due 26 February 2026. */
export interface Story {
  readonly creditorId: string;
  readonly caseId: string;
}

/**
 * One town for all stories of a file, opened before the first and closed after the last.
 * After each story the books of every creditor that it added are audited.
 */
export function townOfStories(): Town {
  let opened: Town | undefined;
  let creditors: string[] = [];
  beforeAll(async () => {
    const town = await Town.open(inject('pgBase'));
    const addCreditor = town.addCreditor.bind(town);
    town.addCreditor = async (patch) => {
      const creditorId = await addCreditor(patch);
      creditors.push(creditorId);
      return creditorId;
    };
    opened = town;
  });
  afterAll(() => opened?.close());
  afterEach(async () => {
    const added = creditors;
    creditors = [];
    for (const creditorId of added) expect(opened && (await faultsIn(opened, creditorId))).toEqual([]);
  });
  return new Proxy({} as Town, {
    get(_, name) {
      if (!opened) throw new Error('The town opens before the first story, not before.');
      const value: unknown = Reflect.get(opened, name);
      return typeof value === 'function' ? value.bind(opened) : value;
    },
  });
}

/** The invoice is registered; nothing has happened yet. */
export async function registered(town: Town, creditorId: string, facts: Parameters<Town['addInvoice']>[1] = {}): Promise<Story> {
  await town.addCreditor({ creditorId });
  const { caseIds } = await town.addInvoice(creditorId, facts);
  return { creditorId, caseId: caseIds[0] ?? '' };
}

/** Monday 9 March, the formal mail is due; the courtesy mail has left. */
export async function formalMailDue(town: Town, creditorId: string): Promise<Story> {
  const story = await registered(town, creditorId);
  await town.upTo(creditorId, story.caseId, 'mail', 'formalMail', { calls: 'attempted' });
  return story;
}

/** The notice is prepared and finance is asked, days before it may leave. */
export async function noticeAsked(town: Town, creditorId: string): Promise<Story> {
  const story = await registered(town, creditorId);
  await town.upTo(creditorId, story.caseId, 'prepare', 'formalNotice', { calls: 'attempted' });
  await town.act(creditorId, story.caseId);
  return story;
}

/** The notice is approved and its day has come. */
export async function noticeDue(town: Town, creditorId: string): Promise<Story> {
  const story = await noticeAsked(town, creditorId);
  await town.upTo(creditorId, story.caseId, 'formalNotice', 'formalNotice', { approve: true });
  return story;
}

/** The formal mails of a creditor as they are kept, oldest first. */
export function formalMailsOf(town: Town, creditorId: string): Promise<OutboundMessageRow[]> {
  return town.read((tx) => tx.messages.all({ creditorId, act: 'formalMail' }, { by: 'createdAt' }));
}

/** What the workflow would give to the act of the case's next wake. */
export async function actInput(town: Town, { creditorId, caseId }: Story) {
  const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
  return { creditorId, caseId, wake, factSeq, epoch };
}
