// Seeded bugs of planning, claiming and sending. Text of the compiled build, like the named points.

const CLAIM = 'libs/casework/src/messages/claim-message.js';
const DECIDE = 'libs/casework/src/messages/decide-message.js';
const DISPATCH = 'activities/acts/dispatch.js';
const SEND = 'activities/acts/send-mail.js';
const JUDGE = 'libs/casework/src/messages/judge-send.js';
const MAILER = 'libs/mail/src/sendgrid-mailer.js';
const RECORD = 'libs/casework/src/messages/record-dispatch.js';

const pause = (ms) => `await new Promise((done) => setTimeout(done, ${ms}));`;

/** The act begins without asking whether it still may, and takes its time: what comes meanwhile must be noticed later on. */
const slowAct = {
  file: SEND,
  find: "if (judged.verdict === 'stale' || judged.verdict.verdict !== 'SENT') return judged.snapshot;",
  put: pause(1_500),
};
/** Time passes between the bytes and the claim, as on a machine with much to do. */
const slowClaim = {
  file: DISPATCH,
  find: 'const outcome = await claimMessage(deps, {',
  put: `${pause(1_500)} const outcome = await claimMessage(deps, {`,
};
/** Time passes between the claim and the hand-over, and everybody else can see the claim. */
const slowHandOver = {
  file: SEND,
  find: 'const answer = await ports.mail.sendBytes({',
  put: `${pause(2_000)} const answer = await ports.mail.sendBytes({`,
};
/** The act of a process that died is run again before the janitor has looked at its claim. */
const soonTriedAgain = { file: 'workflow-bundle.js', find: 'startToCloseTimeout: 28 * SECOND,', put: 'startToCloseTimeout: 9 * SECOND,' };
const noWakeCheck = { file: DISPATCH, find: '!isCurrentWake(draft.lead, wake) || wake.at > draft.env.now', put: 'false' };

export const BUGS_OF_SENDING = [
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
    name: 'payment-checked-by-workflow-only',
    says: 'the claim does not ask whether the case is settled, closed or stopped: the flag in the workflow must do',
    expects: ['I1', 'I16', 'I15'],
    faults: ['aimed'],
    tilt: { holds: 0, halves: 0, early: 1 },
    patches: [
      slowAct,
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
    faults: ['aimed'],
    tilt: { holds: 1, early: 0.5, states: ['PLANNED'] },
    patches: [
      slowAct,
      slowClaim,
      noWakeCheck,
      { file: JUDGE, find: "if (state.dispute) return 'disputed';", put: '' },
      { file: JUDGE, find: "if (state.hold) return 'onHold';", put: '' },
      { file: JUDGE, find: "if (state.promise) return 'promised';", put: '' },
    ],
  },
  {
    name: 'stale-basis',
    says: 'the claim does not compare the letter with the sums of the moment',
    expects: ['I9'],
    faults: ['aimed'],
    tilt: { holds: 0, halves: 1, early: 0, states: ['PLANNED'] },
    patches: [slowClaim, { file: CLAIM, find: 'if (moved) return again();', put: '' }],
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
    expects: ['I5', 'I7'],
    faults: ['trap'],
    points: ['send.afterAnswer', 'record.before'],
    tilt: { groups: 0.9, pays: 0.2 },
    patches: [
      slowHandOver,
      soonTriedAgain,
      {
        file: CLAIM,
        find: "if (message.state === 'CLAIMED') return heldOrUnknown(tx, deps, message, rows, lead);",
        put: "if (message.state === 'CLAIMED' || message.state === 'UNKNOWN') { await tx.messages.update({ creditorId, messageId }, { state: 'PLANNED', claimToken: null, claimedAt: null }); message.state = 'PLANNED'; }",
      },
    ],
  },
  {
    name: 'crossing-not-flagged',
    says: 'a letter that met a payment on its way looks like any other',
    expects: ['I2'],
    faults: ['crossing'],
    tilt: { pays: 0.2 },
    patches: [
      {
        file: DECIDE,
        find: 'if (!message.claimedAt || rows.length === 0) return;',
        put: 'return;',
      },
    ],
  },
];
