import fc from 'fast-check';
import { julian } from './civil-day.js';
import { claimWithoutFault } from './drawn-claim.js';
import type { ReferenceCase } from './reference-case.js';

/** A fault of form that makes a claim unanswerable whatever else it holds, and the code it is refused with. */
interface Fault {
  readonly code: string;
  /** The claims on which the fault can be seen. */
  readonly fits: (c: ReferenceCase) => boolean;
  readonly spoil: (c: ReferenceCase) => ReferenceCase;
}

const always = () => true;
const isBelgian = (c: ReferenceCase) => c.law === 'BE';
const isPublic = (c: ReferenceCase) => isBelgian(c) && c.kind === 'publicBody';

function without<Key extends keyof ReferenceCase>(c: ReferenceCase, key: Key): Omit<ReferenceCase, Key> {
  const { [key]: _, ...rest } = c;
  return rest;
}

export const FAULTS: readonly Fault[] = [
  { code: 'claimAmountInvalid', fits: always, spoil: (c) => ({ ...c, face: 0n }) },
  { code: 'claimAmountInvalid', fits: always, spoil: (c) => ({ ...c, face: -c.face }) },
  { code: 'claimAmountInvalid', fits: always, spoil: (c) => ({ ...c, face: 10n ** 18n }) },
  {
    code: 'claimMovementInvalid',
    fits: (c) => c.movements.length > 0,
    spoil: (c) => ({ ...c, movements: c.movements.map((m) => ({ ...m, amount: 0n })) }),
  },
  {
    code: 'claimMovementInvalid',
    fits: (c) => c.movements.length > 0,
    spoil: (c) => ({ ...c, movements: c.movements.map((m) => ({ ...m, amount: -m.amount })) }),
  },
  { code: 'dayOutOfRange', fits: always, spoil: (c) => ({ ...c, due: julian('9999-12-01') }) },
  { code: 'dayOutOfRange', fits: always, spoil: (c) => ({ ...c, on: julian('9999-12-31') }) },
  {
    code: 'paymentBeforeIssue',
    fits: (c) => c.movements.some((m) => m.kind === 'payment' && m.on <= c.on && m.on <= c.due),
    spoil: (c) => ({ ...c, issued: Math.min(...c.movements.filter((m) => m.kind === 'payment').map((m) => m.on)) + 1 }),
  },
  { code: 'debtorKindUnknown', fits: always, spoil: (c) => ({ ...c, kind: 'unknown' }) },
  { code: 'debtorKindUnconfirmed', fits: (c) => c.kind === 'coOwners', spoil: (c) => ({ ...c, confirmed: false }) },
  { code: 'currencyNotSupportedForInterest', fits: always, spoil: (c) => ({ ...c, currency: 'CHF' }) },
  { code: 'imputationAgreementMissing', fits: always, spoil: (c) => ({ ...c, principalFirst: true, agreement: false }) },
  { code: 'contractUnchecked', fits: (c) => c.interestClause !== undefined, spoil: (c) => without(c, 'contractRead') },
  {
    code: 'clauseNotSupported',
    fits: (c) => isBelgian(c) && c.interestClause !== undefined,
    spoil: (c) => ({ ...c, interestClause: { kind: 'multipleOfLegalRate', multiple: '2' } }),
  },
  {
    code: 'clauseNotSupported',
    fits: (c) => c.law === 'FR' && c.kind === 'publicBody',
    spoil: (c) => ({ ...c, contractRead: c.due, interestClause: { kind: 'rate', percent: '12' } }),
  },
  {
    code: 'firstReminderInvalid',
    fits: (c) => c.reminder !== undefined,
    spoil: (c) => ({ ...c, ...(c.reminder && { reminder: { ...c.reminder, sent: c.due } }) }),
  },
  { code: 'procurementUnknown', fits: isPublic, spoil: (c) => without(c, 'procurement') },
  { code: 'procurementNotCovered', fits: isPublic, spoil: (c) => ({ ...c, procurement: 'general' }) },
];

/** A claim with exactly one fault, and the code of that fault. */
export const claimWithFault: fc.Arbitrary<{ c: ReferenceCase; code: string }> = fc
  .tuple(claimWithoutFault, fc.constantFrom(...FAULTS))
  .filter(([c, fault]) => fault.fits(c))
  .map(([c, fault]) => ({ c: fault.spoil(c), code: fault.code }));
