import {
  type ClaimEntry,
  type ClaimNote,
  type ExplanationLanguage,
  explainLine,
  explainLumpSum,
  explainNote,
  type InterestLine,
  isRefusal,
  type LegalSource,
  type Refusal,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import { claimInput } from './product-answer.js';
import type { ReferenceCase } from './reference-case.js';

const LANGUAGES: readonly ExplanationLanguage[] = ['fr', 'nl', 'en'];

const inAll = (say: (language: ExplanationLanguage) => string) => LANGUAGES.map((language) => `    ${language}: ${say(language)}`);
const facts = (given: Readonly<Record<string, unknown>> = {}) =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}=${String(value)}`)
    .join('');

function source({ article, title, url, checkedOn }: LegalSource): string {
  return `${article} | ${title} | ${url ?? 'no address'} | ${checkedOn ? `checked ${checkedOn}` : 'not checked'}`;
}

function line(one: InterestLine): string[] {
  const { firstDay, lastDay, days, baseMinor, ratePercent, interestMinor, runningTotalMinor, derivation } = one;
  const sum = `${firstDay} to ${lastDay}, ${days} days, base ${baseMinor}, ${ratePercent} %: ${interestMinor}, so far ${runningTotalMinor}`;
  return [`  line ${sum}`, `    because: ${derivation} [${source(one.source)}]`, ...inAll((language) => explainLine(one, language))];
}

function entry({ kind, on, amountMinor, balanceMinor, article, reference, imputed }: ClaimEntry): string {
  const spread = imputed ? ` imputed ${imputed.interestMinor}/${imputed.principalMinor}/${imputed.compensationMinor}` : '';
  return `  ${on} ${kind} ${amountMinor} → ${balanceMinor}${spread}${facts({ ...(article && { article }), ...(reference && { reference }) })}`;
}

function note(one: ClaimNote): string[] {
  return [`  note ${one.code} (${one.article})${facts(one.facts)}`, ...inAll((language) => explainNote(one, language))];
}

function statement(made: StatementOfClaim): string[] {
  const { lumpSum } = made;
  const sums = `principal ${made.imputedPrincipalMinor}, interest ${made.interestOpenMinor} of ${made.interestAccruedMinor}`;
  const lump = `lump sum ${made.compensationOpenMinor} of ${made.compensationMinor}`;
  const days = `interest from ${made.interestFrom ?? '-'} until ${made.interestUntil ?? '-'}, free until ${made.freeUntil ?? '-'}`;
  const daily = made.dailyRefusal ? `refused ${refused(made.dailyRefusal)}` : `${made.dailyInterestMinor} until ${made.dailyUntil ?? '-'}`;
  return [
    `  ${made.regime}, ${made.currency} ${made.faceMinor} due ${made.dueOn}, on ${made.on}, ${made.dayCount}, ${made.imputationRule}`,
    `  total ${made.claimTotalMinor}: ${sums}, ${lump}, surplus ${made.surplusMinor ?? '-'}; in the books ${made.openPrincipalMinor}`,
    `  ${days}; daily from ${made.dailyFrom}: ${daily}`,
    ...made.lines.flatMap(line),
    ...(lumpSum
      ? [
          `  ${lumpSum.kind} ${lumpSum.amountMinor} (${lumpSum.article}): ${lumpSum.derivation}`,
          ...inAll((l) => explainLumpSum(lumpSum, l)),
        ]
      : []),
    ...made.entries.map(entry),
    ...made.notes.flatMap(note),
    ...made.sources.map((one) => `  source ${source(one)}`),
  ];
}

function refused({ refusal, field, facts: given }: Refusal): string {
  return `${refusal} at ${field ?? '-'}:${facts(given)}`;
}

/** Everything that the product says about one claim, as a text that a lawyer can read. */
export function printedClaim(title: string, c: ReferenceCase): string {
  const made = statementOfClaim(claimInput(c));
  const said = isRefusal(made) ? [`  ${refused(made)}`] : statement(made);
  return [title, ...said].join('\n').replaceAll('\u202f', '~').replaceAll('\u00a0', '_');
}
