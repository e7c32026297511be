import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
create table "brake" (
  "creditor_id" text not null,
  "brake_id" text not null,
  "scope" text not null,
  "key" text not null,
  "reason" text not null,
  "set_by" text not null,
  "since" timestamptz(3) not null,
  "until" timestamptz(3),
  "released_by" text,
  "released_at" timestamptz(3),
  "release_reason" text,
  constraint "brake_scope_known" check ("scope" in ('product', 'creditor', 'policy', 'debtor', 'channel')),
  constraint "brake_product_is_everybodys" check (("scope" = 'product') = ("creditor_id" = '*')),
  constraint "brake_pkey" primary key ("creditor_id", "brake_id")
);
create unique index "brake_one_live_key" on "brake" ("creditor_id", "scope", "key") where "released_at" is null;
create index "brake_since_idx" on "brake" ("since", "brake_id");

create table "reconciler_finding" (
  "creditor_id" text not null,
  "finding_id" text not null,
  "kind" text not null,
  "workflow_id" text not null,
  "case_id" text,
  "action" text not null,
  "detail" jsonb not null,
  "times" integer not null,
  "found_at" timestamptz(3) not null,
  "last_seen_at" timestamptz(3) not null,
  "resolved_at" timestamptz(3),
  constraint "reconciler_finding_pkey" primary key ("creditor_id", "finding_id")
);
create unique index "reconciler_finding_one_open_key" on "reconciler_finding" ("creditor_id", "workflow_id", "kind") where "resolved_at" is null;
create index "reconciler_finding_found_idx" on "reconciler_finding" ("found_at", "finding_id");

create table "reconciler_pass" (
  "creditor_id" text not null,
  "pass_id" text not null,
  "started_at" timestamptz(3) not null,
  "ended_at" timestamptz(3),
  "outcome" text not null,
  "cases" integer not null,
  "differing" integer not null,
  "repaired" integer not null,
  constraint "reconciler_pass_pkey" primary key ("creditor_id", "pass_id")
);
create index "reconciler_pass_started_idx" on "reconciler_pass" ("creditor_id", "started_at");

create table "provider_sweep" (
  "creditor_id" text not null,
  "provider" text not null,
  "account" text not null,
  "swept_until" timestamptz(3) not null,
  "last_run_at" timestamptz(3) not null,
  "recovered" integer not null,
  "last_error" text,
  constraint "provider_sweep_pkey" primary key ("creditor_id", "provider", "account")
);

create index "outbound_message_crossed_idx" on "outbound_message" ("created_at", "message_id") where "crossed_with_payment";
create index "outbound_message_undecided_idx" on "outbound_message" ("claimed_at", "message_id") where "state" in ('UNKNOWN', 'HUMAN');
create index "inbox_dead_idx" on "inbox" ("received_at") where "state" in ('parked', 'quarantined');
create index "outbox_failing_idx" on "outbox" ("outbox_id") where "state" = 'pending' and "tries" >= 5;
`;

const DOWN = `
drop index "outbox_failing_idx";
drop index "inbox_dead_idx";
drop index "outbound_message_undecided_idx";
drop index "outbound_message_crossed_idx";
drop table "provider_sweep", "reconciler_pass", "reconciler_finding", "brake";
`;

/** What operators see and do: brakes, differences between rows and workflows, events asked for again, and the lists of what is stuck. */
export class Operations1795305600015 implements MigrationInterface {
  name = 'Operations1795305600015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
