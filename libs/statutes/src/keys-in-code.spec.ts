import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadStatutes } from './load-statutes.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const KEY = /['"`]((?:fr|be|eu)(?:\.[a-z][A-Za-z]+){2})['"`]/g;

/** The keys of legal values that the code names, with the file that does. */
function keysInCode(): { key: string; file: string }[] {
  return ['libs', 'apps', 'activities'].flatMap((area) =>
    readdirSync(path.join(root, area), { recursive: true })
      .map((name) => path.posix.join(area, String(name)))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(KEY)].map(([, key = '']) => ({ key, file }))),
  );
}

describe('the keys of legal values in code', () => {
  it('each name a file that is there', () => {
    const { parameters } = loadStatutes();
    const keys = keysInCode();
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter(({ key }) => !parameters.has(key)).map(({ key, file }) => `${file}: ${key}`)).toEqual([]);
  });
});
