import {
  atTime,
  type BusinessCalendar,
  type Day,
  type DunningPolicy,
  dayIn,
  epochMs,
  type Instant,
  jitterSecondsFor,
  type PlanConstraints,
} from '#domain';
import type { CaseRow, CreditorRow, DebtorRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { nowFor } from '../moment.js';
import { found } from '../refused-error.js';
import { planConstraintsOf } from '../regime/plan-constraints-of.js';

/** Everything beside the state that the plan of a case depends on, read in the same transaction. */
export interface CaseEnvironment {
  readonly creditor: CreditorRow;
  readonly debtor: DebtorRow;
  readonly policy: DunningPolicy;
  readonly calendar: BusinessCalendar;
  readonly zone: string;
  readonly now: Instant;
  readonly today: Day;
  readonly jitterSeconds: number;
  /** What the law of the case's regime adds to its policy. */
  readonly constraints: PlanConstraints;
}

/** What of a case decides its regime and how near its limitation is. */
export type RegimeFacts = Pick<CaseRow, 'law' | 'limitationOn'>;

export async function environmentOf(
  tx: Tables,
  deps: CaseworkDeps,
  row: Pick<CaseRow, 'creditorId' | 'debtorId' | 'policyId' | 'policyVersion'> & RegimeFacts,
): Promise<CaseEnvironment> {
  const creditor = found(await tx.creditors.one({ creditorId: row.creditorId }), 'creditor', row.creditorId);
  const debtor = found(await tx.debtors.one({ creditorId: row.creditorId, debtorId: row.debtorId }), 'debtor', row.debtorId);
  const policy = await deps.policies.find(tx, row.creditorId, row.policyId, row.policyVersion);
  return environmentFrom(deps, creditor, debtor, policy, row);
}

export function environmentFrom(
  deps: Pick<CaseworkDeps, 'clock' | 'law'>,
  creditor: CreditorRow,
  debtor: DebtorRow,
  policy: DunningPolicy,
  { law, limitationOn }: RegimeFacts,
): CaseEnvironment {
  const now = nowFor(creditor, deps.clock);
  const today = dayIn(now, debtor.zone);
  return {
    creditor,
    debtor,
    policy,
    calendar: deps.law.calendar(debtor.territory),
    zone: debtor.zone,
    now,
    today,
    jitterSeconds: jitterSecondsFor(`${debtor.creditorId}/${debtor.debtorId}`, windowSeconds(policy, today, debtor.zone)),
    constraints: planConstraintsOf(deps.law, policy, { law, kind: debtor.kind, limitationOn, today }),
  };
}

function windowSeconds(policy: DunningPolicy, on: Day, zone: string): number {
  const { from, to } = policy.limits.window;
  return Math.floor((epochMs(atTime(on, to, zone)) - epochMs(atTime(on, from, zone))) / 1000);
}
