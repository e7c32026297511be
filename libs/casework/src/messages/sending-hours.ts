import { addDays, addSeconds, atTime, type Day, type Instant, isBusinessDay, rollForward, timeIn } from '#domain';
import type { CaseEnvironment } from '../facts/case-environment.js';

/** Undefined when the window is open now, else the instant at which it opens next. */
export function windowOpens(env: CaseEnvironment): Instant | undefined {
  const day = nextOpenDay(env);
  return day && slot(env, day);
}

/**
 * The same for a message that only informs: it leaves when the window opens, not at the debtor's own instant in it, so that whoever asks again later
 * that morning, with the clock between the two, gets the same answer.
 */
export function informOpens(env: CaseEnvironment): Instant | undefined {
  const day = nextOpenDay(env);
  return day && atTime(day, env.policy.limits.window.from, env.zone);
}

/** The day on which the sending window opens next; undefined when it is open now. */
function nextOpenDay(env: CaseEnvironment): Day | undefined {
  const { from, to } = env.policy.limits.window;
  const time = timeIn(env.now, env.zone);
  const isOpenDay = isBusinessDay(env.today, env.calendar);
  if (isOpenDay && time >= from && time < to) return undefined;
  return isOpenDay && time < from ? env.today : rollForward(addDays(env.today, 1), env.calendar);
}

/** The debtor's own instant inside the window of a day. */
export function slot(env: CaseEnvironment, on: Day): Instant {
  return addSeconds(atTime(rollForward(on, env.calendar), env.policy.limits.window.from, env.zone), env.jitterSeconds);
}
