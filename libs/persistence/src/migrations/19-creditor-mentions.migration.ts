import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
alter table "creditor" add column "mentions" jsonb not null default '{}';
alter table "creditor" alter column "mentions" drop default;
`;

/** What the law wants on a trader's letters beside name, form and number: capital, register, consumer mediator (C. com. R123-237 and R123-238, CSA 2:20). */
export class CreditorMentions1795305600019 implements MigrationInterface {
  name = 'CreditorMentions1795305600019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "creditor" drop column "mentions"');
  }
}
