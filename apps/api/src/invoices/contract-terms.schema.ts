import { readTerms, type SettledTerms } from '#casework';
import { decimalString, EUR, money, parseMoney } from '#domain';
import type { KeptTerms } from '#ports';
import { z } from 'zod';
import { dayInput, dayOf } from '../http/wire.js';

const percent = z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, 'Un pourcentage décimal, par exemple 12.5.');
const euros = z
  .string()
  .max(20)
  .refine((text) => !('problem' in parseMoney(text, 'EUR')), 'Un montant décimal en euros, par exemple 36.50.');

/** What somebody read in a contract or in terms of sale. */
export const contractTermsInput = z
  .strictObject({
    checkedOn: dayInput.meta({ description: 'Le jour où quelqu’un a lu le contrat\u202f; sans clause, il est connu pour muet.' }),
    interest: z
      .union([
        z.strictObject({ kind: z.literal('rate'), percent }),
        z.strictObject({ kind: z.literal('multipleOfLegalRate'), multiple: percent }),
      ])
      .optional(),
    indemnity: z
      .union([
        z.strictObject({ kind: z.literal('legalScale') }),
        z.strictObject({ kind: z.literal('fixed'), amount: euros }),
        z.strictObject({ kind: z.literal('percent'), percent, minimum: euros.optional() }),
      ])
      .optional()
      .meta({ description: 'Consommateur belge\u202f: la clause qui permet l’indemnité, plafonnée par le barème de CDE XIX.4.' }),
    procurement: z
      .enum(['small', 'general'])
      .optional()
      .meta({ description: 'Acheteur public belge\u202f: petit marché ou règles générales.' }),
    waiver: z
      .strictObject({ interest: z.boolean().optional(), lumpSum: z.boolean().optional() })
      .optional()
      .meta({ description: 'Ce que le créancier ne réclame jamais.' }),
  })
  .meta({ id: 'ContractTermsInput' });
export type ContractTermsInput = z.output<typeof contractTermsInput>;

export const contractTermsAnswer = z
  .object({
    checkedOn: z.string(),
    interest: z.record(z.string(), z.string()).nullable(),
    indemnity: z.record(z.string(), z.string()).nullable(),
    procurement: z.string().nullable(),
    waiver: z.object({ interest: z.boolean(), lumpSum: z.boolean() }),
  })
  .meta({ id: 'ContractTerms' });

/** The terms of a body as the domain reckons with them. */
export function termsFrom(input: ContractTermsInput): SettledTerms {
  const { checkedOn, interest, indemnity, procurement, waiver } = input;
  return {
    checkedOn: dayOf(checkedOn),
    ...(interest ? { interest } : {}),
    ...(indemnity ? { indemnity: indemnityFrom(indemnity) } : {}),
    ...(procurement ? { procurement } : {}),
    ...(waiver ? { waiver: { interest: waiver.interest === true, lumpSum: waiver.lumpSum === true } } : {}),
  };
}

function indemnityFrom(indemnity: NonNullable<ContractTermsInput['indemnity']>): NonNullable<SettledTerms['indemnity']> {
  switch (indemnity.kind) {
    case 'legalScale':
      return { kind: 'legalScale' };
    case 'fixed':
      return { kind: 'fixed', amountMinor: minorOf(indemnity.amount) };
    case 'percent':
      return {
        kind: 'percent',
        percent: indemnity.percent,
        ...(indemnity.minimum ? { minimumMinor: minorOf(indemnity.minimum) } : {}),
      };
  }
}

function minorOf(text: string): bigint {
  const parsed = parseMoney(text, 'EUR');
  if ('problem' in parsed) throw new RangeError(parsed.problem);
  return parsed.minor;
}

export function viewTerms(kept: KeptTerms): z.output<typeof contractTermsAnswer> {
  const { checkedOn, interest, indemnity, procurement, waiver } = readTerms(kept);
  return {
    checkedOn,
    interest: interest ? { ...interest } : null,
    indemnity: indemnity ? viewIndemnity(indemnity) : null,
    procurement: procurement ?? null,
    waiver: { interest: waiver?.interest === true, lumpSum: waiver?.lumpSum === true },
  };
}

function viewIndemnity(indemnity: NonNullable<SettledTerms['indemnity']>): Record<string, string> {
  if (indemnity.kind === 'legalScale') return { kind: indemnity.kind };
  if (indemnity.kind === 'fixed') return { kind: indemnity.kind, amount: eurosOf(indemnity.amountMinor) };
  const { kind, percent: share, minimumMinor } = indemnity;
  return { kind, percent: share, ...(minimumMinor === undefined ? {} : { minimum: eurosOf(minimumMinor) }) };
}

function eurosOf(minor: bigint): string {
  return decimalString(money(minor, EUR));
}
