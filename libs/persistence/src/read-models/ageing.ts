import type { Day } from '#domain';
import type { Reader } from './reader.js';

/** Where an amount stands: an age of open principal in days past due, or what is told apart from it. */
export type AgeingPart =
  | 'notDue'
  | 'days1To15'
  | 'days16To30'
  | 'days31To60'
  | 'days61To90'
  | 'days91To180'
  | 'daysOver180'
  | 'withOthers'
  | 'unallocated'
  | 'parked';

export interface AgeingRow {
  currency: string;
  part: AgeingPart;
  /** Cases, or debtors with credit; 1 for parked money. */
  count: number;
  amountMinor: bigint;
}

/**
 * What is owed on a day, from the ledger: every entry whose value day is not after it counts, whenever it was booked. A case closed by
 * hand-over or insolvency is `withOthers`; one withdrawn or written off is told no more, and of a settled one only what was paid after the day.
 */
export function readAgeing(reader: Reader, creditorId: string, on: Day): Promise<AgeingRow[]> {
  return reader.rows<AgeingRow>(AGEING, [creditorId, on]);
}

const AGEING = `
with ledger as (
  select account, currency, sum(amount_minor) as minor
    from posting
   where creditor_id = $1 and effective_on <= $2::date
     and (account = 'suspense' or account like 'receivable:%' or account like 'credit:%')
   group by account, currency
), told as (
  select l.currency,
         case
           when l.account = 'suspense' then 'parked'
           when l.account like 'credit:%' then 'unallocated'
           when c.closed_kind in ('handedOver', 'insolvency') then 'withOthers'
           when c.closed_kind in ('withdrawn', 'writtenOff') then null
           when c.closed_kind = 'settled' and l.minor <= c.open_principal_minor then null
           when $2::date <= c.due_on then 'notDue'
           when $2::date - c.due_on <= 15 then 'days1To15'
           when $2::date - c.due_on <= 30 then 'days16To30'
           when $2::date - c.due_on <= 60 then 'days31To60'
           when $2::date - c.due_on <= 90 then 'days61To90'
           when $2::date - c.due_on <= 180 then 'days91To180'
           else 'daysOver180'
         end as part,
         case when l.account like 'receivable:%' then l.minor else -l.minor end as minor
    from ledger l
    left join recovery_case c on c.creditor_id = $1 and l.account = 'receivable:' || c.case_id
   where l.minor <> 0
)
select currency, part, count(*)::integer as count, sum(minor)::bigint as "amountMinor"
  from told where part is not null
 group by currency, part order by currency, part`;
