import { describe, expect, it } from 'vitest';
import { day } from '../calendar/day.js';
import { isRefusal } from '../refusal.js';
import { CASE_STATES } from './case-state.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import type { RecoveryFact } from './recovery-fact.js';
import type { RecoveryState } from './recovery-state.js';
import { shownState } from './shown-state.js';
import { aState, called, happen, mailed } from './test-ladder.js';
import { drawTransitions, STATES_WITHOUT_FACTS, TRANSITIONS } from './transitions.js';

const TODAY = '2026-03-10';
const far = day('2026-03-20');
const promise: RecoveryFact = { type: 'promiseMade', promiseId: 'a', amountMinor: 1000n, dueOn: far, judgedOn: far };
const hold: RecoveryFact = { type: 'holdPlaced', holdId: 'a', until: far, reason: 'asked' };
const dispute: RecoveryFact = { type: 'disputeOpened', disputeId: 'a', reason: 'quality', dueOn: far };
const insolvency: RecoveryFact = { type: 'insolvencyOpened', openedOn: far };
const closings = (['handedOver', 'writtenOff', 'withdrawn', 'insolvency'] as const).map(
  (kind): RecoveryFact => ({ type: 'caseClosed', kind, reason: 'decided' }),
);
const payment: RecoveryFact = { type: 'paymentAllocated', paymentId: 'a', amountMinor: 486000n, paidOn: far };
const served: RecoveryFact = { type: 'deliveryReported', messageId: 'formalNotice-1', kind: 'served', channel: 'registeredPost' };

const FACTS: readonly RecoveryFact[] = [
  payment,
  { type: 'paymentReversed', paymentId: 'a', amountMinor: 486000n, reversedOn: far },
  promise,
  { type: 'promiseEnded', promiseId: 'a', verdict: 'broken' },
  hold,
  { type: 'holdReleased', holdId: 'a', by: 'person' },
  dispute,
  { type: 'disputeResolved', disputeId: 'a', verdict: 'confirmed' },
  insolvency,
  ...closings,
  { type: 'caseReopened', reason: 'approved' },
  { type: 'callTaskOpened', callId: 'a', stage: 'courtesyCall', round: 1, expiresOn: far },
  mailed('courtesyMail'),
  { type: 'stageSkipped', stage: 'courtesyMail', round: 1, reason: 'tested' },
  { type: 'stageHandedToPerson', stage: 'courtesyMail', round: 1, reason: 'tested' },
  served,
];

/** Every mix of progress on the ladder, running stops and closing that facts can bring about. */
function situations(): RecoveryState[] {
  const begun = happen(aState(), TODAY, ...called('courtesyCall', TODAY));
  const sent = happen(begun, TODAY, mailed('formalNotice'));
  const ladder = [aState(), begun, sent, happen(sent, TODAY, served)];
  const stops = [[], [promise], [hold], [dispute], [insolvency], [promise, hold], [hold, dispute]];
  const open = ladder.flatMap((state) => stops.map((facts) => happen(state, TODAY, ...facts)));
  return [...open, ...open.flatMap((state) => [...closings, payment].map((fact) => happen(state, TODAY, fact)))];
}

describe('the table of transitions', () => {
  it('I14: is exactly what facts can do from every situation, no edge missing and none too many', () => {
    const seen = new Set<string>();
    for (const situation of situations()) {
      for (const fact of FACTS) {
        const decision = decide(situation, fact, day(TODAY));
        if (isRefusal(decision)) continue;
        decision.events.reduce((state, event) => {
          const next = evolve(state, event, day(TODAY));
          const [from, to] = [shownState(state), shownState(next)];
          if (from !== to) seen.add(`${from} → ${to} by ${event.type}`);
          return next;
        }, situation);
      }
    }
    const table = TRANSITIONS.flatMap(({ from, to, by }) => by.map((fact) => `${from} → ${to} by ${fact}`));
    expect([...seen].sort()).toEqual([...table].sort());
  });

  it('knows every state, and reaches each from the first one but those no fact leads to yet', () => {
    const reached = new Set(['scheduled']);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { from, to } of TRANSITIONS) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual(CASE_STATES.filter((state) => !STATES_WITHOUT_FACTS.includes(state)).sort());
  });

  it('draws itself, one arrow for each edge', () => {
    const lines = drawTransitions().split('\n');
    expect(lines).toHaveLength(TRANSITIONS.length + 2);
    expect(lines).toContain('  reminding --> formalNoticeServed: deliveryReported');
  });
});
