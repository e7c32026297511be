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
    expect(first.parameters.size).toBe(15);
    expect(first.territories.size).toBe(16);
    expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(loadStatutes().fingerprint).toBe(first.fingerprint);
  });

  it('a well-made file passes', () => {
    expect(findingsOf({ 'fr/a.yaml': `${HEAD}values:\n${line('2026-01-01')}${EXAMPLES}` })).toEqual([]);
  });

  it('a value without a source is refused with its place', () => {
    const text = `${HEAD}values:\n  - { from: 2026-01-01, value: "1", confidence: K }\n${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': text })).toEqual([expect.stringMatching(/^fr\/a\.yaml at \/values\/0\/source: /)]);
  });

  it('a number that is not a quoted decimal is refused', () => {
    const text = `${HEAD}values:\n  - { from: 2026-01-01, value: 1.5, confidence: K, source: "Loi" }\n${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': text })).toEqual([expect.stringMatching(/^fr\/a\.yaml at \/values\/0\/value: /)]);
  });

  it('a day that does not exist and a field nobody knows are both named', () => {
    const text = `${HEAD}colour: red\nvalues:\n${line('2026-02-30')}${EXAMPLES}`;
    const findings = findingsOf({ 'fr/a.yaml': text }).join('\n');
    expect(findings).toContain('Not a day that exists: 2026-02-30');
    expect(findings).toContain('colour');
  });

  it('lines that overlap or go back in time are refused', () => {
    const overlap = `${HEAD}values:\n${line('2026-01-01', ', until: 2026-07-01')}${line('2026-07-01')}${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': overlap })).toEqual(['fr.test.rate from 2026-01-01: overlaps the line from 2026-07-01']);
    const back = `${HEAD}values:\n${line('2026-07-01')}${line('2026-01-01')}${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': back })).toEqual(['fr.test.rate from 2026-07-01: the next line (2026-01-01) does not begin later']);
  });

  it('a check is never invented: V needs a day, another mark may not have one', () => {
    const verified = `${HEAD}values:\n  - { from: 2026-01-01, value: "1", confidence: V, source: "Loi" }\n${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': verified })).toEqual(['fr.test.rate from 2026-01-01: marked V without checkedOn']);
    const known = `${HEAD}values:\n${line('2026-01-01', ', checkedOn: 2026-01-05')}${EXAMPLES}`;
    expect(findingsOf({ 'fr/a.yaml': known })).toEqual(['fr.test.rate from 2026-01-01: checkedOn needs the mark V']);
  });

  it('the same key twice, broken YAML, a territory that builds on nothing and an empty folder are refused', () => {
    const good = `${HEAD}values:\n${line('2026-01-01')}${EXAMPLES}`;
    expect(findingsOf({ 'a.yaml': good, 'b.yaml': good })).toEqual(['b.yaml: fr.test.rate is described twice']);
    expect(findingsOf({ 'a.yaml': good, 'b.yaml': 'key: [' })).toEqual([expect.stringMatching(/^b\.yaml: /)]);
    const orphan = `territory: FR-99
title: { fr: Ailleurs, en: Elsewhere }
zone: Europe/Paris
covers: { fromYear: 2015, untilYear: 2035 }
extends: FR
source: { article: "art. 1", title: "Loi" }
confidence: K
rules: []
`;
    expect(findingsOf({ 'a.yaml': orphan })).toEqual(['FR-99: extends FR, which does not exist']);
    expect(findingsOf({})).toEqual([expect.stringContaining('no legal values found')]);
  });
});
