// Where a process can be made to die or freeze, and the clocks that are shortened so that minutes pass in seconds. Text of the compiled build.

const point = (name) => `globalThis.stormPoint(${JSON.stringify(name)});`;

const CLAIM = 'libs/casework/src/messages/claim-message.js';
const SEND = 'activities/acts/send-mail.js';
const DISPATCH = 'activities/acts/dispatch.js';
const MAILER = 'libs/mail/src/sendgrid-mailer.js';
const RECORD = 'libs/casework/src/messages/record-dispatch.js';
const INFORM = 'libs/casework/src/messages/inform-message.js';
const INBOX = 'apps/api/src/webhooks/inbox.service.js';
const RELAY = 'apps/api/src/outbox/relay.js';
const WORK = 'libs/persistence/src/typeorm-unit-of-work.js';
const IMPORT = 'apps/api/src/imports/import-committer.js';
const LETTER = 'activities/acts/post-letter.js';
const RECONCILER = 'apps/api/src/operations/reconcile/reconciler.js';

/** Every named point: what stands there, and what is written instead. `who` says which kind of process comes by. */
export const FAILPOINTS = [
  {
    name: 'act.began',
    who: 'worker',
    file: SEND,
    find: 'const judged = await preJudge(ports.casework, input);',
    put: `${point('act.began')} const judged = await preJudge(ports.casework, input);`,
  },
  {
    name: 'plan.afterCommit',
    who: 'worker',
    file: DISPATCH,
    find: 'const outcome = await claimMessage(deps, {',
    put: `${point('plan.afterCommit')} const outcome = await claimMessage(deps, {`,
  },
  {
    name: 'claim.beforeCommit',
    who: 'worker',
    file: CLAIM,
    find: "return {\n        kind: 'claimed',",
    put: `${point('claim.beforeCommit')} return {\n        kind: 'claimed',`,
  },
  {
    name: 'claim.afterCommit',
    who: 'worker',
    file: CLAIM,
    find: "if (outcome.kind !== 'claimed') return outcome;",
    put: `if (outcome.kind !== 'claimed') return outcome; ${point('claim.afterCommit')}`,
  },
  {
    name: 'send.beforeCheck',
    who: 'worker',
    file: MAILER,
    find: 'const client = prepared.sandbox ? local : live;',
    put: `${point('send.beforeCheck')} const client = prepared.sandbox ? local : live;`,
  },
  {
    name: 'send.beforeWrite',
    who: 'worker',
    file: MAILER,
    find: 'return await answered(await client.ask({',
    put: `${point('send.beforeWrite')} const stormAnswered = (answer, at) => { ${point('send.afterAnswer')} return answered(answer, at); }; return await stormAnswered(await client.ask({`,
  },
  { name: 'send.afterAnswer', who: 'worker' },
  {
    name: 'record.before',
    who: 'worker',
    file: RECORD,
    find: 'const { creditorId, messageId, caseId } = key;',
    put: `const { creditorId, messageId, caseId } = key; ${point('record.before')}`,
  },
  {
    name: 'record.beforeCommit',
    who: 'worker',
    file: RECORD,
    find: 'await settleAnswer(tx, deps, message, rows, caseId, answer);',
    put: `{ await settleAnswer(tx, deps, message, rows, caseId, answer); ${point('record.beforeCommit')} }`,
  },
  {
    name: 'post.afterDeposit',
    who: 'worker',
    file: LETTER,
    find: 'await recordDeposit(ports.casework, item, answer);',
    put: `${point('post.afterDeposit')} await recordDeposit(ports.casework, item, answer);`,
  },
  {
    name: 'inform.recorded',
    who: 'worker',
    file: INFORM,
    find: 'const { creditorId, messageId } = key;',
    put: `const { creditorId, messageId } = key; ${point('inform.recorded')}`,
  },
  {
    name: 'inbox.beforeStore',
    who: 'api',
    file: INBOX,
    find: 'const { creditorId, provider, account, eventId } = arrival;\n        const key = {',
    put: `const { creditorId, provider, account, eventId } = arrival; ${point('inbox.beforeStore')} if (provider !== 'sendgrid' && provider !== 'post') ${point('inbox.beforePayment')}\n        const key = {`,
  },
  // The same for news of the banks alone: mail events come by far more often.
  { name: 'inbox.beforePayment', who: 'api' },
  {
    name: 'inbox.afterCommitBefore2xx',
    who: 'api',
    file: INBOX,
    find: 'return await this.backend.run(arrival.creditorId, (tx)=>this.store(tx, arrival, true));',
    put: `const stormStored = await this.backend.run(arrival.creditorId, (tx)=>this.store(tx, arrival, true)); ${point('inbox.afterCommitBefore2xx')} return stormStored;`,
  },
  {
    name: 'outbox.afterLease',
    who: 'api',
    file: RELAY,
    find: 'const results = await Promise.all(rows.map((row)=>this.handle(row)));',
    put: `if (rows.length > 0) { ${point('outbox.afterLease')} } const results = await Promise.all(rows.map((row)=>this.handle(row)));`,
  },
  {
    name: 'relay.afterSignalBeforeDelivered',
    who: 'api',
    file: RELAY,
    find: "if (delivery.kind === 'later') {",
    put: `if (delivery.kind !== 'later') { ${point('relay.afterSignalBeforeDelivered')} } if (delivery.kind === 'later') {`,
  },
  {
    name: 'work.beforeCommit',
    who: 'any',
    file: WORK,
    find: "const answer = session.query('commit');",
    put: `${point('work.beforeCommit')} const answer = session.query('commit');`,
  },
  {
    name: 'work.afterCommit',
    who: 'any',
    file: WORK,
    find: 'const writes = await session.settled();',
    put: `const writes = await session.settled(); ${point('work.afterCommit')}`,
  },
  {
    name: 'import.inChunk',
    who: 'api',
    // Laid while the file is committed, not drawn in the months after.
    isDrawn: false,
    file: IMPORT,
    find: 'return await this.inOneTransaction(job, rows, from, Math.min(from + CHUNK, job.file.rows));',
    put: `const stormChunk = await this.inOneTransaction(job, rows, from, Math.min(from + CHUNK, job.file.rows)); ${point('import.inChunk')} return stormChunk;`,
  },
];

