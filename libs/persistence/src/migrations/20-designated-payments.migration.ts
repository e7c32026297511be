import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which invoices a payment was for: when another payment of the same invoice goes back, what exceeded it before is money for it again. */
export class DesignatedPayments1795305600020 implements MigrationInterface {
  name = 'DesignatedPayments1795305600020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "payment" add column "designates" jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "payment" drop column "designates"');
  }
}
