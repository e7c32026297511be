// Abbreviations whose full stop ends no sentence: "C. com. art. L441-10", "M. Lenoir", "incl. btw".
const ABBREVIATION =
  /(?:^|[\s(«"'’])(?:\p{L}|com|civ|conso|pén|pen|art|mm|mme|mr|mrs|dr|st|nr|no|incl|excl|etc|cf|ex|tél|tel|bd|av|blz|resp)\.$/iu;
// A line of its own: list item, table row, heading, indented label.
const OWN_LINE = /^(?:[-–•*#]|\s{2,}|\d+[.)]\s)|\s\|\s/u;

/** The sentences of a text in order, as written. A wrapped line is read on; a list item, table row or blank line stands alone. */
export function sentencesOf(text: string): readonly string[] {
  return paragraphsOf(text).flatMap(splitSentences);
}

function paragraphsOf(text: string): readonly string[] {
  const paragraphs: string[] = [];
  let open = false;
  for (const line of text.split(/\r\n|[\n\r\u0085\u2028\u2029]/u)) {
    const alone = OWN_LINE.test(line);
    if (line.trim() === '') open = false;
    else if (open && !alone) paragraphs.push(`${paragraphs.pop() ?? ''} ${line.trim()}`);
    else {
      paragraphs.push(line.trim());
      open = !alone;
    }
  }
  return paragraphs;
}

function splitSentences(paragraph: string): readonly string[] {
  const sentences: string[] = [];
  for (const piece of paragraph.split(/(?<=[.!?…][»"”)’]?)\s+(?=[\p{Lu}\p{N}«"“({])/u)) {
    const last = sentences.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) sentences[sentences.length - 1] = `${last} ${piece}`;
    else sentences.push(piece);
  }
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}
