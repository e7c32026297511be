import { addBusinessDays, type BusinessCalendar, rollForward } from '../calendar/business-calendar.js';
import { addDays, type Day, daysBetween, type Instant, laterDay } from '../calendar/day.js';
import type { ActType, DunningPolicy, PolicyStage } from '../policy/dunning-policy.js';
import { anchoredDay, estimatedAnchors } from './anchored-day.js';
import { heldUntil } from './held-messages.js';
import { couldRunFrom, type LateRung, lateRung } from './lateness.js';
import { owedRound } from './owed-round.js';
import { expectedResumption } from './pause.js';
import type { Pause, RecoveryState } from './recovery-state.js';
import { isOwedAgain, lawfulFloor, lawfulOrder, type PlanConstraints } from './plan-constraints.js';
import { type Slot, type SlotRule, slotFrom, slotInWindows } from './sending-slot.js';
import { PROMISE_BROKEN_CALL_STAGE } from './stage-names.js';

export interface PlanInput {
  readonly state: RecoveryState;
  readonly policy: DunningPolicy;
  /** Business days of the debtor's territory. */
  readonly calendar: BusinessCalendar;
  readonly zone: string;
  readonly jitterSeconds: number;
  readonly now: Instant;
  readonly today: Day;
  /** What the law of the regime adds to the policy; none for a regime that leaves the dates free. */
  readonly constraints?: PlanConstraints;
}

/** One rung still owed, with the day and instant at which it is due as things stand. */
export interface DatedStage {
  readonly stage: string;
  readonly round: number;
  readonly act: ActType;
  readonly on: Day;
  readonly at: Instant;
  readonly prepareOn?: Day;
  readonly prepareAt?: Instant;
  readonly needsApproval: boolean;
  /** Plain words for the auditor, without personal data. */
  readonly summary: string;
  /** Its own day passed while nothing ran. */
  readonly late: boolean;
  /** Set where it is late: since when, and what its policy says of that. */
  readonly lateness?: LateRung;
  /** Set where a person keeps it back: the last day on which he does. */
  readonly heldUntil?: Day;
  /** Set where the rung may not go before a proof that is still missing; its date is an estimate. */
  readonly waitsFor?: WaitsFor;
}

type WaitsFor = 'noticeServed' | 'firstReminderPosted';

/** No plan reaches further; a policy that would is a defect found here rather than a date nobody will see. */
const PLAN_YEARS_MAX = 10;
const STAGES_MAX = 200;

/**
 * Dates every rung still owed, in ladder order. Pure: dates come from anchors, never from "last run + N".
 * Strictly after the due date, on business days, inside the window, never two on one day, messages `messageGapDays` apart.
 * Closed, insolvent or below the threshold: nothing is planned. While a pause runs the dates are estimates from its known end;
 * a running promise is planned as if it were broken. The law's own constraints hold whatever the policy says. Throws a RangeError past 200 stages, or 10 years after the due date or today.
 */
export function drawPlan(input: PlanInput): readonly DatedStage[] {
  const { state, policy } = input;
  if (state.closed || state.insolvency || state.openPrincipalMinor < state.thresholdMinor) return [];
  if (policy.stages.length > STAGES_MAX) throw new RangeError(`A policy has at most ${STAGES_MAX} stages: ${policy.id}`);
  const drawing = startDrawing(input);
  const plan = cutShort(input, drawLadder(drawing));
  const last = plan.at(-1);
  if (last && daysBetween(laterDay(input.today, state.dueOn), last.on) > PLAN_YEARS_MAX * 366) {
    throw new RangeError(`The plan of ${policy.id} is longer than ten years`);
  }
  return plan;
}

function drawLadder(drawing: Drawing): readonly DatedStage[] {
  const { state, policy } = drawing.input;
  const plan: DatedStage[] = [];
  const owedCall = owedBrokenCall(state);
  if (owedCall) plan.push(place(drawing, brokenCall(drawing, owedCall)));
  for (const stage of lawfulOrder(policy.stages, drawing.input.constraints)) {
    const round = owedRound(state, stage.id);
    if (round === undefined) respaceAfterDone(drawing, stage);
    else if (state.openCall?.stage !== stage.id || state.openCall.round !== round) plan.push(place(drawing, rung(drawing, stage, round)));
  }
  return plan;
}

