// Exact fractions in lowest terms, positive denominator. Deliberately not the product's own.

export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function fraction(n: bigint, d = 1n): Fraction {
  const divisor = commonDivisor(n, d);
  return { n: n / divisor, d: d / divisor };
}

/** Reads `12.15`. */
export function read(text: string): Fraction {
  const [whole = '', places = ''] = text.split('.');
  return fraction(BigInt(whole + places), 10n ** BigInt(places.length));
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d);
}

export function isLess(a: Fraction, b: Fraction): boolean {
  return a.n * b.d < b.n * a.d;
}

/** To the nearest whole; a half goes up. Amounts here are never negative. */
export function nearest(a: Fraction): bigint {
  return (2n * a.n + a.d) / (2n * a.d);
}

/** The smallest multiple of a half that is not below. */
export function upToHalf(a: Fraction): Fraction {
  const doubled = 2n * a.n;
  return fraction(doubled % a.d === 0n ? doubled / a.d : doubled / a.d + 1n, 2n);
}

/** With as many places as needed and two at least: `12.15`, `10.50`, `4.125`. */
export function shown(a: Fraction): string {
  let scale = 100n;
  let places = 2;
  while ((a.n * scale) % a.d !== 0n && places < 12) {
    scale *= 10n;
    places += 1;
  }
  const digits = String((a.n * scale) / a.d).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
