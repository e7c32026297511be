import { oneLine } from '../finding.js';
import type { IdentifierKind, PartyRecord, RejectedIdentifier } from '../invoice-record.js';
import { enterpriseNumberOf, normaliseVat, readVat, sirenOf, siretOf } from './identifiers.js';

/** An identifier with the scheme it was declared under (ISO 6523 or EAS code), where there was one. */
export interface PrintedIdentifier {
  readonly value: string;
  readonly scheme?: string;
}

/** What a reader knows of a party before its identifiers are judged. */
export interface PrintedParty extends Omit<PartyRecord, 'rejected'> {
  /** Legal registrations, party identifiers and electronic addresses that may hold a known number. */
  readonly identifiers?: readonly PrintedIdentifier[];
}

/** Who the creditor is, for the check of the seller. */
export interface CreditorIdentifiers {
  readonly vat?: string;
  readonly siren?: string;
  readonly siret?: string;
  readonly enterpriseNumber?: string;
  readonly registration?: string;
}

const SCHEMES: ReadonlyMap<string, IdentifierKind> = new Map([
  ['0002', 'siren'],
  ['0009', 'siret'],
  ['0208', 'enterpriseNumber'],
  ['9925', 'vat'],
  ['9957', 'vat'],
]);

/**
 * Verifies the identifiers of a party, derives SIREN and enterprise number from SIRET and VAT number, and sets aside those that cannot
 * exist. A number without scheme is taken for what its country and length say; printed forms stay in `vat`, `registration`, `endpoint`.
 */
export function completeParty(printed: PrintedParty): PartyRecord {
  const { identifiers = [], vat, siren, siret, enterpriseNumber, email, ...party } = printed;
  const rejected: RejectedIdentifier[] = [];
  const found: { siren?: string; siret?: string; enterpriseNumber?: string; vat?: string } = {};
  const take = (kind: IdentifierKind, value: string): void => {
    if (value.trim() === '') return;
    const ok = takeIdentifier(found, kind, value);
    if (!ok && !rejected.some((one) => one.kind === kind && one.value === value)) rejected.push({ kind, value: oneLine(value) });
  };
  if (siret !== undefined) take('siret', siret);
  if (siren !== undefined) take('siren', siren);
  if (enterpriseNumber !== undefined) take('enterpriseNumber', enterpriseNumber);
  for (const identifier of identifiers) {
    const kind = kindOfIdentifier(identifier, party.country);
    if (kind !== undefined) take(kind, identifier.value);
  }
  // Last: the VAT number of a VAT group names the group, not the company.
  if (vat !== undefined) take('vat', vat);
  const address = email === undefined ? '' : oneLine(email);
  if (address !== '' && !isMailAddress(address)) rejected.push({ kind: 'email', value: address });
  if (found.siret !== undefined) found.siren ??= found.siret.slice(0, 9);
  return { ...tidy(party), ...(isMailAddress(address) ? { email: address } : {}), ...found, ...(rejected.length > 0 ? { rejected } : {}) };
}

/** Every text in one line and of bounded length; empty ones left out, except the name. */
function tidy<T extends { readonly name: string }>(party: T): T {
  const entries = Object.entries(party).map(([key, value]) => [key, typeof value === 'string' ? oneLine(value).slice(0, 2_000) : value]);
  return Object.fromEntries(entries.filter(([key, value]) => key === 'name' || (value !== '' && value !== undefined))) as T;
}

/** One plain address: no display name, list, space or character that could break out of a mail header. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/.test(text);
}

function takeIdentifier(
  found: { siren?: string; siret?: string; enterpriseNumber?: string; vat?: string },
  kind: IdentifierKind,
  value: string,
): boolean {
  if (kind === 'vat') {
    const read = readVat(value);
    if (read.valid === false) return false;
    found.vat ??= oneLine(value);
    if (read.siren !== undefined) found.siren ??= read.siren;
    if (read.enterpriseNumber !== undefined) found.enterpriseNumber ??= read.enterpriseNumber;
    return true;
  }
  const valid = kind === 'siren' ? sirenOf(value) : kind === 'siret' ? siretOf(value) : enterpriseNumberOf(value);
  if (valid !== undefined) found[kind] ??= valid;
  return valid !== undefined;
}

function kindOfIdentifier({ value, scheme }: PrintedIdentifier, country: string | undefined): IdentifierKind | undefined {
  if (scheme !== undefined && scheme !== '') {
    // French electronic addresses (0225) begin with the SIREN; what follows is a routing suffix.
    if (scheme === '0225') return /^\d{9}$/.test(value.trim()) ? 'siren' : undefined;
    return SCHEMES.get(scheme);
  }
  const compact = value.replace(/[\s.]/g, '');
  if (country === 'FR' && /^\d{14}$/.test(compact)) return 'siret';
  if (country === 'FR' && /^\d{9}$/.test(compact)) return 'siren';
  if (country === 'BE' && /^(BE)?[01]\d{9}$/i.test(compact)) return 'enterpriseNumber';
  return undefined;
}

/**
 * Is the seller of a document the creditor? The strongest kind of identifier that both have decides (SIREN, enterprise number, VAT number,
 * registration as printed); `unknown` when they have none in common. SIRETs are compared by their SIREN: establishments differ.
 */
export function sameParty(party: PartyRecord, creditor: CreditorIdentifiers): 'same' | 'other' | 'unknown' {
  const theirs = comparable(party);
  const ours = comparable(completeParty({ name: '', ...creditor }));
  for (const kind of ['siren', 'enterpriseNumber', 'vat', 'registration'] as const) {
    const a = theirs[kind];
    const b = ours[kind];
    if (a !== undefined && b !== undefined) return a === b ? 'same' : 'other';
  }
  return 'unknown';
}

function comparable(party: PartyRecord): Partial<Record<'siren' | 'enterpriseNumber' | 'vat' | 'registration', string>> {
  const rejectedVat = party.rejected?.find((one) => one.kind === 'vat')?.value;
  const vat = party.vat ?? rejectedVat;
  return {
    siren: party.siren ?? party.siret?.slice(0, 9),
    enterpriseNumber: party.enterpriseNumber,
    vat: vat === undefined ? undefined : normaliseVat(vat),
    registration: party.registration === undefined ? undefined : normaliseVat(party.registration),
  };
}