/**
 * Too near to the limitation for another letter: the rungs from that day on are left out, and the hand-over, whose route is then
 * the court's, is dated at once, whatever it would otherwise wait for.
 */
function cutShort(input: PlanInput, plan: readonly DatedStage[]): readonly DatedStage[] {
  const { state, policy, constraints } = input;
  const from = constraints?.courtRouteFrom;
  const referral = policy.stages.find((stage) => stage.act.type === 'referral');
  if (!from || !plan.some((planned) => planned.on >= from)) return plan;
  const kept = plan.filter((planned) => planned.on < from);
  const round = referral && owedRound(state, referral.id);
  if (!referral || round === undefined || kept.some((planned) => planned.stage === referral.id)) return kept;
  const drawing = startDrawing(input);
  drawing.lastRungOn = kept.at(-1)?.on ?? drawing.lastRungOn;
  const title = referral.title.en ?? referral.title.fr;
  const nominalOn = laterDay(from, addDays(state.dueOn, 1));
  return [...kept, place(drawing, { stage: referral.id, round, act: 'referral', title, policyStage: referral, nominalOn })];
}

/** What changes while the plan is drawn from the first rung to the last. */
interface Drawing {
  readonly input: PlanInput;
  readonly rule: SlotRule;
  readonly pauses: readonly Pause[];
  /** No rung before it: today, or the end of the running pause. */
  readonly floorOn: Day;
  readonly anchors: Map<string, Day>;
  lastRungOn: Day | undefined;
  lastMessageOn: Day | undefined;
  /** Days on which the debtor was, or will be, contacted for this case. */
  readonly contactDays: Day[];
  /** Days that rungs with lateness `respace` hand on to those counted from the due date. */
  respacedDays: number;
}

interface Placing {
  readonly stage: string;
  readonly round: number;
  readonly act: ActType;
  readonly title: string;
  readonly nominalOn: Day;
  readonly policyStage?: PolicyStage;
  readonly waitsFor?: WaitsFor;
}

function startDrawing(input: PlanInput): Drawing {
  const { state, calendar, today, policy } = input;
  const resumesOn = expectedResumption(state, calendar);
  const floorOn = resumesOn ? laterDay(today, resumesOn) : today;
  const isShifting = state.dispute !== undefined || state.hold !== undefined;
  const running = isShifting && state.pausedSince && state.pausedSince < floorOn ? [{ from: state.pausedSince, to: floorOn }] : [];
  const openCallOn = state.openCall ? laterDay(today, state.openCall.expiresOn) : undefined;
  return {
    input,
    rule: { calendar, zone: input.zone, window: policy.limits.window, jitterSeconds: input.jitterSeconds },
    pauses: [...(state.pauses ?? []), ...running],
    floorOn,
    anchors: estimatedAnchors(state, openCallOn),
    lastRungOn: openCallOn ?? state.lastContactOn,
    lastMessageOn: state.lastMessageOn,
    contactDays: state.stages.filter((record) => record.outcome === 'done').map((record) => record.on),
    respacedDays: 0,
  };
}

/** The call owed for a broken promise; while a promise runs, the one that its breaking would owe. */
function owedBrokenCall(state: RecoveryState): { round: number; on: Day } | undefined {
  if (state.promise) return { round: state.brokenPromises + 1, on: state.promise.judgedOn };
  const owed = state.callOwed;
  return owed && state.openCall?.stage !== PROMISE_BROKEN_CALL_STAGE ? owed : undefined;
}

function brokenCall(drawing: Drawing, owed: { round: number; on: Day }): Placing {
  const title = drawing.input.state.promise ? 'Call if the promise is not kept' : 'Call about the broken promise';
  return { stage: PROMISE_BROKEN_CALL_STAGE, round: owed.round, act: 'call', title, nominalOn: owed.on };
}

function rung(drawing: Drawing, stage: PolicyStage, round: number): Placing {
  const nominal = nominalDay(drawing, stage);
  const title = stage.title.en ?? stage.title.fr;
  return { stage: stage.id, round, act: stage.act.type, title, policyStage: stage, ...nominal };
}

