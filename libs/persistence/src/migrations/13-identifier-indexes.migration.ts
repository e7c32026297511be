import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
create index "debtor_siren_idx" on "debtor" ("creditor_id", "siren") where "siren" is not null;
create index "debtor_enterprise_idx" on "debtor" ("creditor_id", "enterprise_number") where "enterprise_number" is not null;
create index "debtor_vat_idx" on "debtor" ("creditor_id", "vat") where "vat" is not null;
`;

/** An invoice looks for its debtor by each identifier it states: without these every import reads all debtors once per row. */
export class IdentifierIndexes1795305600013 implements MigrationInterface {
  name = 'IdentifierIndexes1795305600013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index "debtor_vat_idx", "debtor_enterprise_idx", "debtor_siren_idx";');
  }
}
