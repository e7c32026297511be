import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was sold, as the invoice says it: the free first reminder to a Belgian consumer must describe the product or service (CDE XIX.2). */
export class InvoiceDescription1795305600017 implements MigrationInterface {
  name = 'InvoiceDescription1795305600017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "invoice" add column "description" text;');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "invoice" drop column "description";');
  }
}
