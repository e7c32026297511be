import type { Day } from '../calendar/day.js';
import { currency } from '../money/currency.js';
import { decimalString } from '../money/money.js';

const NARROW = '\u202f';
const NO_BREAK = '\u00a0';
const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const SIGNS: ReadonlyMap<string, string> = new Map([['EUR', '€']]);

/** A plain decimal as French prints it: `12000.00` → `12 000,00` (narrow no-break space between thousands). */
export function frenchDecimal(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW);
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

/** Minor units as French prints an amount: 1200000n EUR → `12 000,00 €`. */
export function frenchAmount(minor: bigint, code: string): string {
  const amount = decimalString({ minor, currency: currency(code) });
  return `${frenchDecimal(amount)}${NO_BREAK}${SIGNS.get(code) ?? code}`;
}

/** `12.15` → `12,15 %`. */
export function frenchPercent(text: string): string {
  return `${frenchDecimal(text)}${NO_BREAK}%`;
}

/** `2026-01-01` → `1er janvier 2026`. */
export function frenchDay(on: Day): string {
  const dayOfMonth = Number(on.slice(8));
  return `${dayOfMonth === 1 ? '1er' : dayOfMonth} ${MONTHS[Number(on.slice(5, 7)) - 1]} ${on.slice(0, 4)}`;
}
