import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
create table "import_file" (
  "creditor_id" text not null,
  "import_id" text not null,
  "file_name" text not null,
  "format" text not null,
  "sha256" text not null,
  "object_id" text not null,
  "state" text not null,
  "totals" jsonb not null,
  "problem" jsonb,
  "rows" integer not null,
  "next_row" integer not null,
  "created_by" text not null,
  "created_at" timestamptz(3) not null,
  "committed_at" timestamptz(3),
  constraint "import_file_progress_within_file" check ("next_row" >= 0 and "rows" >= 0),
  constraint "import_file_pkey" primary key ("creditor_id", "import_id")
);
create index "import_file_created_idx" on "import_file" ("creditor_id", "created_at", "import_id");
create index "import_file_sha256_idx" on "import_file" ("creditor_id", "sha256");

create table "import_row" (
  "creditor_id" text not null,
  "import_id" text not null,
  "row" integer not null,
  "state" text not null,
  "record" jsonb,
  "findings" jsonb not null,
  "result" jsonb,
  constraint "import_row_pkey" primary key ("creditor_id", "import_id", "row")
);
create index "import_row_state_idx" on "import_row" ("creditor_id", "import_id", "state", "row");

create table "sealing_key" (
  "creditor_id" text not null,
  "key_id" text not null,
  "subject" text not null,
  "subject_id" text not null,
  "wrapped_key" bytea,
  "created_at" timestamptz(3) not null,
  "destroyed_at" timestamptz(3),
  constraint "sealing_key_destroyed_or_kept" check (("wrapped_key" is null) = ("destroyed_at" is not null)),
  constraint "sealing_key_pkey" primary key ("creditor_id", "key_id")
);
create unique index "sealing_key_subject_key" on "sealing_key" ("creditor_id", "subject", "subject_id");

create table "sealed_object" (
  "creditor_id" text not null,
  "object_id" text not null,
  "key_id" text not null,
  "media_type" text not null,
  "file_name" text,
  "sha256" text not null,
  "size" integer not null,
  "nonce" bytea not null,
  "ciphertext" bytea not null,
  "created_at" timestamptz(3) not null,
  constraint "sealed_object_pkey" primary key ("creditor_id", "object_id")
);
create index "sealed_object_key_idx" on "sealed_object" ("creditor_id", "key_id");
alter table "import_file"
  add constraint "import_file_creditor_fkey" foreign key ("creditor_id") references "creditor"("creditor_id");
alter table "import_row"
  add constraint "import_row_import_file_fkey" foreign key ("creditor_id", "import_id") references "import_file"("creditor_id", "import_id");
alter table "sealed_object"
  add constraint "sealed_object_sealing_key_fkey" foreign key ("creditor_id", "key_id") references "sealing_key"("creditor_id", "key_id");
`;

export class ImportsAndSeals1795305600003 implements MigrationInterface {
  name = 'ImportsAndSeals1795305600003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sealed_object, sealing_key, import_row, import_file');
  }
}
