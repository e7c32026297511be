/** The task queue of workflows and of every act that only touches our own rows. */
export const COLLECTIONS_QUEUE = 'collections';

/** The task queue of acts that hand something to the mail provider: a slow provider starves nothing else, and its rate has one throttle. */
export const COLLECTIONS_MAIL_QUEUE = mailQueueOf(COLLECTIONS_QUEUE);

/**
 * The mail queue that stands beside a workflow queue: `collections` → `collections-mail`.
 * Derived, so that a second deployment or a test run is one name and not two that must agree.
 */
export function mailQueueOf(queue: string): string {
  return `${queue}-mail`;
}
