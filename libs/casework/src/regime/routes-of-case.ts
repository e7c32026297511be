import { addDays, decodeState, isRefusal, limitationThresholds, type RouteAnswer, referralRoutes } from '#domain';
import type { CaseRow, Tables } from '#ports';
import { referralRules } from '#statutes';
import type { CaseworkDeps } from '../casework-deps.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { claimOfCase } from '../money/claim-of-case.js';
import { limitationOfCase } from './limitation-of-case.js';

/** A day so far away that no route is closed by it: the limitation of a claim whose kind is unknown is not known either, and every route is closed for that. */
const FAR_DAYS = 36_500;

/** Every route by which a case may be handed over under its law: open, or closed and why. Empty where the statutes of the day are not known. */
export async function routesOfCase(tx: Tables, deps: CaseworkDeps, row: CaseRow, known?: CaseEnvironment): Promise<readonly RouteAnswer[]> {
  const env = known ?? (await environmentOf(tx, deps, row));
  const { creditor, debtor, today, policy } = env;
  const rules = referralRules(deps.law.statutes, row.law, today, limitationThresholds(policy).courtRouteDays);
  if (isRefusal(rules)) return [];
  const state = decodeState(row.recovery);
  const { statement } = await claimOfCase(tx, deps, row, today, 'asOf', env);
  const limitation = await limitationOfCase(tx, deps.law, row, debtor.kind, today);
  return referralRoutes(
    {
      law: row.law,
      kind: debtor.kind,
      currency: row.currency,
      principalMinor: row.openPrincipalMinor,
      accessoriesMinor: (statement?.interestOpenMinor ?? 0n) + (statement?.compensationOpenMinor ?? 0n),
      interestMinor: statement?.interestOpenMinor ?? 0n,
      isDisputed: state.dispute !== undefined,
      debtorInsolvent: state.insolvency !== undefined && state.insolvency.procedure !== 'overIndebtedness',
      isOverIndebted: state.insolvency?.procedure === 'overIndebtedness',
      bothRegistered: Boolean(creditor.enterpriseNumber && debtor.enterpriseNumber),
      isCrossBorder: debtor.country !== creditor.address.country,
      hasNotice: state.notice?.servedOn !== undefined,
      limitationOn: limitation?.on ?? addDays(today, FAR_DAYS),
      today,
    },
    rules,
  );
}
