import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { CaseRun } from './temporal-worker.js';

/** The generation of the workflow code that is recorded now; older folders stay and are replayed too. */
const CURRENT = fileURLToPath(new URL('../histories/1/', import.meta.url));
const ALL = fileURLToPath(new URL('../histories/', import.meta.url));

export interface RecordedHistory {
  readonly name: string;
  readonly history: unknown;
}

/** With `GOLDEN=write`, keeps the history of this run as the recorded one of its path. Otherwise does nothing. */
export async function record(name: string, run: Pick<CaseRun, 'history'>): Promise<void> {
  if (process.env.GOLDEN !== 'write') return;
  mkdirSync(CURRENT, { recursive: true });
  const history: unknown = JSON.parse(historyToJSON(await run.history()), withoutMachine);
  writeFileSync(`${CURRENT}${name}.json`, `${JSON.stringify(history, null, 1)}\n`);
}

/** Stack traces name the folders of the machine that recorded. */
function withoutMachine(key: string, value: unknown): unknown {
  return key === 'stackTrace' ? '' : value;
}

/** Every recorded history of every generation, by `generation/name`. */
export function recordedHistories(): RecordedHistory[] {
  return readdirSync(ALL, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: generation }) =>
      readdirSync(`${ALL}${generation}`)
        .filter((file) => file.endsWith('.json'))
        .map((file) => ({
          name: `${generation}/${file}`,
          history: JSON.parse(readFileSync(`${ALL}${generation}/${file}`, 'utf8')) as unknown,
        })),
    );
}
