import fc from 'fast-check';
import { expect } from 'vitest';
import { claimWithoutFault } from './drawn-claim.js';
import { keepLedger } from './ledger.js';
import { productAnswer } from './product-answer.js';
import type { ReferenceAnswer, ReferenceCase } from './reference-case.js';

/** The day all four files of ten thousand claims begin with; each goes on from a seed of its own. */
const FIRST_SEED = 20_261_122;
const FILES = 4;
const wanted = Number(process.env.REFERENCE_CLAIMS ?? 10_000);

/** Claims drawn anew on every run. */
export const FRESH = Math.ceil(wanted / 20);

/** How many claims one of the four files compares, and from which seed. */
export function shareOf(file: number): { seed: number; numRuns: number } {
  return { seed: FIRST_SEED + file, numRuns: Math.ceil(wanted / FILES) };
}

/** The fields of the reference only, so that a difference is shown without the rest of the statement. */
function bare(answer: ReferenceAnswer | { refusal: string }): unknown {
  if ('refusal' in answer) return answer;
  const { lines, payments, interestAccrued, interestOpen, lumpSum, lumpSumOpen, booksPrincipal, principal, total, surplus, dailyInterest } =
    answer;
  return { lines, payments, interestAccrued, interestOpen, lumpSum, lumpSumOpen, booksPrincipal, principal, total, surplus, dailyInterest };
}

/** Fails with both answers when they differ in a line, a sum, an imputation or a refusal. */
export function expectAgreement(c: ReferenceCase): void {
  expect(bare(productAnswer(c))).toEqual(bare(keepLedger(c)));
}

/** Draws claims and compares; fast-check names seed and path of the smallest claim that differs. */
export function compareDrawn(options: { seed: number; numRuns: number }): void {
  fc.assert(fc.property(claimWithoutFault, expectAgreement), options);
}
