import { readFileSync } from 'node:fs';
import { civil, halfYear } from './civil-day.js';
import { type Fraction, read } from './fraction.js';

function rows(file: string): string[][] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

const HALF_YEARS = new Map(rows('half-year-rates.csv').map(([key, ...values]) => [key, values]));
const BELGIAN_YEARS = new Map(rows('belgian-legal-rates.csv').map(([year, value]) => [Number(year), value]));

/** A missing row or an empty cell is unknown: never zero, never the row before. */
function cell(text: string | undefined): Fraction | undefined {
  return text === undefined || text === '' ? undefined : read(text);
}

/** Main refinancing rate of the European Central Bank on the first day of the half-year of `day`. */
export const centralBank = (day: number) => cell(HALF_YEARS.get(halfYear(day))?.[0]);
/** French legal rate for creditors who act in a business. */
export const frenchLegal = (day: number) => cell(HALF_YEARS.get(halfYear(day))?.[1]);
/** French legal rate for creditors who are natural persons outside any business. */
export const frenchLegalPersons = (day: number) => cell(HALF_YEARS.get(halfYear(day))?.[2]);
export const belgianLegal = (day: number) => cell(BELGIAN_YEARS.get(civil(day).year));
