import { type Rational, rational, roundHalfUp, times } from '../money/rational.js';

/** An exact figure rounded half-up once for people: `roundedText(326/5, 1)` → `65.2`. */
export function roundedText(value: Rational, decimals: number): string {
  const scaled = roundHalfUp(times(value, rational(10n ** BigInt(decimals))));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
