import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
create function refuse_change() returns trigger language plpgsql as $body$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op
    using errcode = 'restrict_violation', table = tg_table_name, constraint = tg_table_name || '_append_only';
end
$body$;

create trigger journal_append_only before update or delete or truncate on journal
  for each statement execute function refuse_change();
create trigger posting_append_only before update or delete or truncate on posting
  for each statement execute function refuse_change();
create trigger stage_verdict_append_only before update or delete or truncate on stage_verdict
  for each statement execute function refuse_change();
create trigger policy_version_immutable before update or delete or truncate on policy_version
  for each statement execute function refuse_change();
create trigger stage_outcome_final before update on stage_outcome
  for each statement execute function refuse_change();
`;

/** The trail, the ledger and what was decided are written once; a correction is a new row. Holds for every role that may write at all. */
export class AppendOnly1795305600010 implements MigrationInterface {
  name = 'AppendOnly1795305600010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger stage_outcome_final on stage_outcome;
      drop trigger policy_version_immutable on policy_version;
      drop trigger stage_verdict_append_only on stage_verdict;
      drop trigger posting_append_only on posting;
      drop trigger journal_append_only on journal;
      drop function refuse_change();
    `);
  }
}
