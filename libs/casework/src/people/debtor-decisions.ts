import { type Blocker, type DebtorKind, decodeState } from '#domain';
import type { ContactChannel, ContactRole, DebtorContactRow, DebtorRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { recordChange } from '../facts/journal-entry.js';
import { isServed } from '../intake/served-kinds.js';
import { todayFor } from '../moment.js';
import { found, refusal } from '../refused-error.js';
import { closeTask, raiseTask } from './tasks.js';

/** A person says what a debtor is; every case that waited for it moves on, or stops. Reversible the same way. */
export async function decideDebtorKind(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  debtorId: string,
  kind: DebtorKind,
  version: number | undefined,
  by: Actor,
): Promise<DebtorRow> {
  const debtor = found(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId);
  const next: DebtorRow = { ...debtor, kind, kindReason: 'decidedByPerson', kindDecidedBy: by.actor, version: debtor.version + 1 };
  const changed = await tx.debtors.update(
    { creditorId, debtorId, version: version ?? debtor.version },
    { kind, kindReason: next.kindReason, kindDecidedBy: by.actor, version: next.version },
  );
  if (changed === 0) throw refusal('versionConflict', { version: debtor.version });
  await journalDebtor(tx, deps, 'debtorKindDecided', debtor, next, by);
  await closeTask(tx, deps, { creditorId, dedupeKey: `decideDebtorKind:${debtorId}` }, by.actor);
  if (isServed(kind)) await closeTask(tx, deps, { creditorId, dedupeKey: `debtorKindNotServed:${debtorId}` }, by.actor, 'cancelled');
  else if (kind !== 'unknown') {
    await raiseTask(tx, deps, {
      creditorId,
      debtorId,
      kind: 'debtorKindNotServed',
      dedupeKey: `debtorKindNotServed:${debtorId}`,
      title: `${debtor.name}\u202f: ce régime n’est pas relancé automatiquement, à traiter par une personne.`,
    });
  }
  const wanted: Blocker | undefined = kind === 'unknown' ? 'debtorKindUnknown' : isServed(kind) ? undefined : 'debtorKindNotServed';
  for (const row of await tx.lockCasesOfDebtor(creditorId, debtorId)) {
    const { blockers } = decodeState(row.recovery);
    const lifts = (['debtorKindUnknown', 'debtorKindNotServed'] as const).filter((b) => b !== wanted && blockers.includes(b));
    const raises = wanted && !blockers.includes(wanted) ? [wanted] : [];
    const facts = [
      ...lifts.map((blocker) => ({ type: 'blockerLifted' as const, blocker })),
      ...raises.map((blocker) => ({ type: 'blockerRaised' as const, blocker })),
    ];
    if (facts.length > 0) await applyFacts(tx, deps, row, facts, by);
  }
  return next;
}

/** Lifts one blocker of all open cases of a debtor: what they waited for is here (`blockerLifted {reason}`). */
export async function liftForDebtor(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  debtorId: string,
  blocker: Blocker,
  by: Actor,
): Promise<string[]> {
  const lifted: string[] = [];
  for (const row of await tx.lockCasesOfDebtor(creditorId, debtorId)) {
    const state = decodeState(row.recovery);
    const waits = state.blockers.includes(blocker) || state.postponed !== undefined;
    if (row.closedKind || !waits) continue;
    await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker }], by);
    lifted.push(row.caseId);
  }
  return lifted;
}

export interface ContactFacts {
  readonly role: ContactRole;
  readonly channel: ContactChannel;
  readonly address: string;
  readonly name?: string;
  readonly language?: 'fr' | 'nl' | 'en';
}

/** A new way to reach the debtor, given by a person: tried first, and the task to find one is done. */
export async function addContact(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  debtorId: string,
  contact: ContactFacts,
  by: Actor,
): Promise<DebtorContactRow> {
  const debtor = found(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId);
  const at = deps.clock.now();
  const row: DebtorContactRow = {
    creditorId,
    contactId: deps.ids.next(),
    debtorId,
    role: contact.role,
    channel: contact.channel,
    name: contact.name ?? null,
    address: contact.channel === 'email' ? contact.address.trim().toLowerCase() : contact.address.trim(),
    language: contact.language ?? null,
    usable: true,
    proof: 'givenByPerson',
    proofAt: at,
    version: 1,
    createdAt: at,
  };
  await tx.contacts.insert(row);
  await journalDebtor(tx, deps, 'contactAdded', debtor, { ...debtor, contactId: row.contactId }, by);
  await closeTask(tx, deps, { creditorId, dedupeKey: `findContact:${debtorId}` }, by.actor);
  await liftForDebtor(tx, deps, creditorId, debtorId, 'contactMissing', by);
  return row;
}

async function journalDebtor(
  tx: Tx,
  deps: CaseworkDeps,
  kind: string,
  before: DebtorRow,
  after: DebtorRow & { contactId?: string },
  by: Actor,
): Promise<void> {
  const creditor = found(await tx.creditors.one({ creditorId: before.creditorId }), 'creditor', before.creditorId);
  await recordChange(
    tx,
    {
      creditorId: before.creditorId,
      streamId: `debtor:${before.debtorId}`,
      kind,
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: {
        debtorId: before.debtorId,
        kind: after.kind,
        kindReason: after.kindReason,
        ...(after.contactId ? { contactId: after.contactId } : {}),
      },
      before: { kind: before.kind, version: before.version },
      after: { kind: after.kind, version: after.version },
    },
    by,
  );
}
