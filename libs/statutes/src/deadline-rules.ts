import {
  type Day,
  type DebtorKind,
  type GoverningLaw,
  isRefusal,
  type LegalAmount,
  type LegalDelay,
  type LegalPercent,
  type LegalSource,
  type LimitationRules,
  parseMoney,
  type PaymentTermRules,
  type Refusal,
  refuse,
  type ReminderFeeRules,
} from '#domain';
import type { Statutes } from './load-statutes.js';
import { valueOn } from './value-on.js';

const UNITS = ['days', 'workingDays', 'months', 'years'] as const;

/** The delay of a key on a day, as calculators take it; refused like `valueOn`. Throws a RangeError for a key that is no delay. */
export function delayOn(statutes: Statutes, key: string, on: Day): LegalDelay | Refusal {
  const found = valueOn(statutes, key, on);
  if (isRefusal(found)) return found;
  const unit = UNITS.find((known) => known === statutes.parameters.get(key)?.unit);
  if (!unit || !/^\d{1,4}$/.test(found.value)) throw new RangeError(`${key} is no delay: ${found.value}`);
  return { count: Number(found.value), unit, source: found.source };
}

/** The euro amount of a key on a day, in cents; refused like `valueOn`. Throws a RangeError for a key that is no amount. */
export function amountOn(statutes: Statutes, key: string, on: Day): LegalAmount | Refusal {
  const found = valueOn(statutes, key, on);
  if (isRefusal(found)) return found;
  const amount = parseMoney(found.value, 'EUR');
  if (!statutes.parameters.get(key)?.unit.startsWith('EUR') || 'problem' in amount)
    throw new RangeError(`${key} is no amount: ${found.value}`);
  return { amountMinor: amount.minor, source: found.source };
}

/** The percentage of a key on a day; refused like `valueOn`. */
export function percentOn(statutes: Statutes, key: string, on: Day): LegalPercent | Refusal {
  const found = valueOn(statutes, key, on);
  return isRefusal(found) ? found : { percent: found.value, source: found.source };
}

/** A plain count (`reminders/year`, `hours`) with its source; refused like `valueOn`. */
export function countOn(statutes: Statutes, key: string, on: Day): { count: number; source: LegalSource } | Refusal {
  const found = valueOn(statutes, key, on);
  return isRefusal(found) ? found : { count: Number(found.value), source: found.source };
}

type Complete<T> = { [K in keyof T]: Exclude<T[K], Refusal> };

/** All of a record's values, or the first refusal among them: no calculator runs on half of its numbers. */
export function allOrRefusal<T extends Record<string, unknown>>(values: T): Complete<T> | Refusal {
  const refusal = Object.values(values).find(isRefusal);
  return refusal ?? (values as Complete<T>);
}

/** What a claim is for, where its limitation depends on it. */
export type ClaimNature = 'general' | 'carriage' | 'telecom' | 'periodicUtilities' | 'everydaySales';

/**
 * The limitation rules of a claim, by law, debtor and nature, selected by its due day. Refused: `kindUnknown`, `natureUnknown` for a nature
 * the law has no period for, `statuteUnknown`. A French public body's four years are counted from the due day, earlier than the law asks for.
 */
export function limitationRules(
  statutes: Statutes,
  claim: { law: GoverningLaw; kind: DebtorKind; nature: ClaimNature; dueOn: Day; asOf: Day },
): LimitationRules | Refusal {
  if (claim.kind === 'unknown') return refuse('kindUnknown', { field: '/kind' });
  const key = limitationKey(claim);
  if (key === undefined) return refuse('natureUnknown', { field: '/nature', facts: { law: claim.law, nature: claim.nature } });
  const period = delayOn(statutes, key, claim.dueOn);
  if (isRefusal(period)) return period;
  if (claim.law === 'BE') {
    return allOrRefusal({ period, proxyNotice: delayOn(statutes, 'be.limitation.registeredNoticeExtraYears', claim.asOf) });
  }
  return allOrRefusal({
    period,
    title: delayOn(statutes, 'fr.limitation.enforceableTitle', claim.asOf),
    suspensionFloor: delayOn(statutes, 'fr.limitation.afterSuspensionMonths', claim.dueOn),
  });
}

