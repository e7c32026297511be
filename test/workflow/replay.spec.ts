import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordedHistories } from '../support/temporal-golden.js';
import { bundleFromSources, quietRuntime } from '../support/temporal-worker.js';

/** Every path the recorders of the other files walk; a path that disappears must be taken off this list with a reason. */
const PATHS = [
  'blocker-lifted',
  'cancelled',
  'clock-refused',
  'closed-at-start',
  'dispute',
  'every-act',
  'every-signal',
  'hold-moves-the-wake',
  'late-wake',
  'message-delivered',
  'message-postponed',
  'message-sandbox',
  'news-that-leave-the-wake',
  'paid-and-reversed',
  'paid-before-first-rung',
  'paid-during-the-act',
  'part-payment',
  'refused-news',
  'restored',
  'sandbox-clock',
  'sandbox-clock-merged',
  'seven-wakes',
  'stale-news',
  'stale-wake',
  'started-afresh',
  'tried-again',
  'wrong-answer',
];

const recorded = recordedHistories();
let workflowBundle: WorkflowBundle;

beforeAll(async () => {
  quietRuntime();
  workflowBundle = await bundleFromSources();
});

describe('I26: recorded histories', () => {
  it('hold every path', () => {
    expect(
      recorded
        .filter(({ name }) => name.startsWith('1/'))
        .map(({ name }) => name.slice(2, -5))
        .sort(),
    ).toEqual(PATHS);
  });

  it('can be read: one copy of protobufjs serves the whole SDK', () => {
    for (const { history } of recorded) expect(historyFromJSON(history).events?.length).toBeGreaterThan(4);
  });

  it('hold no machine and no person', () => {
    for (const { name, history } of recorded)
      expect(JSON.stringify(history).match(/\w@(?!\d)[\w.-]+|\/(work|home|root|Users)\//)?.[0], name).toBeUndefined();
  });

  it('replay on the code of today', async () => {
    const failed: string[] = [];
    const histories = recorded.map(({ name, history }) => ({ workflowId: name, history: historyFromJSON(history) }));
    for await (const result of Worker.runReplayHistories({ workflowBundle }, histories)) {
      if (result.error) failed.push(`${result.workflowId}: ${result.error.message}`);
    }
    expect(failed).toEqual([]);
  });

  it('do not replay when the code would do something else', async () => {
    const { history } = recorded.find(({ name }) => name === '1/every-act.json') ?? {};
    const swapped: unknown = JSON.parse(JSON.stringify(history).replaceAll('"handOver"', '"sendMail"'));
    await expect(Worker.runReplayHistory({ workflowBundle }, historyFromJSON(swapped))).rejects.toThrow(/[Nn]ondeterminism/);
  });
});

describe('the workflow bundle', () => {
  it('stays small and free of everything that belongs outside', () => {
    const code = workflowBundle.code.replace(/^\/\/# sourceMappingURL=.*$/m, '');
    expect(code.length).toBeLessThan(1_800_000);
    for (const stranger of ['typeorm', '@nestjs', 'node:fs', 'libs/statutes', 'libs/policies', 'libs/casework']) {
      expect(code.includes(`node_modules/${stranger}`) || code.includes(`./${stranger}`), stranger).toBe(false);
    }
  });
});
