import { cleanLine } from './clean-text.js';
import { fold } from './fold-text.js';

const MARK = /\ue000(\d+)\ue001/gu;
const SHORTEST = 3;

/** A text in which the parties' names are marks, so that neither their full stops nor their words count as the letter's own. */
export interface NamesHidden {
  readonly text: string;
  /** A part of the text with its names put back, as written. */
  shown(part: string): string;
  /** A part of the text folded for searching; names written otherwise than in the content are taken out here. */
  searchable(part: string): string;
}

export function hideNames(text: string, names: readonly string[]): NamesHidden {
  const listed = [...new Set(names.map(cleanLine))]
    .filter((name) => name.length >= SHORTEST)
    .sort((one, other) => other.length - one.length);
  const folded = [...new Set(listed.map(fold))].filter((name) => name.length >= SHORTEST);
  const marked = listed.reduce(
    (rest, name, index) => rest.replaceAll(name, `\ue000${index}\ue001`),
    // A mark that comes from outside would name somebody.
    text.replace(/[\ue000\ue001]/gu, ''),
  );
  return {
    text: marked,
    shown: (part) => part.replace(MARK, (_mark, index: string) => listed[Number(index)] ?? ''),
    searchable: (part) => folded.reduce((rest, name) => rest.replaceAll(name, '¤'), fold(part).replace(MARK, '¤')),
  };
}
