import { day } from '#domain';
import { loadStatutes, type Statutes } from '#statutes';
import { describe, expect, it } from 'vitest';
import { statuteNote } from './statute-note.js';

const statutes = loadStatutes();
const only = (...keys: string[]): Statutes => ({
  ...statutes,
  territories: new Map(),
  parameters: new Map([...statutes.parameters].filter(([key]) => keys.includes(key))),
});

describe('what health says of the legal values', () => {
  const spread = only('fr.latePayment.defaultSpread');
  const compensation = only('fr.latePayment.fixedCompensation');

  it.each([
    ['ok', spread, '2026-11-30'],
    ['endsSoon', spread, '2026-12-01'],
    ['endsSoon', spread, '2026-12-31'],
    ['ended', spread, '2027-01-01'],
    ['ok', compensation, '2027-11-22'],
    ['toCheck', compensation, '2027-11-23'],
  ] as const)('is %s', (note, known, on) => {
    expect(statuteNote(known, day(on))).toBe(note);
  });

  it('is the worst of all findings', () => {
    expect(statuteNote(only('fr.latePayment.defaultSpread', 'fr.legalRate.professional'), day('2027-01-01'))).toBe('ended');
  });
});
