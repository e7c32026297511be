import {
  type DeliveryResult,
  mailQueueOf,
  type MessageActs,
  type MessageInput,
  type MessageOutcome,
  readClock,
  sandboxClockMoved,
  throttled,
  tryAgainAfter,
} from '#contracts';
import { epochMs, type SandboxClock } from '#domain';
import { condition, continueAsNew, isCancellation, log, proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { workflowNowMs } from '../workflow-clock.js';

const mails = proxyActivities<MessageActs>(throttled);

/** A message postponed to a sandbox instant looks again this often by itself, should no move of the clock be told. */
const SANDBOX_LOOK_MS = 15 * 60_000;

/**
 * Delivers one message that only informs (thanks, confirmation, recall), so that its case may close at once. Calls the one activity until the rows
 * say what became of it; a postponed message waits for its moment. An unknown outcome ends here: events, a look-up or a person decide.
 */
export async function informDebtor(input: MessageInput): Promise<MessageOutcome> {
  let clock: SandboxClock | undefined;
  const merge = (value: unknown): void => {
    const moved = readClock(value);
    if (moved !== undefined && moved.version > (clock?.version ?? -1)) clock = moved;
  };
  setHandler(sandboxClockMoved, merge);
  let tries = 0;
  for (;;) {
    const result = await deliver(input);
    if (result !== undefined && result.state !== 'postponed') return { messageId: input.messageId, state: result.state };
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof informDebtor>(input);
    merge(result?.clock);
    const until = result?.until;
    const isAhead = until !== undefined && (result?.clock === undefined ? epochMs(until) > workflowNowMs() : until > (clock?.at ?? ''));
    // The clock moved while the activity looked at the old one: it looks again at once.
    if (!isAhead && result?.clock !== undefined && (clock?.version ?? 0) > result.clock.version) continue;
    tries = isAhead ? 0 : tries + 1;
    if (!isAhead) await sleep(tryAgainAfter(tries), { summary: `is tried again in ${tryAgainAfter(tries) / 60_000} min` });
    else if (result?.clock === undefined) await sleep(epochMs(until) - workflowNowMs(), { summary: `postponed to ${until.slice(0, 10)}` });
    else
      await condition(() => until <= (clock?.at ?? ''), SANDBOX_LOOK_MS, {
        summary: `postponed to ${until.slice(0, 10)} of the sandbox clock`,
      });
  }
}

/** The answer of the rows, or `undefined` when the activity failed or its answer cannot be read. */
async function deliver(input: MessageInput): Promise<DeliveryResult | undefined> {
  try {
    const taskQueue = mailQueueOf(workflowInfo().taskQueue);
    const result = await mails.deliverMessage.executeWithOptions({ summary: 'deliver the message', taskQueue }, [input]);
    return typeof result?.state === 'string' ? result : undefined;
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('The message could not be delivered and is tried again later', { messageId: input.messageId, error: String(error) });
    return undefined;
  }
}
