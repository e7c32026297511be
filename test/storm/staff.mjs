// The people of a creditor: they approve, report calls and post, look up what nobody knows at the provider, allocate what is parked. All through REST.
import { Refusal } from './desk.mjs';

/** So many people work at the same time. */
const PEOPLE = 4;

/** Acts on everything that waits for a person. `pass()` answers how many acts were made. */
export class Staff {
  constructor({ creditorId, desk, sql, local, payer, dice, invoices }) {
    Object.assign(this, { creditorId, desk, sql, local, payer, dice });
    this.invoiceOfNumber = new Map(invoices.map((invoice) => [invoice.number, invoice]));
    /** Stops that were acknowledged: `{ caseId, kind, ackedAt }`. */
    this.stops = [];
    this.refusals = [];
    this.delivers = new Map();
  }

  async pass(today, isPatient = true) {
    const rows = await this.#looks();
    const leaves = () => isPatient && this.dice.isOneIn(0.12);
    const acts = [
      ...rows.approvals
        .filter(() => !leaves())
        .map(
          ({ approval_id: id, basis }) =>
            () =>
              this.act('finance', `approvals/${id}/decision`, { verdict: 'approved', basis }),
        ),
      ...rows.calls
        .filter(() => !leaves())
        .map(({ call_id: id }) => ({ id, outcome: this.dice.one(['attempted', 'reached']) }))
        .map(
          ({ id, outcome }) =>
            () =>
              this.act('controller', `calls/${id}/report`, { outcome }),
        ),
      ...rows.post.map((item) => () => this.#post(item, today)),
      ...rows.tasks.map((task) => () => this.#task(task)),
    ];
    let done = 0;
    const person = async () => {
      for (let act = acts.shift(); act; act = acts.shift()) done += await act();
    };
    await Promise.all(Array.from({ length: PEOPLE }, person));
    return done;
  }

  async #looks() {
    const of = async (text) => (await this.sql.query(text, [this.creditorId])).rows;
    const [approvals, calls, post, tasks] = await Promise.all([
      of(`select approval_id, basis from approval where creditor_id = $1 and state = 'pending' limit 40`),
      of(`select call_id from call where creditor_id = $1 and state = 'open' limit 40`),
      of(
        `select post_item_id, message_id, channel, state from post_item where creditor_id = $1 and state in ('toPrint','sentToProvider','deposited') limit 40`,
      ),
      of(`select task_id, kind, case_id, debtor_id, subject_id from task where creditor_id = $1 and state = 'open'
            and kind in ('messageUnknown','messageRejected','letterImpossible','informImpossible','paymentParked','findContact','decideAccessories','eventParked','review') limit 40`),
    ]);
    return { approvals, calls, post, tasks };
  }

  /** Letters given to the provider are reported by it, signed; those printed are reported by whoever posted them. */
  async #post({ post_item_id: id, message_id: mid, channel, state }, today) {
    const since = this.delivers.get(id);
    const isWithProvider = this.local.letters().some((letter) => letter.mid === mid);
    // Not handed over yet; what never is will be printed by hand.
    if (channel === 'provider' && !isWithProvider && !(await this.#isDecided(mid))) return 0;
    const by = isWithProvider ? 'provider' : 'print';
    if (state === 'deposited') {
      if (!since || today < since) return 0;
      this.delivers.delete(id);
      return this.#postNews(id, mid, by, 'delivered');
    }
    if (since) return 0;
    this.delivers.set(id, laterBy(today, this.dice.whole(2, 4)));
    return this.#postNews(id, mid, by, 'deposited');
  }

  async #isDecided(mid) {
    const { rows } = await this.sql.query('select state from outbound_message where message_id = $1', [mid]);
    return ['ACCEPTED', 'CONFIRMED_SENT'].includes(rows[0]?.state);
  }

  #postNews(id, mid, channel, state) {
    if (channel === 'provider') {
      this.local.reportLetter(mid, { state });
      return 1;
    }
    return this.act('controller', `post-tray/${id}/report`, {
      state,
      ...(state === 'deposited' ? { trackingNumber: `SIM-${id.slice(-10)}` } : {}),
    });
  }

  #task({ task_id: taskId, kind, case_id: caseId, debtor_id: debtorId, subject_id: subject }) {
    switch (kind) {
      case 'messageUnknown': {
        const isKnown = [...this.local.mails(), ...this.local.letters()].some(({ mid }) => mid === subject);
        const verdict = isKnown ? 'sent' : 'notSent';
        return this.act('controller', `communications/${subject}/decision`, { verdict });
      }
      case 'messageRejected':
      case 'letterImpossible':
      case 'informImpossible':
      case 'review':
        return this.#resume(taskId, caseId);
      case 'paymentParked':
        return this.#allocate(subject);
      case 'findContact':
        return this.act('controller', `debtors/${debtorId}/contacts`, {
          role: 'accounting',
          channel: 'email',
          address: `neuf-${taskId.slice(-8)}@client.example`,
        });
      case 'decideAccessories':
        return this.act('finance', `cases/${caseId}/accessories`, { decision: 'waive' });
      default:
        return this.act('finance', `tasks/${taskId}/done`, {});
    }
  }

  /** A case that something else put on its way again, or ended, needs no resuming: the task is over. */
  async #resume(taskId, caseId) {
    const isResumed = caseId && (await this.act('controller', `cases/${caseId}/resume`, {}));
    return isResumed || this.act('finance', `tasks/${taskId}/done`, {});
  }

  async #allocate(paymentId) {
    const { rows } = await this.sql.query(`select provider_ref from payment where creditor_id = $1 and payment_id = $2`, [
      this.creditorId,
      paymentId,
    ]);
    const ref = rows[0]?.provider_ref.split(':').at(-1).replace(/^pi_/, '');
    const known = this.payer.payments.find((payment) => payment.ref === ref);
    if (!known?.invoice.caseId) return 0;
    return this.act('finance', `payments/${paymentId}/allocate`, { caseId: known.invoice.caseId });
  }

  /** One command; a refusal is remembered and counts as nothing done (somebody else, or the case, was faster). */
  async act(role, route, body) {
    const answer = await this.command(role, route, body);
    return answer === undefined ? 0 : 1;
  }

  async command(role, route, body) {
    try {
      return await this.desk.ask(role, 'POST', `/api/v1/creditors/${this.creditorId}/${route}`, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refusals.push(`${route.replace(/[0-9a-f-]{20,}/g, '…')} ${error.status} ${error.code}`);
      return undefined;
    }
  }
}

function laterBy(on, days) {
  return new Date(Date.parse(`${on}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
