import type { MigrationInterface, QueryRunner } from 'typeorm';

// What was there before was business claims under the creditor's own law, and registered letters.
const UP = `
alter table "creditor"
  add column "contract_terms" jsonb not null default '{}',
  add column "standing" jsonb not null default '{}';
alter table "creditor" alter column "contract_terms" drop default, alter column "standing" drop default;
alter table "invoice"
  add column "law_known" boolean not null default true,
  add column "law_note" text,
  add column "law_decided_by" text,
  add column "contract_terms" jsonb;
alter table "invoice" alter column "law_known" drop default;
alter table "recovery_case" add column "law" text, add column "limitation_on" date;
update "recovery_case" c set "law" = i."law" from "invoice" i where i."creditor_id" = c."creditor_id" and i."invoice_id" = c."invoice_id";
alter table "recovery_case" alter column "law" set not null;
alter table "post_item" add column "service" text not null default 'registered', add column "presented_on" date;
alter table "post_item" alter column "service" drop default;
alter table "debtor_contact" add constraint "debtor_contact_role_in_sphere"
  check ("role" in ('debtor', 'legalRepresentative', 'accounting', 'orderingParty', 'guarantor', 'counsel', 'curator'));
`;

const DOWN = `
alter table "debtor_contact" drop constraint "debtor_contact_role_in_sphere";
alter table "post_item" drop column "presented_on", drop column "service";
alter table "recovery_case" drop column "limitation_on", drop column "law";
alter table "invoice" drop column "contract_terms", drop column "law_decided_by", drop column "law_note", drop column "law_known";
alter table "creditor" drop column "standing", drop column "contract_terms";
`;

/** The facts that other regimes than business need: whose law and why, what the contract says, when limitation ends, how a letter travels. */
export class Regimes1795305600014 implements MigrationInterface {
  name = 'Regimes1795305600014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
