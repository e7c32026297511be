import { explainFormula, figuresIn, type InterestLine } from '#domain';
import { parse } from 'yaml';
import { readAsset } from './asset.js';
import { cleanLine } from './clean-text.js';
import { formatList, formatPercent } from './format.js';
import type { Language, LegalMentions, LetterContent } from './letter-content.js';
import { regimeOf } from './regime.js';

type Grounds = Readonly<Record<string, Readonly<Partial<Record<keyof LegalMentions, Readonly<Record<Language, string>>>>>>>;

const RATE_WORDS: Readonly<Record<Language, readonly [one: string, several: string]>> = {
  fr: ['taux annuel de', 'taux annuels de'],
  nl: ['jaarlijkse rentevoet van', 'jaarlijkse rentevoeten van'],
  en: ['annual rate of', 'annual rates of'],
};
// A citation that opens a table cell begins with a capital; inside a sentence a law is a common noun.
const COMMON_NOUN = /^(?:Loi|Wet|Décret|Règlement|Arrêté)(?= )/u;

let grounds: Grounds | undefined;

/** The legal grounds a letter prints: what the caller gives, else the statement's own sources, else the names kept with the wording. */
export function groundsOf(content: LetterContent): LegalMentions {
  grounds ??= parse(readAsset('wording/grounds.yaml')) as Grounds;
  const kept: LegalMentions = Object.fromEntries(
    Object.entries(grounds[regimeOf(content).regime] ?? {}).map(([key, names]) => [key, names[content.language]]),
  );
  return { ...kept, ...statementGrounds(content, kept), ...given(content.legalMentions) };
}

/** An article as a table of this language cites it: `Loi du 2 août 2002, art. 5`, `Wet van 2 augustus 2002, art. 5`. */
export function citation(article: string, language: Language): string {
  return cleanLine(figuresIn(language).article(article));
}

/** How the rates of these lines were made, each once: `12,15 % (BCE 2,15 % au 1er janvier 2026 + 10)`. A rate agreed needs no sum. */
export function rateDerivations(lines: readonly InterestLine[], language: Language): readonly string[] {
  return unique(
    lines.flatMap(({ ratePercent, formula }) =>
      formula === undefined || formula.kind === 'clause'
        ? []
        : [`${formatPercent(ratePercent, language)} (${cleanLine(explainFormula(formula, language))})`],
    ),
  );
}

// A name kept in the letter's language is read more easily than the article as the statement abbreviates it.
function statementGrounds(content: LetterContent, kept: LegalMentions): LegalMentions {
  const { language } = content;
  const statements = content.statement === undefined ? [] : [content.statement, ...(content.furtherStatements ?? [])];
  const lines = statements.flatMap((statement) => statement.lines);
  const lump = unique(statements.flatMap((statement) => statement.lumpSum?.article ?? compensationArticle(statement) ?? []));
  return {
    ...(lines.length === 0 ? {} : { interestBasis: [ratesOf(lines, language), interestLaw(lines, kept, language)].join(', ') }),
    ...(lump.length === 0
      ? {}
      : { compensationBasis: kept.compensationBasis ?? lump.map((article) => inSentence(article, language)).join(', ') }),
  };
}

function ratesOf(lines: readonly InterestLine[], language: Language): string {
  const rates = unique(lines.map((line) => formatPercent(line.ratePercent, language)));
  return `${RATE_WORDS[language][rates.length > 1 ? 1 : 0]} ${formatList(rates, language)}`;
}

/** The kept name stands for the rate of the law itself; a rate agreed by contract is cited as its lines cite it. */
function interestLaw(lines: readonly InterestLine[], kept: LegalMentions, language: Language): string {
  const isStatutory = lines.every(({ formula }) => formula === undefined || formula.kind === 'referencePlus');
  if (kept.interestBasis !== undefined && isStatutory) return kept.interestBasis;
  return unique(lines.map((line) => inSentence(line.source.article, language))).join(', ');
}

function inSentence(article: string, language: Language): string {
  return citation(article, language).replace(COMMON_NOUN, (word) => word.toLowerCase());
}

function compensationArticle(statement: NonNullable<LetterContent['statement']>): string | undefined {
  return statement.entries.find((entry) => entry.kind === 'fixedCompensation')?.article;
}

function given(mentions: LegalMentions | undefined): LegalMentions {
  return Object.fromEntries(Object.entries(mentions ?? {}).filter(([, text]) => text !== undefined && cleanLine(text) !== ''));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
