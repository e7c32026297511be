import { currency as toCurrency, type Day, decimalString, money } from '#domain';
import type { Language } from './letter-content.js';

const NBSP = '\u00a0';
const NARROW = '\u202f';
const MINUS = '\u2212';

const MONTHS: Record<Language, readonly string[]> = {
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  nl: ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};

const SMALL_NUMBERS: Record<Language, readonly string[]> = {
  fr: 'zéro,un,deux,trois,quatre,cinq,six,sept,huit,neuf,dix,onze,douze,treize,quatorze,quinze'.split(','),
  nl: 'nul,één,twee,drie,vier,vijf,zes,zeven,acht,negen,tien,elf,twaalf,dertien,veertien,vijftien'.split(','),
  en: 'zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen'.split(','),
};

const SEPARATORS: Record<Language, { readonly thousands: string; readonly decimal: string }> = {
  fr: { thousands: NARROW, decimal: ',' },
  nl: { thousands: '.', decimal: ',' },
  en: { thousands: ',', decimal: '.' },
};

/**
 * An amount in minor units as a reader of that language writes it: `4 860,00 €`, `€ 4.860,00`, `€4,860.00`.
 * Throws a RangeError on a currency without known minor units.
 */
export function formatMoney(minor: bigint, currencyCode: string, language: Language): string {
  const plain = decimalString(money(minor < 0n ? -minor : minor, toCurrency(currencyCode)));
  const digits = formatDecimal(plain, language);
  const sign = minor < 0n ? MINUS : '';
  if (currencyCode !== 'EUR')
    return language === 'en' ? `${sign}${currencyCode}${NBSP}${digits}` : `${sign}${digits}${NBSP}${currencyCode}`;
  if (language === 'fr') return `${sign}${digits}${NBSP}€`;
  return language === 'nl' ? `${sign}€${NBSP}${digits}` : `${sign}€${digits}`;
}

/** A plain decimal string (`12.15`) with the separators of the language; digits before the point in groups of three. */
export function formatDecimal(plain: string, language: Language): string {
  const { thousands, decimal } = SEPARATORS[language];
  const [whole = '', fraction] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

/** `12.15` → `12,15 %`, in English `12.15%`. */
export function formatPercent(plain: string, language: Language): string {
  return `${formatDecimal(plain, language)}${language === 'en' ? '' : NBSP}%`;
}

/** `26 février 2026`, `1er mars 2026`; `26 februari 2026`; `26 February 2026`. */
export function formatDay(on: Day, language: Language): string {
  return `${formatDayAndMonth(on, language)}${NBSP}${on.slice(0, 4)}`;
}

/** Without the year: `26 février`, `1er mars`. */
export function formatDayAndMonth(on: Day, language: Language): string {
  const dayOfMonth = Number(on.slice(8, 10));
  const month = MONTHS[language][Number(on.slice(5, 7)) - 1];
  const ordinal = language === 'fr' && dayOfMonth === 1 ? '1er' : String(dayOfMonth);
  return `${ordinal}${NBSP}${month}`;
}

/** For table cells: `26/02/2026`; the month is a word in English, where the order is ambiguous. */
export function formatDayInTable(on: Day, language: Language): string {
  if (language === 'en') return `${on.slice(8, 10)}${NBSP}${MONTHS.en[Number(on.slice(5, 7)) - 1]?.slice(0, 3)}${NBSP}${on.slice(0, 4)}`;
  return `${on.slice(8, 10)}/${on.slice(5, 7)}/${on.slice(0, 4)}`;
}

/** `17 jours`, `1 dag`, `8 days`. */
export function formatDays(days: number, language: Language): string {
  const words = { fr: ['jour', 'jours'], nl: ['dag', 'dagen'], en: ['day', 'days'] } as const;
  return `${days}${NBSP}${words[language][days > 1 ? 1 : 0]}`;
}

/** `huit` for 8; digits from sixteen on. */
export function numberInWords(value: number, language: Language): string {
  return SMALL_NUMBERS[language][value] ?? String(value);
}

/** `2 mars, 5 mars et 12 mars`. */
export function formatList(items: readonly string[], language: Language): string {
  const and = { fr: 'et', nl: 'en', en: 'and' }[language];
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;
}

/** IBAN in groups of four, kept on one line. */
export function formatIban(iban: string): string {
  return (
    iban
      .replace(/\s/g, '')
      .toUpperCase()
      .match(/.{1,4}/g)
      ?.join(NBSP) ?? ''
  );
}
