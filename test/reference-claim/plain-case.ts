import { julian } from './civil-day.js';
import type { ReferenceCase, ReferenceMovement } from './reference-case.js';

/** `12 000,00` euros due and looked at on two days, with nothing else known; add what the test is about. */
export function plainCase(face: bigint, due: string, on: string, more: Partial<ReferenceCase> = {}): ReferenceCase {
  return {
    law: 'FR',
    kind: 'business',
    currency: 'EUR',
    face,
    due: julian(due),
    on: julian(on),
    movements: [],
    dayCount: 'ACT/365F',
    principalFirst: false,
    agreement: true,
    confirmed: true,
    contractRead: julian(due) - 30,
    naturalPerson: false,
    smallEnterprise: false,
    waivesInterest: false,
    waivesLumpSum: false,
    ...more,
  };
}

export const paid = (on: string, amount: bigint, more: Partial<ReferenceMovement> = {}): ReferenceMovement => ({
  kind: 'payment',
  on: julian(on),
  amount,
  ...more,
});
