// The banks: they sign webhooks, repeat them until a 2xx comes, send them twice, shuffled and late, and keep a book of their own.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One payment as the bank knows it. `ackedAt`, `reversal.triedAt`, `reversal.ackedAt`: milliseconds of this process's clock. */
export class Payer {
  payments = [];
  #events = new Map();
  #endpoints = new Map();
  #under = new Set();
  #serial = 0;
  #isClosed = false;

  constructor(desk, dice) {
    this.desk = desk;
    this.dice = dice;
  }

  /** No bank repeats anything any more. */
  close() {
    this.#isClosed = true;
  }

  /** Webhook addresses and secrets of a creditor. */
  async register(creditorId) {
    const open = (provider, secrets) =>
      this.desk.ask('finance', 'POST', `/api/v1/creditors/${creditorId}/webhook-endpoints`, { provider, ...(secrets ? { secrets } : {}) });
    const standard = await open('standard');
    const stripeSecret = `whsec_storm_${creditorId}_0123456789`;
    const stripe = await open('stripe', [stripeSecret]);
    this.#endpoints.set(creditorId, {
      standard: { path: new URL(standard.url).pathname, secret: standard.secret ?? standard.secrets?.[0] },
      stripe: { path: new URL(stripe.url).pathname, secret: stripeSecret },
    });
  }

  /** Money for an invoice: told by one event of the bank, or by two of Stripe about the same charge. */
  pay(creditorId, invoice, { provider, amountMinor, hint, on, isUrgent = false, isReversalFirst = false }) {
    const ref = `P${++this.#serial}`;
    const payment = {
      ref,
      isUrgent,
      isReversalFirst,
      creditorId,
      invoice,
      provider,
      amountMinor,
      hint,
      on,
      ackedAt: undefined,
      reversal: undefined,
    };
    this.payments.push(payment);
    for (const event of paymentEvents(payment)) this.#tell(payment, event);
    return payment;
  }

  /** The bank takes it back. */
  reverse(payment) {
    if (payment.reversal) return;
    payment.reversal = { triedAt: Date.now(), ackedAt: undefined };
    this.#tell(payment, reversalEvent(payment, this.dice.whole(1, 1e9)));
  }

  /** Webhooks not acknowledged yet. */
  get pending() {
    return this.#under.size;
  }

  get acknowledged() {
    return [...this.#events.values()].filter((event) => event.ackedAt !== undefined);
  }

  async settled(timeoutMs) {
    const deadline = Date.now() + timeoutMs;
    while (this.#under.size > 0 && Date.now() < deadline) await sleep(100);
  }

  #tell(payment, event) {
    const kept = { ...event, payment, creditorId: payment.creditorId, provider: payment.provider, ackedAt: undefined, acks: 0 };
    this.#events.set(event.eventId, kept);
    const copies = Number(this.dice.weighted({ 1: 55, 2: 25, 3: 12, 5: 8 }));
    for (let copy = 0; copy < copies; copy++) {
      const waitMs = this.#delayOf(payment, kept, copy);
      const carrying = this.#carry(kept, waitMs).finally(() => this.#under.delete(carrying));
      this.#under.add(carrying);
    }
  }

  #delayOf(payment, { kind }, copy) {
    if (payment.isUrgent && copy === 0) return 0;
    // The news that it was taken back overtake the news that it came.
    if (payment.isReversalFirst && kind === 'reversed') return copy === 0 ? 0 : this.dice.whole(0, 3_000);
    if (payment.isReversalFirst) return this.dice.whole(800, 5_000);
    return this.dice.isOneIn(0.5) ? this.dice.whole(0, 400) : this.dice.whole(0, 6_000);
  }

  async #carry(event, waitMs) {
    await sleep(waitMs);
    const endpoint = this.#endpoints.get(event.creditorId)[event.provider];
    for (let tries = 0; tries < 2_000 && !this.#isClosed; tries++) {
      const body = JSON.stringify(event.body);
      const headers = event.provider === 'stripe' ? signStripe(endpoint.secret, body) : signStandard(endpoint.secret, event.eventId, body);
      const answer = await this.desk.once(undefined, 'POST', endpoint.path, body, undefined, { headers });
      if (answer.status >= 200 && answer.status < 300) {
        const at = Date.now();
        event.acks += 1;
        event.ackedAt ??= at;
        const { payment } = event;
        if (event.kind === 'received') payment.ackedAt ??= at;
        else payment.reversal.ackedAt ??= at;
        return;
      }
      event.lastAnswer = `${answer.status} ${answer.reason ?? JSON.stringify(answer.body).slice(0, 200)}`;
      await sleep(Math.min(3_000, 150 * 2 ** Math.min(tries, 5)));
    }
  }
}

function hintsOf({ hint, invoice }) {
  if (hint === 'caseId' && invoice.caseId) return { caseId: invoice.caseId };
  if (hint === 'text') return { reference: `VIR ${invoice.number} merci` };
  return hint === 'none' ? { reference: 'VIREMENT SANS MOTIF' } : { invoiceNumber: invoice.number };
}

function decimal(minor) {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

function paymentEvents(payment) {
  const { ref, provider, amountMinor, on } = payment;
  const hints = hintsOf(payment);
  if (provider === 'standard') {
    const data = { paymentId: ref, amount: { amount: decimal(amountMinor), currency: 'EUR' }, paidOn: on, ...hints };
    return [{ eventId: `evt-${ref}`, kind: 'received', body: { type: 'payment.received', data } }];
  }
  const metadata = {
    ...(hints.caseId ? { case_id: hints.caseId } : {}),
    ...(hints.invoiceNumber ? { invoice_number: hints.invoiceNumber } : {}),
  };
  const common = { currency: 'eur', metadata, description: hints.reference ?? null };
  const created = Math.floor(Date.parse(`${on}T10:00:00Z`) / 1000);
  const event = (type, object) => ({
    id: `evt_${ref}${type.startsWith('charge') ? 'c' : 'i'}`,
    type,
    created,
    livemode: false,
    data: { object },
  });
  const charge = { ...common, id: `ch_${ref}`, amount: amountMinor, captured: true, paid: true, payment_intent: `pi_${ref}` };
  const intent = { ...common, id: `pi_${ref}`, amount_received: amountMinor };
  return [event('charge.succeeded', charge), event('payment_intent.succeeded', intent)].map((body) => ({
    eventId: body.id,
    kind: 'received',
    body,
  }));
}

function reversalEvent({ ref, provider, amountMinor, on }, salt) {
  if (provider === 'standard') {
    const data = { paymentId: `R${ref}`, reverses: ref, amount: { amount: decimal(amountMinor), currency: 'EUR' }, paidOn: on };
    return { eventId: `evt-R${ref}-${salt}`, kind: 'reversed', body: { type: 'payment.reversed', data } };
  }
  const object = {
    id: `ch_${ref}`,
    amount: amountMinor,
    amount_refunded: amountMinor,
    captured: true,
    paid: true,
    currency: 'eur',
    payment_intent: `pi_${ref}`,
  };
  const created = Math.floor(Date.parse(`${on}T10:00:00Z`) / 1000);
  const body = {
    id: `evt_R${ref}x${salt}`,
    type: 'charge.refunded',
    created,
    livemode: false,
    data: { object, previous_attributes: { amount_refunded: 0 } },
  };
  return { eventId: body.id, kind: 'reversed', body };
}

function signStandard(secret, id, body) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest}` };
}

function signStripe(secret, body) {
  const timestamp = Math.floor(Date.now() / 1000);
  return { 'stripe-signature': `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}` };
}
