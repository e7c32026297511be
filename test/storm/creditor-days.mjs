// One creditor's months: the sandbox clock goes from wake to wake or by whole days while debtors pay, promise and contest in between.
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './desk.mjs';
import { later } from './world.mjs';

const LOOK_MS = 150;
const STEPS_MAX = 600;
const DAY_MS = 86_400_000;

const STATE = `
select c.clock_at,
       (select count(*)::int from recovery_case r where r.creditor_id = c.creditor_id and r.closed_kind is null and r.wake_at <= c.clock_at) as due,
       (select min(wake_at) from recovery_case r where r.creditor_id = c.creditor_id and r.closed_kind is null and r.wake_at > c.clock_at) as next_wake,
       (select count(*)::int from outbox o where o.creditor_id = c.creditor_id and o.state = 'pending') as outbox,
       (select count(*)::int from inbox i where i.creditor_id = c.creditor_id and i.state = 'received') as inbox,
       (select count(*)::int from outbound_message m where m.creditor_id = c.creditor_id and m.state in ('CLAIMED', 'UNKNOWN', 'HUMAN')) as uncertain,
       (select count(*)::int from outbound_message m where m.creditor_id = c.creditor_id and m.purpose = 'inform' and m.state = 'PLANNED') as informs
  from creditor c where c.creditor_id = $1`;

export class CreditorDays {
  constructor({ creditor, desk, sql, staff, payer, dice, local }) {
    Object.assign(this, { creditor, desk, sql, staff, payer, dice, local });
    this.deeds = creditor.invoices.flatMap((invoice) => invoice.life.map((deed) => ({ ...deed, invoice })));
    this.running = new Set();
    this.path = `/api/v1/creditors/${creditor.creditorId}`;
  }

  async state() {
    const { rows } = await this.sql.query(STATE, [this.creditor.creditorId]);
    const [row] = rows;
    return { ...row, clock: row.clock_at.toISOString(), nextWake: row.next_wake?.toISOString() };
  }

  /** How much of the months is over, from 0 to 1. */
  shareDone(start, days) {
    return Math.min(1, Math.max(0, (Date.parse(this.today ?? start) - Date.parse(start)) / DAY_MS / days));
  }

