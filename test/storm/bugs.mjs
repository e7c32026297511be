// Seeded bugs, one switch each: what the storm must catch to be worth anything. Text of the compiled build, like the named points.

const CLAIM = 'libs/casework/src/messages/claim-message.js';
const DISPATCH = 'activities/acts/dispatch.js';
const SEND = 'activities/acts/send-mail.js';
const JUDGE = 'libs/casework/src/messages/judge-send.js';
const MAILER = 'libs/mail/src/sendgrid-mailer.js';
const RECORD = 'libs/casework/src/messages/record-dispatch.js';
const WEBHOOKS = 'apps/api/src/webhooks/webhooks.controller.js';
const INBOX = 'apps/api/src/webhooks/inbox.service.js';
const PAYMENT = 'apps/api/src/webhooks/payment-event.js';
const RELAY = 'apps/api/src/outbox/relay.js';

const noPreJudge = {
  file: SEND,
  find: "if (judged.verdict === 'stale' || judged.verdict.verdict !== 'SENT') return judged.snapshot;",
  put: '',
};
const noWakeCheck = { file: DISPATCH, find: '!isCurrentWake(draft.lead, wake) || wake.at > draft.env.now', put: 'false' };
const pause = (ms) => `await new Promise((done) => setTimeout(done, ${ms}));`;

/** Without it the reconciler would mend within seconds what the bug breaks, and hide it: it is put to sleep beside those bugs. */
const noReconciler = {
  file: 'apps/api/src/operations/reconcile/reconciler.js',
  find: 'if (!await this.backend.directory.isReachable())',
  put: 'if (true)',
};

/**
 * `expects`: the invariants of which at least one must be reported; `faults`: the weather in which it shows soonest; `points` where to die, `lines` what to cut;
 * `cases`, `days`, `kills`, `tilt`: a world that aims at it.
 */
