import type { MigrationInterface, QueryRunner } from 'typeorm';

// What was allocated before was principal alone.
const UP = `
alter table "allocation"
  add column "interest_minor" bigint not null default 0,
  add column "indemnity_minor" bigint not null default 0;
alter table "allocation" alter column "interest_minor" drop default, alter column "indemnity_minor" drop default;
alter table "allocation" drop constraint "allocation_amount_positive";
alter table "allocation" add constraint "allocation_amounts_in_bounds"
  check ("amount_minor" >= 0 and "interest_minor" >= 0 and "indemnity_minor" >= 0 and "amount_minor" + "interest_minor" + "indemnity_minor" > 0);
`;

// Refused by the old check where a payment brought interest or an indemnity alone: such money cannot be told in the old table.
const DOWN = `
alter table "allocation" drop constraint "allocation_amounts_in_bounds";
alter table "allocation" add constraint "allocation_amount_positive" check ("amount_minor" > 0);
alter table "allocation" drop column "indemnity_minor", drop column "interest_minor";
`;

/** What of a payment is for interest and for the indemnity of a case, beside its principal. */
export class AccessoriesReceived1795305600018 implements MigrationInterface {
  name = 'AccessoriesReceived1795305600018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
