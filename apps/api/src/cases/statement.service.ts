import { type ClaimOfCase, claimOfCase, environmentOf } from '#casework';
import { type Day, type Refusal } from '#domain';
import type { CaseRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { PROBLEMS, problemType } from '../http/problem-catalog.js';
import { CasesService } from './cases.service.js';
import type { PrincipalPart, StatementAnswer } from './statement.schemas.js';
import { principalView, statementView } from './statement-view.js';
import { zeroStatement } from './zero-statement.js';

/** A refusal as RFC 9457 says it, with the principal that can be stated all the same. */
export interface StatementProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly facts?: Refusal['facts'];
  readonly pourMemoire: PrincipalPart;
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
  ): Promise<{ answer: StatementAnswer } | { problem: StatementProblem }> {
    const found = await this.backend.plain(async (tx): Promise<ClaimOfCase | { zero: StatementAnswer }> => {
      const row = await this.cases.row(tx, creditorId, caseId);
      const { today, debtor } = await environmentOf(tx, this.backend.deps, row);
      const day = on ?? today;
      if (!(await hasClaim(tx, row))) return { zero: zeroStatement(row, { law: await lawOf(tx, row), kind: debtor.kind, on: day }) };
      return claimOfCase(tx, this.backend.deps, row, day);
    });
    if ('zero' in found) return { answer: found.zero };
    const { statement, principal, refusal } = found;
    if (statement) return { answer: statementView(caseId, statement, principal) };
    return { problem: refused(refusal ?? { refusal: 'rateUnknown' }, principalView(principal)) };
  }
}

/** Nothing open, nothing paid or credited: the creditor's books alone settled it, and there is no claim to reckon. */
async function hasClaim(tx: Tables, { creditorId, caseId, openPrincipalMinor }: CaseRow): Promise<boolean> {
  if (openPrincipalMinor > 0n) return true;
  if ((await tx.allocations.count({ creditorId, caseId, reversedAt: null })) > 0) return true;
  return (await tx.creditAllocations.count({ creditorId, caseId })) > 0;
}

async function lawOf(tx: Tables, { creditorId, invoiceId }: CaseRow): Promise<string> {
  return orNotFound(await tx.invoices.one({ creditorId, invoiceId }), 'invoice', invoiceId).law;
}

function refused(refusal: Refusal, pourMemoire: PrincipalPart): StatementProblem {
  const entry = PROBLEMS.get(refusal.refusal) ?? { status: 422, title: 'Les intérêts ne peuvent pas être calculés.', staffCanAct: true };
  return {
    type: problemType(refusal.refusal),
    title: entry.title,
    status: entry.status,
    code: refusal.refusal,
    detail: `${entry.title} Le principal reste certain\u202f; les intérêts sont indiqués pour mémoire.`,
    ...(refusal.facts ? { facts: refusal.facts } : {}),
    pourMemoire,
  };
}
