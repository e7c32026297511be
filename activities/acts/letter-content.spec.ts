import type { MessageDraft } from '#casework';
import { day } from '#domain';
import { businessCalendar, loadStatutes } from '#statutes';
import { describe, expect, it } from 'vitest';
import { answerBy } from './letter-content.js';

const calendar = businessCalendar(loadStatutes(), 'FR');
const asked = (slotOn: string, plan: readonly string[]) =>
  answerBy({ slotOn: day(slotOn), lead: { plan: plan.map((on) => ({ on })) }, env: { calendar } } as unknown as MessageDraft);

describe('the day until which a mail asks for an answer', () => {
  it('is five business days away', () => {
    expect(asked('2026-03-09', ['2026-03-09', '2026-03-23'])).toBe('2026-03-16');
    expect(asked('2026-03-09', [])).toBe('2026-03-16');
  });

  it('N21: is never later than the day on which the ladder goes on: 1 May would stretch it to Tuesday', () => {
    expect(asked('2026-04-27', ['2026-04-27', '2026-05-11'])).toBe('2026-05-05');
    expect(asked('2026-04-27', ['2026-04-27', '2026-05-04', '2026-05-18'])).toBe('2026-05-04');
  });
});