  /**
   * Goes on to `end` (a day), at most `withinMs` away: a day that is not at rest gets its share of them and time goes on all the same.
   * `waits()`: something that should still happen on this day, share or not.
   */
  async runUntil(end, { withinMs, waits = () => false }) {
    const began = Date.now();
    const first = (await this.state()).clock.slice(0, 10);
    const days = daysBetween(first, end);
    for (let step = 0; step < STEPS_MAX; step++) {
      const state = await this.state();
      const today = state.clock.slice(0, 10);
      this.today = today;
      if (today >= end || this.isOver) return;
      await this.#moveTo(this.#nextStop(state, today, end));
      const now = (await this.state()).clock.slice(0, 10);
      this.#beginDeeds(now);
      // Some days are cut short, others wait longer than their share.
      const share = (daysBetween(first, now) + this.dice.whole(-10, 10) / 10) / days;
      const deadline = Math.max(Date.now() + 300, began + withinMs * share);
      for (;;) {
        const acts = await this.staff.pass(now);
        if (Date.now() > deadline || this.isOver) break;
        if (acts === 0 && !waits() && (await this.#rests())) break;
        await sleep(LOOK_MS);
      }
    }
  }

  /** The next day on which a case wakes or somebody does something: late in its working hours, or at the very instant of the wake. */
  #nextStop({ nextWake, clock }, today, end) {
    const deedOn = this.deeds.map(({ on }) => on).reduce((first, on) => (first === undefined || on < first ? on : first), undefined);
    const wakeOn = nextWake?.slice(0, 10);
    const day = [wakeOn, deedOn > today ? deedOn : undefined].reduce((first, on) => (on !== undefined && on < first ? on : first), end);
    if (wakeOn === day && this.dice.isOneIn(0.25)) return nextWake;
    const evening = `${day}T15:30:00.000Z`;
    return evening > clock ? evening : (nextWake ?? `${later(today, 1)}T15:30:00.000Z`);
  }

  async #moveTo(to) {
    try {
      await this.desk.ask('controller', 'POST', `${this.path}/sandbox/clock`, { to });
    } catch (error) {
      // A move whose answer was lost and which then is asked again goes backwards by nothing: refused, and done.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  #beginDeeds(today) {
    const due = this.deeds.filter(({ on }) => on <= today);
    this.deeds = this.deeds.filter(({ on }) => on > today);
    for (const deed of this.dice.shuffled(due)) {
      // Most of it falls into the seconds in which that day's letters are being drawn and sent.
      const waitMs = this.dice.isOneIn(0.7) ? this.dice.whole(0, 1_500) : this.dice.whole(0, 6_000);
      const run = sleep(waitMs)
        .then(() => this.#do(deed, today))
        .catch((error) => this.staff.refusals.push(`deed ${deed.deed}: ${error.message.slice(0, 160)}`))
        .finally(() => this.running.delete(run));
      this.running.add(run);
    }
  }

  async #do(deed, today) {
    const { invoice } = deed;
    switch (deed.deed) {
      case 'pay':
        return this.#pay(deed, invoice, today);
      case 'reverse':
        return this.payer.reverse(deed.payment);
      case 'promise':
        return this.#stop('promise', invoice, `cases/${invoice.caseId}/promise`, await this.#promise(deed, invoice, today));
      case 'dispute':
        await this.#stop('dispute', invoice, `cases/${invoice.caseId}/dispute`, { reason: 'quality' });
        return void this.deeds.push({ on: later(today, deed.days), deed: 'resolve', verdict: deed.verdict, invoice });
      case 'resolve':
        return this.#end(invoice, 'dispute/resolve', { verdict: deed.verdict });
      case 'hold':
        await this.#stop('hold', invoice, `cases/${invoice.caseId}/hold`, { until: later(today, deed.days), reason: 'internalReview' });
        if (deed.isReleased) this.deeds.push({ on: later(today, 1), deed: 'release', invoice });
        return undefined;
      case 'release':
        return this.#end(invoice, 'hold/release', {});
      case 'withdraw':
        return this.#stop('close', invoice, `cases/${invoice.caseId}/withdraw`, { reason: 'other' });
      default:
        return this.#stop('close', invoice, `cases/${invoice.caseId}/write-off`, { reason: 'other' }, 'finance');
    }
  }

  #pay(deed, invoice, today) {
    // News of the bank may be some days old when they come.
    const on = later(today, -(deed.lateDays ?? 0));
    const payment = this.payer.pay(this.creditor.creditorId, invoice, { ...deed, on });
    if (deed.reversedAfterDays === undefined) return;
    if (deed.isReversalFirst) this.payer.reverse(payment);
    else this.deeds.push({ on: later(today, deed.reversedAfterDays), deed: 'reverse', payment, invoice });
  }

  async #promise({ days, isKept }, invoice, today) {
    const { rows } = await this.sql.query(`select open_principal_minor from recovery_case where case_id = $1`, [invoice.caseId]);
    const minor = Number(rows[0]?.open_principal_minor ?? invoice.amountMinor) || invoice.amountMinor;
    const dueOn = later(today, days);
    if (isKept) this.deeds.push({ on: later(dueOn, -1), deed: 'pay', provider: 'standard', amountMinor: minor, hint: 'caseId', invoice });
    return {
      amount: { amount: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`, currency: 'EUR' },
      dueOn,
      channel: 'phone',
    };
  }

  /** A person stops the case at this moment. */
  holdNow(invoice, today) {
    const until = later(today, 4);
    return this.#stop('hold', invoice, `cases/${invoice.caseId}/hold`, { until, reason: 'internalReview' });
  }

  /** Something that forbids letters from its acknowledgement on. */
  async #stop(kind, invoice, route, body, role = 'controller') {
    const answer = await this.staff.command(role, route, body);
    if (answer && !answer.unknown) this.staff.stops.push({ kind, caseId: invoice.caseId, ackedAt: Date.now(), endTriedAt: undefined });
  }

  /** From the attempt on, letters are allowed again. */
  async #end(invoice, verb, body) {
    for (const stop of this.staff.stops) if (stop.caseId === invoice.caseId && stop.kind !== 'close') stop.endTriedAt ??= Date.now();
    await this.staff.command('controller', `cases/${invoice.caseId}/${verb}`, body);
  }

  async #rests() {
    const { due, outbox, inbox, uncertain } = await this.state();
    return due + outbox + inbox + uncertain + this.running.size === 0 && this.local.pending() === 0;
  }

  /** What still moves, in words; empty at rest. */
  async moving() {
    const { due, outbox, inbox, uncertain } = await this.state();
    const counts = { due, outbox, inbox, uncertain, deeds: this.running.size, webhooks: this.payer.pending, events: this.local.pending() };
    return Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`);
  }
}

function daysBetween(from, to) {
  return Math.max(1, (Date.parse(to) - Date.parse(from)) / DAY_MS);
}
