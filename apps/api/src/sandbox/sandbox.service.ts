import { type Actor, moveClock, nowFor, refusal, todayFor } from '#casework';
import { addSeconds, type Instant } from '#domain';
import type { CreditorRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { instantOf } from '../http/wire.js';
import { restingMessages } from './resting-messages.js';
import type { clockAnswer, clockBody, idleAnswer } from './sandbox.schemas.js';

const DAY_SECONDS = 86_400;
const DUE_SHOWN = 20;

type Clock = z.output<typeof clockAnswer>;
type Move = z.output<typeof clockBody>;

/** The movable clock of a sandbox creditor, and whether everything due has been done. */
@Injectable()
export class SandboxService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async clock(creditorId: string): Promise<Clock> {
    const creditor = await this.backend.plain((tx) => sandbox(tx, creditorId));
    return this.clockOf(creditor, false);
  }

  /** Never backwards, and under the creditor's exclusive lock: no message is claimed while time moves. */
  async move(creditorId: string, move: Move, by: Actor): Promise<Clock> {
    const known = await this.backend.plain((tx) => sandbox(tx, creditorId));
    const next = move.toNextWake ? await this.nextStop(known) : undefined;
    if (move.toNextWake && (!next || next.at <= clockOf(known))) return this.clockOf(known, false);
    const moved = await this.backend.deps.unitOfWork.run(creditorId, 'exclusive', async (tx) => {
      const creditor = await sandbox(tx, creditorId);
      const target = move.to ? instantOf(move.to) : (next?.at ?? addSeconds(clockOf(creditor), (move.days ?? 0) * DAY_SECONDS));
      return moveClock(tx, this.backend.deps, creditorId, target, by);
    });
    return this.clockOf(moved, true);
  }

  async idle(creditorId: string): Promise<z.output<typeof idleAnswer>> {
    const { deps, dueCases, outbox, inbox } = this.backend;
    const state = await this.backend.plain(async (tx) => {
      const creditor = await sandbox(tx, creditorId);
      const claimed = await tx.messages.count({ creditorId, state: 'CLAIMED' });
      return {
        creditor,
        claimed,
        resting: await restingMessages(tx, deps, creditor),
        journal: await tx.journal.count({ creditorId }),
        verdicts: await tx.stageVerdicts.count({ creditorId }),
      };
    });
    const now = deps.clock.now();
    const at = clockOf(state.creditor);
    const due = await dueCases.dueBy(creditorId, at, 1000);
    const waiting = { outbox: await outbox.pending(creditorId), inbox: await inbox.pending(creditorId) };
    const onTheirWay = state.claimed + state.resting.leaving;
    return {
      idle: due.length + waiting.outbox + waiting.inbox + onTheirWay === 0,
      clock: at,
      day: todayFor(state.creditor, deps.clock),
      wallClock: now,
      due: due.length,
      dueCases: due.slice(0, DUE_SHOWN),
      ...waiting,
      onTheirWay,
      mark: `${state.creditor.clockVersion}/${state.journal}/${state.verdicts}`,
      nextWake: (await this.nextStop(state.creditor)) ?? null,
    };
  }

  /** The earliest wake of a case, or the hour at which a message that waits for the sending window may leave. */
  private async nextStop(creditor: CreditorRow): Promise<{ caseId: string; at: Instant } | undefined> {
    const { deps, dueCases } = this.backend;
    const wake = await dueCases.earliestWake(creditor.creditorId);
    const { next } = await this.backend.plain((tx) => restingMessages(tx, deps, creditor));
    return wake && next ? (next.at < wake.at ? next : wake) : (wake ?? next);
  }

  private async clockOf(creditor: CreditorRow, moved: boolean): Promise<Clock> {
    const { creditorId, clockVersion } = creditor;
    const next = await this.nextStop(creditor);
    return {
      creditorId,
      at: clockOf(creditor),
      day: todayFor(creditor, this.backend.deps.clock),
      version: clockVersion,
      nextWake: next ?? null,
      moved,
    };
  }
}

async function sandbox(tx: Tables, creditorId: string): Promise<CreditorRow> {
  const creditor = orNotFound(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  if (!creditor.sandbox || !creditor.clockAt) throw refusal('notASandbox', { creditorId });
  return creditor;
}

function clockOf(creditor: CreditorRow): Instant {
  return nowFor(creditor, { now: () => creditor.createdAt });
}
