import { type Actor, allocateCredit, found, recordChange, todayFor } from '#casework';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { InvoicesService } from './invoices.service.js';

/** What a person decides about a credit note that names no invoice, or one not here. */
@Injectable()
export class CreditNotesService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(InvoicesService) private readonly invoices: InvoicesService,
  ) {}

  /** Takes a parked credit note off an invoice. Refused when it is allocated already or of another currency. */
  async allocate(creditorId: string, creditNoteId: string, invoiceId: string, by: Actor) {
    const { deps } = this.backend;
    const done = await this.backend.run(creditorId, async (tx) => {
      const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const note = await this.invoices.find(tx, creditorId, creditNoteId, 'creditNote');
      const invoice = await this.invoices.find(tx, creditorId, invoiceId, 'invoice');
      const caseIds = await allocateCredit(tx, deps, creditor, note, invoice, by);
      await recordChange(
        tx,
        {
          creditorId,
          streamId: `invoice:${note.invoiceId}`,
          kind: 'creditNoteAllocatedByPerson',
          recordedAt: deps.clock.now(),
          effectiveOn: todayFor(creditor, deps.clock),
          cause: { creditNoteId: note.invoiceId, invoiceId: invoice.invoiceId, amountMinor: note.payableMinor, caseIds },
          before: { creditState: note.creditState },
          after: { creditState: 'allocated' },
        },
        by,
      );
      return { note: note.invoiceId, invoice: invoice.invoiceId, caseIds };
    });
    const [creditNote, invoice] = await Promise.all([
      this.invoices.one(creditorId, done.note),
      this.invoices.one(creditorId, done.invoice),
    ]);
    return { creditNote, invoice, caseIds: done.caseIds };
  }
}
