import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const SETTINGS = ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', '.oxlintrc.json'];

/** A small tree in which each file breaks one rule, named by the fence that must catch it. */
const OFFENDERS: readonly { file: string; text: string; rule: string; tool: 'imports' | 'lint' }[] = [
  {
    file: 'libs/domain/src/a.ts',
    text: "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;",
    rule: 'domain',
    tool: 'imports',
  },
  { file: 'libs/domain/src/b.ts', text: "import { x } from '#ports';\nexport const b = x;", rule: 'domain', tool: 'imports' },
  {
    file: 'libs/contracts/src/a.ts',
    text: "import { DataSource } from 'typeorm';\nexport const a = DataSource;",
    rule: 'contracts',
    tool: 'imports',
  },
  { file: 'libs/ports/src/a.ts', text: "import { x } from '#mail';\nexport const a = x;", rule: 'ports', tool: 'imports' },
  {
    file: 'libs/casework/src/a.ts',
    text: "import { Client } from '@temporalio/client';\nexport const a = Client;",
    rule: 'casework',
    tool: 'imports',
  },
  { file: 'libs/statutes/src/a.ts', text: "import { x } from '#policies';\nexport const a = x;", rule: 'statutes', tool: 'imports' },
  { file: 'libs/mail/src/a.ts', text: "import { x } from '#persistence';\nexport const a = x;", rule: 'mail', tool: 'imports' },
  {
    file: 'libs/post/src/a.ts',
    text: "import { Injectable } from '@nestjs/common';\nexport const a = Injectable;",
    rule: 'nest-in-apps-only',
    tool: 'imports',
  },
  { file: 'libs/config/src/a.ts', text: "import { x } from '#domain';\nexport const a = x;", rule: 'config', tool: 'imports' },
  {
    file: 'workflows/a.ts',
    text: "import { DataSource } from 'typeorm';\nexport const a = DataSource;",
    rule: 'workflows',
    tool: 'imports',
  },
  { file: 'workflows/b.ts', text: "import type { Acts } from '#activities';\nexport type B = Acts;", rule: 'workflows', tool: 'imports' },
  { file: 'workflows/c.ts', text: "import { x } from '#statutes';\nexport const c = x;", rule: 'workflows', tool: 'imports' },
  {
    file: 'activities/a.ts',
    text: "import { MailService } from '@sendgrid/mail';\nexport const a = MailService;",
    rule: 'activities',
    tool: 'imports',
  },
  {
    file: 'apps/api/src/a.ts',
    text: "import { b } from '../../worker/src/b.js';\nexport const a = b;",
    rule: 'no-app-knows-another',
    tool: 'imports',
  },
  {
    file: 'apps/worker/src/w.ts',
    text: "import { a } from '../../../workflows/a.js';\nexport const w = a;",
    rule: 'apps-reach-workflows-by-path',
    tool: 'imports',
  },
  { file: 'libs/sealing/src/a.ts', text: "import { b } from './b.js';\nexport const a = b;", rule: 'no-circular', tool: 'imports' },
  {
    file: 'libs/payments/src/a.ts',
    text: "import { x } from '../../domain/src/x.js';\nexport const a = x;",
    rule: 'areas-by-their-entry',
    tool: 'imports',
  },
  { file: 'libs/domain/src/clock.ts', text: 'export const now = () => new Date();', rule: 'no-restricted-globals', tool: 'lint' },
  { file: 'workflows/chance.ts', text: 'export const chance = () => Math.random();', rule: 'no-restricted-properties', tool: 'lint' },
  {
    file: 'workflows/zone.ts',
    text: "export const zone = () => new Intl.DateTimeFormat('fr').format();",
    rule: 'no-restricted-globals',
    tool: 'lint',
  },
  {
    file: 'libs/mail/src/float.ts',
    text: 'const send = async () => 1;\nexport function go() {\n  send();\n}',
    rule: 'no-floating-promises',
    tool: 'lint',
  },
  {
    file: 'libs/mail/src/switch.ts',
    text: "export function f(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}",
    rule: 'switch-exhaustiveness-check',
    tool: 'lint',
  },
  { file: 'libs/mail/src/default.ts', text: 'export default 1;', rule: 'no-default-export', tool: 'lint' },
  { file: 'activities/loose.ts', text: 'export const loose = (x: any) => x;', rule: 'no-explicit-any', tool: 'lint' },
];

/** What the offenders import, and one file that breaks nothing. */
const NEIGHBOURS: Record<string, string> = {
  'libs/sealing/src/b.ts': "import { a } from './a.js';\nexport const b = () => a;",
  'apps/worker/src/b.ts': 'export const b = 1;',
  'libs/domain/src/x.ts': 'export const x = 1;',
  'activities/index.ts': 'export interface Acts {\n  a(): void;\n}',
  'libs/ports/src/good.ts': "import type { x } from '#domain';\nexport type Good = typeof x;",
};
for (const area of ['domain', 'ports', 'mail', 'persistence', 'policies', 'statutes'])
  NEIGHBOURS[`libs/${area}/src/index.ts`] = 'export const x = 1;';

let tree = '';
const said = { imports: '', lint: '' };

function run(file: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], { cwd: tree, encoding: 'utf8' });
  return `${stdout}\n${stderr}`;
}

beforeAll(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'fences-'));
  for (const file of SETTINGS) cpSync(path.join(root, file), path.join(tree, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
  for (const [file, text] of [...OFFENDERS.map((offender) => [offender.file, offender.text] as const), ...Object.entries(NEIGHBOURS)]) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), `${text}\n`);
  }
  const areas = ['apps', 'libs', 'workflows', 'activities'];
  said.imports = run('dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err-long',
    ...areas,
  ]);
  said.lint = run('oxlint/bin/oxlint', ['--type-aware', '--format', 'unix', ...areas]);
}, 60_000);
afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the fences', () => {
  it.each(OFFENDERS)('$file is caught by $rule', ({ file, rule, tool }) => {
    const hits = said[tool].split('\n').filter((line) => line.includes(file) && line.includes(rule));
    expect(hits, said[tool].slice(0, 6000)).not.toEqual([]);
  });

  it('leaves alone what is allowed', () => {
    expect(said.imports).not.toContain('libs/ports/src/good.ts');
    expect(said.imports).not.toContain('no-unresolvable');
  });
});