/** The day a rung counts to from its anchors, pauses added, before the calendar and its neighbours are looked at. */
function nominalDay(drawing: Drawing, stage: PolicyStage): { nominalOn: Day; waitsFor?: WaitsFor } {
  const { state, calendar, today, constraints } = drawing.input;
  const context = { state, calendar, today, pauses: drawing.pauses, anchors: drawing.anchors };
  // Its mail came back: another address is written to at once, the letter takes its place on the next working day.
  if (state.again && isOwedAgain(context, stage.id)) return { nominalOn: againOn(state.again, calendar) };
  const opens = anchoredDay(stage.opens, context);
  let nominalOn = stage.opens.anchor === 'dueOn' ? addDays(opens.on, drawing.respacedDays) : opens.on;
  let isWaiting = false;
  for (const bound of stage.notBefore ?? []) {
    const day = anchoredDay(bound, context);
    nominalOn = laterDay(nominalOn, day.on);
    isWaiting ||= day.isUnproven;
  }
  nominalOn = laterDay(nominalOn, addDays(state.dueOn, 1));
  const lawful = constraints ? lawfulFloor(stage, constraints, context) : {};
  if (lawful.on) nominalOn = laterDay(nominalOn, lawful.on);
  const waitsFor = lawful.waitsFor ?? (isWaiting ? ('noticeServed' as const) : undefined);
  return waitsFor ? { nominalOn, waitsFor } : { nominalOn };
}

function againOn({ on, by }: NonNullable<RecoveryState['again']>, calendar: BusinessCalendar): Day {
  return by === 'email' ? on : addBusinessDays(on, 1, calendar);
}

function place(drawing: Drawing, placing: Placing): DatedStage {
  const { state, today, now } = drawing.input;
  const { stage, round, act, policyStage } = placing;
  const isMessage = act === 'mail' || act === 'formalNotice';
  const spacedOn = spaced(drawing, placing, isMessage);
  const postponedUntil = state.postponed?.stage === stage && state.postponed.round === round ? state.postponed.until : undefined;
  const held = heldUntil(state, stage, round);
  const freeOn = held ? laterDay(spacedOn, addDays(held, 1)) : spacedOn;
  const late = lateFor(drawing, placing, laterDay(freeOn, couldRunFrom(state, drawing.pauses)), postponedUntil);
  const notBefore = postponedUntil !== undefined && postponedUntil > now ? postponedUntil : now;
  const approvedFrom = policyStage?.needsApproval ? approvalFloor(drawing, policyStage, round) : today;
  const earliestOn = laterDay(laterDay(freeOn, drawing.floorOn), approvedFrom);
  const windows = act === 'call' ? drawing.input.constraints?.callWindows : undefined;
  const slot = windows ? slotInWindows(earliestOn, notBefore, drawing.rule, windows) : slotFrom(earliestOn, notBefore, drawing.rule);
  advance(drawing, placing, slot, isMessage);
  return {
    stage,
    round,
    act,
    ...slot,
    ...preparation(drawing, placing, slot),
    needsApproval: policyStage?.needsApproval ?? false,
    summary: `${placing.title}: ${slot.on}${policyStage?.needsApproval ? ', needs approval' : ''}`,
    late: late !== undefined,
    ...(late ? { lateness: late } : {}),
    ...(held && held >= today ? { heldUntil: held } : {}),
    ...(placing.waitsFor ? { waitsFor: placing.waitsFor } : {}),
  };
}

/** Late against the first slot it could have had; what was put off to an instant is late only from that instant's own slot on. */
function lateFor(
  drawing: Drawing,
  { policyStage, round }: Placing,
  fromOn: Day,
  postponedUntil: Instant | undefined,
): LateRung | undefined {
  const { state, calendar, today } = drawing.input;
  const dueSlotOn = rollForward(fromOn, calendar);
  const since = postponedUntil === undefined ? dueSlotOn : slotFrom(dueSlotOn, postponedUntil, drawing.rule).on;
  return lateRung(policyStage, round, since, { state, today, calendar });
}

