import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "invoice" (
  "creditor_id" text not null,
  "invoice_id" text not null,
  "document_kind" text not null,
  "number" text not null,
  "issue_year" integer not null,
  "debtor_id" text not null,
  "issued_on" date not null,
  "currency" text not null,
  "gross_minor" bigint not null,
  "prepaid_minor" bigint not null,
  "payable_minor" bigint not null,
  "open_minor" bigint,
  "open_as_of" date,
  "law" text not null,
  "law_reason" text not null,
  "iban" text,
  "payment_reference" text,
  "order_reference" text,
  "preceding_numbers" jsonb not null,
  "terms_text" text,
  "reference" text,
  "reference_key" text,
  "policy_id" text,
  "policy_version" integer,
  "facts_sha256" text not null,
  "original_object_id" text,
  "pdf_object_id" text,
  "credit_state" text,
  "status" text not null,
  "version" integer not null,
  "created_at" timestamptz(3) not null,
  constraint "invoice_open_amount_has_day" check (("open_minor" is null) = ("open_as_of" is null)),
  constraint "invoice_amounts_not_negative" check ("gross_minor" >= 0 and "prepaid_minor" >= 0 and "payable_minor" >= 0 and "open_minor" >= 0),
  constraint "invoice_pkey" primary key ("creditor_id", "invoice_id")
);
create index "invoice_created_idx" on "invoice" ("creditor_id", "created_at", "invoice_id");
create index "invoice_issued_idx" on "invoice" ("creditor_id", "issued_on", "invoice_id");
create index "invoice_reference_idx" on "invoice" ("creditor_id", "reference_key") where "reference_key" is not null;
create index "invoice_debtor_idx" on "invoice" ("creditor_id", "debtor_id");
create unique index "invoice_identity_key" on "invoice" ("creditor_id", "document_kind", "number", "issue_year");

create table "invoice_alias" (
  "creditor_id" text not null,
  "external_id" text not null,
  "invoice_id" text not null,
  constraint "invoice_alias_pkey" primary key ("creditor_id", "external_id")
);
create index "invoice_alias_invoice_idx" on "invoice_alias" ("creditor_id", "invoice_id");

create table "invoice_term" (
  "creditor_id" text not null,
  "invoice_id" text not null,
  "term" integer not null,
  "due_on" date not null,
  "amount_minor" bigint not null,
  "due_source" text not null,
  constraint "invoice_term_counted_from_one" check ("term" >= 1),
  constraint "invoice_term_amount_not_negative" check ("amount_minor" >= 0),
  constraint "invoice_term_pkey" primary key ("creditor_id", "invoice_id", "term")
);
alter table "invoice"
  add constraint "invoice_debtor_fkey" foreign key ("creditor_id", "debtor_id") references "debtor"("creditor_id", "debtor_id");
alter table "invoice_alias"
  add constraint "invoice_alias_invoice_fkey" foreign key ("creditor_id", "invoice_id") references "invoice"("creditor_id", "invoice_id");
alter table "invoice_term"
  add constraint "invoice_term_invoice_fkey" foreign key ("creditor_id", "invoice_id") references "invoice"("creditor_id", "invoice_id");
`;

export class Invoices1795305600002 implements MigrationInterface {
  name = 'Invoices1795305600002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table invoice_term, invoice_alias, invoice');
  }
}
