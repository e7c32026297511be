import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PROBLEMS, problemType } from './problem-catalog.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

function sources(area: string): string {
  return readdirSync(path.join(root, area), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(path.join(root, area, file), 'utf8'))
    .join('\n');
}

function codesIn(text: string): string[] {
  const plain = [...text.matchAll(/\b(?:refuse|refusal|new Problem)\(\s*'([A-Za-z]+)'|\brefusal: '([A-Za-z]+)'/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  const missing = [...text.matchAll(/\b(?:found|orNotFound)\([\s\S]{0,220}?,\s*'([A-Za-z]+)',|\bnotFound\('([A-Za-z]+)'/g)].map(
    ([, a, b]) => `${a ?? b}NotFound`,
  );
  return [...new Set([...plain, ...missing])].sort();
}

describe('the problem catalogue', () => {
  it('has an entry for every refusal that the sources can give', () => {
    const codes = codesIn(
      ['libs/domain/src', 'libs/statutes/src', 'libs/policies/src', 'libs/casework/src', 'apps/api/src'].map(sources).join('\n'),
    );
    expect(codes.length).toBeGreaterThan(60);
    expect(codes.filter((code) => !PROBLEMS.has(code))).toEqual([]);
  });

  it('says each in one French sentence, with a status of an error', () => {
    for (const [code, entry] of PROBLEMS) {
      expect(entry.title, code).toMatch(/^[A-ZÀ-Ý].*[.]$/);
      expect(entry.status, code).toBeGreaterThanOrEqual(400);
      // Typography: a narrow no-break space before double punctuation.
      expect(entry.title, code).not.toMatch(/[^\u202f][;!?:]/);
    }
  });

  it('names a problem by a stable type', () => {
    expect(problemType('invoiceConflict')).toBe('/problems/invoice-conflict');
  });
});
