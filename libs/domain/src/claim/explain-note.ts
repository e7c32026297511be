import { type Day, parseDay } from '../calendar/day.js';
import type { ClaimNote, ClaimNoteCode } from './claim-note.js';
import { NOTE_SENTENCES } from './note-sentences.js';
import { type ExplanationLanguage, figuresIn } from './figures.js';

/** Facts of a note as its language writes them: days, percentages and amounts by the end of their names. */
export type NoteFacts = (name: string) => string;

/**
 * Why a statement says, or does not say, something: one sentence with its article.
 * Example: `interestFromNotice` → `Les intérêts courent depuis le 4 mars 2025, lendemain de la mise en demeure reçue le 3 mars 2025
 * (C. civ. 1231-6, 1344-1).`
 */
export function explainNote(note: ClaimNote, language: ExplanationLanguage = 'fr'): string {
  const figures = figuresIn(language);
  const fact: NoteFacts = (name) => {
    const value = note.facts?.[name] ?? '';
    if (name.endsWith('Percent')) return figures.percent(value);
    if (name.endsWith('Minor')) return figures.amount(BigInt(value));
    return parseDay(value) === undefined ? value : figures.day(value as Day);
  };
  return `${NOTE_SENTENCES[note.code][language](fact)} (${figures.article(note.article)}).`;
}

/** Every code has a sentence in every language; listed for tests and for pages that describe them. */
export const NOTE_CODES = Object.keys(NOTE_SENTENCES) as ClaimNoteCode[];
