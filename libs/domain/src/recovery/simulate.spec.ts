import { describe, expect, it } from 'vitest';
import { day, instant } from '../calendar/day.js';
import { explainCase } from './explain-case.js';
import { simulate } from './simulate.js';
import { snapshotOf } from './snapshot-of.js';
import { aState, called, happen, LADDER, LYON, look } from './test-ladder.js';

const input = {
  state: aState(),
  policy: LADDER,
  calendar: LYON,
  zone: 'Europe/Paris',
  jitterSeconds: 600,
  now: instant('2026-03-02T07:00:00Z'),
  today: day('2026-03-02'),
};

describe('the diary of what happens if nobody acts', () => {
  it('A2 runs from the call to the hand-over, each rung on its day', () => {
    const diary = simulate(input, 90).map((line) => `${line.on} ${line.kind} ${line.stage ?? ''} ${line.assumed}`);
    expect(diary).toEqual([
      '2026-03-02 call courtesyCall callAttempted',
      '2026-03-03 mail courtesyMail sent',
      '2026-03-09 mail formalMail sent',
      '2026-03-16 mail firmMail sent',
      '2026-03-25 prepare formalNotice approved',
      '2026-03-30 formalNotice formalNotice sent',
      '2026-04-02 served formalNotice served',
      '2026-04-08 prepare referral approved',
      '2026-04-10 call lastCall callAttempted',
      '2026-04-13 referral referral handedOver',
    ]);
  });

  it('calls that nobody makes expire and the ladder goes on', () => {
    const diary = simulate({ ...input, calls: 'notMade' }, 90).map((line) => `${line.on} ${line.kind}`);
    expect(diary.slice(0, 3)).toEqual(['2026-03-02 call', '2026-03-04 callExpires', '2026-03-05 mail']);
    expect(diary.at(-1)).toMatch(/referral$/);
  });

  it('a blocked case shows its reviews and sends nothing', () => {
    const diary = simulate({ ...input, state: aState({ blockers: ['debtorKindUnknown'] }) }, 60);
    expect(new Set(diary.map((line) => line.kind))).toEqual(new Set(['review']));
    expect(diary[0]?.on).toBe('2026-03-16');
  });
});

describe('what people and the workflow are told', () => {
  it('explains a disputed case: where it is, why nothing leaves, what would change it', () => {
    let state = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));
    state = happen(state, '2026-03-09', { type: 'disputeOpened', disputeId: 'd', reason: 'quality', dueOn: day('2026-03-23') });
    const { plan, wake } = look(state, '2026-03-10');
    const { codes, sentences } = explainCase(state, plan, wake, LADDER);
    expect(codes).toEqual(['lastStage', 'disputed', 'next', 'changes.payment', 'changes.dispute']);
    expect(sentences.fr[1]).toBe(
      'La facture est contestée\u202f: rien ne part tant que le litige n’est pas tranché\u202f; une réponse est attendue pour le 23 mars 2026.',
    );
    expect(sentences.nl[0]).toBe('Laatst besliste stap: courtesyCall, op 2 maart 2026.');
  });

  it('a snapshot is plain JSON: digits for money, the last rung done, the plan and the wake', () => {
    const state = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));
    const { plan, wake } = look(state, '2026-03-02');
    const snapshot = snapshotOf({ state, plan, wake, debtorRef: 'D1', epoch: 1, factSeq: 3 });
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    expect(snapshot).toMatchObject({
      state: 'reminding',
      openPrincipal: '486000',
      lastStage: 'courtesyCall',
      disputed: false,
      wake: { kind: 'mail', stage: 'courtesyMail', round: 1 },
    });
    const settled = happen(state, '2026-03-03', {
      type: 'paymentAllocated',
      paymentId: 'm',
      amountMinor: 486000n,
      paidOn: day('2026-03-03'),
    });
    expect(snapshotOf({ state: settled, plan: [], debtorRef: 'D1', epoch: 1, factSeq: 5 }).closed).toBe('settled');
    expect(() => snapshotOf({ state, plan, debtorRef: 'D1', epoch: 1, factSeq: 3 })).toThrow('always has a wake');
  });
});
