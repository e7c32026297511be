import type { Rational } from '../money/rational.js';

const DECIMALS_MAX = 12;

/** A rate as a plain decimal with at least two places: 1215/100 → `12.15`, 21/2 → `10.50`. Throws on one that never ends. */
export function percentText(value: Rational): string {
  for (let decimals = 2; decimals <= DECIMALS_MAX; decimals++) {
    const scaled = value.num * 10n ** BigInt(decimals);
    if (scaled % value.den !== 0n) continue;
    const whole = scaled / value.den;
    const digits = (whole < 0n ? -whole : whole).toString().padStart(decimals + 1, '0');
    return `${whole < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  }
  throw new RangeError(`Not a rate with at most ${DECIMALS_MAX} decimals: ${value.num}/${value.den}`);
}
