// Civil days by Julian day number (Fliegel and Van Flandern): an arithmetic of its own, so that it can contradict the product's.

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

export function julian(text: string): number {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number];
  const a = Math.floor((14 - month) / 12);
  const y = year + 4800 - a;
  const m = month + 12 * a - 3;
  return date + Math.floor((153 * m + 2) / 5) + 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 32_045;
}

export function civil(number: number): Civil {
  const a = number + 32_044;
  const b = Math.floor((4 * a + 3) / 146_097);
  const c = a - Math.floor((146_097 * b) / 4);
  const d = Math.floor((4 * c + 3) / 1461);
  const e = c - Math.floor((1461 * d) / 4);
  const m = Math.floor((5 * e + 2) / 153);
  return {
    dayOfMonth: e - Math.floor((153 * m + 2) / 5) + 1,
    month: m + 3 - 12 * Math.floor(m / 10),
    year: 100 * b + d - 4800 + Math.floor(m / 10),
  };
}

export function written(number: number): string {
  const { year, month, dayOfMonth } = civil(number);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** `2026-S2`. */
export function halfYear(number: number): string {
  const { year, month } = civil(number);
  return `${year}-S${month <= 6 ? 1 : 2}`;
}

export function daysOfYear(number: number): 365 | 366 {
  const { year } = civil(number);
  return julian(`${year + 1}-01-01`) - julian(`${year}-01-01`) === 366 ? 366 : 365;
}
