import { enterpriseNumberOf, isMailAddress, normaliseIban, readVat, sirenOf } from '#intake';
import type { CreditorRow } from '#ports';
import { z } from 'zod';
import { amountAnswer, amountInput, amountOf, instantAnswer, lineInput, pageAnswer, pageFields, searchField } from '../http/wire.js';
import { contractTermsAnswer, contractTermsInput, viewTerms } from '../invoices/contract-terms.schema.js';

const mail = z.string().max(254).refine(isMailAddress, 'Ce n’est pas une adresse de courriel.');
const country = z.string().regex(/^[A-Z]{2}$/, 'Code pays à deux lettres majuscules.');

export const addressInput = z
  .strictObject({
    lines: z.array(lineInput(100)).min(1).max(6),
    postcode: lineInput(20).optional(),
    city: lineInput(100).optional(),
    country,
  })
  .meta({ id: 'AddressInput' });

const identity = {
  legalName: lineInput(300),
  legalForm: lineInput(100).nullable().optional(),
  language: z.enum(['fr', 'nl', 'en']).optional(),
  siren: z
    .string()
    .max(20)
    .transform((text) => sirenOf(text) ?? '')
    .refine((text) => text !== '', 'Ce SIREN n’existe pas (clé de contrôle).')
    .nullable()
    .optional(),
  enterpriseNumber: z
    .string()
    .max(20)
    .transform((text) => enterpriseNumberOf(text) ?? '')
    .refine((text) => text !== '', 'Ce numéro d’entreprise n’existe pas (clé de contrôle).')
    .nullable()
    .optional(),
  vat: lineInput(30)
    .refine((text) => readVat(text).valid !== false, 'Ce numéro de TVA n’existe pas.')
    .nullable()
    .optional(),
  iban: z
    .string()
    .max(60)
    .transform((text) => normaliseIban(text) ?? '')
    .refine((text) => text !== '', 'Cet IBAN n’existe pas.')
    .nullable()
    .optional(),
  bic: z
    .string()
    .regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'Ce n’est pas un BIC.')
    .nullable()
    .optional(),
  replyToEmail: mail.nullable().optional(),
  senderEmail: mail.nullable().optional(),
  phone: lineInput(40).nullable().optional(),
  signatoryName: lineInput(200).nullable().optional(),
  signatoryTitle: lineInput(200).nullable().optional(),
  defaultTermDays: z.number().int().min(0).max(120).optional(),
  policy: z.strictObject({ id: lineInput(60), version: z.number().int().min(1) }).optional(),
  referralRoute: z.enum(['collectionAgency', 'lawyer', 'bailiff']).optional(),
  contractTerms: z
    .strictObject({
      business: contractTermsInput.nullable().optional(),
      consumer: contractTermsInput.nullable().optional(),
      publicBody: contractTermsInput.nullable().optional(),
      coOwners: contractTermsInput.nullable().optional(),
    })
    .optional()
    .meta({ description: 'Ce que disent les conditions de vente, par qualité de débiteur\u202f; null les oublie.' }),
  shareCapital: amountInput.nullable().optional().meta({ description: 'Capital social d’une société (C. com., art. R. 123-238).' }),
  register: lineInput(100)
    .transform((text) => text.replace(/^(RCS|RPM|RPR)(?=\s)/i, '').trim())
    .nullable()
    .optional()
    .meta({
      description:
        'Immatriculation\u202f: ville du RCS (« Lyon »), ou siège du tribunal pour le RPM belge (« Liège, division Namur »). « RCS » ou « RPM » s’y ajoute.',
    }),
  mediator: z
    .strictObject({
      name: lineInput(200),
      addressLines: z.array(lineInput(100)).min(1).max(6).optional(),
      website: lineInput(200).optional(),
    })
    .nullable()
    .optional()
    .meta({ description: 'Médiateur de la consommation dont relève le créancier (C. conso., art. L. 612-1).' }),
  standing: z
    .strictObject({ isNaturalPerson: z.boolean().optional(), isSme: z.boolean().optional() })
    .optional()
    .meta({ description: 'Le créancier est-il un particulier hors de toute activité, une PME\u202f?' }),
};

