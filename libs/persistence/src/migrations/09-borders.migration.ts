import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "inbox" (
  "creditor_id" text not null,
  "provider" text not null,
  "account" text not null,
  "event_id" text not null,
  "kind" text not null,
  "state" text not null,
  "debtor_id" text,
  "notice" jsonb not null,
  "raw_object_id" text,
  "tries" integer not null,
  "next_try_at" timestamptz(3),
  "last_error" text,
  "received_at" timestamptz(3) not null,
  "applied_at" timestamptz(3),
  constraint "inbox_tries_not_negative" check ("tries" >= 0),
  constraint "inbox_pkey" primary key ("creditor_id", "provider", "account", "event_id")
);
create index "inbox_unread_of_creditor_idx" on "inbox" ("creditor_id", "debtor_id") where "state" = 'received';
create index "inbox_unread_idx" on "inbox" ("received_at") where "state" = 'received';

create table "outbox" (
  "outbox_id" bigint generated always as identity not null,
  "creditor_id" text not null,
  "workflow_id" text not null,
  "kind" text not null,
  "name" text not null,
  "payload" jsonb not null,
  "state" text not null,
  "lease_until" timestamptz(3),
  "tries" integer not null,
  "last_error" text,
  "created_at" timestamptz(3) not null,
  "delivered_at" timestamptz(3),
  constraint "outbox_tries_not_negative" check ("tries" >= 0),
  constraint "outbox_pkey" primary key ("outbox_id")
);
create index "outbox_creditor_idx" on "outbox" ("creditor_id", "outbox_id");
create index "outbox_pending_idx" on "outbox" ("kind", "outbox_id") where "state" = 'pending';
create index "outbox_pending_of_workflow_idx" on "outbox" ("workflow_id", "outbox_id") where "state" = 'pending';

create table "idempotency_key" (
  "creditor_id" text not null,
  "key" text not null,
  "route" text not null,
  "body_sha256" text not null,
  "state" text not null,
  "status" integer,
  "response" jsonb,
  "created_at" timestamptz(3) not null,
  constraint "idempotency_key_pkey" primary key ("creditor_id", "key")
);
create index "idempotency_key_created_idx" on "idempotency_key" ("created_at");
`;

export class Borders1795305600009 implements MigrationInterface {
  name = 'Borders1795305600009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key, outbox, inbox');
  }
}
