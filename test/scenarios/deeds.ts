import { randomUUID } from 'node:crypto';
import type { Day } from '#domain';
import type { StoryPlayer } from './story-player.js';
import type { Deed } from './story-schema.js';

/** What later deeds refer back to. */
export interface Played {
  /** The provider's id of the last payment for an invoice. */
  readonly payments: Map<string, { readonly id: string; readonly amount: AmountText }>;
}

interface AmountText {
  readonly amount: string;
  readonly currency: string;
}

/** Does one thing of a story on day `on`. Throws when the product answers otherwise than the story expects. */
export async function doDeed(player: StoryPlayer, deed: Deed, on: Day, played: Played): Promise<void> {
  const { desk, stack } = player;
  if ('import' in deed) {
    for (const file of deed.import) await desk.import(file);
  } else if ('payment' in deed) {
    await pay(player, deed.payment, on, played);
  } else if ('paymentReturned' in deed) {
    await giveBack(player, deed.paymentReturned.for, on, played);
  } else if ('forgedPayment' in deed) {
    await forge(player, deed.forgedPayment, on);
  } else if ('promise' in deed) {
    await promise(player, deed.promise);
  } else if ('dispute' in deed) {
    await desk.command(deed.dispute.for, 'dispute', { reason: deed.dispute.reason });
  } else if ('disputeResolved' in deed) {
    await desk.command(deed.disputeResolved.for, 'dispute/resolve', { verdict: deed.disputeResolved.verdict });
  } else if ('creditNote' in deed) {
    await desk.creditNote(deed.creditNote.for, amountOf(deed.creditNote.amount), on);
  } else if ('nothingDue' in deed) {
    const { result } = await desk.put(deed.nothingDue);
    if (result !== 'nothingDue') throw new Error(`${deed.nothingDue} was answered ${result}`);
  } else if ('hold' in deed) {
    await desk.command(deed.hold.for, 'hold', { until: deed.hold.until, reason: deed.hold.reason });
  } else if ('insolvency' in deed) {
    await desk.command(deed.insolvency.for, 'insolvency', { openedOn: deed.insolvency.openedOn });
  } else if ('withdraw' in deed) {
    await desk.command(deed.withdraw.for, 'withdraw', { reason: deed.withdraw.reason });
  } else if ('debtorKind' in deed) {
    const { debtor } = await desk.caseOf(deed.debtorKind.for);
    await desk.ask('controller', 'POST', `/debtors/${debtor.debtorId}/kind`, { kind: deed.debtorKind.kind });
  } else if ('parkedPayment' in deed) {
    await settleParked(player, deed.parkedPayment);
  } else {
    stack.local.script([deed.mailServer === 'busy' ? { status: 429, retryAfter: 60 } : { acceptThenDrop: true }]);
  }
}

function amountOf(text: string): AmountText {
  const [amount = '', currency = ''] = text.split(' ');
  return { amount, currency };
}

async function pay(player: StoryPlayer, payment: Extract<Deed, { payment: unknown }>['payment'], on: Day, played: Played): Promise<void> {
  const { desk } = player;
  const id = `pay-${randomUUID()}`;
  const amount = amountOf(payment.amount);
  if (payment.for) played.payments.set(payment.for, { id, amount });
  const hints = payment.for ? await hintsFor(player, payment.for, payment.quoting) : {};
  if (payment.by === 'rest') {
    const { reference, ...more } = hints;
    const body = { reference: id, amount, paidOn: on, ...more, ...(reference ? { structuredReference: reference } : {}) };
    await desk.ask('integrator', 'POST', '/payments', body);
    return;
  }
  const eventId = `evt_${randomUUID()}`;
  for (let told = 0; told < (payment.twice ? 2 : 1); told += 1) {
    const answer = await desk.paymentWebhook({ paymentId: id, amount, paidOn: on, ...hints }, { eventId });
    if (answer.status !== 200) throw new Error(`The payment webhook answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
}

async function hintsFor(
  player: StoryPlayer,
  about: string,
  quoting: 'number' | 'reference' | 'nothing',
): Promise<{ invoiceNumber?: string; reference?: string }> {
  if (quoting === 'nothing') return {};
  const found = await player.desk.caseOf(about);
  if (quoting === 'number') return { invoiceNumber: found.invoiceNumber };
  const { invoice } = await player.desk.ask<{ invoice: { reference: string | null } }>('auditor', 'GET', `/cases/${found.caseId}`);
  if (!invoice.reference) throw new Error(`${about} prints no structured reference`);
  return { reference: invoice.reference };
}

async function giveBack(player: StoryPlayer, about: string, on: Day, played: Played): Promise<void> {
  const known = played.payments.get(about);
  if (!known) throw new Error(`No payment for ${about} to give back`);
  const data = { paymentId: `back-${randomUUID()}`, reverses: known.id, amount: known.amount, paidOn: on };
  const answer = await player.desk.paymentWebhook(data, { type: 'payment.reversed' });
  if (answer.status !== 200) throw new Error(`The reversal webhook answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** Somebody who does not know the secret is told nothing but no. */
async function forge(player: StoryPlayer, forged: { for: string; amount: string }, on: Day): Promise<void> {
  const secret = `whsec_${Buffer.alloc(32, 66).toString('base64')}`;
  const data = { paymentId: `forged-${randomUUID()}`, amount: amountOf(forged.amount), paidOn: on, invoiceNumber: forged.for };
  const answer = await player.desk.paymentWebhook(data, { secret });
  if (answer.status < 400 || answer.status > 499) throw new Error(`A forged webhook was answered ${answer.status}`);
  if (/secret|expected|v1,/i.test(JSON.stringify(answer.body)))
    throw new Error(`The refusal tells too much: ${JSON.stringify(answer.body)}`);
}

async function promise(player: StoryPlayer, made: { for: string; amount: string; until: string; refused: boolean }): Promise<void> {
  const { caseId } = await player.desk.caseOf(made.for);
  const answer = await player.desk.call('controller', 'POST', `/cases/${caseId}/promise`, {
    amount: amountOf(made.amount),
    dueOn: made.until,
    channel: 'phone',
  });
  const isRefused = answer.status === 409 || answer.status === 422;
  if (made.refused ? !isRefused : answer.status !== 200)
    throw new Error(`The promise was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

async function settleParked(player: StoryPlayer, what: 'sentBack' | { to: string }): Promise<void> {
  const { desk } = player;
  const { items } = await desk.ask<{ items: { paymentId: string }[] }>('auditor', 'GET', '/payments?state=parked');
  const [parked] = items;
  if (!parked) throw new Error('No payment is parked');
  if (what === 'sentBack') await desk.ask('finance', 'POST', `/payments/${parked.paymentId}/return`, {});
  else {
    const { caseId } = await desk.caseOf(what.to);
    await desk.ask('finance', 'POST', `/payments/${parked.paymentId}/allocate`, { caseId });
  }
}
