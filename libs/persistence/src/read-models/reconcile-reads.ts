import type { Instant } from '#domain';
import type { Reader } from './reader.js';

/** A case as the reconciler compares it. */
export interface CaseToCompare {
  caseId: string;
  workflowId: string;
  state: string;
  openPrincipalMinor: bigint;
  wakeAt: Instant | null;
  isOpen: boolean;
  epoch: number;
  factSeq: number;
  updatedAt: Instant;
  /** News for its workflow waits in the outbox: it need not agree yet. */
  hasNews: boolean;
}

/** A message that informs and should have a workflow that delivers it. */
export interface InformToCompare {
  messageId: string;
  workflowId: string;
  act: string;
}

const SELECTION = `
select c.case_id as "caseId", c.workflow_id as "workflowId", c.state, c.open_principal_minor as "openPrincipalMinor", c.wake_at as "wakeAt",
  c.closed_kind is null as "isOpen", c.epoch, c.fact_seq as "factSeq", c.updated_at as "updatedAt",
  exists (select 1 from outbox o where o.workflow_id = c.workflow_id and o.state = 'pending') as "hasNews"
from recovery_case c`;

/** Open cases in id order, from just after `after`. */
export function openCasesToCompare(reader: Reader, creditorId: string, after: string, limit: number): Promise<CaseToCompare[]> {
  return reader.rows(`${SELECTION} where c.creditor_id = $1 and c.closed_kind is null and c.case_id > $2 order by c.case_id limit $3`, [
    creditorId,
    after,
    limit,
  ]);
}

/** The cases whose workflows these are, open or closed. */
export function casesOfWorkflows(reader: Reader, creditorId: string, workflowIds: readonly string[]): Promise<CaseToCompare[]> {
  return reader.rows(`${SELECTION} where c.creditor_id = $1 and c.workflow_id = any($2::text[])`, [creditorId, workflowIds]);
}

/** Planned messages older than `before` with no news on its way, oldest first. */
export function informsToCompare(reader: Reader, creditorId: string, before: Instant, limit: number): Promise<InformToCompare[]> {
  return reader.rows(
    `select m.message_id as "messageId", m.workflow_id as "workflowId", m.act from outbound_message m
      where m.creditor_id = $1 and m.state = 'PLANNED' and m.purpose = 'inform' and m.workflow_id is not null and m.updated_at <= $2
        and not exists (select 1 from outbox o where o.workflow_id = m.workflow_id and o.state = 'pending')
      order by m.created_at, m.message_id limit $3`,
    [creditorId, before, limit],
  );
}
