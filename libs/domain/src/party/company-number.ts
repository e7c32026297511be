/** Luhn's check: from the right, every second digit doubled, its digits added; the sum ends in 0. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The establishments of La Poste are numbered by the sum of their digits, a multiple of five, and not by Luhn's check. */
const LA_POSTE = '356000000';

/** A French company number: nine digits, Luhn. */
export function isSiren(text: string): boolean {
  return /^\d{9}$/.test(text) && passesLuhn(text);
}

/** A French establishment number: fourteen digits, Luhn, the company's own number included; La Poste is the exception. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || !isSiren(text.slice(0, 9))) return false;
  if (passesLuhn(text)) return true;
  const sum = [...text].reduce((total, digit) => total + Number(digit), 0);
  return text.startsWith(LA_POSTE) && sum % 5 === 0;
}

/** The two digits between `FR` and the company number in a French VAT number; throws a RangeError for what is no company number. */
export function frenchVatKey(siren: string): string {
  if (!isSiren(siren)) throw new RangeError(`Not a French company number: ${siren}`);
  return String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0');
}

/** The last two digits of a Belgian enterprise number for its first eight: 97 less what 97 leaves of them. Throws a RangeError for another text. */
export function belgianCheckDigits(firstEight: string): string {
  if (!/^[01]\d{7}$/.test(firstEight)) throw new RangeError(`Not the first eight digits of a Belgian enterprise number: ${firstEight}`);
  return String(97 - (Number(firstEight) % 97)).padStart(2, '0');
}

/** A Belgian enterprise number, with or without `BE`, dots or spaces: `BE 0403.170.701`. */
export function isBelgianEnterpriseNumber(text: string): boolean {
  const digits = /^(?:BE)?\s*([01]\d{3})[ .]?(\d{3})[ .]?(\d{3})$/.exec(text);
  if (!digits) return false;
  const number = digits.slice(1).join('');
  return belgianCheckDigits(number.slice(0, 8)) === number.slice(8);
}
