import type { Instant, Wake, WakeKind } from '#domain';
import { describe, expect, it } from 'vitest';
import { actWords, retryWords, timerWords } from './plain-words.js';

const wake = (kind: WakeKind, more: Partial<Wake> = {}): Wake => ({ kind, at: '2026-11-02T08:00:00.000Z' as Instant, ...more });

describe('the words on timers and activities', () => {
  it('say what opens or ends on which day', () => {
    expect(timerWords(wake('formalNotice', { stage: 'formalNotice', round: 1 }))).toBe('formalNotice opens 2026-11-02');
    expect(timerWords(wake('mail', { stage: 'firmMail', round: 2 }))).toBe('firmMail (round 2) opens 2026-11-02');
    expect(timerWords(wake('promiseEnds'))).toBe('promise is judged 2026-11-02');
    expect(timerWords(wake('callExpires', { stage: 'lastCall' }))).toBe('lastCall lapses 2026-11-02 if nobody calls');
    expect(timerWords(wake('review'))).toBe('review on 2026-11-02');
  });

  it('say what an act does and when it is tried again', () => {
    expect(actWords(wake('referral', { stage: 'referral' }))).toBe('referral: hand the case over, 2026-11-02');
    expect(actWords(wake('holdEnds'))).toBe('end the hold, 2026-11-02');
    expect(retryWords(wake('mail', { stage: 'firmMail' }), 120_000)).toBe('firmMail is tried again in 2 min');
  });

  it('stay one short line for every kind of wake', () => {
    const kinds: readonly WakeKind[] = [
      'call',
      'mail',
      'formalNotice',
      'referral',
      'prepare',
      'promiseEnds',
      'holdEnds',
      'disputeDue',
      'callExpires',
      'approvalExpires',
      'review',
    ];
    const lines = kinds.flatMap((kind) => [timerWords(wake(kind)), actWords(wake(kind))]);
    for (const line of lines) expect(line).toMatch(/^[\w :(),-]{8,80}$/);
    expect(new Set(lines).size).toBe(lines.length);
  });
});
