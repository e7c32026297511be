import {
  type ConductOfCase,
  type Day,
  firstReminderWindow,
  isRefusal,
  type PrincipalInput,
  type PrincipalStatement,
  principalOnly,
  type Refusal,
  regimeOf,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import { businessCalendar, claimRules, firstReminderRules, loadStatutes, type Statutes } from '#statutes';
import type { ClaimRequest } from './claim-options.js';

/** The statement that was asked for, and the books' view of the principal beside it. */
export interface ClaimAnswer {
  readonly statement: StatementOfClaim;
  readonly principal: PrincipalStatement;
}

let statutes: Statutes | undefined;

/** The dated values, read once. */
export function statutesOfClaims(): Statutes {
  statutes ??= loadStatutes();
  return statutes;
}

/** Reckons a claim over the dated values of this installation; refused as `statementOfClaim` refuses, with the option as field. */
export function reckonClaim(request: ClaimRequest): ClaimAnswer | Refusal {
  const answer = reckon(statutesOfClaims(), request);
  return isRefusal(answer) ? withOption(answer, request) : answer;
}

function reckon(law: Statutes, request: ClaimRequest): ClaimAnswer | Refusal {
  // Whoever types the kind of debtor is the person who decides it.
  const regime = regimeOf(request.law, request.kind, { confirmedByPerson: true });
  if (isRefusal(regime)) return regime;
  const conduct = conductOf(law, request);
  if (isRefusal(conduct)) return conduct;
  const principalInput: PrincipalInput = {
    law: request.law,
    kind: request.kind,
    currency: request.currency,
    faceMinor: request.faceMinor,
    dueOn: request.dueOn,
    ...(request.issuedOn ? { issuedOn: request.issuedOn } : {}),
    movements: request.movements,
    on: request.on,
  };
  const statement = statementOfClaim({
    ...principalInput,
    rules: claimRules(law, regime),
    kindConfirmed: true,
    ...(request.contract ? { contract: request.contract } : {}),
    conduct,
    creditor: request.creditor,
    waiver: request.waiver,
    dayCount: request.dayCount,
    imputation: request.imputation,
    agreementRecorded: request.agreementRecorded,
  });
  if (isRefusal(statement)) return statement;
  const principal = principalOnly(principalInput);
  return isRefusal(principal) ? principal : { statement, principal };
}

function conductOf(law: Statutes, { noticeServedOn, insolvencyOpenedOn, reminder }: ClaimRequest): ConductOfCase | Refusal {
  const claimFrom = reminder && claimFromOf(law, reminder);
  if (isRefusal(claimFrom)) return claimFrom;
  return {
    ...(noticeServedOn ? { noticeServedOn } : {}),
    ...(insolvencyOpenedOn ? { insolvencyOpenedOn } : {}),
    ...(reminder && claimFrom ? { firstReminder: { ...reminder, claimFrom } } : {}),
  };
}

/** The day after the last free one of a first reminder to a Belgian consumer (CDE XIX.2). */
function claimFromOf(law: Statutes, { sentOn, by }: NonNullable<ClaimRequest['reminder']>): Day | Refusal {
  const rules = firstReminderRules(law, sentOn);
  return isRefusal(rules) ? rules : firstReminderWindow({ sentOn, by, rules, calendar: businessCalendar(law, 'BE') }).claimFrom;
}

const OPTION_OF: readonly (readonly [pointer: string, option: string])[] = [
  ['/law', '--law'],
  ['/kind', '--debtor'],
  ['/currency', '--currency'],
  ['/faceMinor', '--amount'],
  ['/dueOn', '--due'],
  ['/issuedOn', '--issued'],
  ['/dayCount', '--day-count'],
  ['/imputation', '--agreement'],
  ['/contract/interest/multiple', '--clause-multiple'],
  ['/contract/interest', '--clause-rate'],
  ['/contract/indemnity', '--indemnity-clause'],
  ['/contract/procurement', '--procurement'],
  ['/contract', '--silent-contract'],
  ['/conduct/noticeServedOn', '--notice'],
  ['/conduct/firstReminder', '--reminder'],
  ['/conduct/insolvencyOpenedOn', '--insolvency'],
];

/** The refusal with the option that a person typed in place of the place in the input; the day's where none is named: it decides the values. */
function withOption(refusal: Refusal, { dayFrom, movements }: ClaimRequest): Refusal {
  const { field = '/on' } = refusal;
  if (field === '/on') return { ...refusal, field: dayFrom };
  const movement = /^\/movements\/(\d+)/.exec(field)?.[1];
  if (movement !== undefined) return { ...refusal, field: movements[Number(movement)]?.kind === 'creditNote' ? '--credit' : '--payment' };
  const option = OPTION_OF.find(([pointer]) => field === pointer || field.startsWith(`${pointer}/`))?.[1];
  return { ...refusal, field: option ?? field };
}
