/** Belgian structured communication, twelve digits: ten free ones and their remainder modulo 97 (97 for 0). `undefined` when it does not verify. */
export function belgianReferenceOf(text: string): string | undefined {
  const found = /(?:\+{3}|\*{3}|^)\s*(\d{3})\s*\/?\s*(\d{4})\s*\/?\s*(\d{5})\s*(?:\+{3}|\*{3}|$)/.exec(text.trim());
  if (!found) return undefined;
  const twelve = `${found[1]}${found[2]}${found[3]}`;
  return belgianCheckDigits(twelve.slice(0, 10)) === twelve.slice(10) ? twelve : undefined;
}

/** Printed form of ten digits: `+++123/4567/89002+++`. */
export function belgianReference(tenDigits: string): string {
  const twelve = tenDigits + belgianCheckDigits(tenDigits);
  return `+++${twelve.slice(0, 3)}/${twelve.slice(3, 7)}/${twelve.slice(7)}+++`;
}

function belgianCheckDigits(tenDigits: string): string {
  const rest = BigInt(tenDigits) % 97n;
  return (rest === 0n ? 97n : rest).toString().padStart(2, '0');
}

/** Creditor reference of ISO 11649 (`RF` and two check digits, modulo 97-10), compact, or `undefined`. */
export function creditorReferenceOf(text: string): string | undefined {
  const compact = text.toUpperCase().replace(/\s/g, '');
  if (!/^RF\d{2}[0-9A-Z]{1,21}$/.test(compact)) return undefined;
  const turned = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(turned) % 97n === 1n ? compact : undefined;
}

/** The verified structured reference inside a free text: twelve Belgian digits or an ISO 11649 reference. */
export function structuredReferenceOf(text: string): string | undefined {
  return belgianReferenceOf(text) ?? creditorReferenceOf(text);
}
