import {
  type BelgianReferralRules,
  type Day,
  type FrenchReferralRules,
  type GoverningLaw,
  type InsolvencyInput,
  isRefusal,
  type LegalDelay,
  type ReferralRules,
  type Refusal,
} from '#domain';
import { allOrRefusal, amountOn, delayOn, percentOn } from './deadline-rules.js';
import type { Statutes } from './load-statutes.js';

/** The delays of an order to pay: its service by the day of the order, what follows by the day of its service. */
export interface OrderToPayRules {
  readonly service: LegalDelay;
  readonly opposition: LegalDelay;
  /** Absent for an order served before the registry had to report oppositions. */
  readonly registryNotice?: LegalDelay;
}

/** The rules for an order of a day, served on a day (or looked at on it while it is not served). */
export function orderToPayRules(statutes: Statutes, orderedOn: Day, servedOn: Day): OrderToPayRules | Refusal {
  return allOrRefusal({
    service: delayOn(statutes, 'fr.orderToPay.serviceMonths', orderedOn),
    opposition: delayOn(statutes, 'fr.orderToPay.oppositionMonths', servedOn),
    ...(mustRegistryReport(statutes, servedOn) ? { registryNotice: delayOn(statutes, REGISTRY_NOTICE, servedOn) } : {}),
  });
}

const REGISTRY_NOTICE = 'fr.orderToPay.enforceAfterMonths';

/** The duty to report begins with the first line of its key. A key without lines is a gap of the data and refused, never "no duty". */
function mustRegistryReport(statutes: Statutes, servedOn: Day): boolean {
  const begins = statutes.parameters.get(REGISTRY_NOTICE)?.values[0]?.from;
  return begins === undefined || begins <= servedOn;
}

/** The delays that a BODACC opening published that day sets off. */
export function insolvencyRules(statutes: Statutes, publishedOn: Day): InsolvencyInput['rules'] | Refusal {
  return allOrRefusal({
    declaration: delayOn(statutes, 'fr.insolvency.declarationMonths', publishedOn),
    declarationFromFar: delayOn(statutes, 'fr.insolvency.declarationMonthsAbroad', publishedOn),
    relief: delayOn(statutes, 'fr.insolvency.reliefMonths', publishedOn),
    reclaim: delayOn(statutes, 'fr.insolvency.retentionOfTitleMonths', publishedOn),
  });
}

/** The acceptance of an electronic registered letter, and when its non-claim is proven. */
export function electronicLetterRules(statutes: Statutes, noticeOn: Day): { acceptance: LegalDelay; nonClaimProof: LegalDelay } | Refusal {
  return allOrRefusal({
    acceptance: delayOn(statutes, 'fr.electronicRegistered.acceptanceDays', noticeOn),
    nonClaimProof: delayOn(statutes, 'fr.electronicRegistered.nonClaimProofDays', noticeOn),
  });
}

/** The delays of the Belgian procedure for undisputed debts, for a summons of that day. */
export function undisputedDebtRules(statutes: Statutes, summonsOn: Day): { answer: LegalDelay; wait: LegalDelay } | Refusal {
  return allOrRefusal({
    answer: delayOn(statutes, 'be.undisputedClaims.answerMonths', summonsOn),
    wait: delayOn(statutes, 'be.undisputedClaims.recordExtraDays', summonsOn),
  });
}

/** What the routes of a law need, as of a day. `courtRouteDays` is the policy's. Tariffs nobody has read are left out, other gaps refused. */
export function referralRules(statutes: Statutes, law: GoverningLaw, on: Day, courtRouteDays: number): ReferralRules | Refusal {
  return law === 'FR' ? frenchReferralRules(statutes, on, courtRouteDays) : belgianReferralRules(statutes, on, courtRouteDays);
}

function frenchReferralRules(statutes: Statutes, on: Day, courtRouteDays: number): FrenchReferralRules | Refusal {
  const amounts = allOrRefusal({
    smallClaimsCeiling: amountOn(statutes, 'fr.smallClaims.ceiling', on),
    priorAttemptCeiling: amountOn(statutes, 'fr.conciliation.ceiling', on),
    lawyerAbove: amountOn(statutes, 'fr.court.commercialLawyerAbove', on),
    euSmallClaimsCeiling: amountOn(statutes, 'eu.smallClaims.ceiling', on),
  });
  if (isRefusal(amounts)) return amounts;
  const delays = allOrRefusal({
    smallClaimsAnswer: delayOn(statutes, 'fr.smallClaims.answerMonths', on),
    consignation: delayOn(statutes, 'fr.orderToPay.consignationDays', on),
    service: delayOn(statutes, 'fr.orderToPay.serviceMonths', on),
    opposition: delayOn(statutes, 'fr.orderToPay.oppositionMonths', on),
  });
  return isRefusal(delays) ? delays : { law: 'FR', courtRouteDays, ...amounts, delays, fees: frenchFees(statutes, on) };
}

function frenchFees(statutes: Statutes, on: Day): FrenchReferralRules['fees'] {
  return known({
    smallClaimsRequest: amountOn(statutes, 'fr.smallClaims.requestFee', on),
    smallClaimsTitle: amountOn(statutes, 'fr.smallClaims.titleFee', on),
    registryFrom: amountOn(statutes, 'fr.orderToPay.registryFeeFrom', on),
    registryTo: amountOn(statutes, 'fr.orderToPay.registryFeeTo', on),
    agencyFrom: percentOn(statutes, 'fr.agency.successFeeFrom', on),
    agencyTo: percentOn(statutes, 'fr.agency.successFeeTo', on),
  });
}

function known<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], Refusal> } {
  const entries = Object.entries(values).filter(([, value]) => !isRefusal(value));
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], Refusal> };
}

function belgianReferralRules(statutes: Statutes, on: Day, courtRouteDays: number): BelgianReferralRules | Refusal {
  const values = allOrRefusal({
    accessoriesCap: percentOn(statutes, 'be.undisputedClaims.accessoriesCapPercent', on),
    justiceOfPeaceCeiling: amountOn(statutes, 'be.court.justiceOfPeaceCeiling', on),
    euSmallClaimsCeiling: amountOn(statutes, 'eu.smallClaims.ceiling', on),
  });
  if (isRefusal(values)) return values;
  const procedure = undisputedDebtRules(statutes, on);
  if (isRefusal(procedure)) return procedure;
  const collectorWait = delayOn(statutes, 'be.consumer.collectorWaitDays', on);
  return isRefusal(collectorWait) ? collectorWait : { law: 'BE', courtRouteDays, ...values, delays: { ...procedure, collectorWait } };
}
