import { safePart } from './safe-text.js';

/**
 * The id of one case's workflow, which an auditor sees first: `recovery/<creditorId>/<invoiceId>`, `~2` for the second due term, `/2` for the second
 * episode (a closed case that came back). Term and episode count from 1. Fixed in a unique column when the case is made; never built again later.
 */
export function recoveryWorkflowId(creditorId: string, invoiceId: string, term = 1, episode = 1): string {
  const ofTerm = counted(term, 'term') === 1 ? '' : `~${term}`;
  const ofEpisode = counted(episode, 'episode') === 1 ? '' : `/${episode}`;
  return `recovery/${safePart(creditorId)}/${safePart(invoiceId)}${ofTerm}${ofEpisode}`;
}

/** The id of the workflow that delivers one message that only informs: `message/<creditorId>/<messageId>`. */
export function messageWorkflowId(creditorId: string, messageId: string): string {
  return `message/${safePart(creditorId)}/${safePart(messageId)}`;
}

function counted(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`The ${what} of a case counts from 1: ${value}`);
  return value;
}
