import { Command } from 'commander';
import { afterEach, describe, expect, it } from 'vitest';
import { addOperationsCommands, journalLine, reconcileLines } from './operations-commands.js';
import type { RestClient } from './rest-client.js';

afterEach(() => {
  process.exitCode = 0;
});

const whole = { outcome: 'complete', cases: 30, differing: 0, repaired: 0, differences: [] } as const;

describe('reconciling at the terminal', () => {
  it('I25: says how many of how many differ, and what was done about each', () => {
    expect(reconcileLines(whole)).toEqual(['0 of 30 cases differ']);
    const differences = [{ kind: 'workflowMissing', workflowId: 'recovery/a/1', action: 'startedAgain' }];
    expect(reconcileLines({ ...whole, outcome: 'bounded', differing: 2, differences })).toEqual([
      'recovery/a/1\u202f: processus absent, relancé',
      '… et 1 autres',
      'La limite d’une passe est atteinte\u202f: la suivante continue.',
      '2 of 30 cases differ',
    ]);
    expect(reconcileLines({ ...whole, outcome: 'temporalAway' })[0]).toContain('Temporal ne répond pas');
  });

  it('asks the API once per creditor, dry when told, and ends with 1 when something differs', async () => {
    const asked: [string, unknown][] = [];
    const rest = {
      all: async () => [{ creditorId: 'a', legalName: 'A', sandbox: true }],
      post: async (path: string, body: unknown) => {
        asked.push([path, body]);
        return { ...whole, differing: 1, differences: [{ kind: 'snapshotStale', workflowId: 'w', action: 'none' }] };
      },
    } as unknown as RestClient;
    const lines: string[] = [];
    const program = new Command('relance').exitOverride();
    addOperationsCommands(
      program,
      () => rest,
      (line) => lines.push(line),
    );
    await program.parseAsync(['reconcile', '--dry-run'], { from: 'user' });
    expect(asked).toEqual([['operations/reconcile', { creditorId: 'a', dryRun: true }]]);
    expect(lines).toEqual(['A (a)', '  w\u202f: processus en retard, rien de fait', '  1 of 30 cases differ']);
    expect(process.exitCode).toBe(1);
  });
});

describe('the journal at the terminal', () => {
  it('I31: names the first bad row', () => {
    expect(journalLine({ ok: true, streams: 3, rows: 12, fault: null })).toBe('journal intact\u202f: 12 lignes, 3 suites');
    const fault = { streamId: 'case-1', seq: 4, sentence: 'Une ligne manque.' };
    expect(journalLine({ ok: false, streams: 3, rows: 12, fault })).toBe('JOURNAL ALTÉRÉ\u202f: case-1, ligne 4. Une ligne manque.');
  });
});
