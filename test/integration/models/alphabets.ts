import { addDays, type Day } from '#domain';
import type { Alphabet } from './explore.js';
import { owedNext } from './reference-answers.js';
import { type ModelCase } from './reference-case.js';

const lastGiven = (model: ModelCase) => model.payments.findLast((payment) => payment.fate === 'given')?.ref;
const fresh = (model: ModelCase) => `pay-${model.payments.length + 1}`;
const half = (minor: bigint) => (minor + 1n) / 2n;
const someDays = (today: Day, days: number) => addDays(today, days);

/** Money, promises and pauses: what debtors do. */
export const MONEY_AND_PAUSES: Alphabet = {
  timer: 'timer',
  payPart: (model) => (model.open > 0n ? { type: 'pay', ref: fresh(model), amount: half(model.open) } : undefined),
  payFull: (model) => (model.open > 0n ? { type: 'pay', ref: fresh(model), amount: model.open } : undefined),
  chargeback: (model) => ({ type: 'chargeback', ref: lastGiven(model) ?? 'none' }),
  // A little more than the half that is paid: 95 % of a promise is enough, and money that goes back can break it.
  promise: (model, today) => ({ type: 'promise', amount: (model.open * 51n) / 100n, dueOn: someDays(today, 5), today }),
  hold: () => ({ type: 'hold', days: 6 }),
  release: () => ({ type: 'release' }),
  dispute: () => ({ type: 'dispute' }),
  resolve: () => ({ type: 'resolve' }),
  callMade: () => ({ type: 'callMade' }),
};

/** Endings, proofs and what only a person can clear. */
export const ENDINGS_AND_PROOFS: Alphabet = {
  timer: 'timer',
  payOver: (model) => (model.payments.length < 3 ? { type: 'pay', ref: fresh(model), amount: model.open + 5_000n } : undefined),
  duplicate: (model) => ({ type: 'pay', ref: model.payments.at(-1)?.ref ?? 'pay-1', amount: 100_000n }),
  unmatched: (model) => (model.payments.length < 3 ? { type: 'unmatched', ref: fresh(model), amount: 150_000n } : undefined),
  match: (model) => ({ type: 'match', ref: model.payments.find((payment) => payment.fate === 'parked')?.ref ?? 'none' }),
  insolvency: () => ({ type: 'insolvency' }),
  writeOff: () => ({ type: 'close', kind: 'writtenOff' }),
  reopen: () => ({ type: 'reopen' }),
  chargeback: (model) => ({ type: 'chargeback', ref: lastGiven(model) ?? 'none' }),
  unknown: (model) => (model.blockers.includes('unknown') ? { type: 'cleared', by: 'unknown' } : { type: 'blocked', by: 'unknown' }),
};

/** The upper ladder: approvals, the notice and its proof, the last call and the hand-over. */
export const UPPER_LADDER: Alphabet = {
  timer: 'timer',
  approve: () => ({ type: 'approve', verdict: 'approved' }),
  refuse: () => ({ type: 'approve', verdict: 'refused' }),
  served: (model) => (model.served || owedNext(model) === 'formalNotice' ? undefined : { type: 'served' }),
  returned: (model) => (model.served || owedNext(model) === 'formalNotice' ? undefined : { type: 'returned' }),
  found: () => ({ type: 'cleared', by: 'contact' }),
  callMade: () => ({ type: 'callMade' }),
  payFull: (model) => (model.open > 0n ? { type: 'pay', ref: fresh(model), amount: model.open } : undefined),
  chargeback: (model) => ({ type: 'chargeback', ref: lastGiven(model) ?? 'none' }),
  hold: () => ({ type: 'hold', days: 6 }),
};
