/**
 * A reference that a machine can check: `ogm`, the Belgian structured communication (twelve digits), or `rf`, the creditor reference of
 * ISO 11649. `value` is canonical: digits only, or upper case without spaces.
 */
export interface StructuredReference {
  readonly kind: 'ogm' | 'rf';
  readonly value: string;
}

const MAX_TEXT = 2_000;
const MAX_FOUND = 20;

/** Twelve digits whose last two are the first ten modulo 97, with 97 where the remainder is 0. */
export function belgianReference(number: bigint): StructuredReference {
  if (number < 0n || number > 9_999_999_999n) throw new RangeError('A Belgian reference holds a number of at most ten digits');
  return { kind: 'ogm', value: `${number.toString().padStart(10, '0')}${belgianCheck(number)}` };
}

/** ISO 11649 around 1 to 21 letters and digits: `539007547034` gives `RF18539007547034`. Throws a RangeError for other characters. */
export function creditorReference(body: string): StructuredReference {
  const text = body.toUpperCase();
  if (!/^[A-Z0-9]{1,21}$/.test(text)) throw new RangeError('A creditor reference holds 1 to 21 letters and digits');
  const check = 98 - moduloOf97(`${text}RF00`);
  return { kind: 'rf', value: `RF${String(check).padStart(2, '0')}${text}` };
}

/** Reads one reference in any usual spelling (`+++090/9337/55493+++`, `***…***`, spaced, bare); `undefined` when its check digits are wrong. */
export function parseStructuredReference(text: string): StructuredReference | undefined {
  if (text.length > 60) return undefined;
  const dense = text.replace(/[\s+*/.-]/g, '').toUpperCase();
  if (isBelgianReference(dense)) return { kind: 'ogm', value: dense };
  return isCreditorReference(dense) ? { kind: 'rf', value: dense } : undefined;
}

/** As printed for people: `+++090/9337/55493+++`, `RF18 5390 0754 7034`. */
export function formatStructuredReference({ kind, value }: StructuredReference): string {
  if (kind === 'ogm') return `+++${value.slice(0, 3)}/${value.slice(3, 7)}/${value.slice(7)}+++`;
  return value.replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * Every valid reference in a free remittance text, without repeats: at most 20, from the first 2 000 characters, in linear time. A text may
 * yield a reference that nobody meant (one number in 97 checks by chance), so callers match against references they issued.
 */
export function findReferences(text: string): StructuredReference[] {
  const bounded = text.slice(0, MAX_TEXT).toUpperCase();
  const found = new Map<string, StructuredReference>();
  const keep = (reference: StructuredReference): void => {
    if (found.size < MAX_FOUND) found.set(reference.value, reference);
  };
  for (const match of bounded.matchAll(/(?<![0-9])[0-9]{3}[\s/.-]{0,2}[0-9]{4}[\s/.-]{0,2}[0-9]{5}(?![0-9])/g)) {
    const digits = match[0].replace(/[^0-9]/g, '');
    if (isBelgianReference(digits)) keep({ kind: 'ogm', value: digits });
  }
  for (const match of bounded.matchAll(/(?<![A-Z0-9])RF[0-9]{2}(?=[\sA-Z0-9])/g)) {
    for (const candidate of candidatesAt(bounded, match.index)) if (isCreditorReference(candidate)) keep({ kind: 'rf', value: candidate });
  }
  return [...found.values()];
}

// Written whole, or in groups of four of which the last may be shorter. Where the printed reference ends and the next word begins cannot be
// seen, so each prefix of groups is a candidate and its check digits decide. A reference has 25 characters, so at most 7 groups are read.
function candidatesAt(text: string, start: number): string[] {
  const window = text.slice(start, start + 34);
  const groups = window.split(/\s/, 8);
  const candidates: string[] = [];
  let joined = '';
  for (const group of groups) {
    const leading = /^[A-Z0-9]*/.exec(group)?.[0] ?? '';
    if (leading === '') break;
    joined += leading;
    candidates.push(joined);
    if (leading.length !== 4 || leading.length !== group.length) break;
  }
  return candidates;
}

function isBelgianReference(digits: string): boolean {
  return /^[0-9]{12}$/.test(digits) && digits.slice(10) === belgianCheck(BigInt(digits.slice(0, 10)));
}

function isCreditorReference(text: string): boolean {
  return /^RF[0-9]{2}[A-Z0-9]{1,21}$/.test(text) && moduloOf97(`${text.slice(4)}${text.slice(0, 4)}`) === 1;
}

function belgianCheck(number: bigint): string {
  return String(number % 97n || 97n).padStart(2, '0');
}

// ISO 7064 MOD 97-10 with A = 10 … Z = 35, digit by digit so that no large number is built.
function moduloOf97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
