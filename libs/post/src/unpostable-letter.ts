import type { RegisteredLetter } from '#ports';

const MAX_PDF_BYTES = 15 * 1024 * 1024;

/** The letter cannot be made into a request; nothing was sent. `field` names the place, never the value. */
export class UnpostableLetter extends Error {
  override readonly name = 'UnpostableLetter';

  constructor(
    readonly field: string,
    words: string,
  ) {
    super(`Letter cannot be posted: ${field} ${words}`);
  }
}

/** Throws `UnpostableLetter` for an address of fewer than 2 or more than 7 lines, a line break in one, no PDF, or more than 15 MiB. */
export function assertPostable(letter: RegisteredLetter): void {
  if (!/^[A-Za-z0-9_.:-]{1,128}$/.test(letter.mid)) throw new UnpostableLetter('mid', 'is not an id');
  if (letter.creditorRef.length > 128 || !isOneLine(letter.creditorRef)) throw new UnpostableLetter('creditorRef', 'is not one line');
  if (letter.addressLines.length < 2 || letter.addressLines.length > 7) throw new UnpostableLetter('addressLines', 'needs 2 to 7 lines');
  letter.addressLines.forEach((line, index) => {
    if (!isOneLine(line) || line.length > 60)
      throw new UnpostableLetter(`addressLines[${index}]`, 'is not one line of at most 60 characters');
  });
  const isPdf = Buffer.from(letter.pdf.subarray(0, 5)).toString('latin1') === '%PDF-';
  if (!isPdf) throw new UnpostableLetter('pdf', 'is not a PDF');
  if (letter.pdf.length > MAX_PDF_BYTES) throw new UnpostableLetter('pdf', 'is over 15 MiB');
}

function isOneLine(text: string): boolean {
  return text.trim() !== '' && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}
