import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { stdnum } from 'stdnum';

const digits = (text: string): string => text.replace(/[\s\u00a0\u202f.\-/]/g, '');

/** Nine digits of a valid SIREN (Luhn), or `undefined`. Spaces and points are tolerated. */
export function sirenOf(text: string): string | undefined {
  const compact = digits(text);
  return /^\d{9}$/.test(compact) && stdnum.FR?.siren?.validate(compact).isValid ? compact : undefined;
}

/** Fourteen digits of a valid SIRET (Luhn, with the exception of La Poste, whose digits sum to a multiple of five), or `undefined`. */
export function siretOf(text: string): string | undefined {
  const compact = digits(text);
  if (!/^\d{14}$/.test(compact) || sirenOf(compact.slice(0, 9)) === undefined) return undefined;
  return stdnum.FR?.siret?.validate(compact).isValid ? compact : undefined;
}

/** Ten digits of a Belgian enterprise number (check digits 97 − first eight modulo 97; numbers begin with 0 or 1), or `undefined`. An old nine-digit number gets its leading zero. */
export function enterpriseNumberOf(text: string): string | undefined {
  const compact = digits(text.replace(/^\s*BE/i, ''));
  const number = /^\d{9}$/.test(compact) ? `0${compact}` : compact;
  if (!/^[01]\d{9}$/.test(number) || /^0+$/.test(number)) return undefined;
  return enterpriseCheckDigits(number.slice(0, 8)) === number.slice(8) ? number : undefined;
}

/** Check digits of the first eight digits of a Belgian enterprise number: `04031707` → `01`. */
export function enterpriseCheckDigits(firstEight: string): string {
  return (97n - (BigInt(firstEight) % 97n)).toString().padStart(2, '0');
}

/** Two-digit key of a French VAT number: (12 + 3 × (SIREN modulo 97)) modulo 97. */
export function frenchVatKey(siren: string): string {
  return ((12n + 3n * (BigInt(siren) % 97n)) % 97n).toString().padStart(2, '0');
}

/** Capital letters and digits only; the country prefix stays. */
export function normaliseVat(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** What a VAT number says: its country, whether the key is right (French and Belgian numbers only) and the national number inside. */
export function readVat(text: string): { country: string; valid?: boolean; siren?: string; enterpriseNumber?: string } {
  const compact = normaliseVat(text);
  const country = compact.slice(0, 2);
  if (country === 'FR') {
    const siren = sirenOf(compact.slice(4));
    // Keys with letters exist since 1997 for newly attributed numbers; only digit keys follow the published formula.
    const valid = /^FR[0-9]{11}$/.test(compact)
      ? siren !== undefined && frenchVatKey(siren) === compact.slice(2, 4)
      : /^FR(?=[0-9]*[A-HJ-NP-Z])[A-HJ-NP-Z0-9]{2}\d{9}$/.test(compact) && siren !== undefined;
    return valid ? { country, valid, siren } : { country, valid };
  }
  if (country === 'BE') {
    const enterpriseNumber = enterpriseNumberOf(compact);
    return enterpriseNumber === undefined ? { country, valid: false } : { country, valid: true, enterpriseNumber };
  }
  return { country };
}

/** Electronic form of a valid IBAN (no spaces, capitals), or `undefined` when it cannot exist. */
export function normaliseIban(text: string): string | undefined {
  const compact = electronicFormatIBAN(text);
  return compact !== null && isValidIBAN(compact) ? compact : undefined;
}
