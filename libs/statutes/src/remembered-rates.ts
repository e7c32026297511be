import { type ClaimRules, isRefusal, type RateOfPeriod, type Regime } from '#domain';

/** Clauses and starting days kept at once; past it everything is found anew, so that a book of odd clauses does not fill the memory. */
const KEYS_MAX = 1_000;

/**
 * Finds each rate once: a book asks for the same few half-years some hundred thousand times. A rate holds for every day of its period, for one
 * clause and one kind of creditor, and for a French public buyer for one starting day. Refusals are not kept: they name the day that was asked for.
 */
export function rememberedRates(regime: Regime, find: ClaimRules['rateFor']): ClaimRules['rateFor'] {
  const known = new Map<string, RateOfPeriod[]>();
  return (on, startedOn, facts) => {
    const clause = facts.contract?.interest;
    const figure = clause && `${clause.kind} ${clause.kind === 'rate' ? clause.percent : clause.multiple}`;
    const key = `${figure ?? ''}|${facts.creditor?.isNaturalPerson === true}|${regime === 'FR.publicBody' ? startedOn : ''}`;
    const periods = known.get(key);
    const kept = periods?.find(({ from, until }) => from <= on && on <= until);
    if (kept) return kept;
    const found = find(on, startedOn, facts);
    if (isRefusal(found)) return found;
    if (periods) periods.push(found);
    else {
      if (known.size >= KEYS_MAX) known.clear();
      known.set(key, [found]);
    }
    return found;
  };
}
