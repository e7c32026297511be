import type { BusinessCalendar } from '../calendar/business-calendar.js';
import { addDays, type Day, earlierDay, laterDay } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import { type Refusal, refuse } from '../refusal.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay, proceduralEnd } from './legal-delay.js';

/**
 * The last day to serve an order to pay, else it is void (CPC 1411). `service` is the delay of the orders of that day: six months, three for
 * those issued from 1 September 2026 on. Rolled (CPC 642).
 */
export function orderToPayService(input: { orderedOn: Day; service: LegalDelay; calendar: BusinessCalendar }): Deadline {
  const { on, how } = proceduralEnd(input.orderedOn, input.service, input.calendar);
  return { on, article: input.service.source.article, how };
}

/** The last day to pay the court's fees into the registry after the request, else the request lapses (CPC 1425). Rolled. */
export function orderToPayConsignation(input: { requestedOn: Day; consignation: LegalDelay; calendar: BusinessCalendar }): Deadline {
  const { on, how } = proceduralEnd(input.requestedOn, input.consignation, input.calendar);
  return { on, article: input.consignation.source.article, how };
}

export interface OppositionInput {
  readonly servedOn: Day;
  /** The bailiff handed the order to the debtor himself. */
  readonly wasInPerson: boolean;
  /** First later act handed to the debtor himself. */
  readonly firstActInPersonOn?: Day;
  /** First measure that froze some of the debtor's assets. */
  readonly firstFreezingMeasureOn?: Day;
  readonly opposition: LegalDelay;
  readonly calendar: BusinessCalendar;
}

/** `isOpen`: the debtor may still oppose and no last day is known yet. */
export type Opposition =
  | (Deadline & { readonly isOpen: false })
  | { readonly isOpen: true; readonly article: string; readonly how: readonly string[] };

/**
 * The last day of opposition to an order to pay: one month from service (CPC 1416). Not served in person: one month from the first act served
 * in person, else from the first measure that freezes assets. Rolled.
 */
export function orderToPayOpposition(input: OppositionInput): Opposition {
  const { article } = input.opposition.source;
  const from = oppositionStart(input);
  if (from === undefined) {
    const how = [
      'ordonnance non remise à personne\u202f: le délai court du premier acte remis à personne ou de la première mesure d’indisponibilité',
    ];
    return { isOpen: true, article, how };
  }
  const { on, how } = proceduralEnd(from, input.opposition, input.calendar);
  return { isOpen: false, on, article, how };
}

function oppositionStart(input: OppositionInput): Day | undefined {
  const { servedOn, firstActInPersonOn: act, firstFreezingMeasureOn: measure } = input;
  if (input.wasInPerson) return servedOn;
  if (act === undefined || measure === undefined) return act ?? measure;
  // The measure counts "à défaut" of an act in person: an act within the delay that the measure opened gives the debtor the longer one.
  return act <= proceduralEnd(measure, input.opposition, input.calendar).on ? act : earlierDay(act, measure);
}

export interface EnforcementInput {
  readonly servedOn: Day;
  /** What `orderToPayOpposition` answered. */
  readonly opposition: Opposition;
  /** Orders served from 1 September 2026 on: how long to wait for the registry to report an opposition. Absent for earlier ones. */
  readonly registryNotice?: LegalDelay;
  /** The registry reported an opposition: the order is not enforceable, the court judges. */
  readonly oppositionNotifiedOn?: Day;
  readonly calendar: BusinessCalendar;
}

/**
 * First day on which the order may be enforced: when the delay of opposition is over and, for orders served from 1 September 2026 on, when
 * two months from service passed without the registry reporting an opposition (decree 2026-96). An earlier order needs the registry's
 * certificate on top. Refused: `oppositionNotified`, `oppositionOpen` for an order without that delay whose opposition has no last day yet.
 */
export function orderToPayEnforceableFrom(input: EnforcementInput): Deadline | Refusal {
  const { opposition, registryNotice } = input;
  const article = registryNotice?.source.article ?? 'CPC 1422';
  if (input.oppositionNotifiedOn !== undefined) {
    return refuse('oppositionNotified', { facts: { article: 'CPC 1415', notifiedOn: input.oppositionNotifiedOn } });
  }
  const heard = registryNotice && proceduralEnd(input.servedOn, registryNotice, input.calendar);
  if (opposition.isOpen && !heard) return refuse('oppositionOpen', { facts: { article: opposition.article } });
  const ends = [...(heard ? [heard.on] : []), ...(opposition.isOpen ? [] : [opposition.on])];
  const last = ends.reduce(laterDay);
  const on = addDays(last, 1);
  const how = [...opposition.how, ...(heard ? [`opposition signalée par le greffe au plus tard\u202f: ${heard.how.join(', ')}`] : [])];
  return { on, article, how: [...how, `exécution possible à partir du ${frenchDay(on)}`] };
}

/** The last day on which the registry reports an opposition it received (one month from receipt), from 1 September 2026 on. */
export function oppositionReport(input: { receivedOn: Day; report: LegalDelay }): Deadline {
  const on = endOfDelay(input.receivedOn, input.report);
  return { on, article: input.report.source.article, how: [delayStep(input.receivedOn, input.report, on)] };
}
