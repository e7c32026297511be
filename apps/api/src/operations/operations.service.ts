import { dayIn, epochMs, type Instant } from '#domain';
import type { ApiKeyRow } from '#ports';
import { statuteWatch } from '#statutes';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { LAW_ZONE, statuteNote } from '../health/statute-note.js';
import { orNotFound } from '../http/problem.js';
import type {
  findingPage,
  findingsQuery,
  flaggedPage,
  lateRungPage,
  operationsListQuery,
  reconcileAnswer,
  reconcileInput,
  statuteFindings,
  summaryAnswer,
} from './operations.schemas.js';
import { scopeOf } from './operation-scope.js';
import { Reconciler } from './reconcile/reconciler.js';

type ListQuery = z.output<typeof operationsListQuery>;
type Summary = z.output<typeof summaryAnswer>;

const SWEEPS_SHOWN = 100;

/** What staff and operators see of the machine: one page of numbers, and a list behind each. */
@Injectable()
export class OperationsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async summary(key: ApiKeyRow, asked: string | undefined): Promise<Summary> {
    const { backend } = this;
    const creditorId = await this.known(scopeOf(key, asked));
    const now = backend.deps.clock.now();
    const [counts, passes, sweeps] = await Promise.all([
      backend.operations.counts(now, creditorId),
      backend.plain((tx) =>
        tx.reconcilerPasses.all(
          { creditorId: ['*', ...(creditorId ? [creditorId] : [])] },
          { by: 'startedAt', direction: 'desc', limit: 1 },
        ),
      ),
      backend.plain((tx) =>
        tx.providerSweeps.all(creditorId ? { creditorId } : {}, { by: 'lastRunAt', direction: 'desc', limit: SWEEPS_SHOWN }),
      ),
    ]);
    const age = (at: Instant | null): number | null => (at === null ? null : Math.max(0, Math.round((epochMs(now) - epochMs(at)) / 1000)));
    const uncertain = counts.unknown + counts.withPerson;
    return {
      at: now,
      creditorId: creditorId ?? null,
      crossedMessages: { count: counts.crossed, lastDay: counts.crossedLastDay },
      uncertainMessages: {
        count: uncertain,
        oldestAgeSeconds: age(counts.unknownOldestAt),
        withPerson: counts.withPerson,
        underAnHour: counts.unknownUnderHour,
        underADay: counts.unknownUnderDay,
        older: uncertain - counts.unknownUnderHour - counts.unknownUnderDay,
      },
      deadLetters: {
        events: {
          count: counts.parkedEvents + counts.quarantinedEvents,
          oldestAgeSeconds: age(counts.deadEventsOldestAt),
          quarantined: counts.quarantinedEvents,
        },
        news: { count: counts.failingNews, oldestAgeSeconds: age(counts.failingNewsOldestAt) },
      },
      lateRungs: { count: counts.lateRungs, oldestAgeSeconds: age(counts.latestRungAt) },
      brakes: { count: counts.brakes, product: counts.productBrakes > 0, creditorFlags: counts.braked },
      reconciler: { openFindings: counts.openFindings, waitingForPerson: counts.askedFindings, lastPass: passes[0] ?? null },
      backlog: {
        inbox: { count: counts.inboxWaiting, oldestAgeSeconds: age(counts.inboxOldestAt) },
        outbox: { count: counts.outboxWaiting, oldestAgeSeconds: age(counts.outboxOldestAt) },
      },
      statutes: this.statutes(now),
      sweeps: sweeps.map(({ account: _account, ...sweep }) => sweep),
      tasks: { open: counts.openTasks, overdue: counts.overdueTasks },
    };
  }

  crossed(key: ApiKeyRow, query: ListQuery): Promise<z.output<typeof flaggedPage>> {
    return this.backend.operations.crossed(this.scoped(key, query));
  }

  uncertain(key: ApiKeyRow, query: ListQuery): Promise<z.output<typeof flaggedPage>> {
    return this.backend.operations.uncertain(this.scoped(key, query));
  }

  lateRungs(key: ApiKeyRow, query: ListQuery): Promise<z.output<typeof lateRungPage>> {
    return this.backend.operations.lateRungs(this.backend.deps.clock.now(), this.scoped(key, query));
  }

  findings(key: ApiKeyRow, query: z.output<typeof findingsQuery>): Promise<z.output<typeof findingPage>> {
    const { open, ...rest } = query;
    return this.backend.operations.findings({ ...this.scoped(key, rest), ...(open === undefined ? {} : { open }) });
  }

  statuteFindings(): z.output<typeof statuteFindings> {
    const on = dayIn(this.backend.deps.clock.now(), LAW_ZONE);
    const items = statuteWatch(this.backend.deps.law.statutes, on).map((finding) => ({
      code: finding.code,
      key: finding.key,
      on: finding.on ?? null,
      sentence: finding.sentence,
    }));
    return { on, items };
  }

  async reconcile(key: ApiKeyRow, body: z.output<typeof reconcileInput>): Promise<z.output<typeof reconcileAnswer>> {
    const creditorId = await this.known(scopeOf(key, body.creditorId));
    const report = await new Reconciler(this.backend).pass({ dryRun: body.dryRun ?? false, ...(creditorId ? { creditorId } : {}) });
    return { ...report, differences: report.differences.map((one) => ({ ...one, detail: { ...one.detail } })) };
  }

  private statutes(now: Instant): Summary['statutes'] {
    const { statutes } = this.backend.deps.law;
    const today = dayIn(now, LAW_ZONE);
    return { note: statuteNote(statutes, today), findings: statuteWatch(statutes, today).length };
  }

  private scoped(key: ApiKeyRow, { creditorId, ...page }: ListQuery) {
    const scope = scopeOf(key, creditorId);
    return { ...page, ...(scope ? { creditorId: scope } : {}) };
  }

  private async known(creditorId: string | undefined): Promise<string | undefined> {
    if (creditorId) await this.backend.plain(async (tx) => orNotFound(await tx.creditors.one({ creditorId }), 'creditor', creditorId));
    return creditorId;
  }
}
