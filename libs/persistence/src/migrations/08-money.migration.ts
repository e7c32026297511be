import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "payment" (
  "creditor_id" text not null,
  "payment_id" text not null,
  "provider" text not null,
  "provider_ref" text not null,
  "amount_minor" bigint not null,
  "currency" text not null,
  "paid_on" date not null,
  "recorded_at" timestamptz(3) not null,
  "remittance" text,
  "payer_name" text,
  "payer_iban" text,
  "state" text not null,
  "debtor_id" text,
  "allocated_minor" bigint not null,
  "credit_minor" bigint not null,
  "parked_reason" text,
  "recorded_by" text not null,
  "reversed_at" timestamptz(3),
  constraint "payment_amounts_in_bounds" check ("amount_minor" >= 0 and "allocated_minor" >= 0 and "credit_minor" >= 0 and "allocated_minor" + "credit_minor" <= "amount_minor"),
  constraint "payment_pkey" primary key ("creditor_id", "payment_id")
);
create index "payment_recorded_idx" on "payment" ("creditor_id", "recorded_at", "payment_id");
create index "payment_paid_idx" on "payment" ("creditor_id", "paid_on", "payment_id");
create index "payment_debtor_idx" on "payment" ("creditor_id", "debtor_id");
create index "payment_state_idx" on "payment" ("creditor_id", "state");
create unique index "payment_provider_ref_key" on "payment" ("creditor_id", "provider", "provider_ref");

create table "allocation" (
  "creditor_id" text not null,
  "allocation_id" text not null,
  "payment_id" text not null,
  "case_id" text not null,
  "amount_minor" bigint not null,
  "paid_on" date not null,
  "designation" text not null,
  "recorded_at" timestamptz(3) not null,
  "reversed_on" date,
  "reversed_at" timestamptz(3),
  constraint "allocation_amount_positive" check ("amount_minor" > 0),
  constraint "allocation_pkey" primary key ("creditor_id", "allocation_id")
);
create index "allocation_case_idx" on "allocation" ("creditor_id", "case_id");
create index "allocation_payment_idx" on "allocation" ("creditor_id", "payment_id");

create table "credit_allocation" (
  "creditor_id" text not null,
  "credit_note_id" text not null,
  "case_id" text not null,
  "amount_minor" bigint not null,
  "on_day" date not null,
  "recorded_at" timestamptz(3) not null,
  constraint "credit_allocation_amount_positive" check ("amount_minor" > 0),
  constraint "credit_allocation_pkey" primary key ("creditor_id", "credit_note_id", "case_id")
);
create index "credit_allocation_case_idx" on "credit_allocation" ("creditor_id", "case_id");

create table "posting" (
  "creditor_id" text not null,
  "posting_id" text not null,
  "entry_id" text not null,
  "line" integer not null,
  "account" text not null,
  "amount_minor" bigint not null,
  "currency" text not null,
  "effective_on" date not null,
  "recorded_at" timestamptz(3) not null,
  "cause" text not null,
  constraint "posting_pkey" primary key ("creditor_id", "posting_id")
);
create index "posting_account_idx" on "posting" ("creditor_id", "account", "effective_on");
create unique index "posting_line_key" on "posting" ("creditor_id", "entry_id", "line");
alter table "payment"
  add constraint "payment_creditor_fkey" foreign key ("creditor_id") references "creditor"("creditor_id");
alter table "allocation"
  add constraint "allocation_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "allocation"
  add constraint "allocation_payment_fkey" foreign key ("creditor_id", "payment_id") references "payment"("creditor_id", "payment_id");
alter table "credit_allocation"
  add constraint "credit_allocation_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "credit_allocation"
  add constraint "credit_allocation_invoice_fkey" foreign key ("creditor_id", "credit_note_id") references "invoice"("creditor_id", "invoice_id");
`;

export class Money1795305600008 implements MigrationInterface {
  name = 'Money1795305600008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table posting, credit_allocation, allocation, payment');
  }
}
