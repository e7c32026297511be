import { Check, Entity, ForeignKey, Index } from 'typeorm';
import type { Day, Instant } from '#domain';
import type { AllocationRow, CreditAllocationRow, PaymentRow, PostingRow } from '#ports';
import { CreditorEntity } from './party.entities.js';
import { CaseEntity } from './case.entities.js';
import { InvoiceEntity } from './invoice.entities.js';
import { At, Int, Key, Minor, OnDay, OptionalAt, OptionalDay, OptionalJson, OptionalText, Text } from './columns.js';

@ForeignKey(() => CreditorEntity, ['creditorId'], ['creditorId'], { name: 'payment_creditor_fkey' })
@Check(
  'payment_amounts_in_bounds',
  `"amount_minor" >= 0 and "allocated_minor" >= 0 and "credit_minor" >= 0 and "allocated_minor" + "credit_minor" <= "amount_minor"`,
)
@Index('payment_provider_ref_key', ['creditorId', 'provider', 'providerRef'], { unique: true })
@Index('payment_state_idx', ['creditorId', 'state'])
@Index('payment_debtor_idx', ['creditorId', 'debtorId'])
@Index('payment_paid_idx', ['creditorId', 'paidOn', 'paymentId'])
@Index('payment_recorded_idx', ['creditorId', 'recordedAt', 'paymentId'])
@Entity('payment')
export class PaymentEntity implements PaymentRow {
  @Key()
  creditorId: string;
  @Key()
  paymentId: string;
  @Text()
  provider: string;
  @Text()
  providerRef: string;
  @Minor()
  amountMinor: bigint;
  @Text()
  currency: string;
  @OnDay()
  paidOn: Day;
  @At()
  recordedAt: Instant;
  @OptionalText()
  remittance: string | null;
  @OptionalText()
  payerName: string | null;
  @OptionalText()
  payerIban: string | null;
  @Text()
  state: PaymentRow['state'];
  @OptionalText()
  debtorId: string | null;
  @Minor()
  allocatedMinor: bigint;
  @Minor()
  creditMinor: bigint;
  @OptionalJson()
  designates: string[] | null;
  @OptionalText()
  parkedReason: string | null;
  @Text()
  recordedBy: string;
  @OptionalAt()
  reversedAt: Instant | null;
}

@ForeignKey(() => PaymentEntity, ['creditorId', 'paymentId'], ['creditorId', 'paymentId'], { name: 'allocation_payment_fkey' })
@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'allocation_case_fkey' })
@Check(
  'allocation_amounts_in_bounds',
  `"amount_minor" >= 0 and "interest_minor" >= 0 and "indemnity_minor" >= 0 and "amount_minor" + "interest_minor" + "indemnity_minor" > 0`,
)
@Index('allocation_payment_idx', ['creditorId', 'paymentId'])
@Index('allocation_case_idx', ['creditorId', 'caseId'])
@Entity('allocation')
export class AllocationEntity implements AllocationRow {
  @Key()
  creditorId: string;
  @Key()
  allocationId: string;
  @Text()
  paymentId: string;
  @Text()
  caseId: string;
  @Minor()
  amountMinor: bigint;
  @Minor()
  interestMinor: bigint;
  @Minor()
  indemnityMinor: bigint;
  @OnDay()
  paidOn: Day;
  @Text()
  designation: string;
  @At()
  recordedAt: Instant;
  @OptionalDay()
  reversedOn: Day | null;
  @OptionalAt()
  reversedAt: Instant | null;
}

@ForeignKey(() => InvoiceEntity, ['creditorId', 'creditNoteId'], ['creditorId', 'invoiceId'], { name: 'credit_allocation_invoice_fkey' })
@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'credit_allocation_case_fkey' })
@Check('credit_allocation_amount_positive', `"amount_minor" > 0`)
@Index('credit_allocation_case_idx', ['creditorId', 'caseId'])
@Entity('credit_allocation')
export class CreditAllocationEntity implements CreditAllocationRow {
  @Key()
  creditorId: string;
  @Key()
  creditNoteId: string;
  @Key()
  caseId: string;
  @Minor()
  amountMinor: bigint;
  @OnDay()
  onDay: Day;
  @At()
  recordedAt: Instant;
}

@Index('posting_line_key', ['creditorId', 'entryId', 'line'], { unique: true })
@Index('posting_account_idx', ['creditorId', 'account', 'effectiveOn'])
@Entity('posting')
export class PostingEntity implements PostingRow {
  @Key()
  creditorId: string;
  @Key()
  postingId: string;
  @Text()
  entryId: string;
  @Int()
  line: number;
  @Text()
  account: string;
  @Minor()
  amountMinor: bigint;
  @Text()
  currency: string;
  @OnDay()
  effectiveOn: Day;
  @At()
  recordedAt: Instant;
  @Text()
  cause: string;
}
