import { type Currency, type Day, isRefusal, parseDay, parseMoney, type Refusal, refuse } from '#domain';

/** Leaves the reading of the options at the first bad one; `readable` turns it into the refusal it carries. */
class OptionRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refusal);
  }
}

/** Ends the reading: `option` is the field of the refusal, `facts` hold the value, the article and what to supply. */
export function refuseOption(code: string, option: string, facts: Readonly<Record<string, string>>): never {
  throw new OptionRefused(refuse(code, { field: option, facts }));
}

/** What `read` answers, or the refusal it ended with. */
export function readable<T extends object>(read: () => T): T | Refusal {
  try {
    const value = read();
    if (isRefusal(value)) throw new TypeError('A reading ends with refuseOption');
    return value;
  } catch (error) {
    if (error instanceof OptionRefused) return error.refusal;
    throw error;
  }
}

/** The text of an option that must be given: `fieldMissing` when it is not. */
export function neededText(option: string, value: string | undefined, supply: string): string {
  if (value === undefined || value.trim() === '') return refuseOption('fieldMissing', option, { supply });
  return value.trim();
}

/** A day that exists, from 1900 to 2199: `dayUnknown`. */
export function dayOption(option: string, text: string): Day {
  const found = parseDay(text.trim());
  if (found) return found;
  return refuseOption('dayUnknown', option, { day: text, supply: 'Un jour qui existe, de 1900 à 2199, écrit AAAA-MM-JJ.' });
}

/** Figures with a point or a comma, thousands apart or not, in minor units; positive: `amountInvalid`. */
export function amountOption(option: string, text: string, currency: Currency): bigint {
  const parsed = parseMoney(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'), currency);
  const supply = 'Un montant positif, en chiffres, inférieur à 10 000 milliards\u202f: 12000.00.';
  if ('problem' in parsed) return refuseOption('amountInvalid', option, { amount: text, problem: parsed.problem, supply });
  if (parsed.minor <= 0n) return refuseOption('amountInvalid', option, { amount: text, problem: 'notPositive', supply });
  return parsed.minor;
}

/** The figure of a clause. A clause is read by a person, who gives its figure: words are never interpreted (`clauseInvalid`). */
export function decimalOption(option: string, text: string, article: string): string {
  const plain = text
    .trim()
    .replace(',', '.')
    .replace(/[\s\u00a0\u202f]*%$/, '');
  if (/^\d{1,3}(\.\d{1,4})?$/.test(plain)) return plain;
  return refuseOption('clauseInvalid', option, { value: text, article, supply: 'Le chiffre de la clause\u202f: 12 ou 12.5.' });
}
