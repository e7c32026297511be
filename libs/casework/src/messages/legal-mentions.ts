import type { GoverningLaw, StatementOfClaim } from '#domain';

/** Names of the legal grounds that a letter prints; taken from the statement's own sources. */
export interface LetterMentions {
  readonly interestBasis: string;
  readonly compensationBasis: string;
  readonly noticeBasis?: string;
  readonly imputationBasis?: string;
}

type Language = 'fr' | 'nl' | 'en';

/** Articles that carry no figure: what a formal notice is, and in which order payments are counted. */
const NOTICE: Readonly<Record<GoverningLaw, string | undefined>> = { FR: 'C. civ. art. 1344', BE: undefined };
const IMPUTATION: Readonly<Record<GoverningLaw, string>> = { FR: 'C. civ. art. 1343-1', BE: 'imputation sur les intérêts d’abord' };

const RATE_WORD: Readonly<Record<Language, string>> = { fr: 'intérêts au taux de', nl: 'interest tegen', en: 'interest at' };

/** The grounds of interest and indemnity of a claim, from the lines and sources of its statement. */
export function mentionsOf(statement: StatementOfClaim, language: Language): LetterMentions {
  const last = statement.lines[statement.lines.length - 1];
  const interestSource = last?.source.article ?? statement.sources[0]?.article ?? '';
  const derivation = last?.derivation;
  const compensation = statement.entries.find((e) => e.kind === 'fixedCompensation')?.article ?? '';
  const isImputed = statement.entries.some((e) => (e.imputed?.interestMinor ?? 0n) > 0n);
  return {
    interestBasis: [language === 'fr' && derivation ? derivation : `${RATE_WORD[language]} ${last?.ratePercent ?? ''} %`, interestSource]
      .filter(Boolean)
      .join(', '),
    compensationBasis: compensation,
    ...(NOTICE[statement.law] ? { noticeBasis: NOTICE[statement.law] } : {}),
    ...(isImputed ? { imputationBasis: IMPUTATION[statement.law] } : {}),
  };
}
