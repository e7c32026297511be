import { type Day, decimalString, instant, type Instant, isCurrency, type Money, money, parseDay, parseInstant, parseMoney } from '#domain';
import { z } from 'zod';

/** Shapes that every noun's schemas share: days, instants, amounts, pages, texts. Inputs and outputs are separate. */

const PROBLEM_OF_AMOUNT = {
  notAnAmount: 'Ce n’est pas un montant\u202f: écrivez "1250.00".',
  tooManyDecimals: 'Trop de décimales pour cette devise.',
  tooLarge: 'Le montant est trop grand.',
  unknownCurrency: 'Devise inconnue, ou sans unité divisionnaire connue.',
} as const;

/** `{"amount":"1250.00","currency":"EUR"}`, as a body gives it. */
export const amountInput = z
  .strictObject({ amount: z.string().max(40), currency: z.string().max(3) })
  .superRefine((value, ctx) => {
    const parsed = parseMoney(value.amount, value.currency);
    if (!('problem' in parsed)) return;
    const path = [parsed.problem === 'unknownCurrency' ? 'currency' : 'amount'];
    ctx.addIssue({ code: 'custom', path, message: PROBLEM_OF_AMOUNT[parsed.problem], params: { code: parsed.problem } });
  })
  .meta({ id: 'AmountInput', description: 'Montant décimal et sa devise.' });

/** The checked amount in minor units. */
export function moneyFrom(input: z.output<typeof amountInput>): Money {
  const parsed = parseMoney(input.amount, input.currency);
  if ('problem' in parsed) throw new RangeError(parsed.problem);
  return parsed;
}

export const amountAnswer = z.object({ amount: z.string(), currency: z.string() }).meta({ id: 'Amount' });

/** Minor units as the wire says them. */
export function amountOf(minor: bigint, code: string): { amount: string; currency: string } {
  return { amount: isCurrency(code) ? decimalString(money(minor, code)) : minor.toString(), currency: code };
}

export const dayInput = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'Écrivez le jour AAAA-MM-JJ.')
  .refine((text) => parseDay(text) !== undefined, 'Ce jour n’existe pas, ou n’est pas entre 1900 et 2199.')
  .meta({ format: 'date', examples: ['2026-03-02'] });

export const instantInput = z
  .string()
  .max(40)
  .refine((text) => parseInstant(text) !== undefined, 'Écrivez un instant UTC, par exemple 2026-03-02T08:00:00.000Z.')
  .meta({ format: 'date-time', examples: ['2026-03-02T08:00:00.000Z'] });

export const dayAnswer = z.string().meta({ format: 'date' });
export const instantAnswer = z.string().meta({ format: 'date-time' });

/** The branded day of a checked text. */
export function dayOf(text: string): Day {
  const parsed = parseDay(text);
  if (!parsed) throw new RangeError(`Not a day: ${text}`);
  return parsed;
}

export function instantOf(text: string): Instant {
  return instant(text);
}

/** Printable text of one line: no control characters, no direction marks. */
export const lineInput = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, 'Caractères invisibles interdits.')
    .regex(/\S/, 'Le texte est vide.');

/** Text of several lines: line ends and tabs are allowed, other control characters are not. */
export const textInput = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]*$/u, 'Caractères invisibles interdits.')
    .regex(/\S/, 'Le texte est vide.');

/** `limit` and `cursor` of a list; spread into the strict object of its filters. */
export const pageFields = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'Un nombre de 1 à 200.')
    .transform(Number)
    .pipe(z.number().int().min(1).max(200))
    .optional()
    .meta({ description: 'Éléments par page, de 1 à 200\u202f; 50 par défaut.' }),
  cursor: z.string().min(1).max(1000).optional().meta({ description: '«\u202fnextCursor\u202f» de la page précédente.' }),
};

export const directionField = z.enum(['asc', 'desc']).optional();

/** A filter given once or several times, `?state=open&state=done` or `?state=open,done`. */
export function manyOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => (Array.isArray(given) ? given : given.split(',')))
    .pipe(z.array(z.enum(values)).min(1).max(50))
    .optional();
}

export const searchField = z.string().min(1).max(200).optional();

/** The answer of a list: items and, unless it is the last page, the cursor of the next. */
export function pageAnswer<T extends z.ZodType>(item: T, id: string) {
  return z.object({ items: z.array(item), nextCursor: z.string().optional() }).meta({ id });
}

/** A page of rows as a page of answers. */
export function pageOf<R, A>(page: { items: readonly R[]; nextCursor?: string }, view: (row: R) => A): { items: A[]; nextCursor?: string } {
  return { items: page.items.map(view), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
}

/** The same object without its undefined members: a filter that was not given is not there. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
