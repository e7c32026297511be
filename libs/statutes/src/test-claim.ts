import {
  type ClaimInput,
  type ClaimMovement,
  type ClaimNoteCode,
  type DebtorKind,
  day,
  EUR,
  eur,
  type GoverningLaw,
  isRefusal,
  type Refusal,
  regimeOf,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';

/** A claim as a sentence of a test: amounts in euros, days as text, everything else as the statement takes it. */
export interface ClaimStory {
  readonly law?: GoverningLaw;
  readonly kind?: DebtorKind;
  readonly face: string;
  readonly dueOn: string;
  readonly on: string;
  readonly paid?: readonly (readonly [on: string, amount: string])[];
  readonly credited?: readonly (readonly [on: string, amount: string])[];
  readonly more?: Partial<ClaimInput>;
}

const statutes = loadStatutes();

export function claimInput(story: ClaimStory): ClaimInput {
  const { law = 'FR', kind = 'business' } = story;
  const regime = regimeOf(law, kind, { confirmedByPerson: true });
  const movement =
    (kindOfMovement: ClaimMovement['kind']) =>
    ([on, amount]: readonly [string, string]): ClaimMovement => ({ kind: kindOfMovement, on: day(on), amountMinor: eur(amount).minor });
  return {
    law,
    kind,
    kindConfirmed: true,
    currency: EUR,
    faceMinor: eur(story.face).minor,
    dueOn: day(story.dueOn),
    on: day(story.on),
    movements: [...(story.paid ?? []).map(movement('payment')), ...(story.credited ?? []).map(movement('creditNote'))],
    rules: claimRules(statutes, isRefusal(regime) ? 'FR.business' : regime),
    contract: { checkedOn: day('2024-01-02') },
    ...story.more,
  };
}

export function claimOf(story: ClaimStory): StatementOfClaim | Refusal {
  return statementOfClaim(claimInput(story));
}

export function statementFor(story: ClaimStory): StatementOfClaim {
  const made = claimOf(story);
  if (isRefusal(made)) throw new Error(`Refused: ${JSON.stringify(made)}`);
  return made;
}

export const cents = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
/** `119 × 3.71 = 14.51`, one a line. */
export const linesOf = (made: StatementOfClaim): string[] =>
  made.lines.map((line) => `${line.days} × ${line.ratePercent} = ${cents(line.interestMinor)}`);
export const notesOf = (made: StatementOfClaim): ClaimNoteCode[] => made.notes.map((note) => note.code);
/** Interest accrued, lump sum, total claimed. */
export const sumsOf = (made: StatementOfClaim): string[] =>
  [made.interestAccruedMinor, made.compensationMinor, made.claimTotalMinor].map(cents);
