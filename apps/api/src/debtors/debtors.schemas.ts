import { CONTACT_ROLES } from '#domain';
import { isMailAddress } from '#intake';
import type { DebtorContactRow, DebtorRow } from '#ports';
import { z } from 'zod';
import { addressInput } from '../creditors/creditors.schemas.js';
import {
  amountAnswer,
  amountOf,
  directionField,
  instantAnswer,
  lineInput,
  manyOf,
  pageAnswer,
  pageFields,
  searchField,
} from '../http/wire.js';

const KINDS = ['business', 'consumer', 'publicBody', 'coOwners', 'unknown'] as const;

export const debtorQuery = z.strictObject({
  ...pageFields,
  kind: manyOf(KINDS),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  externalId: z.string().min(1).max(200).optional(),
  search: searchField,
  sort: z.enum(['name', 'createdAt']).optional(),
  direction: directionField,
});

export const debtorPatch = z
  .strictObject({
    name: lineInput(300).optional(),
    address: addressInput.optional().meta({ description: 'Adresse postale ; un dossier arrêté par une lettre revenue reprend avec elle.' }),
    language: z.enum(['fr', 'nl', 'en']).optional(),
    policy: z
      .strictObject({ id: lineInput(60), version: z.number().int().min(1) })
      .nullable()
      .optional()
      .meta({ description: 'Pour les dossiers à venir\u202f; null rend celle du créancier.' }),
    reason: lineInput(500).optional(),
  })
  .meta({ id: 'DebtorPatch' });
export type DebtorPatch = z.output<typeof debtorPatch>;

export const kindInput = z
  .strictObject({ kind: z.enum(KINDS), reason: lineInput(500).optional() })
  .meta({ id: 'DebtorKindInput', description: 'Qualité du débiteur, décidée par une personne\u202f; réversible de même.' });

export const contactInput = z
  .strictObject({
    // Any other role is refused by name (422), so that whoever asks reads why nobody outside the debtor's sphere is written to.
    role: lineInput(60).meta({ description: `Du côté du débiteur seulement\u202f: ${CONTACT_ROLES.join(', ')}.` }),
    channel: z.enum(['email', 'phone', 'post']),
    address: lineInput(300).meta({ description: 'Courriel, numéro au format +33612345678, ou adresse postale sur une ligne.' }),
    name: lineInput(200).optional(),
    language: z.enum(['fr', 'nl', 'en']).optional(),
    reason: lineInput(500).optional(),
  })
  .superRefine((input, ctx) => {
    if (input.channel === 'email' && !isMailAddress(input.address.trim())) {
      ctx.addIssue({
        code: 'custom',
        path: ['address'],
        message: 'Ce n’est pas une adresse de courriel.',
        params: { code: 'emailInvalid' },
      });
    }
    if (input.channel === 'phone' && !/^\+[1-9]\d{6,14}$/.test(input.address.replace(/[\s.()-]/g, ''))) {
      ctx.addIssue({
        code: 'custom',
        path: ['address'],
        message: 'Ce n’est pas un numéro international (+33612345678).',
        params: { code: 'phoneInvalid' },
      });
    }
  })
  .meta({ id: 'ContactInput' });
export type ContactInput = z.output<typeof contactInput>;

export const contactPatch = z
  .strictObject({
    usable: z.boolean(),
    proof: z
      .enum(['wrongNumber', 'bounced', 'returned', 'givenByPerson'])
      .optional()
      .meta({ description: 'Pourquoi il est, ou n’est pas, utilisable.' }),
    reason: lineInput(500).optional(),
  })
  .meta({ id: 'ContactPatch' });

export const contactAnswer = z
  .object({
    contactId: z.string(),
    role: z.string(),
    channel: z.string(),
    name: z.string().nullable(),
    address: z.string(),
    language: z.string().nullable(),
    usable: z.boolean(),
    proof: z.string(),
    proofAt: instantAnswer,
    version: z.number(),
  })
  .meta({ id: 'Contact' });

const debtorFields = {
  debtorId: z.string(),
  externalId: z.string().nullable(),
  name: z.string(),
  kind: z.enum(KINDS),
  kindReason: z.string(),
  kindDecidedBy: z.string().nullable(),
  country: z.string(),
  territory: z.string(),
  zone: z.string(),
  language: z.string(),
  siren: z.string().nullable(),
  siret: z.string().nullable(),
  enterpriseNumber: z.string().nullable(),
  vat: z.string().nullable(),
  address: z
    .object({ lines: z.array(z.string()), postcode: z.string().optional(), city: z.string().optional(), country: z.string() })
    .nullable(),
  policy: z.object({ id: z.string(), version: z.number() }).nullable(),
  version: z.number(),
  createdAt: instantAnswer,
};
export const debtorListAnswer = z
  .object({ ...debtorFields, openCases: z.number(), open: z.array(amountAnswer) })
  .meta({ id: 'DebtorListItem' });
export const debtorPage = pageAnswer(debtorListAnswer, 'DebtorPage');
export const debtorAnswer = z.object({ ...debtorFields, contacts: z.array(contactAnswer) }).meta({ id: 'Debtor' });

export function viewDebtor(row: DebtorRow) {
  const { creditorId: _creditor, identityKey: _key, policyId, policyVersion, ...rest } = row;
  return { ...rest, policy: policyId && policyVersion ? { id: policyId, version: policyVersion } : null };
}

export function viewDebtorItem(row: DebtorRow & { openCases: number; open: { currency: string; minor: string }[] }) {
  const { openCases, open, ...debtor } = row;
  return { ...viewDebtor(debtor), openCases, open: open.map((one) => amountOf(BigInt(one.minor), one.currency)) };
}

export function viewContact({ creditorId: _creditor, debtorId: _debtor, createdAt: _at, ...row }: DebtorContactRow) {
  return row;
}
