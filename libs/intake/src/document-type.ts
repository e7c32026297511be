import type { DocumentKind } from './invoice-record.js';

/** What a UNTDID 1001 code means for recovery. `ask` is imported with a task: nothing is chased before a person decided. */
export interface DocumentType {
  readonly kind: DocumentKind;
  readonly ask?: 'correctedInvoice' | 'factored' | 'notAClaim' | 'documentTypeUnknown' | 'documentTypeMissing';
  readonly note?: 'selfBilled';
}

const table = (codes: string, type: DocumentType): [string, DocumentType][] => codes.split(' ').map((code) => [code, type]);

/**
 * - ordinary invoices, partial, deposit (386), debit notes, freight, lease…: chased;
 * - credit notes of every sort: reduce;
 * - corrected invoices (384 and its self-billed and factored sisters): a person says what becomes of the invoice they replace;
 * - self-billed (389, 500): the seller is still the creditor, noted;
 * - factored (393, 501): the debt may have to be paid to somebody else;
 * - pro forma, information, request for payment and the like: not a claim by themselves.
 */
const TYPES: ReadonlyMap<string, DocumentType> = new Map([
  ...table('80 82 84 218 219 295 326 331 380 382 383 385 386 387 388 390 394 395 456 575 623 633 780 875 876 877', { kind: 'invoice' }),
  ...table('389 500 527', { kind: 'invoice', note: 'selfBilled' }),
  ...table('81 83 261 262 296 308 381 420 458 502 503 532', { kind: 'creditNote' }),
  ...table('396', { kind: 'creditNote', ask: 'factored' }),
  ...table('384 471', { kind: 'invoice', ask: 'correctedInvoice' }),
  ...table('393 501 472 473', { kind: 'invoice', ask: 'factored' }),
  ...table('71 102 130 202 203 204 211 325 457 553 751 817 870 935', { kind: 'invoice', ask: 'notAClaim' }),
]);

/** Reads a type code; without a code, or with an unknown one, the document is what its root says, and a person is asked. */
export function documentTypeOf(code: string | undefined, root: DocumentKind = 'invoice'): DocumentType {
  if (code === undefined || code === '') return root === 'creditNote' ? { kind: root } : { kind: root, ask: 'documentTypeMissing' };
  return TYPES.get(code) ?? { kind: root, ask: 'documentTypeUnknown' };
}