/** The first day that the neighbours leave: a day after the last rung, the gap between messages, the cap of a week. */
function spaced(drawing: Drawing, { act, stage, nominalOn, policyStage }: Placing, isMessage: boolean): Day {
  const { state, policy, constraints } = drawing.input;
  let on = nominalOn;
  const again = state.again && isOwedAgain({ state }, stage) ? state.again : undefined;
  // A mail that came back reached nobody: what takes its place keeps no distance from it, another address is written to the same day.
  if (again?.by === 'email') return on;
  if (drawing.lastRungOn) on = laterDay(on, addDays(drawing.lastRungOn, 1));
  if (again) return on;
  if (isMessage && drawing.lastMessageOn) on = laterDay(on, addDays(drawing.lastMessageOn, policy.limits.messageGapDays));
  // The call owed for a broken promise is made that day, whatever the week was; it still counts for those after it.
  const isCapped = act !== 'referral' && policyStage !== undefined;
  const cap = Math.min(policy.limits.contactsPerWeek, constraints?.contactsPerWeek ?? policy.limits.contactsPerWeek);
  return isCapped ? withinWeeklyCap(on, drawing.contactDays, cap) : on;
}

function advance(drawing: Drawing, placing: Placing, slot: Slot, isMessage: boolean): void {
  drawing.lastRungOn = slot.on;
  if (placing.act !== 'referral') drawing.contactDays.push(slot.on);
  if (isMessage) drawing.lastMessageOn = slot.on;
  drawing.anchors.set(`${placing.stage}.done`, slot.on);
  drawing.anchors.set('lastContact', slot.on);
  if (placing.act === 'formalNotice') drawing.anchors.set('notice.sent', slot.on);
  if (placing.policyStage) respace(drawing, placing.policyStage, placing.nominalOn, slot.on);
}

/** The first day from `on` whose seven days, itself included, hold fewer than `cap` earlier contacts. */
function withinWeeklyCap(on: Day, contactDays: readonly Day[], cap: number): Day {
  const recent = contactDays.filter((day) => day <= on && daysBetween(day, on) < 7).sort();
  const freeing = recent[recent.length - Math.max(cap, 1)];
  return freeing === undefined ? on : addDays(freeing, 7);
}

/** What the calendar moves is no delay; a rung counted from another rung hands its delay on by itself. */
function respace(drawing: Drawing, stage: PolicyStage, nominalOn: Day, on: Day): void {
  if (stage.lateness !== 'respace' || stage.opens.anchor !== 'dueOn') return;
  drawing.respacedDays += Math.max(0, daysBetween(rollForward(nominalOn, drawing.input.calendar), on));
}

/** A rung done late under `respace` keeps pushing the later ones each time the plan is drawn again. */
function respaceAfterDone(drawing: Drawing, stage: PolicyStage): void {
  const record = drawing.input.state.stages.find((known) => known.stage === stage.id);
  if (record?.outcome === 'done') respace(drawing, stage, nominalDay(drawing, stage).nominalOn, record.on);
}

/** Nobody has approved yet: the days the approver is given are part of the estimate, the rung leaves sooner when he is. */
function approvalFloor(drawing: Drawing, stage: PolicyStage, round: number): Day {
  const { state, calendar, today } = drawing.input;
  const approval = state.approval?.stage === stage.id && state.approval.round === round ? state.approval : undefined;
  if (approval && approval.state !== 'refused') return today;
  return addBusinessDays(drawing.floorOn, stage.prepareBusinessDays, calendar);
}

function preparation(drawing: Drawing, placing: Placing, slot: Slot): { prepareOn?: Day; prepareAt?: Instant } {
  const stage = placing.policyStage;
  if (!stage?.needsApproval) return {};
  const { calendar, now } = drawing.input;
  const aheadOn = stage.prepareBusinessDays === 0 ? slot.on : addBusinessDays(slot.on, -stage.prepareBusinessDays, calendar);
  const ready = slotFrom(laterDay(aheadOn, drawing.floorOn), now, drawing.rule);
  const { on, at } = ready.at < slot.at ? ready : slot;
  return { prepareOn: on, prepareAt: at };
}
