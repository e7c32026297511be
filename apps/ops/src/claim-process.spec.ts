import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The command line as a process over the sources themselves: what is in dist/ may be older.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const HOOKS = `
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
const { transformSync } = createRequire(${JSON.stringify(path.join(root, 'package.json'))})('@swc/core');
export async function resolve(specifier, context, next) {
  if (/^\\.\\.?\\//.test(specifier) && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
    const url = new URL(specifier.replace(/js$/, 'ts'), context.parentURL);
    if (existsSync(fileURLToPath(url))) return { url: url.href, shortCircuit: true };
  }
  return next(specifier, context);
}
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false } },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'claim-'));
  writeFileSync(path.join(folder, 'hooks.mjs'), HOOKS);
  const hooks = pathToFileURL(path.join(folder, 'hooks.mjs')).href;
  writeFileSync(path.join(folder, 'register.mjs'), `import { register } from 'node:module'; register(${JSON.stringify(hooks)});`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** No database, no API, no data folder: only the arguments. */
function relance(...args: string[]): { code: number | null; out: string; error: string } {
  const register = pathToFileURL(path.join(folder, 'register.mjs')).href;
  const cli = path.join(root, 'apps/ops/src/cli.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=source', '--import', register, cli, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], TZ: 'UTC', RELANCE_DATA: path.join(folder, 'none') },
    encoding: 'utf8',
  });
  return { code: status, out: stdout, error: stderr };
}

const CLAIM = ['claim', '--law', 'FR', '--debtor', 'business', '--amount', '12000', '--due', '2026-05-15'];

describe('relance claim as a process', () => {
  it('FR-5: prints the statement without a database, an API or a key, and ends with 0; a refusal ends with 2', { timeout: 120_000 }, () => {
    const good = relance(...CLAIM, '--paid', '2026-07-20');
    expect(good.error).toBe('');
    expect(good.code).toBe(0);
    expect(good.out).toContain('46\u00a0jours × 12,15\u00a0% sur 12\u202f000,00\u00a0€ = 183,75\u00a0€');
    expect(good.out).toContain('12\u202f305,28\u00a0€');
    const bad = relance(...CLAIM, '--paid', '9999-12-31', '--language', 'en');
    expect(bad.code).toBe(2);
    expect(bad.out).toMatch(/code +dayUnknown\n +field +--paid/);
    const parts = relance(...CLAIM, '--on', '2026-07-20', '--payment', '2026-06-01:1000', '--payment', '2026-06-10:2000:lumpSum', '--json');
    const entries = (JSON.parse(parts.out) as { entries: { kind: string }[] }).entries.filter(({ kind }) => kind === 'payment');
    expect(entries).toHaveLength(2);
  });
});
