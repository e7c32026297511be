import { type ClaimOfCase, claimOfCase, environmentOf } from '#casework';
import { type Day, type Refusal } from '#domain';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { PROBLEMS, problemType } from '../http/problem-catalog.js';
import { CasesService } from './cases.service.js';
import type { PrincipalPart, StatementAnswer } from './statement.schemas.js';
import { principalView, statementView } from './statement-view.js';

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
    const claim = await this.backend.plain(async (tx): Promise<ClaimOfCase> => {
      const row = await this.cases.row(tx, creditorId, caseId);
      const { today } = await environmentOf(tx, this.backend.deps, row);
      return claimOfCase(tx, this.backend.deps, row, on ?? today);
    });
    const { statement, principal, refusal } = claim;
    if (statement) return { answer: statementView(caseId, statement, principal) };
    return { problem: refused(refusal ?? { refusal: 'rateUnknown' }, principalView(principal)) };
  }
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
