// Who may import whom. Every area has an allow-list of our own areas, of npm packages and of Node modules; what is not listed is
// refused. test/architecture.spec.ts proves that the rules catch what they forbid.
const SPEC = '\\.spec\\.ts$';
const npm = (...names) => (names.length === 0 ? [] : [`node_modules/(${names.join('|')})(/|$)`]);
const node = (...names) => (names.length === 0 ? [] : [`^(node:)?(${names.join('|')})(/|$)`]);

/** One allow-list: files below `from` (specs apart) reach `own` areas and the named outside modules, nothing else. */
const area = (name, from, own, outside) => ({
  name,
  severity: 'error',
  comment: 'what this area may import; its README says why',
  from: { path: from, pathNot: SPEC },
  to: { pathNot: [from, ...own, ...outside] },
});
const lib = (name, ownLibs, outside) =>
  area(name, `^libs/${name}/`, ownLibs.length === 0 ? [] : [`^libs/(${ownLibs.join('|')})/`], outside);
const typeRules = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: SPEC },
  to: { path: to, dependencyTypesNot: ['type-only'] },
});

const BUFFERS = node('crypto', 'buffer', 'util', 'zlib', 'stream');
const FILES = node('fs', 'path', 'url', 'crypto', 'buffer', 'util', 'zlib', 'stream', 'module');
const HTTP = node('http', 'https', 'crypto', 'buffer', 'util', 'url', 'stream', 'timers');

module.exports = {
  forbidden: [
    // The pure centre.
    lib('domain', [], npm('temporal-polyfill', 'temporal-utils', 'temporal-spec')),
    lib('contracts', ['domain'], npm('@temporalio/common', '@temporalio/workflow')),
    lib('ports', ['domain', 'contracts'], []),
    typeRules('ports-are-types', '^libs/ports/', '^libs/contracts/'),
    // Knowledge: data and text, no outside world.
    lib('statutes', ['domain'], [...npm('yaml', 'zod'), ...FILES]),
    lib('policies', ['domain'], [...npm('yaml', 'zod'), ...FILES]),
    lib(
      'letters',
      ['domain'],
      [
        ...npm(
          'liquidjs',
          'mjml',
          '@types/mjml',
          'qrcode',
          '@types/qrcode',
          '@myriaddreamin/typst-ts-node-compiler',
          '@cantoo/pdf-lib',
          'yaml',
          'zod',
          'fflate',
          'ibantools',
        ),
        ...FILES,
      ],
    ),
    lib(
      'intake',
      ['domain'],
      [...npm('fast-xml-parser', 'csv-parse', '@cantoo/pdf-lib', 'fflate', 'ibantools', 'stdnum', 'zod'), ...BUFFERS],
    ),
    // Where facts are applied.
    lib('casework', ['domain', 'contracts', 'ports', 'statutes', 'policies'], BUFFERS),
    area('workflows', '^workflows/', ['^libs/(domain|contracts)/'], npm('@temporalio/workflow', '@temporalio/common')),
    area(
      'activities',
      '^activities/',
      ['^libs/(domain|contracts|ports|casework|letters)/'],
      [...npm('@temporalio/activity', '@temporalio/common'), ...BUFFERS, ...node('timers')],
    ),
    // One vendor, one folder.
    lib(
      'persistence',
      ['domain', 'contracts', 'ports'],
      [...npm('typeorm', 'pg', '@types/pg', 'reflect-metadata'), ...FILES, ...node('timers')],
    ),
    lib('orchestration', ['domain', 'contracts', 'ports'], npm('@temporalio/client', '@temporalio/common', '@temporalio/envconfig')),
    lib('sealing', ['domain', 'contracts', 'ports'], BUFFERS),
    lib('mail', ['domain', 'contracts', 'ports'], [...npm('@sendgrid'), ...HTTP]),
    lib('payments', ['domain', 'contracts', 'ports'], [...npm('stripe', 'standardwebhooks', 'zod'), ...BUFFERS]),
    lib('post', ['domain', 'contracts', 'ports'], HTTP),
    lib('registries', ['domain', 'contracts', 'ports'], HTTP),
    lib('config', [], [...npm('zod'), ...node('fs')]),
    lib('telemetry', [], [...npm('pino', 'prom-client'), ...node('async_hooks', 'crypto')]),
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'entities may point at each other, as their tables do',
      from: { pathNot: '\\.entity\\.ts$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'apps-are-leaves', severity: 'error', from: { pathNot: '^(apps|test)/' }, to: { path: '^apps/' } },
    {
      name: 'no-app-knows-another',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: SPEC },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-reach-workflows-by-path',
      severity: 'error',
      comment: 'the worker loads the bundle; importing workflow code would run it outside the sandbox',
      from: { path: '^apps/', pathNot: SPEC },
      to: { path: '^workflows/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'nest-in-apps-only', severity: 'error', from: { pathNot: '^(apps|test)/' }, to: { path: 'node_modules/@nestjs/' } },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: `^test/|${SPEC}|^vitest\\.config\\.ts$` },
      to: { path: '^test/' },
    },
    { name: 'specs-are-not-imported', severity: 'error', from: {}, to: { path: SPEC } },
    {
      name: 'areas-by-their-entry',
      severity: 'error',
      comment: 'across areas only src/index.ts is public',
      from: { path: '^libs/([^/]+)/', pathNot: SPEC },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', '^libs/[^/]+/(data|presets|templates|fonts)/'] },
    },
    {
      name: 'areas-by-their-entry-from-outside',
      severity: 'error',
      from: { path: '^(apps|activities|workflows)/', pathNot: SPEC },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { pathNot: '\\.mjs$' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['^dist/', '^\\.data/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default', 'types'] },
  },
};
