import { lawReasonSentences } from '#casework';
import type { InvoiceRow, InvoiceTermRow } from '#ports';
import { contractTermsAnswer, contractTermsInput, viewTerms } from './contract-terms.schema.js';
import { z } from 'zod';
import { lawSentences } from '../cases/law-sentences.schema.js';
import {
  amountAnswer,
  amountOf,
  dayAnswer,
  dayInput,
  directionField,
  instantAnswer,
  lineInput,
  pageAnswer,
  pageFields,
  searchField,
} from '../http/wire.js';

export const invoiceQuery = z.strictObject({
  ...pageFields,
  documentKind: z.enum(['invoice', 'creditNote']).optional(),
  debtorId: z.string().min(1).max(100).optional(),
  status: z.enum(['open', 'withdrawn']).optional(),
  creditState: z.enum(['allocated', 'parked']).optional(),
  issuedFrom: dayInput.optional(),
  issuedTo: dayInput.optional(),
  externalId: z.string().min(1).max(200).optional(),
  search: searchField,
  sort: z.enum(['issuedOn', 'number', 'createdAt', 'payable']).optional(),
  direction: directionField,
});

/** What a `PUT` says beside the document itself. */
export const putQuery = z.strictObject({
  policy: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,59}@[1-9]\d{0,6}$/, 'Écrivez la politique et sa version, par exemple calm@1.')
    .optional()
    .meta({ description: 'Politique de relance de cette facture\u202f; à défaut celle du débiteur, puis du créancier.' }),
  earlierStages: z
    .string()
    .regex(/^[A-Za-z0-9]{1,40}(,[A-Za-z0-9]{1,40}){0,30}$/, 'Une liste d’étapes séparées par des virgules.')
    .optional()
    .meta({ description: 'Étapes déjà faites avant l’import.' }),
});

const findingAnswer = z
  .object({
    severity: z.enum(['refused', 'task', 'warning']),
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    line: z.number().optional(),
  })
  .meta({ id: 'Finding' });
export const findingsAnswer = z.array(findingAnswer);

const invoiceFields = {
  invoiceId: z.string(),
  documentKind: z.enum(['invoice', 'creditNote']),
  number: z.string(),
  externalIds: z.array(z.string()),
  debtorId: z.string(),
  issuedOn: dayAnswer,
  gross: amountAnswer,
  prepaid: amountAnswer,
  payable: amountAnswer,
  openAmount: z.object({ amount: z.string(), currency: z.string(), asOf: dayAnswer }).nullable(),
  law: z.string(),
  lawKnown: z.boolean().meta({ description: 'Faux\u202f: la loi reste à fixer, rien n’est calculé ni envoyé.' }),
  contractTerms: contractTermsAnswer.nullable().meta({ description: 'Propres à cette facture\u202f; null\u202f: celles du créancier.' }),
  lawSentences,
  reference: z.string().nullable(),
  policy: z.object({ id: z.string(), version: z.number() }).nullable(),
  precedingNumbers: z.array(z.string()),
  creditState: z.string().nullable(),
  status: z.string(),
  hasOriginal: z.boolean(),
  hasPdf: z.boolean(),
  version: z.number(),
  createdAt: instantAnswer,
};
export const invoiceListAnswer = z
  .object({ ...invoiceFields, debtorName: z.string(), dueOn: dayAnswer.nullable() })
  .meta({ id: 'InvoiceListItem' });
