import { setTimeout as pause } from 'node:timers/promises';
import { addSeconds } from '#domain';
import { releaseLease, takeLease } from '#casework';
import type { ReconcilerFindingRow, ReconcilerPassRow } from '#ports';
import type { Backend } from '../../backend.js';
import type { Difference } from './compare-case.js';
import { findDifferences, TemporalAway } from './find-differences.js';
import { openFinding, recordFinding, resolveUnseen } from './record-findings.js';
import { repair } from './repair.js';

export interface ReconcileSettings {
  /** Rows younger than this are not judged, in seconds. */
  readonly quietSeconds?: number;
  readonly repairsMax?: number;
  readonly repairsPerSecond?: number;
}

export interface ReconcileReport {
  readonly outcome: ReconcilerPassRow['outcome'];
  readonly cases: number;
  readonly differing: number;
  readonly repaired: number;
  /** The first hundred; all of them are in the list of findings. */
  readonly differences: readonly (Difference & { readonly action: string })[];
}

const EVERY_SECONDS = 300;
const LEASE = 'reconciler';
const ALL = '*';
const SHOWN_MAX = 100;
const QUIET_SECONDS = 60;
/** With the server wiped, ten thousand cases start again over three minutes instead of in one blow. */
const REPAIRS_PER_SECOND = 50;
const REPAIRS_MAX = 2_000;

/**
 * I25: one running workflow per open case, none per closed one, the same snapshot on both sides. A loop of this process, one at a time over the
 * whole installation by a lease in the database, and no Temporal schedule: a schedule would be lost with the very server whose loss it mends.
 */
export class Reconciler {
  private readonly holder: string;

  constructor(
    private readonly backend: Backend,
    private readonly settings: ReconcileSettings = {},
  ) {
    this.holder = backend.deps.ids.next();
  }

  /** A pass over all creditors when the last one began five minutes ago. Returns the seconds until the next look. */
  async ifDue(): Promise<number> {
    const { backend, holder } = this;
    const now = backend.deps.clock.now();
    const [last] = await backend.plain((tx) =>
      tx.reconcilerPasses.all({ creditorId: ALL }, { by: 'startedAt', direction: 'desc', limit: 1 }),
    );
    const isDue = !last || last.outcome === 'bounded' || addSeconds(last.startedAt, EVERY_SECONDS) <= now;
    if (!isDue || !(await takeLease(backend.deps, ALL, LEASE, holder))) return 15;
    try {
      const { outcome } = await this.pass();
      return outcome === 'bounded' ? 1 : 15;
    } finally {
      await releaseLease(backend.deps, ALL, LEASE, holder);
    }
  }

  /** Compares and repairs now: one creditor, or all. With `dryRun` nothing is written. Never throws for Temporal being away. */
  async pass({ creditorId, dryRun = false }: { creditorId?: string; dryRun?: boolean } = {}): Promise<ReconcileReport> {
    const run = new Pass(this.backend, this.settings, dryRun, () => takeLease(this.backend.deps, ALL, LEASE, this.holder));
    const row = dryRun ? undefined : await this.begin(creditorId ?? ALL);
    let outcome: ReconcilerPassRow['outcome'] = 'failed';
    try {
      outcome = await run.over(creditorId === undefined ? await this.creditors() : [creditorId]);
    } finally {
      if (row) await this.end(row, { outcome, cases: run.cases, differing: run.differing, repaired: run.repaired });
    }
    if (run.differing > 0) {
      this.backend.logger.warn({ count: run.differing, total: run.cases, outcome, job: LEASE }, 'Rows and workflows did not agree');
    }
    return { outcome, cases: run.cases, differing: run.differing, repaired: run.repaired, differences: run.shown };
  }

  private async creditors(): Promise<string[]> {
    const rows = await this.backend.plain((tx) => tx.creditors.all({}, { by: 'creditorId' }));
    return rows.map((row) => row.creditorId);
  }

  private async begin(creditorId: string): Promise<ReconcilerPassRow> {
    const { clock, ids } = this.backend.deps;
    const numbers = { cases: 0, differing: 0, repaired: 0 };
    const row: ReconcilerPassRow = {
      creditorId,
      passId: ids.next(),
      startedAt: clock.now(),
      endedAt: null,
      outcome: 'running',
      ...numbers,
    };
    await this.backend.plain((tx) => tx.reconcilerPasses.insert(row));
    return row;
  }

  private async end({ creditorId, passId }: ReconcilerPassRow, patch: Partial<ReconcilerPassRow>): Promise<void> {
    const endedAt = this.backend.deps.clock.now();
    await this.backend.plain((tx) => tx.reconcilerPasses.update({ creditorId, passId }, { ...patch, endedAt }));
  }
}

/** The counters of one pass, and how fast it may repair. */
class Pass {
  cases = 0;
  differing = 0;
  repaired = 0;
  readonly shown: (Difference & { action: string })[] = [];
  private readonly max: number;
  private readonly perSecond: number;

  constructor(
    private readonly backend: Backend,
    private readonly settings: ReconcileSettings,
    private readonly isDry: boolean,
    private readonly renewLease: () => Promise<boolean>,
  ) {
    this.max = settings.repairsMax ?? REPAIRS_MAX;
    this.perSecond = settings.repairsPerSecond ?? REPAIRS_PER_SECOND;
  }

  async over(creditors: readonly string[]): Promise<ReconcilerPassRow['outcome']> {
    if (!(await this.backend.directory.isReachable())) return 'temporalAway';
    try {
      for (const creditorId of creditors) {
        const since = this.backend.deps.clock.now();
        const look = { creditorId, quietSeconds: this.settings.quietSeconds ?? QUIET_SECONDS };
        const { cases } = await findDifferences(this.backend, look, (difference) => this.take(difference));
        this.cases += cases;
        if (this.isFull) return 'bounded';
        if (!this.isDry) await resolveUnseen(this.backend, creditorId, since);
        if (!this.isDry) await this.renewLease();
      }
      return 'complete';
    } catch (error) {
      if (error instanceof TemporalAway) return 'temporalAway';
      throw error;
    }
  }

  private get isFull(): boolean {
    return !this.isDry && this.repaired >= this.max;
  }

  private async take(difference: Difference): Promise<boolean> {
    const before = this.isDry ? undefined : await openFinding(this.backend, difference);
    const done = this.isDry ? 'none' : await repair(this.backend, difference, tellingsOf(before, difference));
    if (done === 'left') return true;
    if (done !== 'none') {
      await recordFinding(this.backend, difference, done, before);
      this.repaired += 1;
      this.backend.metrics.differenceFound(difference.kind, done);
      if (this.repaired % this.perSecond === 0) await Promise.all([pause(1_000), this.renewLease()]);
    }
    this.differing += 1;
    if (this.shown.length < SHOWN_MAX) this.shown.push({ ...difference, action: done });
    return !this.isFull;
  }
}

/** How often this was told in vain. A raised epoch begins anew: the workflow takes now what it refused before. */
function tellingsOf(before: ReconcilerFindingRow | undefined, { detail }: Difference): number {
  return before && before.detail['epoch'] === detail['epoch'] ? before.times : 0;
}
