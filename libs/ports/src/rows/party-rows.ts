import type { Day, DebtorKind, GoverningLaw, Instant } from '#domain';

/**
 * Contract terms as they are kept: `ContractTerms` of the domain with amounts as digit strings, by kind of debtor. Absent: nobody has
 * read a contract for that kind.
 */
export type KeptTerms = Readonly<Record<string, unknown>>;
export type TermsByKind = Partial<Record<DebtorKind, KeptTerms>>;

export interface PostalAddress {
  lines: string[];
  postcode?: string;
  city?: string;
  country: string;
}

/** What a trader's letters must say of it beside name, form and number; amounts as digit strings of minor units. */
export interface CreditorMentions {
  shareCapital?: { minor: string; currency: string };
  /** Where it is registered: the town of a French RCS (`Lyon`), the court of a Belgian RPM (`Liège, division Namur`). */
  register?: string;
  /** The consumer mediator it belongs to (C. conso. L612-1). */
  mediator?: { name: string; addressLines?: string[]; website?: string };
}

/** A creditor: an isolated space. `creditorId` is a short slug and begins every key. */
export interface CreditorRow {
  creditorId: string;
  legalName: string;
  legalForm: string | null;
  law: GoverningLaw;
  language: 'fr' | 'nl' | 'en';
  siren: string | null;
  enterpriseNumber: string | null;
  vat: string | null;
  iban: string | null;
  bic: string | null;
  address: PostalAddress;
  zone: string;
  territory: string;
  replyToEmail: string | null;
  phone: string | null;
  signatoryName: string | null;
  signatoryTitle: string | null;
  senderEmail: string | null;
  defaultTermDays: number;
  policyId: string;
  policyVersion: number;
  /** Where the hand-over file goes: `collectionAgency`, `lawyer`, `bailiff`. */
  referralRoute: string;
  contractTerms: TermsByKind;
  /** Who claims: a natural person outside business, a small or medium enterprise. */
  standing: { isNaturalPerson?: boolean; isSme?: boolean };
  mentions: CreditorMentions;
  live: boolean;
  sandbox: boolean;
  clockAt: Instant | null;
  clockVersion: number;
  brakeOn: boolean;
  epoch: number;
  version: number;
  createdAt: Instant;
}

export interface DebtorRow {
  creditorId: string;
  debtorId: string;
  externalId: string | null;
  /** Finds the same debtor again: vat, siren, enterprise number, external id or folded name. */
  identityKey: string;
  name: string;
  kind: DebtorKind;
  kindReason: string;
  kindDecidedBy: string | null;
  country: string;
  territory: string;
  zone: string;
  language: 'fr' | 'nl' | 'en';
  siren: string | null;
  siret: string | null;
  enterpriseNumber: string | null;
  vat: string | null;
  address: PostalAddress | null;
  policyId: string | null;
  policyVersion: number | null;
  version: number;
  createdAt: Instant;
}

export type ContactRole = 'debtor' | 'legalRepresentative' | 'accounting' | 'orderingParty' | 'guarantor' | 'counsel' | 'curator';
export type ContactChannel = 'email' | 'phone' | 'post';

export interface DebtorContactRow {
  creditorId: string;
  contactId: string;
  debtorId: string;
  role: ContactRole;
  channel: ContactChannel;
  name: string | null;
  /** The address itself: e-mail, number in E.164, or one-line postal address. */
  address: string;
  language: 'fr' | 'nl' | 'en' | null;
  usable: boolean;
  /** Why it is (not) usable: `imported`, `bounced`, `wrongNumber`, `dropped`, `spamReport`, `unsubscribed`, `returned`. */
  proof: string;
  proofAt: Instant;
  version: number;
  createdAt: Instant;
}

export interface ApiKeyRow {
  keyId: string;
  /** `*` for all creditors of the installation. */
  creditorId: string;
  role: 'controller' | 'finance' | 'auditor' | 'integrator' | 'operator';
  name: string;
  prefix: string;
  sha256: string;
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}

export interface WebhookEndpointRow {
  creditorId: string;
  endpointId: string;
  provider: 'standard' | 'stripe';
  /** Unguessable part of the URL. */
  token: string;
  /** Sealed with the installation key: base64 of the wrapped secrets (JSON list). */
  secrets: string;
  createdAt: Instant;
  disabledAt: Instant | null;
}

export type { Day };
