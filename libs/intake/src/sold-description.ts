import { oneLine } from './finding.js';

/** Longest description of a sale, in characters: a sentence of a letter holds it. */
export const LONGEST_DESCRIPTION = 200;

/** Names printed before the list is cut short. */
const NAMED_LINES = 3;

/**
 * What was sold, on one line, from the names that the lines of a document print: each once, the first three, then `…`; nothing when no line has a
 * name. At most `LONGEST_DESCRIPTION` characters, cut between words.
 */
export function soldDescription(names: readonly string[]): string | undefined {
  const distinct = [...new Set(names.map(oneLine).filter((name) => name !== ''))];
  if (distinct.length === 0) return undefined;
  const named = distinct.slice(0, NAMED_LINES).join(', ');
  return cutBetweenWords(distinct.length > NAMED_LINES ? `${named}…` : named);
}

function cutBetweenWords(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text;
  const room = LONGEST_DESCRIPTION - 1;
  const lastSpace = text.lastIndexOf(' ', room);
  // A single word longer than the room is cut inside; never through a surrogate pair.
  const kept = lastSpace > 0 ? text.slice(0, lastSpace) : text.slice(0, room).replace(/[\ud800-\udbff]$/, '');
  return `${kept.replace(/[\s,;:.…-]+$/u, '')}…`;
}
