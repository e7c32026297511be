import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "outbound_message" (
  "creditor_id" text not null,
  "message_id" text not null,
  "purpose" text not null,
  "act" text not null,
  "channel" text not null,
  "debtor_id" text not null,
  "stage" text,
  "round" integer,
  "slot_on" date not null,
  "revision" integer not null,
  "basis" text not null,
  "state" text not null,
  "claim_token" text,
  "claimed_at" timestamptz(3),
  "accepted_at" timestamptz(3),
  "decided_at" timestamptz(3),
  "provider_message_id" text,
  "provider_words" text,
  "recipient" text not null,
  "language" text not null,
  "template" text not null,
  "subject" text not null,
  "bytes_object_id" text,
  "bytes_sha256" text,
  "letter_object_id" text,
  "letter_sha256" text,
  "statement" jsonb,
  "workflow_id" text,
  "crossed_with_payment" boolean not null,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  constraint "outbound_message_claim_has_token" check ("state" <> 'CLAIMED' or ("claim_token" is not null and "claimed_at" is not null)),
  constraint "outbound_message_pkey" primary key ("creditor_id", "message_id")
);
create index "outbound_message_created_idx" on "outbound_message" ("creditor_id", "created_at", "message_id");
create index "outbound_message_id_idx" on "outbound_message" ("message_id");
create index "outbound_message_uncertain_idx" on "outbound_message" ("state", "claimed_at") where "state" in ('CLAIMED', 'UNKNOWN');
create index "outbound_message_state_idx" on "outbound_message" ("creditor_id", "state", "claimed_at");
create index "outbound_message_debtor_idx" on "outbound_message" ("creditor_id", "debtor_id", "slot_on");

create table "message_case" (
  "creditor_id" text not null,
  "message_id" text not null,
  "case_id" text not null,
  "stage" text not null,
  "round" integer not null,
  "live" boolean not null,
  constraint "message_case_pkey" primary key ("creditor_id", "message_id", "case_id", "stage", "round")
);
create unique index "message_case_one_live_key" on "message_case" ("creditor_id", "case_id", "stage", "round") where "live";

create table "message_lease" (
  "creditor_id" text not null,
  "lease_key" text not null,
  "holder" text not null,
  "until" timestamptz(3) not null,
  constraint "message_lease_pkey" primary key ("creditor_id", "lease_key")
);

create table "delivery_event" (
  "creditor_id" text not null,
  "event_id" text not null,
  "message_id" text not null,
  "provider" text not null,
  "kind" text not null,
  "at" timestamptz(3) not null,
  "recorded_at" timestamptz(3) not null,
  "detail" jsonb not null,
  constraint "delivery_event_pkey" primary key ("creditor_id", "event_id")
);
create index "delivery_event_message_idx" on "delivery_event" ("creditor_id", "message_id", "at");

create table "post_item" (
  "creditor_id" text not null,
  "post_item_id" text not null,
  "message_id" text not null,
  "case_id" text not null,
  "channel" text not null,
  "state" text not null,
  "tracking_number" text,
  "deposited_on" date,
  "served_on" date,
  "proof_object_id" text,
  "updated_by" text,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  "version" integer not null,
  constraint "post_item_pkey" primary key ("creditor_id", "post_item_id")
);
create index "post_item_case_idx" on "post_item" ("creditor_id", "case_id");
create index "post_item_state_idx" on "post_item" ("creditor_id", "state", "created_at", "post_item_id");
create unique index "post_item_one_live_key" on "post_item" ("creditor_id", "message_id", "case_id") where "state" <> 'cancelled';
alter table "outbound_message"
  add constraint "outbound_message_debtor_fkey" foreign key ("creditor_id", "debtor_id") references "debtor"("creditor_id", "debtor_id");
alter table "message_case"
  add constraint "message_case_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "message_case"
  add constraint "message_case_message_fkey" foreign key ("creditor_id", "message_id") references "outbound_message"("creditor_id", "message_id");
alter table "delivery_event"
  add constraint "delivery_event_message_fkey" foreign key ("creditor_id", "message_id") references "outbound_message"("creditor_id", "message_id");
alter table "post_item"
  add constraint "post_item_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
alter table "post_item"
  add constraint "post_item_message_fkey" foreign key ("creditor_id", "message_id") references "outbound_message"("creditor_id", "message_id");
`;

export class Messages1795305600007 implements MigrationInterface {
  name = 'Messages1795305600007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table post_item, delivery_event, message_lease, message_case, outbound_message');
  }
}
