import { frenchAmount, frenchPercent } from './french-figures.js';
import type { InterestLine } from './statement.js';

/** Languages a line can be explained in; the derivation itself is written in French. */
export type ExplanationLanguage = 'fr';

/**
 * One line in words, for letters and for staff:
 * `46 jours × 12,15 % sur 12 000,00 € = 183,75 € (C. com. L441-10 II ; taux BCE 2,15 % au 1er janvier 2026 + 10 points)`.
 */
export function explainLine(line: InterestLine, _language: ExplanationLanguage = 'fr'): string {
  const days = `${line.days}\u00a0${line.days === 1 ? 'jour' : 'jours'}`;
  const sum = `${frenchAmount(line.baseMinor, 'EUR')} = ${frenchAmount(line.interestMinor, 'EUR')}`;
  return `${days} × ${frenchPercent(line.ratePercent)} sur ${sum} (${line.source.article}\u202f; ${line.derivation})`;
}
