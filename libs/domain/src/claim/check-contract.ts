import { MINOR_MAX } from '../money/money.js';
import { type Refusal, refuse } from '../refusal.js';
import type { ContractTerms, IndemnityClause } from './claim-facts.js';
import type { InterestClause } from './claim-rules.js';
import type { Regime } from './regime.js';

/** A percentage or a multiple as it is stored: digits and a point, never words. */
const PLAIN_DECIMAL = /^\d{1,3}(\.\d{1,4})?$/;

/**
 * Whether the clauses on record can be used: `contractUnchecked` (a clause that no person has read), `clauseInvalid` (words instead of a
 * figure), `clauseNotSupported` (a clause this law does not know), `procurementUnknown` and `procurementNotCovered` (Belgian public buyers).
 */
export function checkContract(regime: Regime, contract: ContractTerms | undefined): Refusal | undefined {
  return checkProcurement(regime, contract) ?? (contract ? checkClauses(regime, contract) : undefined);
}

function checkProcurement(regime: Regime, contract: ContractTerms | undefined): Refusal | undefined {
  if (regime !== 'BE.publicBody' || contract?.procurement === 'small') return undefined;
  const article = 'AR du 14 janvier 2013\u202f; loi du 2 août 2002';
  if (contract?.procurement === 'general') {
    const supply =
      'Le décompte établi selon les règles générales d’exécution des marchés publics\u202f; seuls les petits marchés sont calculés ici.';
    return refuse('procurementNotCovered', { field: '/contract/procurement', facts: { procurement: 'general', article, supply } });
  }
  const supply = 'La nature du marché\u202f: petit marché (loi du 2 août 2002) ou marché soumis aux règles générales d’exécution.';
  return refuse('procurementUnknown', { field: '/contract/procurement', facts: { article, supply } });
}

function checkClauses(regime: Regime, contract: ContractTerms): Refusal | undefined {
  const { interest, indemnity } = contract;
  if ((interest || indemnity) && contract.checkedOn === undefined) {
    const facts = { article: clauseArticle(regime), supply: 'Le jour où une personne a lu le contrat et relevé la clause.' };
    return refuse('contractUnchecked', { field: '/contract/checkedOn', facts });
  }
  return (interest && checkInterestClause(regime, interest)) ?? (indemnity && checkIndemnityClause(regime, indemnity));
}

function checkInterestClause(regime: Regime, clause: InterestClause): Refusal | undefined {
  const article = clauseArticle(regime);
  if (clause.kind !== 'rate' && clause.kind !== 'multipleOfLegalRate') {
    const kind = String((clause as { kind: unknown }).kind);
    return refuse('clauseInvalid', { field: '/contract/interest/kind', facts: { kind, article, supply: 'rate ou multipleOfLegalRate.' } });
  }
  // Belgian contracts agree on a rate; a French public buyer's rate is the regulation's own (CCP R2192-31).
  if (regime === 'FR.publicBody' || (regime.startsWith('BE.') && clause.kind === 'multipleOfLegalRate')) {
    const supply =
      regime === 'FR.publicBody' ? 'Aucune clause\u202f: le taux réglementaire s’applique.' : 'Le taux annuel convenu, en pour cent.';
    return refuse('clauseNotSupported', { field: '/contract/interest', facts: { kind: clause.kind, regime, article, supply } });
  }
  const [name, text] = clause.kind === 'rate' ? ['percent', clause.percent] : ['multiple', clause.multiple];
  return checkDecimal(`/contract/interest/${name}`, text, article);
}

function checkIndemnityClause(regime: Regime, clause: IndemnityClause): Refusal | undefined {
  const article = clauseArticle(regime);
  if (clause.kind === 'legalScale') return undefined;
  if (clause.kind === 'percent') {
    const minimum = clause.minimumMinor ?? 0n;
    return (
      checkDecimal('/contract/indemnity/percent', clause.percent, article) ?? checkSum('/contract/indemnity/minimumMinor', minimum, article)
    );
  }
  if (clause.kind === 'fixed') return checkSum('/contract/indemnity/amountMinor', clause.amountMinor, article);
  const kind = String((clause as { kind: unknown }).kind);
  return refuse('clauseInvalid', { field: '/contract/indemnity/kind', facts: { kind, article, supply: 'legalScale, fixed ou percent.' } });
}

function checkDecimal(field: string, text: string, article: string): Refusal | undefined {
  if (typeof text === 'string' && PLAIN_DECIMAL.test(text)) return undefined;
  const supply = 'Un nombre en chiffres, avec un point\u202f: 12 ou 12.5.';
  return refuse('clauseInvalid', { field, facts: { value: String(text), article, supply } });
}

function checkSum(field: string, minor: bigint, article: string): Refusal | undefined {
  if (minor >= 0n && minor < MINOR_MAX) return undefined;
  return refuse('clauseInvalid', {
    field,
    facts: { value: String(minor), article, supply: 'Un montant positif, en plus petites unités.' },
  });
}

function clauseArticle(regime: Regime): string {
  switch (regime) {
    case 'FR.business':
      return 'C. com. L441-10 II';
    case 'FR.publicBody':
      return 'CCP R2192-31';
    case 'FR.consumer':
    case 'FR.coOwners':
      return 'C. civ. 1231-5\u202f; C. conso. R212-2 3°';
    case 'BE.consumer':
      return 'CDE XIX.2 et XIX.4';
    default:
      return 'Loi du 2 août 2002, art. 5 à 7';
  }
}
