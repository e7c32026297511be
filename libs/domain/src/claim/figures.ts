import type { Day } from '../calendar/day.js';
import { frenchAmount, frenchDay, frenchDecimal, frenchPercent } from './french-figures.js';

/** Languages a figure, a line or a note can be said in. */
export type ExplanationLanguage = 'fr' | 'nl' | 'en';

/** How one language writes figures of a claim; amounts in minor units of EUR, percentages as plain decimals. */
export interface Figures {
  amount(minor: bigint): string;
  percent(plain: string): string;
  decimal(plain: string): string;
  day(on: Day): string;
  days(count: number): string;
  /** The article as a reader of that language cites it: `CDE XIX.4`, `WER XIX.4`. */
  article(french: string): string;
  /** What goes before a semicolon or a colon. */
  readonly gap: string;
}

const NO_BREAK = '\u00a0';

const MONTHS = {
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
} as const;

/** French citations as Dutch and English texts of Belgium print them; French codes keep their French names. */
const CITATIONS: readonly (readonly [french: string, nl: string, en: string])[] = [
  ['Loi du 2 août 2002', 'Wet van 2 augustus 2002', 'Act of 2 August 2002'],
  ['Loi du 5 mai 1865', 'Wet van 5 mei 1865', 'Act of 5 May 1865'],
  ['C. civ. belge, livre 5', 'BW, boek 5', 'Belgian Civil Code, Book 5'],
  ['CDE livre XX', 'WER, boek XX', 'Belgian Code of Economic Law, Book XX'],
  ['CDE ', 'WER ', 'CEL '],
  [' et ', ' en ', ' and '],
  [' à ', ' tot ', ' to '],
  ['\u202f; ', '; ', '; '],
  [' ; ', '; ', '; '],
  ['décision du créancier', 'beslissing van de schuldeiser', 'decision of the creditor'],
  ['clause du contrat', 'beding van de overeenkomst', 'clause of the contract'],
  ['règle du contrat silencieux', 'regel bij een stilzwijgende overeenkomst', 'rule for a silent contract'],
];

const FRENCH: Figures = {
  amount: (minor) => frenchAmount(minor, 'EUR'),
  percent: frenchPercent,
  decimal: frenchDecimal,
  day: frenchDay,
  days: (count) => `${count}${NO_BREAK}${count <= 1 ? 'jour' : 'jours'}`,
  article: (french) => french.replaceAll(' ; ', '\u202f; '),
  gap: '\u202f',
};

const DUTCH: Figures = {
  amount: (minor) => `€${NO_BREAK}${grouped(amountText(minor), '.', ',')}`,
  percent: (plain) => `${grouped(plain, '.', ',')}${NO_BREAK}%`,
  decimal: (plain) => grouped(plain, '.', ','),
  day: (on) => dayIn(on, MONTHS.nl),
  days: (count) => `${count}${NO_BREAK}${count === 1 ? 'dag' : 'dagen'}`,
  article: (french) => cite(french, 1),
  gap: '',
};

const ENGLISH: Figures = {
  amount: (minor) => `€${grouped(amountText(minor), ',', '.')}`,
  percent: (plain) => `${grouped(plain, ',', '.')}%`,
  decimal: (plain) => grouped(plain, ',', '.'),
  day: (on) => dayIn(on, MONTHS.en),
  days: (count) => `${count}${NO_BREAK}${count === 1 ? 'day' : 'days'}`,
  article: (french) => cite(french, 2),
  gap: '',
};

const ALL: Readonly<Record<ExplanationLanguage, Figures>> = { fr: FRENCH, nl: DUTCH, en: ENGLISH };

export function figuresIn(language: ExplanationLanguage): Figures {
  return ALL[language];
}

function amountText(minor: bigint): string {
  const digits = minor.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function grouped(plain: string, thousands: string, point: string): string {
  const [whole = '', fraction] = plain.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return fraction === undefined ? digits : `${digits}${point}${fraction}`;
}

function dayIn(on: Day, months: readonly string[]): string {
  return `${Number(on.slice(8))} ${months[Number(on.slice(5, 7)) - 1]} ${on.slice(0, 4)}`;
}

function cite(french: string, column: 1 | 2): string {
  return CITATIONS.reduce((text, citation) => text.replaceAll(citation[0], citation[column]), french);
}
