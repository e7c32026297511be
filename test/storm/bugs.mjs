// Seeded bugs, one switch each: what the storm must catch to be worth anything.
import { BUGS_OF_FACTS } from './bugs-of-facts.mjs';
import { BUGS_OF_SENDING } from './bugs-of-sending.mjs';

/**
 * `expects`: the invariants of which at least one must be reported; `faults`: the weather in which it shows soonest; `points` where to die or to fail, `lines`
 * what to cut; `cases`, `days`, `kills`, `tilt`: a world and deeds that aim at it.
 */
export const BUGS = [...BUGS_OF_SENDING, ...BUGS_OF_FACTS];
