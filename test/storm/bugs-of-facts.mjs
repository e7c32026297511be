// Seeded bugs of webhooks, money, plans, journal and news for Temporal. Text of the compiled build, like the named points.

const WEBHOOKS = 'apps/api/src/webhooks/webhooks.controller.js';
const INBOX = 'apps/api/src/webhooks/inbox.service.js';
const PAYMENT = 'apps/api/src/webhooks/payment-event.js';
const RELAY = 'apps/api/src/outbox/relay.js';

/** Without it the reconciler would mend within seconds what the bug breaks, and hide it: it is put to sleep beside those bugs. */
const noReconciler = {
  file: 'apps/api/src/operations/reconcile/reconciler.js',
  find: 'if (!await this.backend.directory.isReachable())',
  put: 'if (true)',
};

export const BUGS_OF_FACTS = [
  {
    name: 'ack-before-commit',
    says: 'the webhook is answered 2xx before it is stored',
    expects: ['I17', 'I18', 'I11', 'I13'],
    faults: ['trap', 'killAny'],
    points: ['inbox.beforePayment'],
    tilt: { pays: 0.9 },
    patches: [
      {
        file: WEBHOOKS,
        find: "await this.inbox.receive(arrivalOf(endpoint, 'standardWebhooks', proof.id, reading, rawBody));",
        put: "setTimeout(() => void this.inbox.receive(arrivalOf(endpoint, 'standardWebhooks', proof.id, reading, rawBody)).catch(() => undefined), 2_000);",
      },
      {
        file: WEBHOOKS,
        find: "await this.inbox.receive(arrivalOf(endpoint, 'stripe', eventId, reading, rawBody));",
        put: "setTimeout(() => void this.inbox.receive(arrivalOf(endpoint, 'stripe', eventId, reading, rawBody)).catch(() => undefined), 2_000);",
      },
    ],
  },
  {
    name: 'failure-is-a-duplicate',
    says: 'a database that fails is answered like an event already known',
    expects: ['I17', 'I18', 'I11', 'I13'],
    faults: ['postmaster', 'failTrap'],
    kills: 5,
    points: ['inbox.beforePayment'],
    tilt: { pays: 0.9 },
    patches: [{ file: INBOX, find: 'if (!isItsOwnFault(error)) throw error;', put: "if (!isItsOwnFault(error)) return 'duplicate';" }],
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
    says: 'one signal in two is marked as delivered without being sent',
    expects: ['I25', 'liveness'],
    faults: [],
    patches: [
      {
        file: RELAY,
        find: 'return this.signal(row);',
        put: "return row.outboxId % 2n === 0n ? Promise.resolve({ kind: 'delivered' }) : this.signal(row);",
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
