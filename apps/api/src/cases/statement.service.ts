import {
  type ClaimOfCase,
  claimOfCase,
  environmentOf,
  type LawBook,
  lawReasonSentence,
  principalView,
  refusalHelp,
  type StatementPage,
  statementPage,
  statementView,
} from '#casework';
import type { Day, DebtorKind, Refusal } from '#domain';
import type { CaseRow, InvoiceRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { PROBLEMS, problemType } from '../http/problem-catalog.js';
import type { ReaderLanguage } from '../http/reader-language.js';
import { CasesService } from './cases.service.js';
import type { PrincipalPart, StatementAnswer } from './statement.schemas.js';
import { zeroStatement } from './zero-statement.js';

/** A refusal as RFC 9457 says it, with the principal that can be stated all the same. */
export interface StatementProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** What of the case's facts stands in the way, as a JSON pointer. */
  readonly field?: string;
  readonly article?: string;
  /** What to supply so that the statement can be made. */
  readonly supply?: string;
  readonly facts?: Refusal['facts'];
  readonly pourMemoire: PrincipalPart;
}

/** The claim of a case on a day in words, for whoever asks why: the page, or why there is none. */
export interface ClaimInWords {
  readonly on: Day;
  readonly page: StatementPage | null;
  readonly refusal: { readonly code: string; readonly sentence: string; readonly article?: string; readonly supply?: string } | null;
}

interface Found {
  readonly on: Day;
  readonly invoice: InvoiceRow;
  readonly kind: DebtorKind;
  readonly row: CaseRow;
  /** Absent when there is nothing to reckon. */
  readonly claim?: ClaimOfCase;
}

@Injectable()
export class StatementService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(CasesService) private readonly cases: CasesService,
  ) {}

  async statement(
    creditorId: string,
    caseId: string,
    on: Day | undefined,
    language: ReaderLanguage,
  ): Promise<{ answer: StatementAnswer } | { problem: StatementProblem }> {
    const found = await this.backend.plain((tx) => this.find(tx, creditorId, caseId, on));
    const { claim, invoice, row, kind } = found;
    const lawReason = { code: invoice.lawReason, sentence: lawReasonSentence(invoice, language) };
    if (!claim) return { answer: zeroStatement(row, { law: invoice.law, lawReason, kind, on: found.on, language }) };
    const { statement, principal, refusal } = claim;
    if (!statement)
      return { problem: refused(refusal ?? { refusal: 'rateUnknown' }, principalView(principal), this.backend.deps.law.statutes) };
    return { answer: { caseId, lawReason, principal: principalView(principal), ...statementView(statement, language) } };
  }

  /** The same claim as sentences; a refusal is told, never thrown. */
  async inWords(tx: Tables, row: CaseRow, on: Day | undefined, language: ReaderLanguage): Promise<ClaimInWords> {
    const { claim, on: day } = await this.find(tx, row.creditorId, row.caseId, on);
    if (!claim) return { on: day, page: null, refusal: null };
    if (claim.statement) return { on: day, page: statementPage(claim.statement, language), refusal: null };
    const refusal = claim.refusal ?? { refusal: 'rateUnknown' };
    return {
      on: day,
      page: null,
      refusal: { code: refusal.refusal, sentence: titleOf(refusal), ...refusalHelp(refusal, this.backend.deps.law.statutes) },
    };
  }

  private async find(tx: Tables, creditorId: string, caseId: string, on: Day | undefined): Promise<Found> {
    const row = await this.cases.row(tx, creditorId, caseId);
    const { today, debtor } = await environmentOf(tx, this.backend.deps, row);
    const { invoiceId } = row;
    const invoice = orNotFound(await tx.invoices.one({ creditorId, invoiceId }), 'invoice', invoiceId);
    const about = { on: on ?? today, invoice, kind: debtor.kind, row };
    return (await hasClaim(tx, row)) ? { ...about, claim: await claimOfCase(tx, this.backend.deps, row, about.on) } : about;
  }
}

/** Nothing open, nothing paid or credited: the creditor's books alone settled it, and there is no claim to reckon. */
async function hasClaim(tx: Tables, { creditorId, caseId, openPrincipalMinor }: CaseRow): Promise<boolean> {
  if (openPrincipalMinor > 0n) return true;
  if ((await tx.allocations.count({ creditorId, caseId, reversedAt: null })) > 0) return true;
  return (await tx.creditAllocations.count({ creditorId, caseId })) > 0;
}

function titleOf({ refusal }: Refusal): string {
  return PROBLEMS.get(refusal)?.title ?? 'Les intérêts ne peuvent pas être calculés.';
}

function refused(refusal: Refusal, pourMemoire: PrincipalPart, statutes: LawBook['statutes']): StatementProblem {
  const title = titleOf(refusal);
  return {
    type: problemType(refusal.refusal),
    title,
    status: PROBLEMS.get(refusal.refusal)?.status ?? 422,
    code: refusal.refusal,
    detail: `${title} Le principal reste certain\u202f; les intérêts sont indiqués pour mémoire.`,
    ...(refusal.field ? { field: refusal.field } : {}),
    ...refusalHelp(refusal, statutes),
    ...(refusal.facts ? { facts: refusal.facts } : {}),
    pourMemoire,
  };
}
