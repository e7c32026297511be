import { LADDER, type ModelCase, type Owed, roundOf, type Shown, THRESHOLD } from './reference-case.js';

const CALLS: ReadonlySet<Owed> = new Set(['courtesyCall', 'lastCall', 'promiseBrokenCall']);
/** These need a person's approval before they leave. */
const APPROVED: ReadonlySet<Owed> = new Set(['formalNotice', 'referral']);

/** The rung that is owed next, never an earlier one again (I13). */
export function owedNext(state: ModelCase): Owed | undefined {
  if (state.isCallOwed) return 'promiseBrokenCall';
  return LADDER.find((rung) => !state.decided.includes(`${rung}/${roundOf(state, rung)}`));
}

/** Why nothing may be sent, however due it is; undefined when it may leave on its day. Invoked in the order people expect to read. */
export function whyNot(state: ModelCase): string | undefined {
  if (state.closed) return 'closed';
  if (state.insolvency) return 'insolvent';
  if (state.dispute) return 'disputed';
  if (state.hold) return 'onHold';
  if (state.promise) return 'promised';
  if (state.blockers.length > 0) return 'blocked';
  if (state.brake) return 'brake';
  if (state.open < THRESHOLD) return 'belowThreshold';
  return undefined;
}

/** The one word shown: closed > insolvency > disputed > onHold > promised > formalNoticeServed > reminding > scheduled. */
export function shown(state: ModelCase): Shown {
  if (state.closed) return state.closed;
  if (state.insolvency) return 'insolvency';
  if (state.dispute) return 'disputed';
  if (state.hold) return 'onHold';
  if (state.promise) return 'promised';
  if (state.served) return 'formalNoticeServed';
  return state.decided.length > 0 || state.openCall ? 'reminding' : 'scheduled';
}

/** What an open case may be waiting for. Anything else is a wake for nothing, or an act that must not happen. */
export function mayAwait(state: ModelCase): ReadonlySet<string> {
  const waits = new Set<string>();
  if (state.closed) return waits;
  const isPaused = state.promise !== undefined || state.dispute || state.hold;
  const isStopped = state.blockers.length > 0 || state.insolvency;
  if (state.promise) waits.add('promiseEnds');
  if (state.hold) waits.add('holdEnds');
  if (state.dispute) waits.add('disputeDue');
  if (state.openCall && !isPaused) waits.add(`callExpires ${state.openCall}`);
  if (state.approval && state.approval.verdict !== 'refused') waits.add(`approvalExpires ${state.approval.rung}`);
  if (!isPaused && !isStopped && state.open >= THRESHOLD) for (const wait of climbs(state)) waits.add(wait);
  if (waits.size === 0 || isStopped) waits.add('review');
  return waits;
}

function climbs(state: ModelCase): string[] {
  const next = owedNext(state);
  const asked = state.approval;
  const guarded = LADDER.find((rung) => APPROVED.has(rung) && !state.decided.includes(`${rung}/${roundOf(state, rung)}`));
  // The hand-over waits for the proof that the notice was served.
  const isProven = (rung: Owed) => rung !== 'referral' || state.served;
  const found = guarded && isProven(guarded) && asked?.rung !== guarded ? [`prepare ${guarded}`] : [];
  if (!next || state.openCall) return found;
  const isReady = !APPROVED.has(next) || (isProven(next) && asked?.rung === next && asked.verdict === 'approved');
  if (!isReady) return found;
  const act = CALLS.has(next) ? 'call' : next === 'formalNotice' || next === 'referral' ? next : 'mail';
  return [...found, `${act} ${next}`];
}
