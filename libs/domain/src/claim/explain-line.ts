import { assertNever } from '../refusal.js';
import type { RateFormula } from './claim-rules.js';
import { type ExplanationLanguage, figuresIn } from './figures.js';
import type { InterestLine } from './statement.js';

const SENTENCES = {
  fr: { on: 'sur', at: 'au', ecb: 'BCE' },
  nl: { on: 'op', at: 'op', ecb: 'ECB' },
  en: { on: 'on', at: 'on', ecb: 'ECB' },
} as const;

/**
 * One line in words, for letters and for staff; amounts in EUR:
 * `46 jours × 12,15 % sur 12 000,00 € = 183,75 € (C. com. L441-10 II ; BCE 2,15 % au 1er janvier 2026 + 10)`.
 */
export function explainLine(line: InterestLine, language: ExplanationLanguage = 'fr'): string {
  const { amount, article, days, gap, percent } = figuresIn(language);
  const made = line.formula === undefined ? line.derivation : explainFormula(line.formula, language);
  const product = `${days(line.days)} × ${percent(line.ratePercent)} ${SENTENCES[language].on} ${amount(line.baseMinor)}`;
  return `${product} = ${amount(line.interestMinor)} (${article(line.source.article)}${gap}; ${made})`;
}

/** How a rate was made, without its article: `BCE 2,40 % au 1er juillet 2026 + 8 = 10,40 %, arrondi au demi-point supérieur`. */
export function explainFormula(formula: RateFormula, language: ExplanationLanguage): string {
  const { decimal, day, percent } = figuresIn(language);
  switch (formula.kind) {
    case 'referencePlus': {
      const { at, ecb } = SENTENCES[language];
      const base = `${ecb} ${percent(formula.referencePercent)} ${at} ${day(formula.referenceOn)} + ${decimal(formula.points)}`;
      const rounded = formula.sumPercent === undefined ? '' : ` = ${percent(formula.sumPercent)}, ${ROUNDED[language]}`;
      return `${base}${rounded}${formula.isFrozen === true ? `, ${FROZEN[language]}` : ''}`;
    }
    case 'legalRate':
      return LEGAL[language](percent(formula.percent), day(formula.since), formula.creditor);
    case 'clause':
      return `${CLAUSE[language]} ${percent(formula.percent)}`;
    case 'clauseMultiple':
      return `${CLAUSE[language]} ${decimal(formula.multiple)} × ${LEGAL_RATE[language]} ${percent(formula.legalPercent)}`;
    case 'floor': {
      const asked = formula.clausePercent === undefined ? '' : ` ${percent(formula.clausePercent)}`;
      const times = formula.clauseMultiple === undefined ? '' : ` ${decimal(formula.clauseMultiple)} × ${LEGAL_RATE[language]}`;
      const floor = `${decimal(formula.multiple)} × ${LEGAL_RATE[language]} ${percent(formula.legalPercent)}`;
      return `${CLAUSE[language]}${asked}${times} ${BELOW[language]}, ${floor}`;
    }
    default:
      return assertNever(formula);
  }
}

const ROUNDED = { fr: 'arrondi au demi-point supérieur', nl: 'naar boven afgerond op het halve punt', en: 'rounded up to the half point' };

const FROZEN = {
  fr: 'taux figé pour tout le retard',
  nl: 'interest vast voor de hele achterstand',
  en: 'rate frozen for the whole delay',
};

const CLAUSE = { fr: 'clause', nl: 'beding', en: 'clause' };
const LEGAL_RATE = { fr: 'taux légal', nl: 'wettelijke rentevoet', en: 'legal rate' };
const BELOW = { fr: 'sous le plancher', nl: 'onder het wettelijke minimum', en: 'below the floor' };

type Creditor = Extract<RateFormula, { kind: 'legalRate' }>['creditor'];

const LEGAL: Readonly<Record<ExplanationLanguage, (percent: string, since: string, creditor: Creditor) => string>> = {
  fr: (percent, since, creditor) => {
    const whose = { professional: ', créances des professionnels (« autres cas »)', person: ', créancier particulier', any: '' }[creditor];
    return `taux de l’intérêt légal ${percent} depuis le ${since}${whose.replace('« ', '«\u202f').replace(' »', '\u202f»')}`;
  },
  nl: (percent, since, creditor) => {
    const whose = { professional: ', beroepsmatige schuldeiser', person: ', particuliere schuldeiser', any: '' }[creditor];
    return `wettelijke rentevoet ${percent} sinds ${since}${whose}`;
  },
  en: (percent, since, creditor) => {
    const whose = { professional: ', professional creditor', person: ', private creditor', any: '' }[creditor];
    return `legal interest rate ${percent} since ${since}${whose}`;
  },
};