export const BUGS = [
  {
    name: 'claim-without-lock',
    says: 'the claim judges and commits without the creditor’s lock and without locking the rows, with a pause between the two',
    expects: ['I1', 'I5', 'I15', 'I16', 'I2'],
    faults: ['aimed', 'killAny'],
    patches: [
      {
        file: CLAIM,
        find: "const outcome = await deps.unitOfWork.run(creditorId, 'exclusive', async (tx)=>{",
        put: 'const outcome = await deps.unitOfWork.plain(async (tx)=>{',
      },
      {
        file: CLAIM,
        find: 'const rows = await tx.lockCases(creditorId, links.map((l)=>l.caseId));\n        const lead',
        put: 'tx.hasUnreadPayments = async () => false; const rows = await tx.cases.all({ creditorId, caseId: links.map((l)=>l.caseId) });\n        const lead',
      },
      {
        file: CLAIM,
        find: 'return markClaimed(tx, deps, message, rows, env,',
        put: `${pause(900)} return markClaimed(tx, deps, message, rows, env,`,
      },
    ],
  },
  {
    name: 'send-before-claim',
    says: 'the mail leaves first and is claimed afterwards',
    expects: ['I5', 'I1', 'I2', 'I7', 'I9', 'I16', 'I15'],
    faults: ['trap', 'killAny'],
    patches: [
      { file: DISPATCH, find: "from '#casework';", put: "from '#casework'; import { openBytes } from '#casework';" },
      {
        file: DISPATCH,
        find: 'const outcome = await claimMessage(deps, {',
        put: `if (message.state === 'PLANNED' && message.bytesObjectId) { const kept = await deps.unitOfWork.plain((tx) => openBytes(tx, deps, creditorId, message.bytesObjectId)); await ports.mail.sendBytes({ bytes: kept.bytes, sandbox: true }); } const outcome = await claimMessage(deps, {`,
      },
      { file: SEND, find: 'const answer = await ports.mail.sendBytes({', put: "const answer = { kind: 'accepted' }; void ({" },
    ],
  },
  {
    name: 'retry-on-time-out',
    says: 'an answer that did not come is taken for a mail that did not leave, and the call is made again',
    expects: ['I5'],
    faults: ['provider', 'network'],
    lines: ['provider'],
    patches: [
      {
        file: MAILER,
        find: 'return failed(error);',
        put: "if (failed(error).kind === 'unknown') return answered(await client.ask({ method: 'POST', url: '/v3/mail/send', body: Buffer.from(prepared.bytes) }), now); return failed(error);",
      },
    ],
  },
  {
    name: 'ack-before-commit',
    says: 'the webhook is answered 2xx before it is stored',
    expects: ['I17', 'I18', 'I11', 'I13'],
    faults: ['trap', 'killAny'],
    points: ['inbox.beforeStore'],
    tilt: { pays: 0.9 },
    patches: [
      {
        file: WEBHOOKS,
        find: "await this.inbox.receive(arrivalOf(endpoint, 'standardWebhooks', proof.id, reading, rawBody));",
        put: "setTimeout(() => void this.inbox.receive(arrivalOf(endpoint, 'standardWebhooks', proof.id, reading, rawBody)).catch(() => undefined), 700);",
      },
      {
        file: WEBHOOKS,
        find: "await this.inbox.receive(arrivalOf(endpoint, 'stripe', eventId, reading, rawBody));",
        put: "setTimeout(() => void this.inbox.receive(arrivalOf(endpoint, 'stripe', eventId, reading, rawBody)).catch(() => undefined), 700);",
      },
    ],
  },
  {
    name: 'failure-is-a-duplicate',
    says: 'a database that fails is answered like an event already known',
    expects: ['I17', 'I18', 'I11', 'I13'],
    faults: ['postmaster', 'network'],
    lines: ['postgres'],
    tilt: { pays: 0.9 },
    patches: [{ file: INBOX, find: 'if (!isItsOwnFault(error)) throw error;', put: "if (!isItsOwnFault(error)) return 'duplicate';" }],
  },
  {
    name: 'count-before-sent',
    says: 'the rung counts as done when it is claimed',
    expects: ['I7'],
    faults: ['trap', 'provider'],
    points: ['claim.afterCommit', 'send.beforeCheck'],
    patches: [
      {
        file: CLAIM,
        find: "import { markUnknown } from './decide-message.js';",
        put: "import { markUnknown, stageIsDone } from './decide-message.js';",
      },
      {
        file: CLAIM,
        find: 'return markClaimed(tx, deps, message, rows, env,',
        put: 'for (const row of rows) await stageIsDone(tx, deps, message, row, true); return markClaimed(tx, deps, message, rows, env,',
      },
    ],
  },
  {
    name: 'forget-rung-after-outage',
    says: 'a rung whose day passed while nothing ran is left out of the plan',
    expects: ['I7', 'liveness'],
    faults: ['temporalStop', 'network', 'trap'],
    patches: [
      {
        file: 'libs/domain/src/recovery/draw-plan.js',
        find: 'const last = plan.at(-1);',
        put: 'const kept = plan.filter((each) => !each.late); plan.splice(0, plan.length, ...kept); const last = plan.at(-1);',
      },
    ],
  },
  {
    name: 'payment-checked-by-workflow-only',
    says: 'the claim does not ask whether the case is settled, closed or stopped: the flag in the workflow must do',
    expects: ['I1', 'I16', 'I15'],
    faults: ['aimed', 'freezeTrap'],
    points: ['act.began'],
    kills: 16,
    patches: [
      noPreJudge,
      noWakeCheck,
      { file: JUDGE, find: 'if (state.closed) return', put: 'if (false) return' },
      { file: JUDGE, find: "if (state.openPrincipalMinor <= state.toleranceMinor) return 'settled';", put: '' },
      { file: JUDGE, find: 'if (state.openPrincipalMinor < state.thresholdMinor)', put: 'if (false)' },
    ],
  },
  {
    name: 'hold-and-dispute-ignored',
    says: 'the claim does not ask for promise, hold and dispute',
    expects: ['I15', 'I16'],
    faults: ['aimed', 'freezeTrap'],
    points: ['act.began', 'plan.afterCommit'],
    kills: 16,
    tilt: { holds: 0.9 },
    patches: [
      noPreJudge,
      noWakeCheck,
      { file: JUDGE, find: "if (state.dispute) return 'disputed';", put: '' },
      { file: JUDGE, find: "if (state.hold) return 'onHold';", put: '' },
      { file: JUDGE, find: "if (state.promise) return 'promised';", put: '' },
    ],
  },
  {
    name: 'payment-booked-per-event',
    says: 'two events about one payment are two payments',
    expects: ['I18', 'I11'],
    faults: [],
    tilt: { pays: 0.9 },
    patches: [
      {
        file: PAYMENT,
        find: 'providerRef: `${notice.account}:${notice.providerPaymentId}${undo}`,',
        put: 'providerRef: `${notice.account}:${notice.providerPaymentId}${undo}/${notice.eventId}`,',
      },
    ],
  },
  {
    name: 'early-reversal-dropped',
    says: 'a reversal that comes before its payment is put aside for good',
    expects: ['I18', 'I13', 'I11'],
    faults: [],
    tilt: { pays: 0.95, reverses: 0.8 },
    patches: [{ file: PAYMENT, find: "state: 'later',", put: "state: 'ignored'," }],
  },
  {
    name: 'signal-lost',
    says: 'one signal in five is marked as delivered without being sent',
    expects: ['I25', 'liveness'],
    faults: [],
    patches: [
      {
        file: RELAY,
        find: 'return this.signal(row);',
        put: "return row.outboxId % 5n === 0n ? Promise.resolve({ kind: 'delivered' }) : this.signal(row);",
      },
      noReconciler,
    ],
  },
  {
    name: 'outage-is-delivery',
    says: 'news that Temporal did not take are marked as delivered',
    expects: ['I25', 'liveness', 'I7'],
    faults: ['temporalStop', 'temporalKill', 'network'],
    lines: ['temporal'],
    patches: [
      {
        file: RELAY,
        find: "case 'unavailable':\n            return {",
        put: "case 'unavailable':\n            return { kind: 'delivered' }; return {",
      },
      noReconciler,
    ],
  },
  {
    name: 'stale-basis',
    says: 'the claim does not compare the letter with the sums of the moment',
    expects: ['I9'],
    faults: ['aimed', 'freezeTrap'],
    points: ['plan.afterCommit'],
    kills: 12,
    tilt: { holds: 0, halves: 0.9 },
    patches: [
      { file: CLAIM, find: 'if (moved) return again();', put: '' },
      {
        file: DISPATCH,
        find: 'const outcome = await claimMessage(deps, {',
        put: `${pause(1_500)} const outcome = await claimMessage(deps, {`,
      },
    ],
  },
  {
    name: 'unknown-sent-again',
    says: 'an answer that never came is treated as a mail that never left',
    expects: ['I5', 'I7'],
    faults: ['provider', 'network'],
    lines: ['provider'],
    patches: [
      {
        file: RECORD,
        find: 'return markUnknown(tx, deps, message, rows, leadId, answer.reason);',
        put: "return neverLeft(tx, deps, message, rows, leadId, { kind: 'neverLeft', reason: answer.reason });",
      },
    ],
  },
  {
    name: 'old-claim-taken-again',
    says: 'a claim whose holder died is claimed and sent by the next one',
    expects: ['I5'],
    faults: ['trap', 'killAny'],
    points: ['send.afterAnswer', 'record.before'],
    patches: [
      {
        file: CLAIM,
        find: "if (message.state === 'CLAIMED') return heldOrUnknown(tx, deps, message, rows, lead);",
        put: "if (message.state === 'CLAIMED' || message.state === 'UNKNOWN') { await tx.messages.update({ creditorId, messageId }, { state: 'PLANNED', claimToken: null, claimedAt: null }); message.state = 'PLANNED'; }",
      },
    ],
  },
  {
    name: 'journal-chain-broken',
    says: 'facts written together do not name one another',
    expects: ['I31 storm'],
    faults: [],
    tilt: { pays: 0.9 },
    patches: [{ file: 'libs/casework/src/facts/apply-facts.js', find: 'hash = entry.hash;', put: 'void entry.hash;' }],
  },
  {
    name: 'allocation-not-conserved',
    says: 'a cent of every payment is allocated to nobody',
    expects: ['I11', 'I18'],
    faults: [],
    tilt: { pays: 0.9 },
    patches: [
      {
        file: 'libs/casework/src/money/book-payment.js',
        find: 'caseId: row.caseId,\n        amountMinor: share,',
        put: 'caseId: row.caseId,\n        amountMinor: share - 1n,',
      },
    ],
  },
];
