const LINE_MAX = 60;
const LINES_MAX = 7;
/** Control characters and line separators: an address is made of lines, each one line. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * The lines a postal operator prints: name first, the country last where the letter leaves the sender's own (in capitals, as the Universal Postal Union asks).
 * At most 7 lines of 60 characters; what is too long is cut, empty lines are left out. One line alone is no address: a second one asks to complete it.
 */
export function postalAddress(
  name: string,
  lines: readonly string[],
  countries: { readonly from: string; readonly to: string | undefined },
): string[] {
  const country = countryLine(countries);
  const inside = [name, ...lines].map(oneLine).filter((line) => line !== '');
  const all = [...inside.slice(0, LINES_MAX - country.length), ...country];
  return all.length < 2 ? [...all, 'Adresse à compléter'] : all;
}

/** The last line of an address abroad; none at home. */
export function countryLine({ from, to }: { readonly from: string; readonly to: string | undefined }): string[] {
  return to && to !== from ? [countryName(to)] : [];
}

function oneLine(text: string): string {
  return Array.from(text.replace(BREAKS, ' ').trim()).slice(0, LINE_MAX).join('').trim();
}

function countryName(code: string): string {
  return (new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'code' }).of(code) ?? code).toLocaleUpperCase('fr');
}
