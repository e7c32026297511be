import type { MigrationInterface, QueryRunner } from 'typeorm';

// Expressions: what the entities cannot say, and the drift check does not see.
const UP = `
create extension if not exists pg_trgm;
create index invoice_number_search_idx on invoice using gin (lower(number) gin_trgm_ops);
create index debtor_name_search_idx on debtor using gin (lower(name) gin_trgm_ops);
create index debtor_name_idx on debtor (creditor_id, lower(name), debtor_id);
create index recovery_case_next_action_idx on recovery_case (creditor_id, (coalesce(wake_at, 'infinity'::timestamptz)), case_id);
alter table sealed_object alter column ciphertext set storage external;
`;

/** What the lists search and sort by; sealed bytes are not compressed a second time. */
export class ListIndexes1795305600012 implements MigrationInterface {
  name = 'ListIndexes1795305600012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table sealed_object alter column ciphertext set storage extended;
      drop index recovery_case_next_action_idx, debtor_name_idx, debtor_name_search_idx, invoice_number_search_idx;
      drop extension if exists pg_trgm;
    `);
  }
}
