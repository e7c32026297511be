import { type Blocker, checkContactRole, type DebtorKind, decodeState } from '#domain';
import type { ContactChannel, ContactRole, CreditorRow, DebtorContactRow, DebtorRow, InvoiceRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { writeAgain } from '../messages/delivery-events.js';
import { found, orRefuse, refusal } from '../refused-error.js';
import { followRegime, invoiceOfCase } from '../regime/change-regime.js';
import { lawOfInvoice } from '../regime/law-of-invoice.js';
import { isServed } from '../regime/served-regime.js';
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
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  await askAboutKind(tx, deps, next, by);
  for (const row of await tx.lockCasesOfDebtor(creditorId, debtorId)) {
    if (row.closedKind) continue;
    const invoice = await settleLaw(tx, deps, creditor, next, await invoiceOfCase(tx, row));
    await followRegime(tx, deps, { creditor, debtor: next, invoice }, row, by, { mustRedraw: kind !== debtor.kind });
  }
  return next;
}

/** What a person is still asked about the kind, and no longer. */
async function askAboutKind(tx: Tx, deps: CaseworkDeps, debtor: DebtorRow, by: Actor): Promise<void> {
  const { creditorId, debtorId, kind } = debtor;
  const decide = { creditorId, dedupeKey: `decideDebtorKind:${debtorId}` };
  const confirm = { creditorId, dedupeKey: `debtorKindNotServed:${debtorId}` };
  if (isServed(debtor)) await closeTask(tx, deps, confirm, by.actor, 'cancelled');
  if (kind !== 'unknown') return closeTask(tx, deps, decide, by.actor);
  await raiseTask(tx, deps, {
    creditorId,
    debtorId,
    kind: 'decideDebtorKind',
    dedupeKey: decide.dedupeKey,
    title: `Qualité de ${debtor.name} inconnue\u202f: entreprise, consommateur, organisme public ou copropriété\u202f? Rien ne part avant la réponse.`,
  });
}

/** The kind of the buyer may decide which law governs (Rome I art. 6), unless a person settled it. */
async function settleLaw(tx: Tx, deps: CaseworkDeps, creditor: CreditorRow, debtor: DebtorRow, invoice: InvoiceRow): Promise<InvoiceRow> {
  if (invoice.lawDecidedBy) return invoice;
  const { law, lawKnown, lawReason } = lawOfInvoice(creditor, debtor);
  if (law === invoice.law && lawKnown === invoice.lawKnown) return invoice;
  const { creditorId, invoiceId } = invoice;
  await tx.invoices.update({ creditorId, invoiceId }, { law, lawKnown, lawReason });
  if (lawKnown) await closeTask(tx, deps, { creditorId, dedupeKey: `decideLaw:${invoiceId}` }, 'system', 'cancelled');
  else
    await raiseTask(tx, deps, {
      creditorId,
      kind: 'decideLaw',
      role: 'finance',
      dedupeKey: `decideLaw:${invoiceId}`,
      title: `Facture ${invoice.number} de ${debtor.name}\u202f: quelle loi s’applique\u202f? Rien ne part avant la réponse.`,
      debtorId: debtor.debtorId,
      subjectId: invoiceId,
    });
  return { ...invoice, law, lawKnown, lawReason };
}

/** Lifts one blocker of all open cases of a debtor: what they waited for is here (`blockerLifted {reason}`), and the task that asked for it is done. */
export async function liftForDebtor(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  debtorId: string,
  blocker: Blocker,
  by: Actor,
): Promise<string[]> {
  const lifted: string[] = [];
  if (blocker === 'contactMissing') await closeTask(tx, deps, { creditorId, dedupeKey: `findContact:${debtorId}` }, by.actor);
  for (const row of await tx.lockCasesOfDebtor(creditorId, debtorId)) {
    const state = decodeState(row.recovery);
    const isBlocked = state.blockers.includes(blocker);
    // A closed case may come back: its blocker is lifted without a word to anybody.
    if (row.closedKind ? !isBlocked : !isBlocked && state.postponed === undefined) continue;
    await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker }], by, { silent: row.closedKind !== null });
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
  // A42: partners, clients, staff, family and neighbours have no path, whatever asks for one.
  const outside = checkContactRole(contact.role);
  if (outside) orRefuse(outside);
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
  await liftForDebtor(tx, deps, creditorId, debtorId, 'contactMissing', by);
  if (contact.channel === 'email') await writeAgain(tx, deps, creditorId, debtorId, by);
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
