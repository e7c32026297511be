import { afterLetterState } from '#domain';
import { describe, expect, it } from 'vitest';
import { day } from '../calendar/day.js';

const presentedOn = day('2026-03-02');

describe('a registered notice and its states', () => {
  it('A32: unclaimed or refused, the ladder goes on and the notice counts from its first presentation', () => {
    for (const state of ['unclaimed', 'refused'] as const) {
      const after = afterLetterState(state, { presentedOn, endedOn: day('2026-03-18') });
      expect(after).toMatchObject({ ladder: 'goesOn', servedOn: '2026-03-02', sendAgain: false });
      expect(after.article).toContain('19-20.680');
    }
    expect(afterLetterState('refused', { endedOn: day('2026-03-03') }).servedOn).toBe('2026-03-03');
  });

  it('A32: an unknown address stops the ladder until a new one is known, and the letter leaves again', () => {
    const after = afterLetterState('returnedUnknown', { presentedOn, endedOn: day('2026-03-04') });
    expect(after).toMatchObject({ ladder: 'stopsForAddress', sendAgain: true });
    expect(after.servedOn).toBeUndefined();
  });

  it('T7: nobody waits for the acknowledgment of receipt before moving on', () => {
    for (const state of ['sent', 'deposited'] as const) {
      expect(afterLetterState(state)).toMatchObject({ ladder: 'goesOn', sendAgain: false });
      expect(afterLetterState(state).servedOn).toBeUndefined();
    }
  });

  it('presented counts from presentation, delivered from delivery', () => {
    expect(afterLetterState('presented', { presentedOn })).toMatchObject({ servedOn: '2026-03-02', article: 'C. civ. 1344' });
    const deliveredOn = day('2026-03-05');
    expect(afterLetterState('delivered', { presentedOn, deliveredOn })).toMatchObject({ servedOn: '2026-03-05' });
    expect(afterLetterState('delivered', { deliveredOn }).how).toBe('pli remis\u202f: 5 mars 2026');
  });
});
