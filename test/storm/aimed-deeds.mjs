// Deeds aimed at the moment in which a letter is being sent: the races that months of chance would meet now and then.
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 25;
const PATIENCE_MS = 4_000;
/** Where months are long, it takes some seconds until the next rung is due. */
const RUNG_PATIENCE_MS = 10_000;

const COLUMNS = 'c.creditor_id, c.case_id, c.open_principal_minor, i.number';
const CASES = `join creditor o using (creditor_id)
  join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id`;

/** Letters of the last seconds, one row a case; `$1` aimed at already, `$2` in these states. */
const ON_ITS_WAY = `
select ${COLUMNS}, m.message_id as target, m.state
  from outbound_message m
  join message_case l using (creditor_id, message_id)
  join recovery_case c using (creditor_id, case_id)
  ${CASES}
 where m.purpose = 'chase' and l.live and c.closed_kind is null and m.updated_at > now() - interval '3 seconds'
   and m.state = any($2) and not m.message_id = any($1)
 order by m.state, m.updated_at desc limit 1`;

/** Cases whose rung is due and whose letter is not drawn yet. */
const DUE = `
select ${COLUMNS}, c.case_id || '/' || coalesce(c.wake_stage, '') as target, 'due' as state
  from recovery_case c
  ${CASES}
 where c.closed_kind is null and c.wake_kind = 'mail' and c.wake_at <= o.clock_at and not c.case_id || '/' || coalesce(c.wake_stage, '') = any($1)
 order by c.wake_at limit 1`;

/** Aims payments and holds. `early`: share of the deeds that aim at a rung before its letter is drawn; `states` of the letters aimed at otherwise. */
export class Aim {
  #aimedAt = new Set();

  constructor({ sql, payer, local }, lives, { holds = 0.35, halves = 0.35, early = 0.3, states = ['PLANNED', 'CLAIMED'] } = {}) {
    Object.assign(this, { sql, payer, local, lives, holds, halves, early, states });
  }

  /** Waits for a letter on its way and pays its case, in full or by half, or places a hold on it; says which, or nothing when none came by. */
  async deed(dice, isBeforeLetter) {
    const letter = await this.#next(isBeforeLetter ? {} : { states: this.states });
    if (!letter) return undefined;
    // The act of a rung that has just come due begins within the second.
    if (isBeforeLetter) await sleep(dice.whole(0, 900));
    return dice.isOneIn(this.holds) ? this.#hold(letter) : this.#pay(letter, dice.isOneIn(this.halves) ? 2 : 1);
  }

  /**
   * A letter and a payment that meet: from the moment a rung is due the provider takes its time over some requests, and the case of the letter that is claimed
   * by then is paid in full meanwhile. Nothing where no letter came by.
   */
  async crossing(dice) {
    if (!(await this.#next({ isTaken: false, patienceMs: RUNG_PATIENCE_MS }))) return undefined;
    const slow = () => ({ delayMs: dice.whole(2_000, 6_000) });
    this.local.script([slow(), slow(), slow()], 'mail');
    const letter = await this.#next({ states: ['CLAIMED'] });
    return letter && this.#pay(letter, 1);
  }

  /** The next letter in one of these states, or without them the next rung that is due; it is aimed at once, unless it is only waited for. */
  async #next({ states, isTaken = true, patienceMs = PATIENCE_MS }) {
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      const aimedAt = [...this.#aimedAt];
      const [letter] = (await (states ? this.sql.query(ON_ITS_WAY, [aimedAt, states]) : this.sql.query(DUE, [aimedAt]))).rows;
      if (letter) {
        if (isTaken) this.#aimedAt.add(letter.target);
        return letter;
      }
      await sleep(LOOK_MS);
    }
    return undefined;
  }

  #about({ creditor_id: creditorId, number }) {
    const life = this.lives.find(({ creditor }) => creditor.creditorId === creditorId);
    return { life, invoice: life.creditor.invoices.find((known) => known.number === number) };
  }

  /** The whole of what is open, or half of it: then the letter would state too much. */
  async #pay(letter, parts) {
    const { life, invoice } = this.#about(letter);
    const today = (await life.state()).clock.slice(0, 10);
    this.payer.pay(letter.creditor_id, invoice, {
      provider: 'standard',
      amountMinor: Math.ceil(Number(letter.open_principal_minor) / parts),
      hint: 'caseId',
      on: today,
      isUrgent: true,
    });
    return `${parts === 1 ? 'payment' : 'part payment'} ${letter.state}`;
  }

  async #hold(letter) {
    const { life, invoice } = this.#about(letter);
    await life.holdNow(invoice, (await life.state()).clock.slice(0, 10));
    return `hold ${letter.state}`;
  }
}
