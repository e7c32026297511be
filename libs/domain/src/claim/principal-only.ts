import type { Day } from '../calendar/day.js';
import type { Refusal } from '../refusal.js';
import { checkPrincipal } from './check-claim.js';
import { type ClaimMovement, knownMovements, type PrincipalInput } from './claim-input.js';
import type { ClaimEntry, DebtorKind, GoverningLaw } from './statement.js';

/** The books' view of one term: face value, what was credited and received, what is open. No interest, no compensation. */
export interface PrincipalStatement {
  readonly on: Day;
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly currency: string;
  readonly dueOn: Day;
  readonly faceMinor: bigint;
  readonly creditNotesMinor: bigint;
  readonly paymentsMinor: bigint;
  /** Face less credit notes less payments, never below zero. */
  readonly openPrincipalMinor: bigint;
  readonly entries: readonly ClaimEntry[];
}

/**
 * Principal and movements for any kind of debtor and any currency: what a letter states with "principal, intérêts pour mémoire" when
 * `statementOfClaim` refuses. Refused only for amounts that cannot be (`claimAmountInvalid`, `claimMovementInvalid`).
 */
export function principalOnly(input: PrincipalInput): PrincipalStatement | Refusal {
  return checkPrincipal(input) ?? openPrincipal(input);
}

/** The same on facts already checked. The first entry is the principal, the others follow by day. */
export function openPrincipal(input: PrincipalInput): PrincipalStatement {
  const known = knownMovements(input);
  const creditNotesMinor = total(known, 'creditNote');
  const paymentsMinor = total(known, 'payment');
  const left = input.faceMinor - creditNotesMinor - paymentsMinor;
  return {
    on: input.on,
    law: input.law,
    kind: input.kind,
    currency: input.currency,
    dueOn: input.dueOn,
    faceMinor: input.faceMinor,
    creditNotesMinor,
    paymentsMinor,
    openPrincipalMinor: left > 0n ? left : 0n,
    entries: [{ kind: 'principal', on: input.issuedOn ?? input.dueOn, amountMinor: input.faceMinor }, ...known.map(toEntry)],
  };
}

function total(movements: readonly ClaimMovement[], kind: ClaimMovement['kind']): bigint {
  return movements.filter((m) => m.kind === kind).reduce((sum, m) => sum + m.amountMinor, 0n);
}

function toEntry(movement: ClaimMovement): ClaimEntry {
  const entry = { kind: movement.kind, on: movement.on, amountMinor: -movement.amountMinor };
  return movement.reference === undefined ? entry : { ...entry, reference: movement.reference };
}
