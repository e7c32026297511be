import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Stack } from '../support/stack.js';
import { StoryPlayer } from './story-player.js';
import { type NamedStory, readStories, type Story } from './story-schema.js';
import { playKilledWorker } from './worker-killed.js';

const only = process.env.STORY;
const stories = readStories().filter(({ file }) => only === undefined || file.includes(only));
let stack: Stack;

beforeAll(async () => {
  stack = await Stack.open({ pgBase: inject('pgBase'), temporalAddress: inject('temporalAddress') });
}, 120_000);
afterAll(() => stack.close());

/** What the story promises, day by day, in the same words as what was seen. */
function promised(story: Story): string[] {
  return story.days
    .filter(({ expect: lines }) => lines.length > 0)
    .flatMap(({ on, expect: lines }) => lines.map((line) => `${on} ${line}`))
    .sort();
}

async function mailsOf(player: StoryPlayer): Promise<string> {
  const { deps } = player.stack.api.backend;
  const sent = await deps.unitOfWork.plain((tx) => tx.messages.all({ creditorId: player.desk.creditorId }));
  const mids = new Set(sent.map(({ messageId }) => messageId));
  return player.stack.local
    .mails()
    .filter(({ mid }) => mids.has(mid ?? ''))
    .map(({ id }) => player.stack.local.rawMail(id).toString('utf8'))
    .join('\n');
}

async function endOf(player: StoryPlayer, about: string): Promise<Story['end'][string]> {
  const { state, openPrincipal, episode } = await player.desk.caseOf(about);
  const { workflow, signals } = await player.workflowOf(about);
  return { state, open: `${openPrincipal.amount} ${openPrincipal.currency}`, episode, workflow: workflow as 'running', signals };
}

/** A script for the mail server speaks to whoever mails next: such stories are played alone. */
const alone = stories.filter(({ story }) => story.days.some(({ when }) => when.some((deed) => 'mailServer' in deed)));
const together = stories.filter((one) => !alone.includes(one));

describe.runIf(alone.length > 0)('stories of the sample book on the whole stack, alone', () => {
  it.each(alone)('$file: $story.story', ({ story }: NamedStory) => check(story), 240_000);
});

describe('stories of the sample book on the whole stack', () => {
  it.runIf(only === undefined || 'worker-killed'.includes(only)).concurrent(
    'I5: the worker is killed while the provider holds a mail; the mail leaves once and the ladder goes on',
    () => playKilledWorker({ pgBase: inject('pgBase'), temporalAddress: inject('temporalAddress') }),
    300_000,
  );
  it.concurrent.each(together)('$file: $story.story', ({ story }: NamedStory) => check(story), 240_000);
});

async function check(story: Story): Promise<void> {
  const player = await StoryPlayer.open(stack, story);
  let failure: unknown;
  await player.play().catch((error: unknown) => {
    failure = error;
  });
  const seen = player.calendar().flatMap(({ on, lines }) => lines.map((line) => `${on} ${line}`));
  if (process.env.STORY_TELL) console.log(tell(player));
  if (failure) throw new Error(`The story broke off.\n${tell(player)}`, { cause: failure });
  expect([...seen].sort()).toEqual(promised(story));
  const counted = new Map(player.calendar().map((one) => [one.on as string, one]));
  for (const { on, mails, calls } of story.days) {
    if (mails !== undefined) expect(`${on}: ${counted.get(on)?.mails ?? 0} mail(s)`).toBe(`${on}: ${mails} mail(s)`);
    if (calls !== undefined) expect(`${on}: ${counted.get(on)?.calls ?? 0} call(s)`).toBe(`${on}: ${calls} call(s)`);
  }
  for (const line of story.never) expect(seen.filter((one) => one.includes(line))).toEqual([]);
  const mails = await mailsOf(player);
  for (const words of story.neverInMails) expect(mails).not.toContain(words);
  for (const [about, end] of Object.entries(story.end)) {
    const { signals, ...seenAtEnd } = await endOf(player, about);
    expect({ [about]: end.signals ? { ...seenAtEnd, signals } : seenAtEnd }).toEqual({ [about]: end });
  }
}

function tell(player: StoryPlayer): string {
  const busy = player.calendar().filter(({ lines, mails }) => lines.length > 0 || mails > 0);
  return busy
    .map(({ on, lines, mails, calls }) => `${on} (${mails} mails, ${calls} calls)\n${lines.map((line) => `    - ${line}`).join('\n')}`)
    .join('\n');
}
