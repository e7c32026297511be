import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
create table "message_edit" (
  "creditor_id" text not null,
  "case_id" text not null,
  "stage" text not null,
  "revision" integer not null,
  "round" integer not null,
  "object_id" text,
  "sha256" text,
  "edited_by" text not null,
  "edited_at" timestamptz(3) not null,
  constraint "message_edit_revision_counted_from_one" check ("revision" >= 1),
  constraint "message_edit_pkey" primary key ("creditor_id", "case_id", "stage", "revision")
);
alter table "message_edit"
  add constraint "message_edit_case_fkey" foreign key ("creditor_id", "case_id") references "recovery_case"("creditor_id", "case_id");
create trigger message_edit_append_only before update or delete or truncate on message_edit
  for each statement execute function refuse_change();
create trigger stage_outcome_kept before delete or truncate on stage_outcome
  for each statement execute function refuse_change();
`;

/** The words that people give a message before it leaves, revision by revision; and what became of a rung is never deleted either (N1). */
export class MessageEdits1795305600016 implements MigrationInterface {
  name = 'MessageEdits1795305600016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger stage_outcome_kept on stage_outcome; drop table "message_edit";');
  }
}
