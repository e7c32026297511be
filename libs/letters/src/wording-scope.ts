import type { LetterAct, LetterRegime } from './letter-content.js';

/** Where a rule of the wording data applies. */
export interface WordingScope {
  readonly acts?: readonly LetterAct[];
  readonly exceptActs?: readonly LetterAct[];
  /** `FR.consumer`, or with a star for one half: `*.consumer`, `FR.*`, `*`. */
  readonly regimes?: readonly string[];
}

export function appliesTo(scope: WordingScope, act: LetterAct, regime: LetterRegime): boolean {
  if (scope.acts !== undefined && !scope.acts.includes(act)) return false;
  if (scope.exceptActs?.includes(act)) return false;
  return scope.regimes === undefined || scope.regimes.some((pattern) => matches(pattern, regime));
}

function matches(pattern: string, regime: LetterRegime): boolean {
  if (pattern === '*') return true;
  const [law, kind] = pattern.split('.');
  const [itsLaw, itsKind] = regime.split('.');
  return (law === '*' || law === itsLaw) && (kind === '*' || kind === itsKind);
}
