import type { DebtorKind } from '#domain';
import type { ApiKeyRow, CreditorRow, DebtorRow, PolicyVersionRow } from '#ports';
import { ApiKeyEntity, CreditorEntity, DebtorEntity, PolicyVersionEntity } from '../entities/party.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

export interface CreditorFilter {
  /** Only these: what the caller's key may see. Absent: all of the installation (operators). */
  creditorIds?: readonly string[];
  search?: string;
}

export function listCreditors(reader: Reader, request: CreditorFilter & PageRequest<'legalName'>): Promise<Page<CreditorRow>> {
  const conditions = new Conditions()
    .addOneOf('c.creditor_id', request.creditorIds)
    .addContains(['lower(c.legal_name)', 'lower(c.creditor_id)'], request.search);
  return readPage<CreditorRow, 'legalName'>(
    reader,
    {
      selection: selectionUnder(shapeOf(reader.dataSource, CreditorEntity), 'c'),
      from: 'creditor c',
      tie: 'c.creditor_id',
      sorts: { legalName: { expression: 'lower(c.legal_name)', type: 'text' } },
      sort: 'legalName',
      direction: 'asc',
    },
    conditions,
    request,
  );
}

export type DebtorSort = 'name' | 'createdAt';

export interface DebtorFilter {
  kind?: readonly DebtorKind[];
  country?: string;
  externalId?: string;
  /** Part of the name, or a SIREN, SIRET, enterprise or VAT number. */
  search?: string;
}

export interface DebtorListItem extends DebtorRow {
  openCases: number;
  /** What is open per currency; minor units as digit strings. */
  open: { currency: string; minor: string }[];
}

export function listDebtors(
  reader: Reader,
  creditorId: string,
  request: DebtorFilter & PageRequest<DebtorSort>,
): Promise<Page<DebtorListItem>> {
  const conditions = new Conditions()
    .add('d.creditor_id = ?', creditorId)
    .addOneOf('d.kind', request.kind)
    .add('d.country = ?', request.country)
    .add('d.external_id = ?', request.externalId)
    .addContains(['lower(d.name)', 'd.siren', 'd.siret', 'd.enterprise_number', 'lower(d.vat)'], request.search);
  return readPage<DebtorListItem, DebtorSort>(
    reader,
    {
      selection: `${selectionUnder(shapeOf(reader.dataSource, DebtorEntity), 'd')}, coalesce(o.cases, 0) as "openCases", coalesce(o.open, '[]') as "open"`,
      from: `debtor d left join lateral (
          select sum(s.cases)::integer as cases, jsonb_agg(jsonb_build_object('currency', s.currency, 'minor', s.minor::text) order by s.currency) as open
            from (select c.currency, count(*) as cases, sum(c.open_principal_minor) as minor from recovery_case c
                   where c.creditor_id = d.creditor_id and c.debtor_id = d.debtor_id and c.closed_kind is null group by c.currency) s
        ) o on true`,
      tie: 'd.debtor_id',
      sorts: { name: { expression: 'lower(d.name)', type: 'text' }, createdAt: { expression: 'd.created_at', type: 'timestamptz' } },
      sort: 'name',
      direction: 'asc',
    },
    conditions,
    request,
  );
}

export type ApiKeyListItem = Omit<ApiKeyRow, 'sha256'>;

/** Keys of a creditor (`*`: of the installation), without what could serve to forge one. */
export function listApiKeys(reader: Reader, creditorId: string, request: PageRequest<'createdAt'>): Promise<Page<ApiKeyListItem>> {
  const shape = shapeOf(reader.dataSource, ApiKeyEntity);
  const open = { ...shape, columns: shape.columns.filter((column) => column.property !== 'sha256') };
  return readPage<ApiKeyListItem, 'createdAt'>(
    reader,
    {
      selection: selectionUnder(open, 'k'),
      from: 'api_key k',
      tie: 'k.key_id',
      sorts: { createdAt: { expression: 'k.created_at', type: 'timestamptz' } },
      sort: 'createdAt',
      direction: 'desc',
    },
    new Conditions().add('k.creditor_id = ?', creditorId),
    request,
  );
}

export interface PolicyFilter {
  policyId?: string;
}

/** Published versions that a creditor may use: its own and those of the installation (`*`), by id, newest version first. */
export function listPolicies(
  reader: Reader,
  creditorId: string,
  request: PolicyFilter & PageRequest<'policyId'>,
): Promise<Page<PolicyVersionRow>> {
  return readPage<PolicyVersionRow, 'policyId'>(
    reader,
    {
      selection: selectionUnder(shapeOf(reader.dataSource, PolicyVersionEntity), 'p'),
      from: 'policy_version p',
      tie: `lpad((1000000000 - p.version)::text, 10, '0') || p.creditor_id`,
      sorts: { policyId: { expression: 'p.policy_id', type: 'text' } },
      sort: 'policyId',
      direction: 'asc',
    },
    new Conditions().addOneOf('p.creditor_id', [creditorId, '*']).add('p.policy_id = ?', request.policyId),
    request,
  );
}
