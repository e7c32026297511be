import { findReferences, parseStructuredReference } from '#domain';
import type { InvoiceRow, Tables } from '#ports';
import type { PaymentFacts } from './payment-facts.js';

export interface PaymentMatch {
  readonly invoices: readonly InvoiceRow[];
  /** How it was found: the debtor's own designation comes first (C. civ. 1342-10). */
  readonly designation: 'case' | 'structuredReference' | 'externalId' | 'invoiceNumber';
  readonly caseId?: string;
}

const TEXT_MAX = 2000;
const WORDS_MAX = 60;
/** One reference may stand on many invoices (a customer's own number): the latest are looked at, and the oldest due of them is paid first. */
const REFERENCED_MAX = 200;

/** Finds what a payment is for, by the strongest hint: our case, structured reference, external id, invoice number named or quoted in the text. */
export async function matchPayment(tx: Tables, creditorId: string, facts: PaymentFacts): Promise<PaymentMatch | undefined> {
  const { hints } = facts;
  if (hints.caseId) {
    const row = await tx.cases.one({ creditorId, caseId: hints.caseId });
    const invoice = row && (await tx.invoices.one({ creditorId, invoiceId: row.invoiceId }));
    if (row && invoice) return { invoices: [invoice], designation: 'case', caseId: row.caseId };
  }
  const byReference = await findByReference(tx, creditorId, facts);
  if (byReference) return byReference;
  if (hints.invoiceExternalId) {
    const alias = await tx.invoiceAliases.one({ creditorId, externalId: hints.invoiceExternalId });
    const invoice = alias && (await tx.invoices.one({ creditorId, invoiceId: alias.invoiceId, documentKind: 'invoice' }));
    if (invoice) return { invoices: [invoice], designation: 'externalId' };
  }
  return findByNumber(tx, creditorId, facts);
}

async function findByReference(tx: Tables, creditorId: string, { hints }: PaymentFacts): Promise<PaymentMatch | undefined> {
  const given = hints.structuredReference ? parseStructuredReference(hints.structuredReference) : undefined;
  const references = [...(given ? [given] : []), ...findReferences((hints.text ?? '').slice(0, TEXT_MAX))];
  if (references.length === 0) return undefined;
  const invoices = await tx.invoices.all(
    { creditorId, documentKind: 'invoice', referenceKey: references.map((r) => r.value) },
    { by: 'issuedOn', direction: 'desc', limit: REFERENCED_MAX },
  );
  return invoices.length > 0 ? { invoices, designation: 'structuredReference' } : undefined;
}

async function findByNumber(tx: Tables, creditorId: string, { hints }: PaymentFacts): Promise<PaymentMatch | undefined> {
  const named = hints.invoiceNumber ? [hints.invoiceNumber] : [];
  const words = (hints.text ?? '')
    .slice(0, TEXT_MAX)
    .split(/[\s,;]+/)
    .filter((w) => /\d/.test(w) && w.length >= 3);
  const numbers = [...new Set([...named, ...words.slice(0, WORDS_MAX)])];
  if (numbers.length === 0) return undefined;
  const invoices = await tx.invoices.all({ creditorId, documentKind: 'invoice', number: numbers }, { by: 'issuedOn', limit: 20 });
  const distinct = new Set(invoices.map((i) => i.number));
  if (invoices.length === 0 || distinct.size !== invoices.length) return undefined;
  return { invoices, designation: 'invoiceNumber' };
}
