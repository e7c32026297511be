import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "call" (
  "creditor_id" text not null,
  "call_id" text not null,
  "debtor_id" text not null,
  "task_id" text not null,
  "state" text not null,
  "opened_on" date not null,
  "expires_on" date not null,
  "outcome" text,
  "note" text,
  "contact_name" text,
  "reported_by" text,
  "reported_at" timestamptz(3),
  constraint "call_pkey" primary key ("creditor_id", "call_id")
);
create unique index "call_one_open_key" on "call" ("creditor_id", "debtor_id") where "state" = 'open';
create index "call_debtor_idx" on "call" ("creditor_id", "debtor_id");

create table "call_case" (
  "creditor_id" text not null,
  "call_id" text not null,
  "case_id" text not null,
  "stage" text not null,
  "round" integer not null,
  "left" boolean not null,
  constraint "call_case_pkey" primary key ("creditor_id", "call_id", "case_id")
);
create index "call_case_case_idx" on "call_case" ("creditor_id", "case_id");

create table "approval" (
  "creditor_id" text not null,
  "approval_id" text not null,
  "case_id" text not null,
  "stage" text not null,
  "round" integer not null,
  "message_id" text not null,
  "basis" text not null,
  "revision" integer not null,
  "state" text not null,
  "requested_at" timestamptz(3) not null,
  "until" date not null,
  "decided_by" text,
  "decided_at" timestamptz(3),
  "note" text,
  constraint "approval_pkey" primary key ("creditor_id", "approval_id")
);
create index "approval_requested_idx" on "approval" ("creditor_id", "requested_at", "approval_id");
create unique index "approval_one_pending_key" on "approval" ("creditor_id", "case_id", "stage", "round") where "state" = 'pending';
create index "approval_case_idx" on "approval" ("creditor_id", "case_id");

create table "task" (
  "creditor_id" text not null,
  "task_id" text not null,
  "kind" text not null,
  "dedupe_key" text not null,
  "case_id" text,
  "debtor_id" text,
  "subject_id" text,
  "state" text not null,
  "role" text not null,
  "title" text not null,
  "detail" jsonb not null,
  "due_on" date,
  "created_at" timestamptz(3) not null,
  "closed_by" text,
  "closed_at" timestamptz(3),
  constraint "task_pkey" primary key ("creditor_id", "task_id")
);
create index "task_debtor_idx" on "task" ("creditor_id", "debtor_id");
create index "task_case_idx" on "task" ("creditor_id", "case_id");
create index "task_state_idx" on "task" ("creditor_id", "state", "created_at", "task_id");
create unique index "task_one_open_key" on "task" ("creditor_id", "dedupe_key") where "state" = 'open';

create table "hand_over" (
  "creditor_id" text not null,
  "hand_over_id" text not null,
  "case_id" text not null,
  "message_id" text not null,
  "route" text not null,
  "state" text not null,
  "object_id" text not null,
  "sha256" text not null,
  "manifest" jsonb not null,
  "created_at" timestamptz(3) not null,
  "handed_over_at" timestamptz(3),
  constraint "hand_over_pkey" primary key ("creditor_id", "hand_over_id")
);
create index "hand_over_created_idx" on "hand_over" ("creditor_id", "created_at", "hand_over_id");
create index "hand_over_case_idx" on "hand_over" ("creditor_id", "case_id");
alter table "call"
  add constraint "call_debtor_fkey" foreign key ("creditor_id", "debtor_id") references "debtor"("creditor_id", "debtor_id");
alter table "call_case"
  add constraint "call_case_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "call_case"
  add constraint "call_case_call_fkey" foreign key ("creditor_id", "call_id") references "call"("creditor_id", "call_id");
alter table "approval"
  add constraint "approval_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "task"
  add constraint "task_creditor_fkey" foreign key ("creditor_id") references "creditor"("creditor_id");
alter table "hand_over"
  add constraint "hand_over_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
`;

export class Tasks1795305600006 implements MigrationInterface {
  name = 'Tasks1795305600006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table hand_over, task, approval, call_case, call');
  }
}
