import type { MigrationInterface, QueryRunner } from 'typeorm';

// Looked at when the transaction commits: the lines of an entry may come one by one.
const UP = `
create function refuse_unbalanced_entry() returns trigger language plpgsql as $body$
declare
  off record;
begin
  select p.currency, sum(p.amount_minor) as total into off
    from posting p
   where p.creditor_id = new.creditor_id and p.entry_id = new.entry_id
   group by p.currency
  having sum(p.amount_minor) <> 0
   limit 1;
  if found then
    raise exception 'postings of entry % sum to % %', new.entry_id, off.total, off.currency
      using errcode = 'check_violation', table = 'posting', constraint = 'posting_entry_balanced';
  end if;
  return null;
end
$body$;

create constraint trigger posting_entry_balanced after insert on posting
  deferrable initially deferred
  for each row execute function refuse_unbalanced_entry();
`;

/** Double entry: per entry and currency the postings sum to zero, or the transaction does not commit. */
export class BalancedEntries1795305600011 implements MigrationInterface {
  name = 'BalancedEntries1795305600011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger posting_entry_balanced on posting; drop function refuse_unbalanced_entry();');
  }
}
