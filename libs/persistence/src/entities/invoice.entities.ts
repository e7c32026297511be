import { Check, Entity, ForeignKey, Index } from 'typeorm';
import type { Day, GoverningLaw, Instant } from '#domain';
import type { InvoiceAliasRow, InvoiceRow, InvoiceTermRow, KeptTerms } from '#ports';
import { DebtorEntity } from './party.entities.js';
import {
  At,
  Flag,
  Int,
  IntKey,
  Json,
  Key,
  Minor,
  OnDay,
  OptionalDay,
  OptionalInt,
  OptionalJson,
  OptionalMinor,
  OptionalText,
  Text,
} from './columns.js';

@ForeignKey(() => DebtorEntity, ['creditorId', 'debtorId'], ['creditorId', 'debtorId'], { name: 'invoice_debtor_fkey' })
@Check('invoice_amounts_not_negative', `"gross_minor" >= 0 and "prepaid_minor" >= 0 and "payable_minor" >= 0 and "open_minor" >= 0`)
@Check('invoice_open_amount_has_day', `("open_minor" is null) = ("open_as_of" is null)`)
@Index('invoice_identity_key', ['creditorId', 'documentKind', 'number', 'issueYear'], { unique: true })
@Index('invoice_debtor_idx', ['creditorId', 'debtorId'])
@Index('invoice_reference_idx', ['creditorId', 'referenceKey'], { where: `"reference_key" is not null` })
@Index('invoice_issued_idx', ['creditorId', 'issuedOn', 'invoiceId'])
@Index('invoice_created_idx', ['creditorId', 'createdAt', 'invoiceId'])
@Entity('invoice')
export class InvoiceEntity implements InvoiceRow {
  @Key()
  creditorId: string;
  @Key()
  invoiceId: string;
  @Text()
  documentKind: InvoiceRow['documentKind'];
  @Text()
  number: string;
  @Int()
  issueYear: number;
  @Text()
  debtorId: string;
  @OnDay()
  issuedOn: Day;
  @Text()
  currency: string;
  @Minor()
  grossMinor: bigint;
  @Minor()
  prepaidMinor: bigint;
  @Minor()
  payableMinor: bigint;
  @OptionalMinor()
  openMinor: bigint | null;
  @OptionalDay()
  openAsOf: Day | null;
  @Text()
  law: GoverningLaw;
  @Flag()
  lawKnown: boolean;
  @Text()
  lawReason: string;
  @OptionalText()
  lawNote: string | null;
  @OptionalText()
  lawDecidedBy: string | null;
  @OptionalJson()
  contractTerms: KeptTerms | null;
  @OptionalText()
  iban: string | null;
  @OptionalText()
  paymentReference: string | null;
  @OptionalText()
  orderReference: string | null;
  @OptionalText()
  description: string | null;
  @Json()
  precedingNumbers: string[];
  @OptionalText()
  termsText: string | null;
  @OptionalText()
  reference: string | null;
  @OptionalText()
  referenceKey: string | null;
  @OptionalText()
  policyId: string | null;
  @OptionalInt()
  policyVersion: number | null;
  @Text()
  factsSha256: string;
  @OptionalText()
  originalObjectId: string | null;
  @OptionalText()
  pdfObjectId: string | null;
  @OptionalText()
  creditState: InvoiceRow['creditState'];
  @Text()
  status: InvoiceRow['status'];
  @Int()
  version: number;
  @At()
  createdAt: Instant;
}

@ForeignKey(() => InvoiceEntity, ['creditorId', 'invoiceId'], ['creditorId', 'invoiceId'], { name: 'invoice_alias_invoice_fkey' })
@Index('invoice_alias_invoice_idx', ['creditorId', 'invoiceId'])
@Entity('invoice_alias')
export class InvoiceAliasEntity implements InvoiceAliasRow {
  @Key()
  creditorId: string;
  @Key()
  externalId: string;
  @Text()
  invoiceId: string;
}

@ForeignKey(() => InvoiceEntity, ['creditorId', 'invoiceId'], ['creditorId', 'invoiceId'], { name: 'invoice_term_invoice_fkey' })
@Check('invoice_term_amount_not_negative', `"amount_minor" >= 0`)
@Check('invoice_term_counted_from_one', `"term" >= 1`)
@Entity('invoice_term')
export class InvoiceTermEntity implements InvoiceTermRow {
  @Key()
  creditorId: string;
  @Key()
  invoiceId: string;
  @IntKey()
  term: number;
  @OnDay()
  dueOn: Day;
  @Minor()
  amountMinor: bigint;
  @Text()
  dueSource: InvoiceTermRow['dueSource'];
}
