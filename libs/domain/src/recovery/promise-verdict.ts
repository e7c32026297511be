import { compareRational, decimal, rational, times } from '../money/rational.js';

/** `partial`: something came in, but less than the policy takes for a kept promise. Amounts in minor units of one currency. */
export type PromiseVerdict = 'kept' | 'partial' | 'broken';

/** What came in by the end of the grace judged against what was promised; `keptFromPercent` is the policy's share, `95` to `100`. */
export function promiseVerdict(given: { promisedMinor: bigint; receivedMinor: bigint; keptFromPercent: string }): PromiseVerdict {
  const least = times(rational(given.promisedMinor, 100n), decimal(given.keptFromPercent));
  if (compareRational(rational(given.receivedMinor), least) >= 0) return 'kept';
  return given.receivedMinor > 0n ? 'partial' : 'broken';
}
