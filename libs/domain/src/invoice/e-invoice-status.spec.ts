import { E_INVOICE_STATUSES, eInvoiceConsequence } from '#domain';
import { describe, expect, it } from 'vitest';
import type { BusinessCalendar } from '../calendar/business-calendar.js';
import { day } from '../calendar/day.js';

const calendar: BusinessCalendar = { territory: 'FR', isHoliday: (on) => on === '2026-11-11' };
const received = { on: day('2026-11-06'), pauseWorkingDays: 5, calendar };
const effect = (code: string): string => eInvoiceConsequence(code, received).effect;

describe('statuses of the e-invoicing platforms', () => {
  it('A39: 207, 208 and 210 open a dispute and pause, 209 resumes, 213 ends dunning', () => {
    expect(['207', '208', '210'].map(effect)).toEqual(['openDispute', 'openDispute', 'openDispute']);
    expect(effect('209')).toBe('resume');
    expect(effect('213')).toBe('noDunning');
  });

  it('A39: 211 pauses five working days, holidays left out, and pays nothing', () => {
    expect(eInvoiceConsequence('211', received)).toEqual({
      code: '211',
      name: 'Paiement transmis',
      effect: 'pauseForPayment',
      pauseUntil: '2026-11-16',
    });
    expect(E_INVOICE_STATUSES.map((status) => status.effect)).not.toContain('settled');
  });

  it('A39: an unknown code is kept as received and has no effect', () => {
    expect(eInvoiceConsequence('299', received)).toEqual({ code: '299', effect: 'unknown' });
    expect(eInvoiceConsequence('', received)).toEqual({ code: '', effect: 'unknown' });
  });

  it('A39: transport proves nothing, availability answers "never received", approval is evidence', () => {
    expect(['200', '201', '202', '203', '204', '205', '206', '212'].map(effect)).toEqual([
      'none',
      'none',
      'none',
      'proofOfReceipt',
      'proofOfReceipt',
      'evidenceOfDebt',
      'evidenceOfDebt',
      'saidBySeller',
    ]);
    expect(new Set(E_INVOICE_STATUSES.map((status) => status.code)).size).toBe(14);
  });
});
