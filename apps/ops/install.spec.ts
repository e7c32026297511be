import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestHash, nodeProblem } from './ensure-deps.mjs';
import { completeLock } from './lockfix.mjs';
import { findTemporalCli, TEMPORAL_CLI_VERSION, temporalCacheFolder } from './temporal-cli.mjs';

const dir = mkdtempSync(path.join(tmpdir(), 'install-'));
const root = fileURLToPath(new URL('../../', import.meta.url));
afterAll(() => rmSync(dir, { recursive: true }));

describe('ensure-deps', () => {
  it('accepts the Node lines that the manifest names', () => {
    for (const good of ['20.19.0', '20.20.2', '22.12.0', '24.1.0']) expect(nodeProblem(good)).toBeUndefined();
    for (const bad of ['18.20.0', '20.18.9', '21.7.0', '22.11.0']) expect(nodeProblem(bad)).toContain(bad);
  });

  it('installs again for another dependency, not for another script', () => {
    for (const file of ['package.json', 'package-lock.json']) cpSync(path.join(root, file), path.join(dir, file));
    const before = manifestHash(dir);
    const manifest = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'));
    writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ ...manifest, scripts: { other: 'true' } }));
    expect(manifestHash(dir)).toBe(before);
    writeFileSync(
      path.join(dir, 'package.json'),
      JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, extra: '1.0.0' } }),
    );
    expect(manifestHash(dir)).not.toBe(before);
  });
});

describe('lockfix', () => {
  const tool = {
    version: '2.0.0',
    dev: true,
    optionalDependencies: { '@tool/linux-x64-musl': '2.0.0', '@tool/darwin-arm64': '2.0.0', colour: '1.0.0' },
  };

  it('adds the platform packages that are missing, and nothing else', () => {
    const packages: Record<string, Record<string, unknown>> = {
      'node_modules/tool': tool,
      'node_modules/@tool/darwin-arm64': { version: '2.0.0', integrity: 'kept' },
    };
    expect(completeLock(packages)).toEqual(['@tool/linux-x64-musl@2.0.0']);
    expect(packages['node_modules/@tool/linux-x64-musl']).toEqual({
      version: '2.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    });
    expect(packages['node_modules/@tool/darwin-arm64']).toEqual({ version: '2.0.0', integrity: 'kept' });
    expect(completeLock(packages)).toEqual([]);
  });

  it('puts a second version beside the package that wants it', () => {
    const packages: Record<string, Record<string, unknown>> = {
      'node_modules/tool': tool,
      'node_modules/@tool/linux-x64-musl': { version: '1.0.0' },
      'node_modules/@tool/darwin-arm64': { version: '2.0.0' },
    };
    completeLock(packages);
    expect(packages['node_modules/tool/node_modules/@tool/linux-x64-musl']?.version).toBe('2.0.0');
    expect(packages['node_modules/@tool/linux-x64-musl']?.version).toBe('1.0.0');
  });

  it('finds the lock of this checkout complete', () => {
    expect(completeLock(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages)).toEqual([]);
  });
});

describe('findTemporalCli', () => {
  const tool = path.join(dir, 'temporal');

  it('takes TEMPORAL_CLI first, then the PATH, then the cache of this version', async () => {
    writeFileSync(tool, '#!/bin/sh\n', { mode: 0o755 });
    expect(await findTemporalCli({ env: { TEMPORAL_CLI: tool, PATH: '/nowhere' } })).toBe(tool);
    expect(await findTemporalCli({ env: { PATH: `/nowhere:${dir}`, XDG_CACHE_HOME: dir } })).toBe(tool);
    expect(temporalCacheFolder({ XDG_CACHE_HOME: dir })).toBe(path.join(dir, 'relance', 'temporal-cli', TEMPORAL_CLI_VERSION));
  });

  it('does not go on silently when TEMPORAL_CLI names nothing', async () => {
    await expect(findTemporalCli({ env: { TEMPORAL_CLI: path.join(dir, 'none'), PATH: dir } })).rejects.toThrow('not an executable file');
  });
});
