import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "recovery_case" (
  "creditor_id" text not null,
  "case_id" text not null,
  "invoice_id" text not null,
  "term" integer not null,
  "debtor_id" text not null,
  "workflow_id" text not null,
  "episode" integer not null,
  "epoch" integer not null,
  "fact_seq" integer not null,
  "state" text not null,
  "currency" text not null,
  "due_on" date not null,
  "face_minor" bigint not null,
  "open_principal_minor" bigint not null,
  "policy_id" text not null,
  "policy_version" integer not null,
  "recovery" jsonb not null,
  "plan" jsonb not null,
  "wake_kind" text,
  "wake_at" timestamptz(3),
  "wake_stage" text,
  "wake_round" integer,
  "closed_kind" text,
  "closed_at" timestamptz(3),
  "chain_hash" text not null,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  constraint "recovery_case_counters_positive" check ("episode" >= 1 and "epoch" >= 0 and "fact_seq" >= 0 and "term" >= 1),
  constraint "recovery_case_amounts_in_bounds" check ("face_minor" >= 0 and "open_principal_minor" >= 0 and "open_principal_minor" <= "face_minor"),
  constraint "recovery_case_open_has_wake" check (case when "closed_kind" is null then "wake_at" is not null and "wake_kind" is not null and "closed_at" is null else "wake_at" is null and "wake_kind" is null and "closed_at" is not null end),
  constraint "recovery_case_pkey" primary key ("creditor_id", "case_id")
);
create index "recovery_case_wake_idx" on "recovery_case" ("creditor_id", "wake_at", "case_id") where "closed_kind" is null;
create index "recovery_case_created_idx" on "recovery_case" ("creditor_id", "created_at", "case_id");
create index "recovery_case_open_principal_idx" on "recovery_case" ("creditor_id", "open_principal_minor", "case_id");
create index "recovery_case_due_idx" on "recovery_case" ("creditor_id", "due_on", "case_id");
create index "recovery_case_state_idx" on "recovery_case" ("creditor_id", "state");
create index "recovery_case_debtor_idx" on "recovery_case" ("creditor_id", "debtor_id");
create unique index "recovery_case_term_key" on "recovery_case" ("creditor_id", "invoice_id", "term");
create unique index "recovery_case_workflow_key" on "recovery_case" ("workflow_id");

create table "stage_outcome" (
  "creditor_id" text not null,
  "case_id" text not null,
  "stage" text not null,
  "round" integer not null,
  "outcome" text not null,
  "reason" text,
  "message_id" text,
  "decided_at" timestamptz(3) not null,
  constraint "stage_outcome_pkey" primary key ("creditor_id", "case_id", "stage", "round")
);

create table "stage_verdict" (
  "creditor_id" text not null,
  "verdict_id" text not null,
  "case_id" text not null,
  "stage" text not null,
  "round" integer not null,
  "verdict" text not null,
  "code" text not null,
  "because" jsonb not null,
  "until" timestamptz(3),
  "message_id" text,
  "at" timestamptz(3) not null,
  constraint "stage_verdict_postponed_has_until" check ("verdict" <> 'POSTPONED' or "until" is not null),
  constraint "stage_verdict_pkey" primary key ("creditor_id", "verdict_id")
);
create index "stage_verdict_case_idx" on "stage_verdict" ("creditor_id", "case_id", "at");

create table "journal" (
  "creditor_id" text not null,
  "stream_id" text not null,
  "seq" integer not null,
  "kind" text not null,
  "actor" text not null,
  "role" text not null,
  "reason" text,
  "request_id" text,
  "recorded_at" timestamptz(3) not null,
  "effective_on" date not null,
  "cause" jsonb not null,
  "before_hash" text not null,
  "after_hash" text not null,
  "previous_hash" text not null,
  "hash" text not null,
  constraint "journal_seq_counted_from_one" check ("seq" >= 1),
  constraint "journal_pkey" primary key ("creditor_id", "stream_id", "seq")
);
create index "journal_recorded_idx" on "journal" ("creditor_id", "recorded_at", "stream_id", "seq");
alter table "recovery_case"
  add constraint "recovery_case_debtor_fkey" foreign key ("creditor_id", "debtor_id") references "debtor"("creditor_id", "debtor_id");
alter table "recovery_case"
  add constraint "recovery_case_invoice_fkey" foreign key ("creditor_id", "invoice_id") references "invoice"("creditor_id", "invoice_id");
alter table "stage_outcome"
  add constraint "stage_outcome_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "stage_verdict"
  add constraint "stage_verdict_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
`;

export class Cases1795305600004 implements MigrationInterface {
  name = 'Cases1795305600004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table journal, stage_verdict, stage_outcome, recovery_case');
  }
}
