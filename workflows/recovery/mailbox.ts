import { type CaseNews, readClock, readSnapshot } from '#contracts';
import type { CaseSnapshot, SandboxClock } from '#domain';
import { log } from '@temporalio/workflow';

/**
 * Holds the newest snapshot of one case. Signals and activity results may come late, twice or in any order: the higher `(epoch, factSeq)` wins, the
 * sandbox clock is merged by its own version, and what belongs to another case or is no snapshot at all is refused and logged.
 */
export class Mailbox {
  private newest: CaseSnapshot;
  private movedClock: SandboxClock | undefined;
  private changeCount = 0;

  constructor(start: CaseSnapshot) {
    this.newest = start;
    this.movedClock = start.clock;
  }

  get snapshot(): CaseSnapshot {
    return this.newest;
  }

  /** The creditor's sandbox clock; `undefined` for a real creditor, whose case follows the server's time. */
  get clock(): SandboxClock | undefined {
    return this.movedClock;
  }

  /** How often something newer was taken; grows by news only, so that waiting for a change is comparing two numbers. */
  get changes(): number {
    return this.changeCount;
  }

  /** Takes a signal of the case. Never throws. */
  takeNews(signal: string, news: CaseNews): void {
    this.take(signal, (news as CaseNews | undefined)?.snapshot);
  }

  /** Takes a snapshot from a signal or an activity (`from` names it in the log). Never throws. */
  take(from: string, value: unknown): void {
    const snapshot = readSnapshot(value);
    if (snapshot === undefined) {
      log.warn('What came with this message is no case snapshot and was ignored', { from });
      return;
    }
    if (snapshot.caseId !== this.newest.caseId || snapshot.creditorId !== this.newest.creditorId) {
      log.warn('A snapshot of another case was refused', { from, caseId: this.newest.caseId, refusedCaseId: snapshot.caseId });
      return;
    }
    if (snapshot.clock !== undefined) this.merge(snapshot.clock);
    if (!isNewer(snapshot, this.newest)) return;
    if (snapshot.epoch > this.newest.epoch && snapshot.factSeq <= this.newest.factSeq) {
      log.warn('The rows were restored to an older point: the workflow adopts their number', {
        heldFactSeq: this.newest.factSeq,
        adoptedFactSeq: snapshot.factSeq,
        epoch: snapshot.epoch,
      });
    }
    this.newest = snapshot;
    this.changeCount += 1;
  }

  /** Takes a signalled move of the sandbox clock. A real creditor's case has no clock and refuses one. Never throws. */
  takeMove(value: unknown): void {
    const clock = readClock(value);
    if (clock === undefined || this.movedClock === undefined) {
      log.warn('A move of the sandbox clock was refused', { caseId: this.newest.caseId, sandbox: this.movedClock !== undefined });
      return;
    }
    this.merge(clock);
  }

  private merge(clock: SandboxClock): void {
    if (this.movedClock !== undefined && clock.version <= this.movedClock.version) return;
    this.movedClock = clock;
    this.changeCount += 1;
  }
}

function isNewer(candidate: CaseSnapshot, held: CaseSnapshot): boolean {
  return candidate.epoch === held.epoch ? candidate.factSeq > held.factSeq : candidate.epoch > held.epoch;
}
