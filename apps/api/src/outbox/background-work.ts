import { addSeconds } from '#domain';
import type { InboxRow } from '#ports';
import type { Backend } from '../backend.js';
import type { ImportsService } from '../imports/imports.service.js';
import type { InboxService } from '../webhooks/inbox.service.js';
import { Janitor } from './janitor.js';
import { Loop } from './loop.js';
import { Watch } from '../operations/watch.js';
import type { BrakesService } from '../operations/brakes.service.js';
import { MailLookUp } from '../operations/sweep/mail-look-up.js';
import type { ProviderSweep } from '../operations/sweep/provider-sweep.js';
import { Reconciler } from '../operations/reconcile/reconciler.js';
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
const WATCH_MS = 10_000;
/** A process that starts lets its relay deliver first what was left over. */
const RECONCILER_WAITS_MS = 20_000;
const LANES_AT_ONCE = 4;

/** Starts the relay, the inbox worker, the janitor and the resumption of imports in this process. Several processes may run them at once. */
export function startBackgroundWork(
  backend: Backend,
  services: { inbox: InboxService; imports: ImportsService; brakes: BrakesService; sweep: ProviderSweep },
): BackgroundWork {
  const { logger } = backend;
  const relay = new Relay(backend);
  const janitor = new Janitor(backend);
  const reconciler = new Reconciler(backend);
  const watch = new Watch(backend, services.brakes);
  const lookUp = new MailLookUp(backend);
  const startedAt = performance.now();
  const ended = backend.metrics.roundEnded.bind(backend.metrics);
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
    ended,
  );
  const inboxLoop = new Loop('inbox', () => applyInboxBatch(backend, services.inbox), logger, ended);
  const janitorLoop = new Loop('janitor', () => janitor.once().then(() => JANITOR_MS), logger, ended);
  const importsLoop = new Loop('imports', () => services.imports.resumeAll().then(() => IMPORTS_MS), logger, ended);
  const watchLoop = new Loop('watch', () => watch.once().then(() => WATCH_MS), logger, ended);
  const sweepLoop = new Loop('sweep', () => services.sweep.ifDue().then((seconds) => seconds * 1000), logger, ended);
  const lookUpLoop = new Loop('lookUp', () => lookUp.ifDue().then((seconds) => seconds * 1000), logger, ended);
  const reconcilerLoop = new Loop(
    'reconciler',
    async () => {
      const early = RECONCILER_WAITS_MS - (performance.now() - startedAt);
      return early > 0 ? early : (await reconciler.ifDue()) * 1000;
    },
    logger,
    ended,
  );
  const loops = [relayLoop, inboxLoop, janitorLoop, importsLoop, watchLoop, sweepLoop, lookUpLoop, reconcilerLoop];
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
  // A lane per creditor: an event that hangs, or fails again and again, holds up none of another's.
  const byCreditor = new Map<string, InboxRow[]>();
  for (const row of rows) byCreditor.set(row.creditorId, [...(byCreditor.get(row.creditorId) ?? []), row]);
  const lanes = [...byCreditor.values()];
  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) for (const row of lane) await inbox.retry(row);
  };
  await Promise.all(Array.from({ length: LANES_AT_ONCE }, work));
  return rows.length === INBOX_BATCH ? 0 : INBOX_POLL_MS;
}
