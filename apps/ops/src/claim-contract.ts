import { type ContractTerms, currency, type Day, type IndemnityClause, type InterestClause } from '#domain';
import type { ClaimOptions, ClaimRequest } from './claim-options.js';
import { amountOption, dayOption, decimalOption, refuseOption } from './claim-texts.js';

/** A clause typed here was read by whoever types it; with neither a clause nor `--silent-contract`, nobody has read the contract. */
export function contractOption(options: ClaimOptions, on: Day): ContractTerms | undefined {
  const { indemnityClause, procurement, silentContract } = options;
  const interest = interestClause(options);
  const indemnity = indemnityClause === undefined ? undefined : indemnityOption(indemnityClause);
  if (silentContract && (interest || indemnity)) {
    const others = '--clause-rate, --clause-multiple, --indemnity-clause';
    refuseOption('optionsContradict', '--silent-contract', { with: others, supply: 'La clause, ou un contrat muet.' });
  }
  const isRead = Boolean(interest || indemnity || silentContract);
  if (!isRead && procurement === undefined) return undefined;
  return {
    ...(isRead ? { checkedOn: on } : {}),
    ...(interest ? { interest } : {}),
    ...(indemnity ? { indemnity } : {}),
    ...(procurement === undefined ? {} : { procurement: procurementOption(procurement) }),
  };
}

function interestClause({ clauseRate, clauseMultiple, law }: ClaimOptions): InterestClause | undefined {
  if (clauseRate !== undefined && clauseMultiple !== undefined) {
    refuseOption('optionsContradict', '--clause-rate', { with: '--clause-multiple', supply: 'Un taux ou un multiple du taux légal.' });
  }
  const article = law?.toUpperCase() === 'BE' ? 'Loi du 2 août 2002, art. 5 à 7' : 'C. com. L441-10 II';
  if (clauseRate !== undefined) return { kind: 'rate', percent: decimalOption('--clause-rate', clauseRate, article) };
  if (clauseMultiple === undefined) return undefined;
  return { kind: 'multipleOfLegalRate', multiple: decimalOption('--clause-multiple', clauseMultiple, article) };
}

function indemnityOption(text: string): IndemnityClause {
  const option = '--indemnity-clause';
  const article = 'CDE XIX.4';
  const [kind = '', value, minimum, ...more] = text.split(':');
  if (kind === 'legalScale' && value === undefined) return { kind };
  if (kind === 'fixed' && value !== undefined && minimum === undefined)
    return { kind, amountMinor: amountOption(option, value, currency('EUR')) };
  if (kind === 'percent' && value !== undefined && more.length === 0) {
    const percent = decimalOption(option, value, article);
    return minimum === undefined ? { kind, percent } : { kind, percent, minimumMinor: amountOption(option, minimum, currency('EUR')) };
  }
  const supply = 'legalScale, fixed:montant, ou percent:taux[:minimum].';
  return refuseOption('clauseInvalid', option, { value: text, article, supply });
}

function procurementOption(text: string): 'small' | 'general' {
  if (text === 'small' || text === 'general') return text;
  const article = 'AR du 14 janvier 2013';
  return refuseOption('procurementUnknown', '--procurement', { procurement: text, article, supply: 'small ou general.' });
}

/** `2026-11-10:post`, `2026-12-23:electronic`, with `:incomplete` when a mandatory mention was missing. */
export function reminderOption(text: string): NonNullable<ClaimRequest['reminder']> {
  const [dayText = '', by, completeness, ...more] = text.split(':');
  const isWhole = more.length === 0 && (completeness === undefined || completeness === 'incomplete');
  if (isWhole && (by === 'post' || by === 'electronic'))
    return { sentOn: dayOption('--reminder', dayText), by, isComplete: completeness === undefined };
  const supply = 'jour:post ou jour:electronic, suivi de :incomplete s’il manquait une mention\u202f: 2026-11-10:post.';
  return refuseOption('firstReminderInvalid', '--reminder', { reminder: text, article: 'CDE XIX.2', supply });
}
