import { defineConfig } from 'vitest/config';

// The specs that Stryker's own runner plays against the mutants of a file: pure ones, without servers.
process.env.TZ = 'Pacific/Kiritimati';
// Of the drawn claims the first quarter of these: ten thousand for every mutant would take days.
process.env.REFERENCE_CLAIMS ??= '1200';

export default defineConfig({
  ssr: { resolve: { conditions: ['source'] } },
  environments: { __vitest__: { resolve: { conditions: ['source', 'node'], externalConditions: ['node'] } } },
  test: {
    include: [
      'libs/domain/src/{money,calendar,claim,deadlines}/**/*.spec.ts',
      'libs/statutes/**/*.spec.ts',
      'test/reference-claim/{traps,printed-claims,printed-deadlines,printed-rules,refused-claims,random-claims-1}.spec.ts',
    ],
    // One reads folders that the mutants' copy of the tree leaves out.
    exclude: ['**/node_modules/**', '**/dist/**', '**/keys-in-code.spec.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
