import { type Actor, settleLaw, settleTerms } from '#casework';
import type { GoverningLaw } from '#domain';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { type ContractTermsInput, termsFrom } from './contract-terms.schema.js';
import { InvoicesService } from './invoices.service.js';
import type { InvoiceAnswer } from './invoices.schemas.js';

/** What finance settles about one invoice: the law that governs it, what its contract says. */
@Injectable()
export class InvoiceSettingsService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(InvoicesService) private readonly invoices: InvoicesService,
  ) {}

  async settleLaw(creditorId: string, id: string, decision: { law: GoverningLaw; note: string }, by: Actor): Promise<InvoiceAnswer> {
    await this.backend.run(creditorId, async (tx) => {
      const { invoiceId } = await this.invoices.find(tx, creditorId, id, 'invoice');
      await settleLaw(tx, this.backend.deps, creditorId, invoiceId, decision, { ...by, reason: decision.note });
    });
    return this.invoices.one(creditorId, id);
  }

  async settleTerms(creditorId: string, id: string, terms: ContractTermsInput | null, by: Actor): Promise<InvoiceAnswer> {
    await this.backend.run(creditorId, async (tx) => {
      const { invoiceId } = await this.invoices.find(tx, creditorId, id, 'invoice');
      await settleTerms(tx, this.backend.deps, creditorId, invoiceId, terms && termsFrom(terms), by);
    });
    return this.invoices.one(creditorId, id);
  }
}
