import { brakeOn, type CaseworkDeps, environmentOf, informOpens } from '#casework';
import type { Instant } from '#domain';
import type { CreditorRow, Tables } from '#ports';

const LOOKED_AT = 200;

export interface RestingMessages {
  /** Messages that may leave at this very moment: their own workflows are at it. */
  readonly leaving: number;
  /** The first hour at which one that waits for the sending window may leave. */
  readonly next?: { readonly caseId: string; readonly at: Instant };
}

/** Planned messages that inform, as the sandbox clock stands: they have no wake of their own, and the clock must not jump over their hour. */
export async function restingMessages(tx: Tables, deps: CaseworkDeps, creditor: CreditorRow): Promise<RestingMessages> {
  const { creditorId } = creditor;
  if (creditor.brakeOn) return { leaving: 0 };
  const planned = await tx.messages.all({ creditorId, purpose: 'inform', state: 'PLANNED' }, { by: 'createdAt', limit: LOOKED_AT });
  let leaving = 0;
  let next: RestingMessages['next'];
  for (const { messageId, debtorId, channel } of planned) {
    const [link] = await tx.messageCases.all({ creditorId, messageId });
    const row = link && (await tx.cases.one({ creditorId, caseId: link.caseId }));
    if (!row || (await brakeOn(tx, deps, { creditorId, debtorId, policyId: row.policyId, channel }))) continue;
    const at = informOpens(await environmentOf(tx, deps, row));
    if (at === undefined) leaving += 1;
    else if (next === undefined || at < next.at) next = { caseId: row.caseId, at };
  }
  return { leaving, ...(next ? { next } : {}) };
}
