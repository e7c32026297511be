import { type ActInput, idempotentWrite, mailQueueOf, type RecoveryActs, resumable, throttled } from '#contracts';
import { assertNever, type CaseSnapshot } from '#domain';
import { isCancellation, log, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Mailbox } from './mailbox.js';
import { actWords } from './plain-words.js';
import { isSameWake } from './wait.js';

const rows = proxyActivities<RecoveryActs>(idempotentWrite);
const steps = proxyActivities<RecoveryActs>(resumable);
const mails = proxyActivities<RecoveryActs>(throttled);

/**
 * Calls the act of the wake that came and takes the snapshot it returns. Answers whether the case moved on: an act that failed, came back without
 * anything newer, or left the very same wake due has to be tried again later. Only a cancellation of the whole workflow is thrown.
 */
export async function climb(mailbox: Mailbox): Promise<boolean> {
  const { wake } = mailbox.snapshot;
  try {
    mailbox.take(wake.kind, await act(mailbox.snapshot));
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('The act failed and is tried again later', { kind: wake.kind, stage: wake.stage ?? null, error: String(error) });
  }
  return mailbox.snapshot.closed !== undefined || !isSameWake(mailbox.snapshot.wake, wake);
}

function act({ caseId, creditorId, wake, factSeq, epoch }: CaseSnapshot): Promise<CaseSnapshot> {
  const args: [ActInput] = [{ caseId, creditorId, wake, factSeq, epoch }];
  const summary = actWords(wake);
  const mailQueue = mailQueueOf(workflowInfo().taskQueue);
  switch (wake.kind) {
    case 'call':
      return rows.openCallTask.executeWithOptions({ summary }, args);
    case 'mail':
      return mails.sendMail.executeWithOptions({ summary, taskQueue: mailQueue }, args);
    case 'formalNotice':
      return mails.serveFormalNotice.executeWithOptions({ summary, taskQueue: mailQueue }, args);
    case 'referral':
      return steps.handOver.executeWithOptions({ summary }, args);
    case 'prepare':
      return steps.prepareStage.executeWithOptions({ summary }, args);
    case 'promiseEnds':
      return rows.judgePromise.executeWithOptions({ summary }, args);
    case 'holdEnds':
      return rows.endHold.executeWithOptions({ summary }, args);
    case 'disputeDue':
      return rows.escalateDispute.executeWithOptions({ summary }, args);
    case 'callExpires':
      return rows.expireCall.executeWithOptions({ summary }, args);
    case 'approvalExpires':
      return rows.expireApproval.executeWithOptions({ summary }, args);
    case 'review':
      return rows.reviewCase.executeWithOptions({ summary }, args);
    default:
      return assertNever(wake.kind);
  }
}
