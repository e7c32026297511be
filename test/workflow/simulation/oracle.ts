import { dayIn, daysBetween, instant, isBusinessDay, isTransition, shownState, timeIn, type Instant } from '#domain';
import { CALENDAR, POLICY, type PureCase, type Rules, ZONE } from '../../integration/models/pure-case.js';
import { TOLERANCE } from '../../integration/models/reference-case.js';
import type { Message, Rows } from './rows.js';

/** What the outside world knows for certain, kept apart from the rows: money acknowledged, letters taken. */
export class Oracle {
  readonly faults: string[] = [];
  private readonly acknowledged = new Map<string, bigint>();
  /** Letters that the provider has, by the rung they speak for. */
  readonly taken = new Map<string, { readonly at: Instant; readonly rung: string }>();
  private lastTakenAt: Instant | undefined;

  constructor(private readonly total: bigint) {}

  /** A payment was acknowledged to its sender, at the moment its row was committed. */
  acknowledge(ref: string, amount: bigint): void {
    if (!this.acknowledged.has(ref)) this.acknowledged.set(ref, amount);
  }

  reverse(ref: string): void {
    if (this.acknowledged.has(ref)) this.acknowledged.set(ref, 0n);
  }

  /** The right to send was given: nothing may stand against it at this very moment. */
  claimed(rows: Rows, { id }: Message): void {
    const { state } = rows.pure;
    const paid = [...this.acknowledged.values()].reduce((sum, amount) => sum + amount, 0n);
    if (this.total - paid <= TOLERANCE) this.faults.push(`I1: ${id} was claimed after a settling payment was acknowledged`);
    if (state.promise) this.faults.push(`I15: ${id} was claimed while a promise runs`);
    const stop = state.hold ? 'hold' : state.dispute ? 'dispute' : state.insolvency ? 'insolvency' : rows.brakeOn ? 'brake' : undefined;
    if (stop) this.faults.push(`I16: ${id} was claimed under a ${stop}`);
    if (state.closed) this.faults.push(`I14: ${id} was claimed on a closed case`);
  }

  /** The provider took a letter. */
  took({ id, stage, round }: Message, at: Instant): void {
    const rung = `${stage}/${round}`;
    if (this.taken.has(rung)) this.faults.push(`I5: ${rung} left twice`);
    const { from, to } = POLICY.limits.window;
    const time = timeIn(at, ZONE);
    if (time < from || time > to || !isBusinessDay(dayIn(at, ZONE), CALENDAR))
      this.faults.push(`I10: ${id} left at ${at}, outside the window`);
    const last = this.lastTakenAt;
    const gap = last && daysBetween(dayIn(last, ZONE), dayIn(at, ZONE));
    if (gap !== undefined && gap < POLICY.limits.messageGapDays) this.faults.push(`I10: ${id} left ${gap} days after the letter before it`);
    this.taken.set(rung, { at, rung });
    this.lastTakenAt = at;
  }

  /** What must hold of the rows after every step. */
  looked(rules: Rules, before: PureCase, { pure, view }: Rows): void {
    const { state, payments } = pure;
    const given = payments.reduce((sum, line) => sum + line.given, 0n);
    if (state.openPrincipalMinor < 0n || given + state.openPrincipalMinor !== this.total) this.faults.push('I11: money is made or lost');
    const rungs = state.stages.map(({ stage, round }) => `${stage}/${round}`);
    if (new Set(rungs).size !== rungs.length) this.faults.push(`I13: a rung has two outcomes: ${rungs.join(' ')}`);
    if (!state.closed && !view.wake) this.faults.push('liveness: an open case waits for nothing');
    if (before === pure || pure.events.length === 0) return;
    let walked = before.state;
    for (const event of pure.events) {
      const next = rules.evolve(walked, event, dayIn(pure.now, ZONE));
      const [from, to] = [shownState(walked), shownState(next)];
      if (!isTransition(from, to, event.type)) this.faults.push(`I14: ${from} became ${to} by ${event.type}`);
      walked = next;
    }
  }
}

export const instantAt = (ms: number): Instant => instant(new Date(ms).toISOString());