export const invoicePage = pageAnswer(invoiceListAnswer, 'InvoicePage');
export const invoiceAnswer = z
  .object({
    ...invoiceFields,
    iban: z.string().nullable(),
    paymentReference: z.string().nullable(),
    orderReference: z.string().nullable(),
    description: z.string().nullable().meta({ description: 'Ce qui a été vendu.' }),
    termsText: z.string().nullable(),
    terms: z.array(
      z.object({ term: z.number(), dueOn: dayAnswer, amount: amountAnswer, dueSource: z.string(), caseId: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Invoice' });

export const putAnswer = z
  .object({
    result: z.enum(['created', 'unchanged', 'updated', 'corrected', 'nothingDue', 'creditAllocated', 'creditParked']),
    invoice: invoiceAnswer,
    caseIds: z.array(z.string()),
    notes: z.array(z.string()),
    findings: findingsAnswer,
    version: z.number(),
  })
  .meta({ id: 'InvoicePut' });

export const lawInput = z
  .strictObject({ law: z.enum(['FR', 'BE']), note: lineInput(500) })
  .meta({ id: 'GoverningLawInput', description: 'La loi qui régit la facture, fixée par la finance avec son motif.' });

export const invoiceTermsInput = z
  .strictObject({ terms: contractTermsInput.nullable(), reason: lineInput(500).optional() })
  .meta({ id: 'InvoiceTermsInput', description: 'Ce que dit le contrat de cette facture\u202f; null rend les conditions du créancier.' });

export const creditTarget = z
  .strictObject({
    invoiceId: z
      .string()
      .min(1)
      .max(200)
      .meta({ description: 'Identifiant interne, ou celui du créancier, de la facture que l’avoir diminue.' }),
    reason: lineInput(500).optional(),
  })
  .meta({ id: 'CreditTarget' });
export const creditAnswer = z
  .object({
    creditNote: invoiceAnswer,
    invoice: invoiceAnswer,
    caseIds: z.array(z.string()).meta({ description: 'Dossiers dont le principal a baissé ; le reste est un avoir du débiteur.' }),
  })
  .meta({ id: 'CreditAllocated' });

export const pdfsAnswer = z
  .object({
    files: z.array(
      z.object({
        fileName: z.string(),
        result: z.enum(['attached', 'unchanged', 'noInvoice', 'notAPdf']),
        number: z.string().optional(),
        invoiceId: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'InvoicePdfs' });

function viewCommon(row: InvoiceRow, externalIds: readonly string[]) {
  const { currency } = row;
  return {
    invoiceId: row.invoiceId,
    documentKind: row.documentKind,
    number: row.number,
    externalIds: [...externalIds],
    debtorId: row.debtorId,
    issuedOn: row.issuedOn,
    gross: amountOf(row.grossMinor, currency),
    prepaid: amountOf(row.prepaidMinor, currency),
    payable: amountOf(row.payableMinor, currency),
    openAmount: row.openMinor === null || row.openAsOf === null ? null : { ...amountOf(row.openMinor, currency), asOf: row.openAsOf },
    law: row.law,
    lawKnown: row.lawKnown,
    contractTerms: row.contractTerms ? viewTerms(row.contractTerms) : null,
    lawSentences: lawReasonSentences(row),
    reference: row.reference,
    policy: row.policyId && row.policyVersion ? { id: row.policyId, version: row.policyVersion } : null,
    precedingNumbers: row.precedingNumbers,
    creditState: row.creditState,
    status: row.status,
    hasOriginal: row.originalObjectId !== null,
    hasPdf: row.pdfObjectId !== null,
    version: row.version,
    createdAt: row.createdAt,
  };
}

export function viewInvoiceItem(row: InvoiceRow & { debtorName: string; dueOn: string | null; externalIds: string[] }) {
  return { ...viewCommon(row, row.externalIds), debtorName: row.debtorName, dueOn: row.dueOn };
}

export function viewInvoice(
  row: InvoiceRow,
  more: { externalIds: readonly string[]; terms: readonly InvoiceTermRow[]; caseOfTerm: ReadonlyMap<number, string> },
) {
  return {
    ...viewCommon(row, more.externalIds),
    iban: row.iban,
    paymentReference: row.paymentReference,
    orderReference: row.orderReference,
    description: row.description,
    termsText: row.termsText,
    terms: more.terms.map((term) => ({
      term: term.term,
      dueOn: term.dueOn,
      amount: amountOf(term.amountMinor, row.currency),
      dueSource: term.dueSource,
      caseId: more.caseOfTerm.get(term.term) ?? null,
    })),
  };
}
export type InvoiceAnswer = ReturnType<typeof viewInvoice>;
