// Control characters, line and paragraph separators, and the marks that turn the reading direction round:
// a name that holds them could fake a line of the letter or a second mail header.
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Text from outside as one line, trimmed. Nothing is escaped here: that belongs to the output format. */
export function cleanLine(text: string): string {
  return text.replace(UNSAFE, ' ').replace(/ {2,}/g, ' ').trim();
}

const SUBJECT_MAX = 150;

/** A mail subject: one line of at most 150 characters, cut between two words where there is a gap. */
export function cleanSubject(text: string): string {
  const line = cleanLine(text.replace(/\s+/g, (gap) => (/[\n\r\t]/.test(gap) ? ' ' : gap)));
  const characters = Array.from(line);
  if (characters.length <= SUBJECT_MAX) return line;
  const cut = characters.slice(0, SUBJECT_MAX - 1).join('');
  const gap = cut.lastIndexOf(' ');
  return `${gap > SUBJECT_MAX / 2 ? cut.slice(0, gap) : cut}…`;
}
