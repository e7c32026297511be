import { addDays, type Day, daysBetween, earlierDay, laterDay } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import type { GoverningLaw } from '../claim/statement.js';
import { type Refusal, refuse } from '../refusal.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay } from './legal-delay.js';
import { type LimitationEffect, type LimitationEvent, limitationEventRule } from './limitation-event.js';

/** The delays of one regime and nature of claim. */
export interface LimitationRules {
  readonly period: LegalDelay;
  /** How long an enforceable title lives; without it a title is refused. */
  readonly title?: LegalDelay;
  /** What is left at least after a suspension (C. civ. 2238). */
  readonly suspensionFloor?: LegalDelay;
  /** The new period that a Belgian lawyer's or bailiff's notice opens, once. */
  readonly proxyNotice?: LegalDelay;
}

export interface LimitationInput {
  readonly law: GoverningLaw;
  readonly dueOn: Day;
  /** The day the claim is looked at; later events are left out. */
  readonly asOf: Day;
  readonly events: readonly LimitationEvent[];
  readonly rules: LimitationRules;
}

/** An event and what became of it. */
export interface JudgedLimitationEvent extends LimitationEvent {
  readonly effect: LimitationEffect;
  readonly article: string;
  readonly because: string;
  /** Last day of the claim once this event is counted. */
  readonly until: Day;
}

/** `on`: the last day on which the claim can be brought. */
export interface Limitation extends Deadline {
  readonly isExpired: boolean;
  readonly events: readonly JudgedLimitationEvent[];
}

interface Clock {
  readonly until: Day;
  readonly period: LegalDelay;
  readonly hadProxyNotice: boolean;
}

/**
 * The limitation of a claim, from its due date (C. civ. 2233 3°), with every event and why it counts or not. The prudent day: never rolled
 * over a weekend, a proceeding whose end is not recorded counts from its beginning, what comes after the last day revives nothing (a title apart).
 * Refused: `eventEndsBeforeItBegins`, `titlePeriodUnknown`, `suspensionFloorUnknown`, `proxyNoticeUnknown`.
 */
export function limitation(input: LimitationInput): Limitation | Refusal {
  const { rules, dueOn, asOf } = input;
  const begun = endOfDelay(dueOn, rules.period);
  let clock: Clock = { until: begun, period: rules.period, hadProxyNotice: false };
  const judged: JudgedLimitationEvent[] = [];
  const events = input.events.filter((event) => event.on <= asOf).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  for (const event of events) {
    const missing = checkEvent(input, event);
    if (missing) return missing;
    const verdict = judge(input, clock, event);
    clock = verdict.clock;
    judged.push({ ...event, ...verdict.shown, until: clock.until });
  }
  const counted = judged.filter((event) => event.effect !== 'none');
  const how = [`échéance le ${frenchDay(dueOn)}`, delayStep(dueOn, rules.period, begun), ...counted.map(eventStep)];
  return { on: clock.until, article: rules.period.source.article, how, isExpired: asOf > clock.until, events: judged };
}

function eventStep(event: JudgedLimitationEvent): string {
  return `${event.because}, le ${frenchDay(event.on)} (${event.article})\u202f: ${frenchDay(event.until)}`;
}

function checkEvent({ law, rules }: LimitationInput, event: LimitationEvent): Refusal | undefined {
  const { effect, article } = limitationEventRule(law, event.type);
  const facts = { article, type: event.type, on: event.on };
  if (event.endedOn !== undefined && event.endedOn < event.on) return refuse('eventEndsBeforeItBegins', { field: '/endedOn', facts });
  if (effect === 'title' && !rules.title) return refuse('titlePeriodUnknown', { facts });
  if (effect === 'suspends' && !rules.suspensionFloor) return refuse('suspensionFloorUnknown', { facts });
  if (effect === 'extends' && !rules.proxyNotice) return refuse('proxyNoticeUnknown', { facts });
  return undefined;
}

interface Verdict {
  readonly clock: Clock;
  readonly shown: Pick<JudgedLimitationEvent, 'effect' | 'article' | 'because'>;
}

function judge(input: LimitationInput, clock: Clock, event: LimitationEvent): Verdict {
  const rule = limitationEventRule(input.law, event.type);
  const none = (why: string, article = rule.article): Verdict => ({ clock, shown: { effect: 'none', article, because: why } });
  if (rule.effect === 'none') return none(rule.because);
  const obstacle = obstacleOf(input, clock, event);
  if (obstacle !== undefined) return none(`${rule.because}\u202f: ${obstacle}`);
  const { effect, because, article } = rule;
  return { clock: moved(input, clock, event, rule.effect), shown: { effect, article, because } };
}

function obstacleOf(input: LimitationInput, clock: Clock, event: LimitationEvent): string | undefined {
  const { effect } = limitationEventRule(input.law, event.type);
  if (event.on < input.dueOn) return 'antérieur à l’échéance, la prescription ne courait pas';
  if (effect === 'title') return undefined;
  if (event.on > clock.until) return `postérieur à la prescription acquise le ${frenchDay(clock.until)}`;
  if (event.type === 'courtClaim' && event.wasWithdrawn) return 'demande retirée ou rejetée, l’interruption est non avenue';
  if (effect !== 'extends') return undefined;
  if (!event.isComplete) return 'envoi recommandé ou mentions obligatoires non établis';
  return clock.hadProxyNotice ? 'déjà interrompue une fois de cette manière' : undefined;
}

/** Never earlier than before: an event in favour of the creditor cannot cost him days. */
function moved(input: LimitationInput, clock: Clock, event: LimitationEvent, effect: LimitationEffect): Clock {
  const { rules, asOf } = input;
  const restarted = (from: Day, period: LegalDelay): Day => laterDay(clock.until, endOfDelay(from, period));
  switch (effect) {
    case 'restarts': {
      const isOver = event.endedOn !== undefined && event.endedOn <= asOf;
      const from = event.type === 'courtClaim' && isOver ? event.endedOn : event.on;
      return { ...clock, until: restarted(from, clock.period) };
    }
    case 'title': {
      const period = rules.title ?? clock.period;
      return { ...clock, period, until: restarted(event.on, period) };
    }
    case 'extends':
      return { ...clock, hadProxyNotice: true, until: restarted(event.on, rules.proxyNotice ?? clock.period) };
    case 'suspends': {
      const end = earlierDay(event.endedOn ?? asOf, asOf);
      const resumed = addDays(clock.until, daysBetween(event.on, end));
      return { ...clock, until: rules.suspensionFloor ? laterDay(resumed, endOfDelay(end, rules.suspensionFloor)) : resumed };
    }
    case 'none':
      return clock;
  }
}
