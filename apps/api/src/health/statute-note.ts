import type { Day } from '#domain';
import { type Statutes, statuteWatch } from '#statutes';

/** The zone whose midnight begins a new look at the legal values. */
export const LAW_ZONE = 'Europe/Paris';

/** The worst that can be said of the legal values on a day. */
export type StatuteNote = 'ok' | 'toCheck' | 'endsSoon' | 'ended';

/** One word for a supervisor; the findings themselves are tasks, and lines of `relance statutes check`. */
export function statuteNote(statutes: Statutes, today: Day): StatuteNote {
  const codes = new Set(statuteWatch(statutes, today).map(({ code }) => code));
  if (codes.has('seriesEnded') || codes.has('valueMissing')) return 'ended';
  if (codes.has('seriesEnds') || codes.has('holidaysEnd')) return 'endsSoon';
  return codes.has('checkTooOld') ? 'toCheck' : 'ok';
}
