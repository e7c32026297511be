import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadStatutes, StatutesProblem } from './load-statutes.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const HEAD = `key: fr.test.rate
title: { fr: Taux, en: Rate }
unit: percent
appliesBy: accrualDay
scope: { debtor: [business] }
article: "art. 1"
`;
const EXAMPLES = 'examples:\n  - { on: 2026-01-01, expect: "1" }\n';
const line = (from: string, more = '') => `  - { from: ${from}, value: "1", confidence: K, source: "Loi"${more} }\n`;

function findingsOf(files: Record<string, string>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'statutes-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  try {
    loadStatutes(folder);
    return [];
  } catch (problem) {
    if (problem instanceof StatutesProblem) return problem.findings;
    throw problem;
  }
}

describe('loading legal values', () => {
  it('the shipped values load, with one fingerprint for the same files', () => {
    const first = loadStatutes();
    expect(first.parameters.size).toBeGreaterThan(100);
    expect(first.territories.size).toBe(16);
    expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(loadStatutes().fingerprint).toBe(first.fingerprint);
  });

  it('a well-made file passes', () => {
    expect(findingsOf({ 'fr/a.yaml': `${HEAD}values:\n${line('2026-01-01')}${EXAMPLES}` })).toEqual([]);
  });

  it('a value without a source is refused with its place', () => {
    const text = `${HEAD}values:\n  - { from: 2026-01-01, value: "1", confidence: K }\n${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': text })).toEqual([expect.stringMatching(/^fr\/a\.yaml:8 at \/values\/0\/source: /)]);
  });

  it('a number that is not a quoted decimal is refused', () => {
    const text = `${HEAD}values:\n  - { from: 2026-01-01, value: 1.5, confidence: K, source: "Loi" }\n${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': text })).toEqual([expect.stringMatching(/^fr\/a\.yaml:8 at \/values\/0\/value: /)]);
  });

  it('a day that does not exist and a field nobody knows are both named', () => {
    const text = `${HEAD}colour: red\nvalues:\n${line('2026-02-30')}${EXAMPLES}`;
    const findings = findingsOf({ 'fr/a.yaml': text }).join('\n');
    expect(findings).toContain('Not a day that exists: 2026-02-30');
    expect(findings).toContain('colour');
  });

  it('lines that overlap or go back in time are refused', () => {
    const overlap = `${HEAD}values:\n${line('2026-01-01', ', until: 2026-07-01')}${line('2026-07-01')}${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': overlap })).toEqual(['fr/a.yaml:8: fr.test.rate from 2026-01-01: overlaps the line from 2026-07-01']);
    const back = `${HEAD}values:\n${line('2026-07-01')}${line('2026-01-01')}${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': back })).toEqual([
      'fr/a.yaml:8: fr.test.rate from 2026-07-01: the next line (2026-01-01) does not begin later',
    ]);
  });

  it('a line without a day is refused with its file and line', () => {
    const text = `${HEAD}values:\n${line('2026-01-01')}  - { value: "2", confidence: K, source: "Loi" }\n${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': text })).toEqual([expect.stringMatching(/^fr\/a\.yaml:9 at \/values\/1\/from: /)]);
  });

  it('a hole between two lines is refused by its days, unless the file says why nothing is known there', () => {
    const holed = `${HEAD}values:\n${line('2025-01-01', ', until: 2025-06-30')}${line('2026-01-01')}`;
    expect(findingsOf({ 'fr/a.yaml': `${holed}${EXAMPLES}` })).toEqual([
      'fr/a.yaml:8: fr.test.rate from 2025-01-01: nothing from 2025-07-01 to 2025-12-31: add the line, or declare the gap with its reason',
    ]);
    const declared = (from: string) => `gaps:\n  - { from: ${from}, until: 2025-12-31, reason: "pas lu" }\n`;
    expect(findingsOf({ 'fr/a.yaml': `${holed}${declared('2025-07-01')}${EXAMPLES}` })).toEqual([]);
    expect(findingsOf({ 'fr/a.yaml': `${holed}${declared('2025-07-02')}${EXAMPLES}` })).toHaveLength(1);
  });

  it('a half-yearly series has whole half-years', () => {
    const starts = HEAD.replace('fr.test.rate', 'eu.referenceRate.halfYearStarts').replace('percent', 'daysOfYear');
    const startsFile = `${starts}values:\n${line('2013-01-01').replace('"1"', '"01-01 07-01"')}${EXAMPLES}`;
    const half = HEAD.replace('unit: percent', 'unit: percent\nevery: halfYear');
    const made = (period: string) => findingsOf({ 'a.yaml': startsFile, 'fr/a.yaml': `${half}values:\n${period}${EXAMPLES}` });
    expect(made(line('2026-07-01', ', until: 2026-12-31'))).toEqual([]);
    expect(made(line('2026-07-01'))).toEqual(['fr/a.yaml:9: fr.test.rate from 2026-07-01: must end on 2026-12-31']);
    expect(made(line('2026-03-01', ', until: 2026-06-30'))).toEqual([
      'fr/a.yaml:9: fr.test.rate from 2026-03-01: does not begin with a half-year',
    ]);
    expect(findingsOf({ 'fr/a.yaml': `${half}values:\n${line('2026-07-01', ', until: 2026-12-31')}${EXAMPLES}` })).toEqual([
      'fr/a.yaml:9: fr.test.rate from 2026-07-01: needs eu.referenceRate.halfYearStarts',
    ]);
  });

  it('a figure of another kind than its unit is refused', () => {
    const made = (unit: string, value: string) => {
      const text = `${HEAD.replace('unit: percent', `unit: ${unit}`)}values:\n${line('2026-01-01').replace('"1"', value)}${EXAMPLES}`;
      return findingsOf({ 'fr/a.yaml': text }).join();
    };
    expect(made('percent', '"01-01"')).toContain('01-01 is no value in percent');
    expect(made('daysOfYear', '"1.5"')).toContain('are no days of every year');
    expect(made('daysOfYear', '"02-29"')).toContain('are no days of every year');
    expect(made('daysOfYear', '"07-01 01-01"')).toContain('are no days of every year');
    expect(made('percent', '[{ base: "20" }]')).toContain('steps need the unit scale');
    expect(made('scale', '"20"')).toContain('a scale is a list of steps');
    expect(made('scale', '[{ upTo: "150", base: "20" }]')).toContain('amounts above 150 have no step');
    expect(made('scale', '[{ base: "20" }]')).toBe('');
  });

  it('a file without any line and a gap that runs backwards are refused', () => {
    expect(findingsOf({ 'fr/a.yaml': `${HEAD}values: []\n${EXAMPLES}` })).toEqual(['fr/a.yaml:7: fr.test.rate: has no line']);
    const gap = 'gaps:\n  - { from: 2026-07-01, until: 2026-06-30, reason: "pas lu" }\n';
    expect(findingsOf({ 'fr/a.yaml': `${HEAD}values:\n${line('2026-01-01')}${gap}${EXAMPLES}` })).toEqual([
      'fr/a.yaml:10: fr.test.rate: a gap ends before it begins',
    ]);
  });

  it('a check is never invented: V needs a day, another mark may not have one', () => {
    const verified = `${HEAD}values:\n  - { from: 2026-01-01, value: "1", confidence: V, source: "Loi" }\n${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': verified })).toEqual(['fr/a.yaml:8: fr.test.rate from 2026-01-01: marked V without checkedOn']);
    const known = `${HEAD}values:\n${line('2026-01-01', ', checkedOn: 2026-01-05')}${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': known })).toEqual(['fr/a.yaml:8: fr.test.rate from 2026-01-01: checkedOn needs the mark V']);
  });

  it('the same key twice, broken YAML, a territory that builds on nothing and an empty folder are refused', () => {
    const good = `${HEAD}values:\n${line('2026-01-01')}${EXAMPLES}`;
    expect(findingsOf({ 'a.yaml': good, 'b.yaml': good })).toEqual(['b.yaml:1: fr.test.rate is described twice']);
    expect(findingsOf({ 'a.yaml': good, 'b.yaml': 'key: [' })).toEqual([expect.stringMatching(/^b\.yaml:1: /)]);
    const orphan = `territory: FR-99
title: { fr: Ailleurs, en: Elsewhere }
zone: Europe/Paris
covers: { fromYear: 2015, untilYear: 2035 }
extends: FR
source: { article: "art. 1", title: "Loi" }
confidence: K
rules: []
`;
    expect(findingsOf({ 'a.yaml': orphan })).toEqual(['a.yaml:1: FR-99: extends FR, which does not exist']);
    expect(findingsOf({})).toEqual([expect.stringContaining('no legal values found')]);
  });
});
