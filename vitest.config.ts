import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

// A zone a day ahead of every other: code that leans on the machine's own zone fails here. Processes under test pin UTC themselves.
process.env.TZ = 'Pacific/Kiritimati';

// Whatever a test leaves in the temporary folder goes with the run.
const ownFolder = mkdtempSync(path.join(tmpdir(), 'relance-'));
chmodSync(ownFolder, 0o755); // PostgreSQL runs as nobody when the tests run as root
process.env.TMPDIR = ownFolder;
process.on('exit', () => rmSync(ownFolder, { recursive: true, force: true }));

const servers = { globalSetup: ['test/support/global-setup.ts'], testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  // Only this condition: adding `import` hands pg's ESM wrapper to code that expects the class itself.
  ssr: { resolve: { conditions: ['source'] } },
  // The same for the environment in which vitest loads global set-up files.
  environments: { __vitest__: { resolve: { conditions: ['source', 'node'], externalConditions: ['node'] } } },
  test: {
    reporters: ['default', './test/support/plain-reporter.ts'],
    restoreMocks: true,
    provide: { pgBase: '', temporalAddress: '' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{libs,workflows,activities,apps}/**/*.spec.ts', 'test/*.spec.ts', 'test/{support,reference-claim}/**/*.spec.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 20_000,
        },
      },
      { extends: true, test: { name: 'integration', include: ['test/integration/**/*.spec.ts'], ...servers } },
      { extends: true, test: { name: 'workflow', include: ['test/workflow/**/*.spec.ts'], ...servers } },
      {
        extends: true,
        test: { name: 'e2e', include: ['test/{e2e,scenarios}/**/*.spec.ts'], ...servers, testTimeout: 120_000, fileParallelism: false },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['libs/**/*.ts', 'workflows/**/*.ts', 'activities/**/*.ts', 'apps/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});
