import type { DebtorKind, GoverningLaw } from '#domain';
import type { LetterContent, LetterRegime } from './letter-content.js';

/** A regime taken apart, with the questions that wording asks. */
export interface RegimeOfLetter {
  readonly regime: LetterRegime;
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  /** Interest and lump sum by operation of law: businesses and public bodies. */
  readonly automatic: boolean;
  /** Interest only from a proven notice, never a lump sum: French consumers, co-owners of both laws. */
  readonly noticeFirst: boolean;
  /** CDE Book XIX: free first reminder, then the capped clause. */
  readonly freeReminderFirst: boolean;
}

/** The regime a letter is written under: what it says itself, else its statement, else the creditor's country and the debtor's kind. */
export function regimeOf(content: LetterContent): RegimeOfLetter {
  const { statement, creditor, debtor } = content;
  const derived: LetterRegime = statement
    ? `${statement.law}.${statement.kind}`
    : `${creditor.country === 'BE' ? 'BE' : 'FR'}.${debtor.kind ?? 'unknown'}`;
  return partsOf(content.regime ?? derived);
}

function partsOf(regime: LetterRegime): RegimeOfLetter {
  const [law, kind] = regime.split('.') as [GoverningLaw, DebtorKind];
  return {
    regime,
    law,
    kind,
    automatic: kind === 'business' || kind === 'publicBody',
    noticeFirst: kind === 'coOwners' || (law === 'FR' && kind === 'consumer'),
    freeReminderFirst: law === 'BE' && kind === 'consumer',
  };
}
