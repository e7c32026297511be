import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkPolicy } from './check-policy.js';
import { readPolicy } from './load-presets.js';

const NOT_OK = new URL('.', import.meta.resolve('#asset/policies/fixtures/not-ok/unknown-key.yaml'));

describe('policies that are not fit to be published', () => {
  for (const name of readdirSync(NOT_OK)) {
    it(`${name}: exactly its one defect is found, with its place and a French sentence`, () => {
      const text = readFileSync(new URL(name, NOT_OK), 'utf8');
      const [, code, path] = /^# expect: (\S+) (\S+)/.exec(text) ?? [];
      const findings = checkPolicy(parse(text));
      expect(findings.map((finding) => [finding.code, finding.path])).toEqual([[code, path]]);
      expect(findings[0]?.sentence).toMatch(/^(La|Le|L’|Un|Une|«).+\.$/);
      expect(() => readPolicy(text, name)).toThrow(name);
    });
  }

  it('anything at all may be checked', () => {
    for (const value of [undefined, null, 3, 'x', [], {}, { stages: [{}] }]) expect(checkPolicy(value).length).toBeGreaterThan(0);
  });
});
