/** An exact fraction with a positive denominator. Rates and interest are computed in it and rounded once. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

export function rational(num: bigint, den = 1n): Rational {
  if (den === 0n) throw new RangeError('Denominator is zero');
  return den < 0n ? { num: -num, den: -den } : { num, den };
}

/** `decimal("12.15")` is 1215/100. Throws on anything but a plain decimal. */
export function decimal(text: string): Rational {
  const match = /^(-)?(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`Not a decimal: ${text}`);
  const fraction = match[3] ?? '';
  const num = BigInt(`${match[2]}${fraction}`);
  return rational(match[1] ? -num : num, 10n ** BigInt(fraction.length));
}

export function times(a: Rational, b: Rational): Rational {
  return rational(a.num * b.num, a.den * b.den);
}

export function plus(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function compareRational(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Rounds to the nearest integer, halves away from zero: 2.5 → 3, -2.5 → -3. */
export function roundHalfUp(value: Rational): bigint {
  const magnitude = value.num < 0n ? -value.num : value.num;
  const rounded = (2n * magnitude + value.den) / (2n * value.den);
  return value.num < 0n ? -rounded : rounded;
}

/** Smallest multiple of 1/`parts` that is not below `value`: with parts 2, 10.40 → 10.5. */
export function ceilToFraction(value: Rational, parts: bigint): Rational {
  const scaled = rational(value.num * parts, value.den);
  const floor = scaled.num / scaled.den;
  const isExact = floor * scaled.den === scaled.num;
  return rational(isExact || scaled.num < 0n ? floor : floor + 1n, parts);
}
