import { type Actor, allocateParked, bookPayment, found, refusal, returnPayment, reversePayment, todayFor } from '#casework';
import type { PaymentFilter, PaymentSort, PageRequest } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { orNotFound, Problem } from '../http/problem.js';
import { dayOf, defined, moneyFrom, pageOf } from '../http/wire.js';
import { type PaymentInput, viewPayment, viewPaymentItem } from './payments.schemas.js';

const PROVIDER = 'rest';

/** Money that came in, what it was for, and what a person decides about it. */
@Injectable()
export class PaymentsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: PaymentFilter & PageRequest<PaymentSort>) {
    return pageOf(await this.backend.readModels.payments(creditorId, query), viewPaymentItem);
  }

  one(creditorId: string, paymentId: string) {
    return this.backend.plain(async (tx) => {
      const row = orNotFound(await tx.payments.one({ creditorId, paymentId }), 'payment', paymentId);
      return viewPayment(row, await tx.allocations.all({ creditorId, paymentId }, { by: 'recordedAt' }));
    });
  }

  async record(creditorId: string, input: PaymentInput, by: Actor) {
    const { minor, currency } = moneyFrom(input.amount);
    const { caseId, invoiceExternalId, invoiceNumber, structuredReference, remittance, payerName, payerIban } = input;
    const outcome = await this.backend.run(creditorId, async (tx) => {
      const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const paidOn = dayOf(input.paidOn);
      if (paidOn > todayFor(creditor, this.backend.deps.clock)) throw refusal('dayInFuture', { paidOn }, '/paidOn');
      const hints = defined({ caseId, invoiceExternalId, invoiceNumber, structuredReference, text: remittance });
      const facts = {
        provider: PROVIDER,
        providerRef: input.reference,
        amountMinor: minor,
        currency,
        paidOn,
        hints,
        ...defined({ payerName, payerIban }),
      };
      const booked = await bookPayment(tx, this.backend.deps, creditorId, facts, by);
      if (booked.result === 'duplicate')
        await this.refuseOther(await tx.payments.one({ creditorId, paymentId: booked.paymentId }), { minor, currency, paidOn });
      return booked;
    });
    return { ...(await this.one(creditorId, outcome.paymentId)), result: outcome.result };
  }

  /** The same reference with another amount is no repetition. */
  private async refuseOther(
    known: { amountMinor: bigint; currency: string; paidOn: string } | undefined,
    given: { minor: bigint; currency: string; paidOn: string },
  ): Promise<void> {
    if (!known || (known.amountMinor === given.minor && known.currency === given.currency && known.paidOn === given.paidOn)) return;
    throw new Problem('duplicateKey', { field: '/reference', detail: 'Cette référence est déjà celle d’un autre paiement.' });
  }

  async allocate(
    creditorId: string,
    paymentId: string,
    target: { caseId?: string | undefined; invoiceId?: string | undefined },
    by: Actor,
  ) {
    await this.backend.run(creditorId, (tx) => allocateParked(tx, this.backend.deps, creditorId, paymentId, defined(target), by));
    return { ...(await this.one(creditorId, paymentId)), result: 'booked' as const };
  }

  async giveBack(creditorId: string, paymentId: string, by: Actor) {
    await this.backend.run(creditorId, (tx) => returnPayment(tx, this.backend.deps, creditorId, paymentId, by));
    return { ...(await this.one(creditorId, paymentId)), result: 'returned' as const };
  }

  async reverse(creditorId: string, paymentId: string, on: string | undefined, by: Actor) {
    const { deps } = this.backend;
    const outcome = await this.backend.run(creditorId, async (tx) => {
      const payment = found(await tx.payments.one({ creditorId, paymentId }), 'payment', paymentId);
      const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      if (payment.state === 'returned') throw refusal('paymentNotReversible', { state: payment.state });
      const today = todayFor(creditor, deps.clock);
      const day = on ? dayOf(on) : today;
      if (day > today) throw refusal('dayInFuture', { on: day }, '/on');
      return reversePayment(tx, deps, creditorId, { provider: payment.provider, providerRef: payment.providerRef, on: day }, by);
    });
    return {
      ...(await this.one(creditorId, paymentId)),
      result: outcome.result === 'reversed' ? ('reversed' as const) : ('duplicate' as const),
    };
  }
}
