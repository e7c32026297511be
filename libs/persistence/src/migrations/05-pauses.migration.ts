import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "promise" (
  "creditor_id" text not null,
  "promise_id" text not null,
  "case_id" text not null,
  "amount_minor" bigint not null,
  "due_on" date not null,
  "judged_on" date not null,
  "made_on" date not null,
  "made_by" text,
  "taken_by" text not null,
  "channel" text not null,
  "wording" text,
  "state" text not null,
  "received_minor_at_start" bigint not null,
  "ended_at" timestamptz(3),
  "created_at" timestamptz(3) not null,
  constraint "promise_amount_not_negative" check ("amount_minor" >= 0 and "received_minor_at_start" >= 0),
  constraint "promise_pkey" primary key ("creditor_id", "promise_id")
);
create unique index "promise_one_running_key" on "promise" ("creditor_id", "case_id") where "state" = 'running';
create index "promise_case_idx" on "promise" ("creditor_id", "case_id");

create table "dispute" (
  "creditor_id" text not null,
  "dispute_id" text not null,
  "case_id" text not null,
  "reason" text not null,
  "note" text,
  "opened_by" text not null,
  "opened_on" date not null,
  "due_on" date not null,
  "state" text not null,
  "resolved_by" text,
  "resolution" text,
  "resolved_at" timestamptz(3),
  constraint "dispute_pkey" primary key ("creditor_id", "dispute_id")
);
create unique index "dispute_one_open_key" on "dispute" ("creditor_id", "case_id") where "state" = 'open';
create index "dispute_case_idx" on "dispute" ("creditor_id", "case_id");

create table "hold" (
  "creditor_id" text not null,
  "hold_id" text not null,
  "case_id" text not null,
  "reason" text not null,
  "note" text,
  "placed_by" text not null,
  "placed_on" date not null,
  "until" date not null,
  "state" text not null,
  "ended_at" timestamptz(3),
  constraint "hold_pkey" primary key ("creditor_id", "hold_id")
);
create unique index "hold_one_running_key" on "hold" ("creditor_id", "case_id") where "state" = 'running';
create index "hold_case_idx" on "hold" ("creditor_id", "case_id");
alter table "promise"
  add constraint "promise_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "dispute"
  add constraint "dispute_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "hold"
  add constraint "hold_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
`;

export class Pauses1795305600005 implements MigrationInterface {
  name = 'Pauses1795305600005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table hold, dispute, promise');
  }
}
