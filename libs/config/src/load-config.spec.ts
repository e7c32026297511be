import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { envExample } from './env-example.js';
import { ConfigError, loadConfig } from './load-config.js';

const key = Buffer.alloc(32, 7).toString('base64');
const enough = { DATABASE_URL: 'postgres://relance@127.0.0.1/relance', SEALING_KEY: key };
const dir = mkdtempSync(path.join(tmpdir(), 'config-'));
afterAll(() => rmSync(dir, { recursive: true }));

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs a database and a sealing key only, and fills in the rest', () => {
    const config = loadConfig(enough);
    expect(config.API_PORT).toBe(3000);
    expect(config.API_HOST).toBe('127.0.0.1');
    expect(config.TEMPORAL_TASK_QUEUE).toBe('collections');
    expect(config.SEALING_KEY).toEqual(Buffer.alloc(32, 7));
    expect(config.SENDGRID_BASE_URL).toBeUndefined();
  });

  it('lists every bad variable at once', () => {
    const problems = problemsOf({ API_PORT: '99999', LOG_LEVEL: 'loud', PUBLIC_URL: 'ftp://x', SEALING_KEY: 'short' });
    expect(problems.map((problem) => problem.split(/[ :]/)[0])).toEqual([
      'LOG_LEVEL',
      'DATABASE_URL',
      'API_PORT',
      'PUBLIC_URL',
      'SEALING_KEY',
    ]);
    expect(problems.join()).toContain('a port from 1 to 65535');
    expect(problems.join()).toContain('one of fatal, error');
  });

  it('never repeats the value of a secret', () => {
    expect(problemsOf({ ...enough, SEALING_KEY: 'my-private-value' }).join()).not.toContain('my-private-value');
    expect(problemsOf({ ...enough, DATABASE_URL: 'mysql://me:hunter2@x' }).join()).not.toContain('hunter2');
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ ...enough, SENDGRID_BASE_URL: '', API_PORT: ' ' }).API_PORT).toBe(3000);
  });

  it('reads a secret from a file that only its owner reads', () => {
    const file = path.join(dir, 'sealing.key');
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    const environment = { DATABASE_URL: enough.DATABASE_URL, SEALING_KEY_FILE: file };
    expect(loadConfig(environment).SEALING_KEY).toHaveLength(32);
    chmodSync(file, 0o644);
    expect(problemsOf(environment)).toEqual([`SEALING_KEY_FILE: ${file} can be read by others; run chmod 600 on it`]);
    expect(problemsOf({ ...enough, SEALING_KEY_FILE: file })[0]).toContain('given twice');
  });

  it('takes an empty file of a secret for none, and misses it where it is required', () => {
    const file = path.join(dir, 'empty');
    writeFileSync(file, '\n', { mode: 0o600 });
    expect(loadConfig({ ...enough, POST_PROVIDER_KEY_FILE: file }).POST_PROVIDER_KEY).toBeUndefined();
    expect(problemsOf({ DATABASE_URL: enough.DATABASE_URL, SEALING_KEY_FILE: file })[0]).toMatch(
      /^SEALING_KEY \(or SEALING_KEY_FILE\): missing/,
    );
  });

  it('names a secret file that is missing', () => {
    expect(problemsOf({ ...enough, SENDGRID_API_KEY_FILE: path.join(dir, 'none') })[0]).toMatch(
      /SENDGRID_API_KEY_FILE: cannot read .*ENOENT/,
    );
  });

  it('drops the slash at the end of a base address', () => {
    expect(loadConfig({ ...enough, PUBLIC_URL: 'https://recouvrement.example/' }).PUBLIC_URL).toBe('https://recouvrement.example');
  });
});

describe('.env.example', () => {
  it('is what `npm run env:example` writes', () => {
    expect(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')).toBe(envExample());
  });
});