/**
 * Points at which a frozen process becomes a zombie sender: it wakes up with a claim that has grown old. Not between the check of that age and the
 * write: without help of the provider no check can fence off that instant, it can only be kept short.
 */
export const FREEZE_POINTS = [
  'act.began',
  'plan.afterCommit',
  'claim.afterCommit',
  'send.beforeCheck',
  'send.afterAnswer',
  'record.before',
  'outbox.afterLease',
  'inbox.beforeStore',
];

/** Points inside a transaction, where a statement may fail. */
export const TRANSACTION_POINTS = ['inbox.beforeStore', 'inbox.beforePayment', 'claim.beforeCommit', 'record.beforeCommit'];

/** How long a machine waits for another one, a person or a better day: the same rules with shorter figures. The claim's 15 s and 5 s and the provider's 10 s stay as they are. */
const SHORTER_CLOCKS = [
  {
    name: 'act run of several steps 75 s → 28 s',
    file: 'workflow-bundle.js',
    find: 'startToCloseTimeout: 75 * SECOND,',
    put: 'startToCloseTimeout: 28 * SECOND,',
  },
  {
    name: 'act run of one transaction 30 s → 10 s',
    file: 'workflow-bundle.js',
    find: 'startToCloseTimeout: 30 * SECOND,',
    put: 'startToCloseTimeout: 10 * SECOND,',
  },
  {
    name: 'workflow tries again after 1 min … 1 h → 2 s … 10 s',
    file: 'workflow-bundle.js',
    find: 'return Math.min(tryAgain.first * 2 ** Math.min(tries - 1, 10), tryAgain.longest);',
    put: 'return Math.min(2 * SECOND * 2 ** Math.min(tries - 1, 10), 10 * SECOND);',
  },
  { name: 'patience with a sibling 40 s → 10 s', file: DISPATCH, find: 'const PATIENCE_MS = 40_000;', put: 'const PATIENCE_MS = 10_000;' },
  {
    name: 'a person finds out after 26 h → 30 s',
    file: 'apps/api/src/outbox/janitor.js',
    find: 'addSeconds(claimedAt ?? updatedAt, HUMAN_HOURS * 3600)',
    put: 'addSeconds(claimedAt ?? updatedAt, 30)',
  },
  {
    name: 'a person finds out after 26 h → 30 s, in the transaction',
    file: 'libs/casework/src/messages/janitor.js',
    find: 'addSeconds(message.claimedAt ?? message.updatedAt, HUMAN_HOURS * 3600)',
    put: 'addSeconds(message.claimedAt ?? message.updatedAt, 30)',
  },
  {
    name: 'an inbox event tries again within 1 h → 4 s',
    file: INBOX,
    find: 'const RETRY_SECONDS_MAX = 3600;',
    put: 'const RETRY_SECONDS_MAX = 4;',
  },
  {
    name: 'the reconciler passes every 5 min → 8 s',
    file: RECONCILER,
    find: 'const EVERY_SECONDS = 300;',
    put: 'const EVERY_SECONDS = 8;',
  },
  {
    name: 'the reconciler judges rows that rest for 60 s → 6 s',
    file: RECONCILER,
    find: 'const QUIET_SECONDS = 60;',
    put: 'const QUIET_SECONDS = 6;',
  },
  {
    name: 'the reconciler asks whether it is due every 15 s → 3 s',
    file: RECONCILER,
    find: "return outcome === 'bounded' ? 1 : 15;",
    put: "return outcome === 'bounded' ? 1 : 3;",
  },
  {
    name: 'the reconciler asks whether it is due every 15 s → 3 s, when it is not',
    file: RECONCILER,
    find: 'if (!isDue || !await takeLease(backend.deps, ALL, LEASE, holder)) return 15;',
    put: 'if (!isDue || !await takeLease(backend.deps, ALL, LEASE, holder)) return 3;',
  },
  {
    name: 'a process that starts reconciles after 20 s → 4 s',
    file: 'apps/api/src/outbox/background-work.js',
    find: 'const RECONCILER_WAITS_MS = 20_000;',
    put: 'const RECONCILER_WAITS_MS = 4_000;',
  },
];

/** Everything that is written into every build of the storm. */
export const PATCHES = [...FAILPOINTS.filter(({ file }) => file), ...SHORTER_CLOCKS];
