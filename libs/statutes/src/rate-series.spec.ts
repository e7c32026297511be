import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addDays, ceilToFraction, compareRational, type Day, day, decimal, isRefusal, plus, type Rational, rational, times } from '#domain';
import { describe, expect, it } from 'vitest';
import { loadStatutes, type Statutes } from './load-statutes.js';
import { valueOn } from './value-on.js';

const statutes = loadStatutes();
const ECB = 'eu.referenceRate.ecbMainRefinancing';
const LEGAL = 'fr.legalRate.professional';
const PERSONAL = 'fr.legalRate.personal';

/** The published series as a person copied them, column by column: semester, reference day, rates in percent, marks of ECB / legal / personal / Belgium. */
const COLUMNS = ['semester', 'refDate', 'ecb', 'frDefault', 'frPublic', 'legal', 'floor', 'personal', 'belgium', 'marks'] as const;
type Row = Record<(typeof COLUMNS)[number], string>;

const rows = readFileSync(fileURLToPath(import.meta.resolve('#asset/statutes/fixtures/half-yearly-rates.csv')), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Row => {
    const cells = line.split(',');
    return Object.fromEntries(COLUMNS.map((column, index) => [column, cells[index] ?? ''])) as Row;
  });

/** The first, a middle and the last day of a half-year. */
function daysOf({ refDate }: Row): Day[] {
  const first = day(refDate);
  return [first, addDays(first, 100), day(`${refDate.slice(0, 4)}-${refDate.endsWith('-01-01') ? '06-30' : '12-31'}`)];
}

function read(key: string, on: Day, from: Statutes = statutes): Rational | undefined {
  const found = valueOn(from, key, on);
  return isRefusal(found) ? undefined : decimal(found.value);
}

function sameAs(text: string): { asymmetricMatch(other: unknown): boolean; toString(): string } {
  return {
    asymmetricMatch: (other) => other !== undefined && compareRational(other as Rational, decimal(text)) === 0,
    toString: () => text,
  };
}

/** The files as if nobody had added a line that begins on that day. */
function without(key: string, from: string): Statutes {
  const parameter = statutes.parameters.get(key);
  if (!parameter) throw new RangeError(key);
  const values = parameter.values.filter((line) => line.from !== from);
  return { ...statutes, parameters: new Map([...statutes.parameters, [key, { ...parameter, values }]]) };
}

describe('the half-yearly series', () => {
  it('hold twelve years without a hole', () => {
    expect(rows.map(({ semester }) => semester)).toEqual(
      Array.from({ length: 24 }, (_, index) => `${2015 + Math.floor(index / 2)}-S${(index % 2) + 1}`),
    );
  });

  it.each(rows.map((row) => [row.semester, row] as const))('%s: every published and every derived rate, on every day of it', (_, row) => {
    for (const on of daysOf(row)) {
      const ecb = read(ECB, on) ?? rational(-1n);
      expect(ecb).toEqual(sameAs(row.ecb));
      expect(plus(ecb, read('fr.latePayment.defaultSpread', on) ?? rational(-1n))).toEqual(sameAs(row.frDefault));
      expect(plus(ecb, read('fr.publicProcurement.defaultSpread', on) ?? rational(-1n))).toEqual(sameAs(row.frPublic));
      const belgian = ceilToFraction(plus(ecb, read('be.latePayment.defaultSpread', on) ?? rational(-1n)), 2n);
      expect(belgian).toEqual(sameAs(row.belgium));
      expect(read('be.latePayment.officialRate', on)).toEqual(sameAs(row.belgium));
      if (row.legal === '') continue;
      const legal = read(LEGAL, on) ?? rational(-1n);
      expect(legal).toEqual(sameAs(row.legal));
      expect(times(legal, read('fr.latePayment.clauseFloorMultiple', on) ?? rational(-1n))).toEqual(sameAs(row.floor));
      expect(read(PERSONAL, on)).toEqual(sameAs(row.personal));
    }
  });

  it.each(rows.map((row) => [row.semester, row] as const))('%s: each value carries the mark it was published with', (_, row) => {
    const [ecb, legal, personal, belgium] = row.marks.split('/');
    const marks = { [ECB]: ecb, [LEGAL]: legal, [PERSONAL]: personal, 'be.latePayment.officialRate': belgium };
    for (const [key, mark] of Object.entries(marks)) {
      if (mark === 'X') continue;
      const found = valueOn(statutes, key, day(row.refDate));
      // A later check at the source may only raise a mark to V.
      expect([mark, 'V']).toContain(isRefusal(found) ? found.refusal : found.confidence);
      if (mark === 'V') expect(isRefusal(found) ? found : found.source.checkedOn).toMatch(/^202\d-/);
    }
  });

  it.each([
    [LEGAL, '2026-07-01'],
    [PERSONAL, '2026-07-01'],
    [ECB, '2027-01-01'],
    [LEGAL, '2027-01-01'],
    ['be.legalRate.civil', '2027-01-01'],
  ])('A13: while %s has no line from %s, every day of it is refused and the value before is not carried forward', (key, from) => {
    const incomplete = without(key, from);
    for (const on of [day(from), addDays(day(from), 14), addDays(day(from), 180)]) {
      expect(valueOn(incomplete, key, on)).toMatchObject({ refusal: 'statuteUnknown', facts: { key, day: on } });
    }
    expect(read(key, addDays(day(from), -200), incomplete)).toBeDefined();
  });

  it('a series with a rhythm never answers for a period without a line of its own', () => {
    for (const parameter of statutes.parameters.values()) {
      if (parameter.every === undefined) continue;
      const last = parameter.values.at(-1)?.until;
      expect(last).toBeDefined();
      if (last) expect(valueOn(statutes, parameter.key, addDays(last, 1))).toMatchObject({ refusal: 'statuteUnknown' });
    }
  });

  it('T3: the rate for natural persons is another one than that for everyone else, in every half-year', () => {
    for (const row of rows.filter(({ legal }) => legal !== '')) {
      const on = day(row.refDate);
      expect(compareRational(read(PERSONAL, on) ?? rational(0n), read(LEGAL, on) ?? rational(0n))).toBe(1);
    }
  });

  it.each([
    [2015, '2.50'],
    [2016, '2.25'],
    [2017, '2.00'],
    [2018, '2.00'],
    [2019, '2.00'],
    [2020, '1.75'],
    [2021, '1.75'],
    [2022, '1.50'],
    [2023, '5.25'],
    [2024, '5.75'],
    [2025, '4.50'],
    [2026, '4.50'],
  ])('the Belgian legal rate of %d is %s %% from the first to the last day', (year, rate) => {
    for (const on of ['01-01', '06-30', '07-01', '12-31']) expect(read('be.legalRate.civil', day(`${year}-${on}`))).toEqual(sameAs(rate));
  });
});
