import { type Currency, currency as toCurrency, decimalsOf, EUR, isCurrency } from './currency.js';

/** An amount in integer minor units (cents for EUR) of one currency. Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** How money crosses the REST border: `{"amount":"1250.00","currency":"EUR"}`. */
export interface MoneyWire {
  amount: string;
  currency: string;
}

export type MoneyProblem = 'notAnAmount' | 'tooManyDecimals' | 'unknownCurrency' | 'tooLarge';

/** Largest amount taken anywhere: 10^15 minor units, far inside a PostgreSQL bigint. */
export const MINOR_MAX = 1_000_000_000_000_000n;

export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency };
}

/** `eur("12.34")`; throws on anything but a decimal with at most two decimals. */
export function eur(amount: string): Money {
  const parsed = parseMoney(amount, 'EUR');
  if ('problem' in parsed) throw new RangeError(`${parsed.problem}: ${amount}`);
  return parsed;
}

/** Reads a decimal string with a point. Extra decimals are refused unless they are zeros. */
export function parseMoney(amount: string, code: string): Money | { problem: MoneyProblem } {
  if (!isCurrency(code)) return { problem: 'unknownCurrency' };
  const match = /^(-)?(\d{1,30})(?:\.(\d{1,30}))?$/.exec(amount);
  if (!match) return { problem: 'notAnAmount' };
  const decimals = decimalsOf(code);
  const fraction = match[3] ?? '';
  if (/[^0]/.test(fraction.slice(decimals))) return { problem: 'tooManyDecimals' };
  const minor = BigInt(`${match[2]}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  if (minor > MINOR_MAX) return { problem: 'tooLarge' };
  return { minor: match[1] ? -minor : minor, currency: code };
}

/** `1250.00`: the plain decimal string of an amount, always with all decimals of its currency. */
export function decimalString(value: Money): string {
  const decimals = decimalsOf(value.currency);
  const digits = (value.minor < 0n ? -value.minor : value.minor).toString().padStart(decimals + 1, '0');
  const sign = value.minor < 0n ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export function toWire(value: Money): MoneyWire {
  return { amount: decimalString(value), currency: value.currency };
}

export function add(a: Money, b: Money): Money {
  return money(a.minor + b.minor, sameCurrency(a, b));
}

export function subtract(a: Money, b: Money): Money {
  return money(a.minor - b.minor, sameCurrency(a, b));
}

export function sum(values: readonly Money[], code: Currency = EUR): Money {
  return values.reduce(add, money(0n, code));
}

export function isAbove(a: Money, b: Money): boolean {
  sameCurrency(a, b);
  return a.minor > b.minor;
}

export function zero(code: string): Money {
  return money(0n, toCurrency(code));
}

function sameCurrency(a: Money, b: Money): Currency {
  if (a.currency !== b.currency) throw new TypeError(`Currencies differ: ${a.currency} and ${b.currency}`);
  return a.currency;
}
