import { addSeconds } from '#domain';
import type { Backend } from '../backend.js';
import type { ImportsService } from '../imports/imports.service.js';
import type { InboxService } from '../webhooks/inbox.service.js';
import { Janitor } from './janitor.js';
import { Loop } from './loop.js';
import { Relay } from './relay.js';

/** The loops beside the requests. */
export interface BackgroundWork {
  /** Looks for news to deliver now. */
  wake(): void;
  stop(): Promise<void>;
}

const RELAY_POLL_MS = 200;
const OUTAGE_PAUSE_MS = 2_000;
/** While a file is committed only signals leave: the relay shares this process with the import, and a case started a minute later loses nothing. */
const STARTS_WAIT_MS = 120_000;
/** A file that takes longer than that does not hold up the cases of other creditors: one batch of everything a second. */
const PAUSE_BESIDE_IMPORT_MS = 1_000;
const INBOX_POLL_MS = 500;
const INBOX_BATCH = 50;
const INBOX_LEASE_SECONDS = 60;
const JANITOR_MS = 5_000;
const IMPORTS_MS = 15_000;

/** Starts the relay, the inbox worker, the janitor and the resumption of imports in this process. Several processes may run them at once. */
export function startBackgroundWork(backend: Backend, services: { inbox: InboxService; imports: ImportsService }): BackgroundWork {
  const { logger } = backend;
  const relay = new Relay(backend);
  const janitor = new Janitor(backend);
  const relayLoop = new Loop(
    'relay',
    async () => {
      const importing = services.imports.committer.committingMs;
      const outcome = await relay.once(importing !== undefined && importing < STARTS_WAIT_MS ? 'signals' : 'all');
      if (outcome === 'outage') return OUTAGE_PAUSE_MS;
      if (importing !== undefined) return PAUSE_BESIDE_IMPORT_MS;
      return outcome === 'busy' ? 0 : RELAY_POLL_MS;
    },
    logger,
  );
  const inboxLoop = new Loop('inbox', () => applyInboxBatch(backend, services.inbox), logger);
  const janitorLoop = new Loop('janitor', () => janitor.once().then(() => JANITOR_MS), logger);
  const importsLoop = new Loop('imports', () => services.imports.resumeAll().then(() => IMPORTS_MS), logger);
  const loops = [relayLoop, inboxLoop, janitorLoop, importsLoop];
  const wakeRelay = (): void => {
    if (services.imports.committer.committingMs === undefined) relayLoop.wake();
  };
  backend.onCommit = wakeRelay;
  return {
    wake: wakeRelay,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await services.imports.committer.settle();
    },
  };
}

async function applyInboxBatch(backend: Backend, inbox: InboxService): Promise<number> {
  const now = backend.deps.clock.now();
  const rows = await backend.inbox.lease(INBOX_BATCH, now, addSeconds(now, INBOX_LEASE_SECONDS));
  for (const row of rows) await inbox.retry(row);
  return rows.length === INBOX_BATCH ? 0 : INBOX_POLL_MS;
}
