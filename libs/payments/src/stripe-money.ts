import { decimalsOf, isCurrency, MINOR_MAX, type Money, money } from '#domain';

// The provider's own list of units; it differs from ISO 4217 for some (MGA has none there; ISK and UGX are kept with two).
const WHOLE_UNITS: ReadonlySet<string> = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const THOUSANDTHS: ReadonlySet<string> = new Set('BHD JOD KWD OMR TND'.split(' '));

/** Stripe's integer amount in our minor units: `1240` `jpy` is 1 240 yen. `undefined` for a currency or amount that cannot be held exactly. */
export function stripeMoney(amount: number, code: string): Money | undefined {
  const currency = code.toUpperCase();
  if (!Number.isSafeInteger(amount) || amount <= 0 || !isCurrency(currency)) return undefined;
  const theirs = WHOLE_UNITS.has(currency) ? 0 : THOUSANDTHS.has(currency) ? 3 : 2;
  const ours = decimalsOf(currency);
  const scaled = BigInt(amount) * 10n ** BigInt(ours);
  const divisor = 10n ** BigInt(theirs);
  const minor = scaled / divisor;
  return scaled % divisor === 0n && minor <= MINOR_MAX ? money(minor, currency) : undefined;
}
