import { Check, Entity, ForeignKey, Index } from 'typeorm';
import type { DebtorKind, GoverningLaw, Instant } from '#domain';
import type {
  ApiKeyRow,
  ContactChannel,
  ContactRole,
  CreditorRow,
  DebtorContactRow,
  DebtorRow,
  PolicyVersionRow,
  PostalAddress,
  TermsByKind,
  WebhookEndpointRow,
} from '#ports';
import { At, Flag, Int, IntKey, Json, Key, OptionalAt, OptionalInt, OptionalJson, OptionalText, Text } from './columns.js';

@Check('creditor_id_given', `"creditor_id" <> '' and "creditor_id" <> '*'`)
@Check('creditor_clock_only_in_sandbox', `"sandbox" = ("clock_at" is not null)`)
@Check('creditor_sandbox_never_with_negative_clock_version', `"clock_version" >= 0`)
@Entity('creditor')
export class CreditorEntity implements CreditorRow {
  @Key()
  creditorId: string;
  @Text()
  legalName: string;
  @OptionalText()
  legalForm: string | null;
  @Text()
  law: GoverningLaw;
  @Text()
  language: CreditorRow['language'];
  @OptionalText()
  siren: string | null;
  @OptionalText()
  enterpriseNumber: string | null;
  @OptionalText()
  vat: string | null;
  @OptionalText()
  iban: string | null;
  @OptionalText()
  bic: string | null;
  @Json()
  address: PostalAddress;
  @Text()
  zone: string;
  @Text()
  territory: string;
  @OptionalText()
  replyToEmail: string | null;
  @OptionalText()
  phone: string | null;
  @OptionalText()
  signatoryName: string | null;
  @OptionalText()
  signatoryTitle: string | null;
  @OptionalText()
  senderEmail: string | null;
  @Int()
  defaultTermDays: number;
  @Text()
  policyId: string;
  @Int()
  policyVersion: number;
  @Text()
  referralRoute: string;
  @Json()
  contractTerms: TermsByKind;
  @Json()
  standing: CreditorRow['standing'];
  @Json()
  mentions: CreditorRow['mentions'];
  @Flag()
  live: boolean;
  @Flag()
  sandbox: boolean;
  @OptionalAt()
  clockAt: Instant | null;
  @Int()
  clockVersion: number;
  @Flag()
  brakeOn: boolean;
  @Int()
  epoch: number;
  @Int()
  version: number;
  @At()
  createdAt: Instant;
}

@ForeignKey(() => CreditorEntity, ['creditorId'], ['creditorId'], { name: 'debtor_creditor_fkey' })
@Index('debtor_identity_key', ['creditorId', 'identityKey'], { unique: true })
@Index('debtor_external_idx', ['creditorId', 'externalId'])
@Index('debtor_siren_idx', ['creditorId', 'siren'], { where: '"siren" is not null' })
@Index('debtor_enterprise_idx', ['creditorId', 'enterpriseNumber'], { where: '"enterprise_number" is not null' })
@Index('debtor_vat_idx', ['creditorId', 'vat'], { where: '"vat" is not null' })
// Sorts by an expression: made by the migration alone.
@Index('debtor_name_idx', { synchronize: false })
@Index('debtor_created_idx', ['creditorId', 'createdAt', 'debtorId'])
@Entity('debtor')
export class DebtorEntity implements DebtorRow {
  @Key()
  creditorId: string;
  @Key()
  debtorId: string;
  @OptionalText()
  externalId: string | null;
  @Text()
  identityKey: string;
  @Text()
  name: string;
  @Text()
  kind: DebtorKind;
  @Text()
  kindReason: string;
  @OptionalText()
  kindDecidedBy: string | null;
  @Text()
  country: string;
  @Text()
  territory: string;
  @Text()
  zone: string;
  @Text()
  language: DebtorRow['language'];
  @OptionalText()
  siren: string | null;
  @OptionalText()
  siret: string | null;
  @OptionalText()
  enterpriseNumber: string | null;
  @OptionalText()
  vat: string | null;
  @OptionalJson()
  address: PostalAddress | null;
  @OptionalText()
  policyId: string | null;
  @OptionalInt()
  policyVersion: number | null;
  @Int()
  version: number;
  @At()
  createdAt: Instant;
}

@ForeignKey(() => DebtorEntity, ['creditorId', 'debtorId'], ['creditorId', 'debtorId'], { name: 'debtor_contact_debtor_fkey' })
// Nobody outside the debtor's own sphere can be written to: there is no role for it.
@Check(
  'debtor_contact_role_in_sphere',
  `"role" in ('debtor', 'legalRepresentative', 'accounting', 'orderingParty', 'guarantor', 'counsel', 'curator')`,
)
@Index('debtor_contact_debtor_idx', ['creditorId', 'debtorId'])
@Entity('debtor_contact')
export class DebtorContactEntity implements DebtorContactRow {
  @Key()
  creditorId: string;
  @Key()
  contactId: string;
  @Text()
  debtorId: string;
  @Text()
  role: ContactRole;
  @Text()
  channel: ContactChannel;
  @OptionalText()
  name: string | null;
  @Text()
  address: string;
  @OptionalText()
  language: DebtorContactRow['language'];
  @Flag()
  usable: boolean;
  @Text()
  proof: string;
  @At()
  proofAt: Instant;
  @Int()
  version: number;
  @At()
  createdAt: Instant;
}

@Index('api_key_prefix_key', ['prefix'], { unique: true })
@Entity('api_key')
export class ApiKeyEntity implements ApiKeyRow {
  @Key()
  creditorId: string;
  @Key()
  keyId: string;
  @Text()
  role: ApiKeyRow['role'];
  @Text()
  name: string;
  @Text()
  prefix: string;
  @Text()
  sha256: string;
  @At()
  createdAt: Instant;
  @OptionalAt()
  expiresAt: Instant | null;
  @OptionalAt()
  revokedAt: Instant | null;
  @OptionalAt()
  lastUsedAt: Instant | null;
}

@ForeignKey(() => CreditorEntity, ['creditorId'], ['creditorId'], { name: 'webhook_endpoint_creditor_fkey' })
@Index('webhook_endpoint_token_key', ['token'], { unique: true })
@Entity('webhook_endpoint')
export class WebhookEndpointEntity implements WebhookEndpointRow {
  @Key()
  creditorId: string;
  @Key()
  endpointId: string;
  @Text()
  provider: WebhookEndpointRow['provider'];
  @Text()
  token: string;
  @Text()
  secrets: string;
  @At()
  createdAt: Instant;
  @OptionalAt()
  disabledAt: Instant | null;
}

@Entity('policy_version')
export class PolicyVersionEntity implements PolicyVersionRow {
  @Key()
  creditorId: string;
  @Key()
  policyId: string;
  @IntKey()
  version: number;
  @Text()
  sha256: string;
  @Json()
  body: Record<string, unknown>;
  @Text()
  publishedBy: string;
  @At()
  publishedAt: Instant;
}
