import type { DebtorKind } from '#domain';
import type { CreditorRow, DebtorContactRow, DebtorRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { nowFor, todayFor } from '../moment.js';
import { raiseTask } from '../people/tasks.js';
import type { BuyerFacts } from './invoice-facts.js';

/** Finds the debtor an invoice names, by the strongest identifier first, or makes it. New contacts are added, known ones left as they are. */
export async function findOrMakeDebtor(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  buyer: BuyerFacts,
  kind: { kind: DebtorKind; reason: string },
  externalId: string | undefined,
  by: Actor,
): Promise<DebtorRow> {
  const known = await findDebtor(tx, creditor.creditorId, buyer, externalId);
  const debtor = known ?? (await makeDebtor(tx, deps, creditor, buyer, kind, externalId, by));
  await addContacts(tx, deps, debtor, buyer, { at: deps.clock.now(), isNew: !known });
  return debtor;
}

async function findDebtor(tx: Tx, creditorId: string, buyer: BuyerFacts, externalId: string | undefined): Promise<DebtorRow | undefined> {
  const keys = identityKeys(buyer, externalId);
  const rows = await tx.debtors.all({ creditorId, identityKey: keys }, { by: 'createdAt', direction: 'asc', limit: 10 });
  const ranked = keys.map((key) => rows.find((r) => r.identityKey === key)).find((r) => r !== undefined);
  if (ranked) return ranked;
  for (const column of ['siren', 'enterpriseNumber', 'vat', 'externalId'] as const) {
    const value = column === 'externalId' ? externalId : buyer[column];
    if (!value) continue;
    const [row] = await tx.debtors.all({ creditorId, [column]: value }, { by: 'createdAt', direction: 'asc', limit: 1 });
    if (row) return row;
  }
  return undefined;
}

/** Keys a debtor may be known under, strongest first. A name alone counts only with its postcode. */
function identityKeys(buyer: BuyerFacts, externalId: string | undefined): string[] {
  const name = foldName(buyer.name);
  return [
    ...(buyer.siren ? [`siren:${buyer.siren}`] : []),
    ...(buyer.enterpriseNumber ? [`bce:${buyer.enterpriseNumber}`] : []),
    ...(buyer.vat ? [`vat:${buyer.vat.replace(/[\s.]/g, '').toUpperCase()}`] : []),
    ...(externalId ? [`ext:${externalId}`] : []),
    `name:${name}|${buyer.postcode ?? ''}`,
  ];
}

function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const LANGUAGE_OF_COUNTRY: Readonly<Record<string, 'fr' | 'nl' | 'en'>> = { FR: 'fr', NL: 'nl', LU: 'fr', MC: 'fr' };

async function makeDebtor(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  buyer: BuyerFacts,
  kind: { kind: DebtorKind; reason: string },
  externalId: string | undefined,
  by: Actor,
): Promise<DebtorRow> {
  const country = buyer.country ?? creditor.address.country;
  const territory = deps.law.territory({ country, ...(buyer.postcode ? { postcode: buyer.postcode } : {}) }, creditor.law);
  const row: DebtorRow = {
    creditorId: creditor.creditorId,
    debtorId: deps.ids.next(),
    externalId: externalId ?? null,
    identityKey: identityKeys(buyer, externalId)[0] ?? `name:${buyer.name}`,
    name: buyer.name,
    kind: kind.kind,
    kindReason: kind.reason,
    kindDecidedBy: null,
    country,
    territory,
    zone: deps.law.zone(territory),
    language: buyer.language ?? LANGUAGE_OF_COUNTRY[country] ?? (country === creditor.address.country ? creditor.language : 'en'),
    siren: buyer.siren ?? null,
    siret: buyer.siret ?? null,
    enterpriseNumber: buyer.enterpriseNumber ?? null,
    vat: buyer.vat ?? null,
    address: buyer.street || buyer.city ? { lines: buyer.street ? [buyer.street] : [], country, ...pick(buyer) } : null,
    policyId: null,
    policyVersion: null,
    version: 1,
    createdAt: nowFor(creditor, deps.clock),
  };
  await tx.debtors.insert(row);
  const { name: _name, address: _address, identityKey: _key, ...journaled } = row;
  await recordChange(
    tx,
    {
      creditorId: row.creditorId,
      streamId: `debtor:${row.debtorId}`,
      kind: 'debtorMade',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { debtorId: row.debtorId, kind: row.kind, kindReason: row.kindReason, territory },
      before: null,
      after: journaled,
      isFirst: true,
    },
    by,
  );
  return row;
}

function pick(buyer: BuyerFacts): { postcode?: string; city?: string } {
  return { ...(buyer.postcode ? { postcode: buyer.postcode } : {}), ...(buyer.city ? { city: buyer.city } : {}) };
}

/** Contacts of an invoice. A known debtor keeps the address that is in use: another one waits for a person, because a file must not redirect letters (F11). */
async function addContacts(
  tx: Tx,
  deps: CaseworkDeps,
  debtor: DebtorRow,
  buyer: BuyerFacts,
  { at, isNew }: { at: DebtorContactRow['createdAt']; isNew: boolean },
): Promise<void> {
  const wanted = [
    ...(buyer.email ? [{ channel: 'email' as const, address: buyer.email.trim().toLowerCase() }] : []),
    ...(buyer.phone ? [{ channel: 'phone' as const, address: buyer.phone.trim() }] : []),
  ];
  if (wanted.length === 0) return;
  const { creditorId, debtorId } = debtor;
  const known = isNew ? [] : await tx.contacts.all({ creditorId, debtorId });
  const missing = wanted.filter((w) => !known.some((k) => k.channel === w.channel && k.address === w.address));
  if (missing.length === 0) return;
  const rows = missing.map((m) =>
    newContact(
      deps,
      debtor,
      m,
      known.some((k) => k.channel === m.channel && k.usable),
      at,
    ),
  );
  await tx.contacts.insert(rows);
  if (rows.every((row) => row.usable)) return;
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'confirmContact',
    dedupeKey: `confirmContact:${debtorId}`,
    title: `Une facture donne d’autres coordonnées pour ${debtor.name}\u202f: les confirmer ou les écarter. Les anciennes restent utilisées.`,
    debtorId,
  });
}

function newContact(
  deps: CaseworkDeps,
  debtor: DebtorRow,
  { channel, address }: { channel: 'email' | 'phone'; address: string },
  isSecond: boolean,
  at: DebtorContactRow['createdAt'],
): DebtorContactRow {
  return {
    creditorId: debtor.creditorId,
    contactId: deps.ids.next(),
    debtorId: debtor.debtorId,
    role: 'accounting',
    channel,
    name: null,
    address,
    language: null,
    usable: !isSecond,
    proof: isSecond ? 'toConfirm' : 'imported',
    proofAt: at,
    version: 1,
    createdAt: at,
  };
}
