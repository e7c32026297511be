import { type Actor, moveClock, nowFor, refusal, todayFor } from '#casework';
import { addSeconds, type Instant } from '#domain';
import type { CreditorRow, Tables, Tx } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { instantOf } from '../http/wire.js';
import type { clockAnswer, clockBody, idleAnswer } from './sandbox.schemas.js';

const DAY_SECONDS = 86_400;
const DUE_SHOWN = 20;
/** A message that informs is written at once when it may leave; one that still rests after this waits for its hour. */
const JUST_QUEUED_SECONDS = 5;

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
    const next = move.toNextWake ? await this.backend.dueCases.earliestWake(creditorId) : undefined;
    if (move.toNextWake && (!next || next.at <= clockOf(known))) return this.clockOf(known, false);
    const moved = await this.backend.deps.unitOfWork.run(creditorId, 'exclusive', async (tx) => {
      const creditor = await sandbox(tx, creditorId);
      const target = move.to ? instantOf(move.to) : (next?.at ?? addSeconds(clockOf(creditor), (move.days ?? 0) * DAY_SECONDS));
      const row = await moveClock(tx, this.backend.deps, creditorId, target, by);
      await this.tellMessages(tx, row, target);
      return row;
    });
    return this.clockOf(moved, true);
  }

  async idle(creditorId: string): Promise<z.output<typeof idleAnswer>> {
    const { deps, dueCases, outbox, inbox } = this.backend;
    const state = await this.backend.plain(async (tx) => {
      const creditor = await sandbox(tx, creditorId);
      const claimed = await tx.messages.count({ creditorId, state: 'CLAIMED' });
      const resting = await tx.messages.all(
        { creditorId, purpose: 'inform', state: 'PLANNED' },
        { by: 'createdAt', direction: 'desc', limit: 50 },
      );
      return {
        creditor,
        claimed,
        resting,
        journal: await tx.journal.count({ creditorId }),
        verdicts: await tx.stageVerdicts.count({ creditorId }),
      };
    });
    const now = deps.clock.now();
    const at = clockOf(state.creditor);
    const due = await dueCases.dueBy(creditorId, at, 1000);
    const waiting = { outbox: await outbox.pending(creditorId), inbox: await inbox.pending(creditorId) };
    const young = state.resting.filter((message) => message.updatedAt > addSeconds(now, -JUST_QUEUED_SECONDS)).length;
    const onTheirWay = state.claimed + young;
    const next = await dueCases.earliestWake(creditorId);
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
      nextWake: next ?? null,
    };
  }

  /** Messages that inform wait for their hour too; the move of the clock is told to their own workflows. */
  private async tellMessages(tx: Tx, creditor: CreditorRow, at: Instant): Promise<void> {
    const { creditorId, clockVersion } = creditor;
    const createdAt = this.backend.deps.clock.now();
    const waiting = await tx.messages.all({ creditorId, purpose: 'inform', state: 'PLANNED' }, { by: 'createdAt', limit: 1000 });
    for (const { messageId, workflowId } of waiting) {
      if (!workflowId) continue;
      await tx.enqueue({
        creditorId,
        workflowId,
        kind: 'signal',
        name: 'sandboxClockMoved',
        payload: { messageId, version: clockVersion, at, recordedAt: createdAt },
        createdAt,
      });
    }
  }

  private async clockOf(creditor: CreditorRow, moved: boolean): Promise<Clock> {
    const { creditorId, clockVersion } = creditor;
    const next = await this.backend.dueCases.earliestWake(creditorId);
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
