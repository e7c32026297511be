import { addDays, type Day, dayIn } from '#domain';
import { ZONE } from '../../integration/models/pure-case.js';
import type { SimulatedCase } from './simulated-case.js';

type Deed = (story: SimulatedCase, today: Day) => void;

/** What debtors, staff and banks do, at any moment. A refusal is an answer like another. */
const DEEDS: readonly (readonly [number, string, Deed])[] = [
  [4, 'pays', (story) => pays(story, false)],
  [2, 'pays all', (story) => pays(story, true)],
  [3, 'charged back', chargedBack],
  [
    3,
    'promises',
    (story, today) => story.rows.command({ type: 'promise', amount: share(story), dueOn: addDays(today, 1 + story.dice.below(14)), today }),
  ],
  [3, 'hold', (story) => story.rows.command({ type: 'hold', days: 1 + story.dice.below(12) })],
  [3, 'release', (story) => story.rows.command({ type: 'release' })],
  [2, 'dispute', (story) => story.rows.command({ type: 'dispute' })],
  [3, 'resolve', (story) => story.rows.command({ type: 'resolve' })],
  [5, 'call made', (story) => story.rows.command({ type: 'callMade' })],
  [6, 'approve', (story) => story.rows.command({ type: 'approve', verdict: story.dice.chance(85) ? 'approved' : 'refused' })],
  [4, 'served', (story) => story.rows.command({ type: 'served' })],
  [1, 'insolvency', (story) => story.dice.chance(15) && story.rows.command({ type: 'insolvency' })],
  [2, 'brake', (story) => (story.rows.brakeOn = story.dice.chance(40))],
  [1, 'write-off', (story) => story.dice.chance(25) && story.rows.command({ type: 'close', kind: 'writtenOff' })],
  [1, 'reopen', (story) => story.rows.command({ type: 'reopen' })],
  [1, 'unblock', unblock],
];

/** One deed of trouble's time; money likes to come while a letter is on its way. */
export function deedOf(story: SimulatedCase): void {
  if (story.isSending && story.dice.chance(20)) return pays(story, true);
  const sum = DEEDS.reduce((weights, [weight]) => weights + weight, 0);
  let at = story.dice.below(sum);
  for (const [weight, name, deed] of DEEDS) {
    at -= weight;
    if (at >= 0) continue;
    story.said(name);
    return deed(story, dayIn(story.rows.pure.now, ZONE));
  }
}

/** When trouble is over, people do what is asked of them, so that every case can come to its end. */
export function staffDeed(story: SimulatedCase): void {
  const { rows } = story;
  const { state } = rows.pure;
  if (rows.brakeOn) rows.brakeOn = false;
  else if (state.insolvency) rows.command({ type: 'close', kind: 'insolvency' });
  else if (state.dispute) rows.command({ type: 'resolve' });
  else if (state.blockers.some((blocker) => blocker !== 'messageUnknown')) unblock(story);
  else if (state.openCall) rows.command({ type: 'callMade' });
  else if (state.approval?.state === 'pending') rows.command({ type: 'approve', verdict: 'approved' });
  else if (state.approval?.state === 'refused') rows.command({ type: 'close', kind: 'withdrawn' });
  else if (state.notice && !state.notice.servedOn) rows.command({ type: 'served' });
  else if (state.openPrincipalMinor < state.thresholdMinor) rows.command({ type: 'close', kind: 'writtenOff' });
}

const share = (story: SimulatedCase): bigint => (story.rows.pure.state.openPrincipalMinor * BigInt(10 + story.dice.below(80))) / 100n;

/** Acknowledged when its row is committed: sometimes booked at once, sometimes read from the inbox seconds later. Now and then twice. */
function pays(story: SimulatedCase, isAll: boolean): void {
  const { rows, dice } = story;
  const open = rows.pure.state.openPrincipalMinor;
  const known = rows.pure.payments.at(-1);
  const isAgain = known !== undefined && dice.chance(20);
  const ref = isAgain ? known.ref : story.nextPaymentRef();
  const amount = isAgain ? known.amount : isAll ? open + (dice.chance(30) ? 5_000n : 0n) : share(story);
  if (amount <= 0n) return;
  story.acknowledged(ref, amount);
  if (dice.chance(50)) rows.inbox.push({ type: 'pay', ref, amount });
  else rows.command({ type: 'pay', ref, amount });
}

function chargedBack(story: SimulatedCase): void {
  const given = story.rows.pure.payments.findLast(({ fate }) => fate === 'given');
  if (!given) return;
  story.rows.command({ type: 'chargeback', ref: given.ref });
  story.oracle.reverse(given.ref);
}

/** A person mended what a letter was refused for. */
function unblock({ rows }: SimulatedCase): void {
  const refused = rows.pure.state.blockers.find((blocker) => blocker === 'messageRejected');
  if (!refused) return;
  for (const message of rows.messages.values()) if (message.state === 'REJECTED') message.state = 'PLANNED';
  rows.record([{ type: 'blockerLifted', blocker: refused }]);
}