const FRENCH_LIMITATION: Readonly<Record<Exclude<DebtorKind, 'unknown'>, string>> = {
  business: 'fr.limitation.betweenProfessionals',
  consumer: 'fr.limitation.consumer',
  publicBody: 'fr.limitation.publicBody',
  coOwners: 'fr.limitation.general',
};

function limitationKey({ law, kind, nature }: { law: GoverningLaw; kind: DebtorKind; nature: ClaimNature }): string | undefined {
  if (law === 'BE') {
    if (nature === 'general') return 'be.limitation.general';
    if (nature === 'periodicUtilities') return 'be.limitation.periodicUtilities';
    return nature === 'everydaySales' && kind === 'consumer' ? 'be.limitation.everydaySales' : undefined;
  }
  if (nature === 'carriage') return 'fr.limitation.carriageOfGoods';
  if (nature === 'telecom') return 'fr.limitation.telecom';
  return nature === 'general' && kind !== 'unknown' ? FRENCH_LIMITATION[kind] : undefined;
}

/** The sectors whose longest term the law names. */
export type TermSector = 'perishables' | 'transport';

/** French public buyers by the length of their term. */
export type PublicBuyer = 'general' | 'hospital' | 'publicCompany';

/** The limits on payment terms for an invoice of a day. A regime without limits answers an empty record. */
export function paymentTermRules(
  statutes: Statutes,
  invoice: { law: GoverningLaw; kind: DebtorKind; issuedOn: Day; sector?: TermSector; buyer?: PublicBuyer },
): PaymentTermRules | Refusal {
  const { law, kind, issuedOn } = invoice;
  const delay = (key: string): LegalDelay | Refusal => delayOn(statutes, key, issuedOn);
  if (kind === 'unknown') return refuse('kindUnknown', { field: '/kind' });
  if (law === 'FR' && kind === 'publicBody') {
    const term = delay(`fr.publicProcurement.${PUBLIC_TERMS[invoice.buyer ?? 'general']}`);
    return allOrRefusal({ whenSilent: term, agreedMax: term });
  }
  if (kind === 'consumer' || kind === 'coOwners') return {};
  if (law === 'BE')
    return allOrRefusal({ whenSilent: delay('be.paymentTerm.defaultDays'), agreedMax: delay('be.paymentTerm.agreedMaximumDays') });
  return allOrRefusal({
    whenSilent: delay('fr.paymentTerm.defaultDays'),
    agreedMax: delay('fr.paymentTerm.agreedMaximumDays'),
    endOfMonthMax: delay('fr.paymentTerm.endOfMonthDays'),
    periodicMax: delay('fr.paymentTerm.summaryInvoiceDays'),
    ...(invoice.sector ? { sectorMax: delay(SECTORS[invoice.sector]) } : {}),
  });
}

const PUBLIC_TERMS: Readonly<Record<PublicBuyer, string>> = {
  general: 'termDays',
  hospital: 'hospitalTermDays',
  publicCompany: 'publicCompanyTermDays',
};

const SECTORS: Readonly<Record<TermSector, string>> = {
  perishables: 'fr.paymentTerm.perishableDays',
  transport: 'fr.paymentTerm.transportDays',
};

/** The free days of the Belgian first reminder, for one sent that day. */
export function firstReminderRules(
  statutes: Statutes,
  sentOn: Day,
): { wait: LegalDelay; postStart: LegalDelay; electronicStart: LegalDelay } | Refusal {
  return allOrRefusal({
    wait: delayOn(statutes, 'be.consumer.freeDays', sentOn),
    postStart: delayOn(statutes, 'be.consumer.startWorkingDaysPost', sentOn),
    electronicStart: delayOn(statutes, 'be.consumer.startDaysElectronic', sentOn),
  });
}

/** What reminders to a Belgian consumer may cost, for those of that day. */
export function reminderFeeRules(statutes: Statutes, sentOn: Day): ReminderFeeRules | Refusal {
  return allOrRefusal({
    freeTermsPerYear: countOn(statutes, 'be.consumer.freeRemindersPerYear', sentOn),
    extraReminder: amountOn(statutes, 'be.consumer.extraReminderFee', sentOn),
  });
}
