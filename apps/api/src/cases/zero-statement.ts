import { statementHeading } from '#casework';
import type { Day, DebtorKind, ExplanationLanguage, GoverningLaw } from '#domain';
import type { CaseRow } from '#ports';
import { amountOf } from '../http/wire.js';
import type { StatementAnswer } from './statement.schemas.js';

interface ZeroFacts {
  readonly law: GoverningLaw;
  readonly lawReason: StatementAnswer['lawReason'];
  readonly kind: DebtorKind;
  readonly on: Day;
  readonly language: ExplanationLanguage;
}

/** The statement of a case that the creditor's books settled alone: principal 0, no movement, no interest, nothing claimed. */
export function zeroStatement(row: CaseRow, { law, lawReason, kind, on, language }: ZeroFacts): StatementAnswer {
  const { caseId, currency, dueOn } = row;
  const zero = amountOf(0n, currency);
  return {
    caseId,
    on,
    language,
    law,
    lawReason,
    debtorKind: kind,
    regime: null,
    currency,
    dueOn,
    principal: {
      on,
      law,
      debtorKind: kind,
      currency,
      dueOn,
      face: zero,
      creditNotes: zero,
      payments: zero,
      openPrincipal: zero,
      entries: [],
    },
    imputedPrincipal: zero,
    interest: { accrued: zero, open: zero, lines: [], dayCount: 'none', daily: null },
    compensation: { amount: zero, open: zero },
    entries: [],
    imputationRule: 'none',
    surplus: null,
    claimTotal: zero,
    notes: [],
    sources: [],
    heading: statementHeading({ on, law, kind }, language),
    parts: [],
  };
}