export const creditorInput = z
  .strictObject({
    creditorId: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'De 2 à 40 lettres minuscules, chiffres ou tirets.'),
    law: z.enum(['FR', 'BE']),
    address: addressInput,
    sandbox: z
      .boolean()
      .optional()
      .meta({ description: 'Créancier d’essai\u202f: horloge que l’on avance, courrier local. Ne change plus.' }),
    ...identity,
  })
  .meta({ id: 'CreditorInput' });
export type CreditorInput = z.output<typeof creditorInput>;

export const creditorPatch = z
  .strictObject({ ...identity, legalName: identity.legalName.optional(), address: addressInput.optional() })
  .meta({ id: 'CreditorPatch' });
export type CreditorPatch = z.output<typeof creditorPatch>;

export const creditorAnswer = z
  .object({
    creditorId: z.string(),
    legalName: z.string(),
    legalForm: z.string().nullable(),
    law: z.string(),
    language: z.string(),
    siren: z.string().nullable(),
    enterpriseNumber: z.string().nullable(),
    vat: z.string().nullable(),
    iban: z.string().nullable(),
    bic: z.string().nullable(),
    address: z.object({ lines: z.array(z.string()), postcode: z.string().optional(), city: z.string().optional(), country: z.string() }),
    zone: z.string(),
    territory: z.string(),
    replyToEmail: z.string().nullable(),
    senderEmail: z.string().nullable(),
    phone: z.string().nullable(),
    signatoryName: z.string().nullable(),
    signatoryTitle: z.string().nullable(),
    defaultTermDays: z.number(),
    policy: z.object({ id: z.string(), version: z.number() }),
    referralRoute: z.string(),
    contractTerms: z.object({
      business: contractTermsAnswer.optional(),
      consumer: contractTermsAnswer.optional(),
      publicBody: contractTermsAnswer.optional(),
      coOwners: contractTermsAnswer.optional(),
    }),
    standing: z.object({ isNaturalPerson: z.boolean().optional(), isSme: z.boolean().optional() }),
    shareCapital: amountAnswer.nullable(),
    register: z.string().nullable(),
    mediator: z.object({ name: z.string(), addressLines: z.array(z.string()).optional(), website: z.string().optional() }).nullable(),
    live: z.boolean(),
    sandbox: z.boolean(),
    clock: z.object({ at: instantAnswer, version: z.number() }).optional().meta({ description: 'Horloge du bac à sable.' }),
    brakeOn: z.boolean(),
    version: z.number(),
    createdAt: instantAnswer,
  })
  .meta({ id: 'Creditor' });
export type CreditorAnswer = z.output<typeof creditorAnswer>;
export const creditorPage = pageAnswer(creditorAnswer, 'CreditorPage');

export const creditorQuery = z.strictObject({ ...pageFields, search: searchField });
const missingFields = z.array(z.object({ field: z.string(), sentence: z.string() }));
export const readinessAnswer = z
  .object({
    ready: z.boolean(),
    missing: missingFields,
    warnings: missingFields.meta({
      description: 'Mentions que les lettres doivent porter et que personne n’a données\u202f: elles n’empêchent pas la mise en service.',
    }),
  })
  .meta({ id: 'Readiness' });
export const brakeInput = z.strictObject({ on: z.boolean(), reason: lineInput(500).optional() }).meta({ id: 'BrakeInput' });

export function viewCreditor(row: CreditorRow): CreditorAnswer {
  const { clockAt, clockVersion, epoch: _epoch, policyId, policyVersion, contractTerms, mentions, ...rest } = row;
  const { shareCapital, register = null, mediator = null } = mentions;
  const { business, consumer, publicBody, coOwners } = contractTerms;
  return {
    ...rest,
    contractTerms: {
      ...(business ? { business: viewTerms(business) } : {}),
      ...(consumer ? { consumer: viewTerms(consumer) } : {}),
      ...(publicBody ? { publicBody: viewTerms(publicBody) } : {}),
      ...(coOwners ? { coOwners: viewTerms(coOwners) } : {}),
    },
    shareCapital: shareCapital ? amountOf(BigInt(shareCapital.minor), shareCapital.currency) : null,
    register,
    mediator,
    policy: { id: policyId, version: policyVersion },
    ...(clockAt ? { clock: { at: clockAt, version: clockVersion } } : {}),
  };
}
