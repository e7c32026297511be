// Letters that look Latin and are not: a word may be written with them so that no search finds it.
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аеорсухіјѕԁԛѡΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορν'].map((sign, index) => [sign, [...'aeopcyxijsdqwABEZHIKMNOPTYXaopv'][index] ?? sign]),
);
const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ĳ: 'ij' };
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  rsquo: '’',
  lsquo: '‘',
  laquo: '«',
  raquo: '»',
  shy: '',
  zwnj: '',
  zwj: '',
  oelig: 'œ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  thinsp: ' ',
};
const ACCENTED = /^([A-Za-z])(acute|grave|circ|uml|cedil|tilde)$/;

/** Invisible signs: soft hyphen, zero-width signs, direction marks, variation selectors, fillers. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f|\u115f/gu;

/** A template or mail as a reader sees it: markup and template tags gone, entities read, invisible signs taken out. */
export function visibleText(text: string): string {
  const withBreaks = text
    .replace(/<(style|script|head)\b[^>]*>[\s\S]*?<\/\1>/giu, ' ')
    .replace(/<!--[\s\S]*?-->/gu, '')
    .replace(/<\/?(p|div|br|li|ul|ol|tr|td|th|table|h\d|mj-[a-z]+)\b[^>]*>/giu, '\n\n')
    .replace(/<\/?[a-z][^>]*>/giu, '');
  return withBreaks
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/giu, (whole, name: string) => entity(name) ?? whole)
    .replace(/\{%[\s\S]*?%\}/gu, '')
    .replace(INVISIBLE, '');
}

/** Lower case without accents, one kind of space, dash, quote and apostrophe: the form in which phrases are looked for. */
export function fold(text: string): string {
  const latin = text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[\u0370-\u03ff\u0400-\u052f]/gu, (sign) => LOOKALIKES[sign] ?? sign);
  return latin
    .toLowerCase()
    .replace(/[œæßøĳ]/gu, (sign) => LIGATURES[sign] ?? sign)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/[‐‑‒–—−]/gu, '-')
    .replace(/[«»“”„]/gu, '"')
    .replace(/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/gu, ' ')
    .trim();
}

function entity(name: string): string | undefined {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
  const accented = ACCENTED.exec(name);
  if (accented !== null) {
    const marks: Readonly<Record<string, string>> = {
      acute: '\u0301',
      grave: '\u0300',
      circ: '\u0302',
      uml: '\u0308',
      cedil: '\u0327',
      tilde: '\u0303',
    };
    return `${accented[1]}${marks[accented[2] ?? ''] ?? ''}`.normalize('NFC');
  }
  return ENTITIES[name.toLowerCase()];
}
