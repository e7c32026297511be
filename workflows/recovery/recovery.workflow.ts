import { caseSignals, type RecoveryInput, type RecoveryOutcome, sandboxClockMoved } from '#contracts';
import type { CaseSnapshot } from '#domain';
import { allHandlersFinished, condition, continueAsNew, setDefaultSignalHandler, setHandler, workflowInfo } from '@temporalio/workflow';
import { climb } from './climb.js';
import { Mailbox } from './mailbox.js';
import { publish } from './publish.js';
import { isSameWake, pauseBeforeRetry, WakeTimer } from './wait.js';

/**
 * Recovers one due term of one invoice. The facts decide, in PostgreSQL; this loop shows the newest snapshot, waits for its wake or for news, and
 * calls the one act the wake names, until a snapshot says that the case is closed. Ends with the outcome; nothing but a cancellation escapes it.
 */
export async function recoverInvoice(start: RecoveryInput): Promise<RecoveryOutcome> {
  const mailbox = new Mailbox(start);
  listen(mailbox);
  const timer = new WakeTimer();
  let tries = 0;
  for (;;) {
    const { closed, wake } = mailbox.snapshot;
    publish(mailbox.snapshot);
    if (closed !== undefined) {
      timer.disarm();
      await condition(allHandlersFinished);
      if (mailbox.snapshot.closed !== undefined) return outcomeOf(mailbox.snapshot, mailbox.snapshot.closed);
      continue;
    }
    if (workflowInfo().continueAsNewSuggested) await startAfresh(mailbox);
    if ((await timer.untilDue(mailbox)) === 'news') {
      if (!isSameWake(wake, mailbox.snapshot.wake)) tries = 0;
      continue;
    }
    tries = (await climb(mailbox)) ? 0 : tries + 1;
    if (tries > 0) await pauseBeforeRetry(mailbox, tries);
  }
}

/** Every handler stands before the first await and only keeps what is newest; the loop acts. A cause that only a newer release knows is taken too. */
function listen(mailbox: Mailbox): void {
  for (const signal of caseSignals) setHandler(signal, (news) => mailbox.takeNews(signal.name, news));
  setHandler(sandboxClockMoved, (clock) => mailbox.takeMove(clock));
  setDefaultSignalHandler((name, news) => mailbox.takeNews(name, news as never));
}

/** The safety net for a history near its limit; a case stays far below it. The wait for what comes next begins again in the new run. */
async function startAfresh({ snapshot, clock }: Mailbox): Promise<never> {
  await condition(allHandlersFinished);
  return await continueAsNew<typeof recoverInvoice>(clock === undefined ? snapshot : { ...snapshot, clock });
}

function outcomeOf(snapshot: CaseSnapshot, closed: RecoveryOutcome['closed']): RecoveryOutcome {
  const { caseId, episode, state, epoch, factSeq, openPrincipal, currency } = snapshot;
  return { caseId, episode, closed, state, epoch, factSeq, openPrincipal, currency };
}
