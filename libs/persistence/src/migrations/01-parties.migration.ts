import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "creditor" (
  "creditor_id" text not null,
  "legal_name" text not null,
  "legal_form" text,
  "law" text not null,
  "language" text not null,
  "siren" text,
  "enterprise_number" text,
  "vat" text,
  "iban" text,
  "bic" text,
  "address" jsonb not null,
  "zone" text not null,
  "territory" text not null,
  "reply_to_email" text,
  "phone" text,
  "signatory_name" text,
  "signatory_title" text,
  "sender_email" text,
  "default_term_days" integer not null,
  "policy_id" text not null,
  "policy_version" integer not null,
  "referral_route" text not null,
  "live" boolean not null,
  "sandbox" boolean not null,
  "clock_at" timestamptz(3),
  "clock_version" integer not null,
  "brake_on" boolean not null,
  "epoch" integer not null,
  "version" integer not null,
  "created_at" timestamptz(3) not null,
  constraint "creditor_sandbox_never_with_negative_clock_version" check ("clock_version" >= 0),
  constraint "creditor_clock_only_in_sandbox" check ("sandbox" = ("clock_at" is not null)),
  constraint "creditor_id_given" check ("creditor_id" <> '' and "creditor_id" <> '*'),
  constraint "creditor_pkey" primary key ("creditor_id")
);

create table "debtor" (
  "creditor_id" text not null,
  "debtor_id" text not null,
  "external_id" text,
  "identity_key" text not null,
  "name" text not null,
  "kind" text not null,
  "kind_reason" text not null,
  "kind_decided_by" text,
  "country" text not null,
  "territory" text not null,
  "zone" text not null,
  "language" text not null,
  "siren" text,
  "siret" text,
  "enterprise_number" text,
  "vat" text,
  "address" jsonb,
  "policy_id" text,
  "policy_version" integer,
  "version" integer not null,
  "created_at" timestamptz(3) not null,
  constraint "debtor_pkey" primary key ("creditor_id", "debtor_id")
);
create index "debtor_created_idx" on "debtor" ("creditor_id", "created_at", "debtor_id");
create index "debtor_external_idx" on "debtor" ("creditor_id", "external_id");
create unique index "debtor_identity_key" on "debtor" ("creditor_id", "identity_key");

create table "debtor_contact" (
  "creditor_id" text not null,
  "contact_id" text not null,
  "debtor_id" text not null,
  "role" text not null,
  "channel" text not null,
  "name" text,
  "address" text not null,
  "language" text,
  "usable" boolean not null,
  "proof" text not null,
  "proof_at" timestamptz(3) not null,
  "version" integer not null,
  "created_at" timestamptz(3) not null,
  constraint "debtor_contact_pkey" primary key ("creditor_id", "contact_id")
);
create index "debtor_contact_debtor_idx" on "debtor_contact" ("creditor_id", "debtor_id");

create table "api_key" (
  "creditor_id" text not null,
  "key_id" text not null,
  "role" text not null,
  "name" text not null,
  "prefix" text not null,
  "sha256" text not null,
  "created_at" timestamptz(3) not null,
  "expires_at" timestamptz(3),
  "revoked_at" timestamptz(3),
  "last_used_at" timestamptz(3),
  constraint "api_key_pkey" primary key ("creditor_id", "key_id")
);
create unique index "api_key_prefix_key" on "api_key" ("prefix");

create table "webhook_endpoint" (
  "creditor_id" text not null,
  "endpoint_id" text not null,
  "provider" text not null,
  "token" text not null,
  "secrets" text not null,
  "created_at" timestamptz(3) not null,
  "disabled_at" timestamptz(3),
  constraint "webhook_endpoint_pkey" primary key ("creditor_id", "endpoint_id")
);
create unique index "webhook_endpoint_token_key" on "webhook_endpoint" ("token");

create table "policy_version" (
  "creditor_id" text not null,
  "policy_id" text not null,
  "version" integer not null,
  "sha256" text not null,
  "body" jsonb not null,
  "published_by" text not null,
  "published_at" timestamptz(3) not null,
  constraint "policy_version_pkey" primary key ("creditor_id", "policy_id", "version")
);
alter table "debtor"
  add constraint "debtor_creditor_fkey" foreign key ("creditor_id") references "creditor"("creditor_id");
alter table "debtor_contact"
  add constraint "debtor_contact_debtor_fkey" foreign key ("creditor_id", "debtor_id") references "debtor"("creditor_id", "debtor_id");
alter table "webhook_endpoint"
  add constraint "webhook_endpoint_creditor_fkey" foreign key ("creditor_id") references "creditor"("creditor_id");
`;

export class Parties1795305600001 implements MigrationInterface {
  name = 'Parties1795305600001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table policy_version, webhook_endpoint, api_key, debtor_contact, debtor, creditor');
  }
}
