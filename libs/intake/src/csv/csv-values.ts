import { type Currency, type Day, parseDay, parseMoney } from '#domain';

export type DecimalMark = ',' | '.';
export type AmountProblem = 'notAnAmount' | 'tooManyDecimals' | 'tooLarge' | 'unknownCurrency' | 'ambiguous';

const SPACES = /[\s\u00a0\u2009\u202f'’]/g;

/** Digits, marks and sign of a printed amount: currency signs and codes, spaces of every width and apostrophes taken out. */
function bare(text: string): string {
  const compact = text
    .replace(SPACES, '')
    .replace(/\u2212/g, '-')
    .replace(/^(?:€|EUR|\$|£)|(?:€|EUR|\$|£)$/gi, '');
  const signedLast = /^([\d.,]+)-$/.exec(compact);
  return signedLast ? `-${signedLast[1]}` : compact;
}

/** The decimal mark that a printed amount proves by itself, if any: `1.240,00` and `12,5` prove the comma, `1.240` proves nothing. */
export function provenMark(text: string): DecimalMark | undefined {
  const plain = bare(text);
  const both = /^-?[\d.,]*([.,])[\d]*$/.exec(plain);
  if (both === null) return undefined;
  const last = both[1] as DecimalMark;
  const other = last === ',' ? '.' : ',';
  if (plain.includes(other)) return last;
  const occurrences = plain.split(last).length - 1;
  if (occurrences > 1) return other;
  const decimals = plain.length - plain.indexOf(last) - 1;
  const whole = plain.replace('-', '').indexOf(last);
  return decimals === 3 && whole >= 1 && whole <= 3 ? undefined : last;
}

/** The decimal mark of a file: the one its amounts prove; `undefined` when none does or when they contradict each other. */
export function markOf(amounts: Iterable<string>): DecimalMark | undefined {
  let found: DecimalMark | undefined;
  for (const text of amounts) {
    const proven = provenMark(text);
    if (proven === undefined) continue;
    if (found !== undefined && found !== proven) return undefined;
    found = proven;
  }
  return found;
}

/**
 * Reads an amount in minor units. A value that proves its own mark is read by it; `1,240` is read by the mark of the file, and refused as
 * ambiguous where the file proves none. Thousands must stand in groups of three.
 */
export function readAmountCell(text: string, currency: Currency, mark: DecimalMark | undefined): bigint | { problem: AmountProblem } {
  const plain = bare(text);
  if (plain.length > 40 || !/^-?[\d.,]+$/.test(plain)) return { problem: 'notAnAmount' };
  const own = /[.,]/.test(plain) ? (provenMark(text) ?? mark) : '.';
  if (own === undefined) return { problem: 'ambiguous' };
  const thousands = own === ',' ? '\\.' : ',';
  const shape = new RegExp(`^-?(?:\\d+|\\d{1,3}(?:${thousands}\\d{3})+)?(?:\\${own}\\d*)?$`);
  if (!shape.test(plain)) return { problem: 'notAnAmount' };
  const canonical = plain
    .replaceAll(own === ',' ? '.' : ',', '')
    .replace(own, '.')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '');
  const parsed = parseMoney(canonical, currency);
  return 'problem' in parsed ? { problem: parsed.problem } : parsed.minor;
}

/** `2026-03-02`, with or without a time, or day first: `02/03/2026`, `2-3-2026`, `02.03.2026`. Years have four digits. */
export function readDayCell(text: string): Day | undefined {
  const iso = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ].*)?$/.exec(text.trim());
  if (iso) return parseDay(`${iso[1]}-${iso[2]}-${iso[3]}`);
  const dayFirst = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: 0?0:00(?::00)?)?$/.exec(text.trim());
  if (!dayFirst) return undefined;
  return parseDay(`${dayFirst[4]}-${(dayFirst[3] as string).padStart(2, '0')}-${(dayFirst[1] as string).padStart(2, '0')}`);
}
