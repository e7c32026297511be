import { type CaseworkDeps, type ClaimInBook, claimsOfCases, RefusedError } from '#casework';
import { type Day, type Refusal, refuse, type StatementOfClaim } from '#domain';
import { countOpenCases, type OpenCaseRow, readOpenBook } from '#persistence';
import type { Tables } from '#ports';
import type { DataSource } from 'typeorm';
import { type BookLine, BookTotals } from './value-book-totals.js';

/** One case of the book as it was valued: a statement, or why there is none. */
export interface ValuedCase {
  readonly caseId: string;
  readonly invoiceNumber: string;
  readonly term: number;
  readonly debtorName: string;
  readonly regime: string;
  readonly currency: string;
  readonly dueOn: Day;
  /** What the creditor's books show as open. */
  readonly openPrincipalMinor: bigint;
  readonly statement?: StatementOfClaim;
  readonly refusal?: Refusal;
}

export interface BookRequest {
  readonly dataSource: DataSource;
  readonly law: CaseworkDeps['law'];
  readonly creditorId: string;
  readonly on: Day;
  readonly pageSize?: number;
  /** Called for every case in turn; what it returns is waited for, so that a slow file slows the reading and not fills the memory. */
  readonly onCase?: (valued: ValuedCase) => void | Promise<void>;
  /** Called after every page with the cases valued so far and the number there were when it began. */
  readonly onPage?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

export interface BookValue {
  readonly creditorId: string;
  readonly on: Day;
  readonly cases: number;
  readonly lines: readonly BookLine[];
}

/**
 * What the open cases of a creditor are worth on a day: principal, interest and lump sums by regime and currency, and how many could not be
 * reckoned, with the reason. The book is read as it stood at one moment, a page at a time: memory does not grow with it.
 * Answers `undefined` when `signal` ended it: half a book has no total. Movements after `on` are left out; cases closed today are not in it.
 */
export async function valueBook(request: BookRequest): Promise<BookValue | undefined> {
  const { dataSource, creditorId, on, signal, pageSize } = request;
  const totals = new BookTotals();
  const all = await countOpenCases(dataSource, creditorId);
  await readOpenBook(dataSource, { creditorId, ...(pageSize ? { pageSize } : {}) }, async (rows, tables) => {
    for (const valued of await valuePage(tables, request, rows)) {
      count(totals, valued);
      await request.onCase?.(valued);
    }
    request.onPage?.(totals.cases, all);
    return !signal?.aborted;
  });
  return signal?.aborted ? undefined : { creditorId, on, cases: totals.cases, lines: totals.result() };
}

async function valuePage(tables: Tables, { law, creditorId, on }: BookRequest, rows: readonly OpenCaseRow[]): Promise<ValuedCase[]> {
  return (await claimsOfCases(tables, { law }, creditorId, rows)).map((claim) => valued(claim, on));
}

function valued({ row, invoice, debtor, reckon }: ClaimInBook, on: Day): ValuedCase {
  const { caseId, term, currency, dueOn, openPrincipalMinor } = row;
  const regime = `${invoice.lawKnown ? invoice.law : 'unknown'}.${debtor.kind}`;
  const about = { caseId, term, currency, dueOn, regime, invoiceNumber: invoice.number, debtorName: debtor.name, openPrincipalMinor };
  // A claim that did not exist on that day is counted apart: it was worth nothing then, and is open now.
  if (invoice.issuedOn > on) return { ...about, refusal: refuse('issuedLater', { facts: { issuedOn: invoice.issuedOn } }) };
  try {
    const { statement, refusal } = reckon(on);
    if (statement) return { ...about, statement };
    return { ...about, refusal: refusal ?? { refusal: 'rateUnknown' } };
  } catch (error) {
    // A case whose very principal cannot be stated is one refused case, not the end of the book.
    if (error instanceof RefusedError) return { ...about, refusal: error.refusal };
    throw error;
  }
}

function count(totals: BookTotals, { statement, refusal, regime, currency, openPrincipalMinor }: ValuedCase): void {
  if (statement) totals.addStated(regime, statement);
  else totals.addRefused(regime, currency, { code: refusal?.refusal ?? 'rateUnknown', principalMinor: openPrincipalMinor });
}
