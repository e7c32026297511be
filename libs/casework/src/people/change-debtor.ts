import { decodeState } from '#domain';
import type { CreditorRow, DebtorRow, PostalAddress, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { found, refusal } from '../refused-error.js';
import { liftForDebtor } from './debtor-decisions.js';

/** What a person may correct on a debtor. Absent: as it was; `policy: null` gives the creditor's own back. */
export interface DebtorChange {
  readonly name?: string;
  readonly address?: PostalAddress;
  readonly language?: DebtorRow['language'];
  readonly policy?: { readonly id: string; readonly version: number } | null;
}

/**
 * A person corrects a debtor, with the version in hand (`versionConflict` otherwise). A new name or address is what a letter returned as unknown waits for:
 * the cases it stopped look again, and a letter drawn before is drawn anew. The key under which invoices find the debtor stays: the creditor's books still
 * print what they printed.
 */
export async function changeDebtor(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  debtorId: string,
  change: DebtorChange,
  version: number,
  by: Actor,
): Promise<DebtorRow> {
  const before = found(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId);
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  if (change.policy) await deps.policies.find(tx, creditorId, change.policy.id, change.policy.version);
  const columns = { ...columnsOf(deps, creditor, change), version: before.version + 1 };
  if ((await tx.debtors.update({ creditorId, debtorId, version }, columns)) === 0)
    throw refusal('versionConflict', { version: before.version });
  const after: DebtorRow = { ...before, ...columns };
  await journalChange(tx, deps, creditor, before, after, Object.keys(change), by);
  if (change.name !== undefined || change.address) await writeAgain(tx, deps, after, by);
  return after;
}

function columnsOf(deps: CaseworkDeps, creditor: CreditorRow, { name, address, language, policy }: DebtorChange): Partial<DebtorRow> {
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(language ? { language } : {}),
    ...(policy === undefined ? {} : { policyId: policy?.id ?? null, policyVersion: policy?.version ?? null }),
    ...(address ? { address, ...placeOf(deps, creditor, address) } : {}),
  };
}

/** Where a debtor lives decides its public holidays and its hours. */
function placeOf(
  deps: CaseworkDeps,
  creditor: CreditorRow,
  { country, postcode }: PostalAddress,
): Pick<DebtorRow, 'country' | 'territory' | 'zone'> {
  const territory = deps.law.territory({ country, ...(postcode ? { postcode } : {}) }, creditor.law);
  return { country, territory, zone: deps.law.zone(territory) };
}

async function writeAgain(tx: Tx, deps: CaseworkDeps, { creditorId, debtorId }: DebtorRow, by: Actor): Promise<void> {
  const open = await tx.lockCasesOfDebtor(creditorId, debtorId);
  if (!open.some((row) => !row.closedKind && decodeState(row.recovery).blockers.includes('contactMissing'))) return;
  await liftForDebtor(tx, deps, creditorId, debtorId, 'contactMissing', by);
}

/** No personal data in the journal: which fields changed, never what they say. */
async function journalChange(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  before: DebtorRow,
  after: DebtorRow,
  fields: readonly string[],
  by: Actor,
): Promise<void> {
  const { creditorId, debtorId } = after;
  const summary = ({ language, country, territory, zone, policyId, policyVersion, version }: DebtorRow) => ({
    language,
    country,
    territory,
    zone,
    policyId,
    policyVersion,
    version,
  });
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `debtor:${debtorId}`,
      kind: 'debtorChanged',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { debtorId, fields: [...fields].sort(), ...summary(after) },
      before: summary(before),
      after: summary(after),
    },
    by,
  );
}
