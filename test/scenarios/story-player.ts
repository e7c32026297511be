import { randomUUID } from 'node:crypto';
import { addDays, type Day, day } from '#domain';
import type { Stack } from '../support/stack.js';
import { StackClock } from '../support/stack-clock.js';
import { doDeed, type Played } from './deeds.js';
import { Desk } from './desk.js';
import { StoryDiary } from './story-diary.js';
import type { Story } from './story-schema.js';

export interface DayPlayed {
  readonly on: Day;
  lines: string[];
  mails: number;
  calls: number;
}

/** Plays one story on the whole stack: files and commands by REST, money by webhook, time by the sandbox clock, people by the story's habits. */
export class StoryPlayer {
  readonly desk: Desk;
  readonly days = new Map<string, DayPlayed>();
  readonly clock: StackClock;
  private readonly diary: StoryDiary;
  private readonly played: Played;

  private constructor(
    readonly stack: Stack,
    readonly story: Story,
    desk: Desk,
  ) {
    this.desk = desk;
    this.diary = new StoryDiary(stack, desk.creditorId);
    this.clock = new StackClock(stack, desk.creditorId, (today) => this.atRest(today));
    this.played = { payments: new Map() };
  }

  static async open(stack: Stack, story: Story): Promise<StoryPlayer> {
    const creditorId = `${story.creditor === 'A' ? 'mirandole' : 'zephyrine'}-${randomUUID().slice(0, 6)}`;
    const desk = await Desk.open(stack, story.creditor, creditorId);
    await desk.ask('finance', 'POST', '/go-live');
    return new StoryPlayer(stack, story, desk);
  }

  async play(): Promise<void> {
    for (const file of this.story.files) await this.desk.import(file);
    for (const { on, at, when } of this.story.days) {
      if (when.length === 0) continue;
      await this.clock.runUntil(day(on), at);
      for (const deed of when) {
        await doDeed(this, deed, day(on), this.played);
        await this.clock.settle();
      }
    }
    await this.clock.runUntil(day(this.story.until), '21:00');
  }

  /** Every day from the first to the last, those on which nothing happened included. */
  calendar(): DayPlayed[] {
    const listed = [...this.days.keys(), ...this.story.days.map(({ on }) => on)].sort();
    const days: DayPlayed[] = [];
    for (let on = day(listed[0] ?? this.story.until); on <= this.story.until; on = addDays(on, 1)) {
      days.push(this.days.get(on) ?? { on, lines: [], mails: 0, calls: 0 });
    }
    return days;
  }

  /** Names of the signals in the history of a case's newest workflow, and whether it still runs. */
  async workflowOf(about: string): Promise<{ workflow: string; signals: string[] }> {
    const { workflowId } = await this.desk.caseOf(about);
    const handle = this.stack.temporal.workflow.getHandle(workflowId);
    const { status } = await handle.describe();
    const events = (await handle.fetchHistory()).events ?? [];
    const signals = events.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      signal?.signalName ? [signal.signalName] : [],
    );
    return { workflow: status.name.toLowerCase(), signals: signals.filter((name) => name !== 'sandboxClockMoved') };
  }

  private async atRest(today: Day): Promise<boolean> {
    const known = this.days.get(today) ?? { on: today, lines: [], mails: 0, calls: 0 };
    const [mails, calls] = [this.diary.mails, this.diary.calls];
    known.lines.push(...(await this.diary.news()));
    known.mails += this.diary.mails - mails;
    known.calls += this.diary.calls - calls;
    if (known.lines.length > 0 || known.mails > 0 || known.calls > 0) this.days.set(today, known);
    return this.people();
  }

  /** What people do by habit. True when somebody did something. */
  private async people(): Promise<boolean> {
    const { calls, approvals, post } = this.story.people;
    let isDone = false;
    if (calls !== 'nobody') {
      for (const { callId } of (await this.desk.ask<{ items: { callId: string }[] }>('auditor', 'GET', '/calls?state=open')).items) {
        await this.desk.ask('controller', 'POST', `/calls/${callId}/report`, { outcome: calls });
        isDone = true;
      }
    }
    if (approvals === 'given') {
      const pending = await this.desk.ask<{ items: { approvalId: string; basis: string }[] }>('auditor', 'GET', '/approvals?state=pending');
      for (const { approvalId, basis } of pending.items) {
        await this.desk.ask('finance', 'POST', `/approvals/${approvalId}/decision`, { verdict: 'approved', basis });
        isDone = true;
      }
    }
    if (post === 'delivered') isDone = (await this.postman()) || isDone;
    return isDone;
  }

  /** The operator of the post reports by its signed webhook. */
  private async postman(): Promise<boolean> {
    const mine = await this.stack.api.backend.plain((tx) =>
      tx.postItems.all({ creditorId: this.desk.creditorId, state: ['sentToProvider', 'deposited'] }),
    );
    const onTheWay = mine.filter(({ messageId }) =>
      this.stack.local.letters().some((letter) => letter.mid === messageId && letter.state !== 'delivered'),
    );
    for (const { messageId } of onTheWay) this.stack.local.reportLetter(messageId, { state: 'delivered', on: await this.clock.today() });
    return onTheWay.length > 0;
  }
}
