import { day } from '#domain';
import { Command } from 'commander';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadStatutes, valueOn } from '#statutes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addStatutesCommands } from './statutes-commands.js';

const ECB = 'eu.referenceRate.ecbMainRefinancing';
const ECB_FILE = 'eu/reference-rate/ecb-main-refinancing.yaml';
const shipped = fileURLToPath(import.meta.resolve('#asset/statutes/data'));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'statutes-'));
  cpSync(shipped, folder, { recursive: true });
  // What is proven stays true when lines of 2027 are really added.
  const file = path.join(folder, ECB_FILE);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^ {2}- \{ from: (202[7-9]|20[3-9]\d)-.*\n/gm, ''));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

/** Runs one command as typed; returns what it printed, or throws what the terminal would say. */
async function relance(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const program = new Command('relance').exitOverride();
  addStatutesCommands(program, (line) => printed.push(line));
  await program.parseAsync(['statutes', ...args, '--folder', folder], { from: 'user' });
  return printed.join('\n');
}

const NEXT = ['--from', '2027-01-01', '--until', '2027-06-30', '--value', '2.40', '--source', 'BCE, taux OPR au 1er janvier 2027'];

describe('relance statutes check', () => {
  it('says what ends within thirty days, by name, and still ends well', async () => {
    const lines = await relance('check', '--on', '2026-03-02');
    expect(lines).not.toContain('S’arrêtent bientôt');
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('ends with 1 when a series has ended, and names it with its key', async () => {
    const lines = await relance('check', '--on', '2027-01-01');
    expect(lines).toMatch(/^\d+ valeurs légales et 16 calendriers au 1er janvier 2027\.$/m);
    expect(lines).toMatch(/^Sans suite connue \(ce qui en dépend est refusé\)\u202f: \d+$/m);
    expect(lines).toContain(`aucune valeur depuis le 1er janvier 2027. [${ECB}]`);
    expect(process.exitCode).toBe(1);
  });

  it('tells what is announced apart from what is in force', async () => {
    expect(await relance('check', '--on', '2026-12-05')).toMatch(/Textes annoncés, non appliqués\u202f: 5\n.*L441-10.*abrogé différé/);
  });

  it('refuses a day that does not exist, and files that do not load with their lines', async () => {
    await expect(relance('check', '--on', '2026-02-30')).rejects.toThrow('n’est pas un jour');
    writeFileSync(path.join(folder, 'bad.yaml'), 'key: fr.bad\n');
    await expect(relance('check')).rejects.toThrow(/ne se chargent pas\u202f:\nbad\.yaml:1 at \/title/);
  });
});

describe('relance statutes add-rate', () => {
  it('A13: 2027-S1 is one added line, and 15 January 2027 is answered afterwards', async () => {
    expect(valueOn(loadStatutes(folder), ECB, day('2027-01-15'))).toMatchObject({ refusal: 'statuteUnknown' });
    const file = path.join(folder, ECB_FILE);
    const before = readFileSync(file, 'utf8').split('\n');
    const mode = statSync(file).mode;
    const printed = await relance('add-rate', ECB, ...NEXT);
    const after = readFileSync(file, 'utf8').split('\n');
    const added = after.filter((line) => !before.includes(line));
    expect(added).toEqual([
      '  - { from: 2027-01-01, until: 2027-06-30, value: "2.40", confidence: U, source: "BCE, taux OPR au 1er janvier 2027" }',
    ]);
    expect(after.filter((line) => line !== added[0])).toEqual(before);
    expect(printed).toContain(`+ ${after.indexOf(added[0] ?? '') + 1}\u202f: ${added[0]?.trim()}`);
    expect(valueOn(loadStatutes(folder), ECB, day('2027-01-15'))).toMatchObject({ value: '2.40', confidence: 'U' });
    expect(statSync(file).mode).toBe(mode);
    expect(readdirSync(path.dirname(file)).filter((name) => !name.endsWith('.yaml'))).toEqual([]);
  });

  it('shows the line without writing it on a dry run', async () => {
    const before = readFileSync(path.join(folder, ECB_FILE), 'utf8');
    expect(await relance('add-rate', ECB, ...NEXT, '--confidence', 'V', '--checked-on', '2026-11-20', '--dry-run')).toMatch(
      /checkedOn: 2026-11-20.*\nEssai\u202f: rien n’a été écrit\.$/,
    );
    expect(readFileSync(path.join(folder, ECB_FILE), 'utf8')).toBe(before);
  });

  it('writes nothing when a line is refused, and says every reason', async () => {
    const before = readFileSync(path.join(folder, ECB_FILE), 'utf8');
    const wrong = ['--from', '2027-01-01', '--value', '2,40', '--source', 'BCE', '--confidence', 'V'];
    await expect(relance('add-rate', ECB, ...wrong)).rejects.toThrow(
      /^Rien n’a été écrit\.\n- .*--checked-on\.\n- .*avec un point, 2\.40\.$/,
    );
    expect(readFileSync(path.join(folder, ECB_FILE), 'utf8')).toBe(before);
  });
});
