import type { Day } from '#domain';
import type { CaseRow } from '#ports';
import { amountOf } from '../http/wire.js';
import type { StatementAnswer } from './statement.schemas.js';

/** The statement of a case that the creditor's books settled alone: principal 0, no movement, no interest, nothing claimed. */
export function zeroStatement(row: CaseRow, { law, kind, on }: { law: string; kind: string; on: Day }): StatementAnswer {
  const { caseId, currency, dueOn } = row;
  const zero = amountOf(0n, currency);
  return {
    caseId,
    on,
    law,
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
    surplus: null,
    claimTotal: zero,
    sources: [],
  };
}
