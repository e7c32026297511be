import { z } from 'zod';
import { type Day, parseDay } from '#domain';

/** How sure we are of a value: V read at its source, V2 at independent secondary sources, K professional knowledge, D derived, U uncertain. */
export const CONFIDENCES = ['V', 'V2', 'K', 'D', 'U'] as const;

interface SourceFacts {
  title: string;
  article?: string | undefined;
  url?: string | undefined;
  publishedOn?: Day | undefined;
}

const daySchema = z.string().transform((text, context): Day => {
  const parsed = parseDay(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: `Not a day that exists: ${text}` });
  return z.NEVER;
});

const titleSchema = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) });
const decimalSchema = z.string().regex(/^\d+(\.\d+)?$/, 'A decimal in quotes, with a point');

/** The title alone, or with what else is known. */
const sourceSchema = z.union([
  z
    .string()
    .min(1)
    .transform((title): SourceFacts => ({ title })),
  z.strictObject({
    title: z.string().min(1),
    /** Only where it differs from the article of the file. */
    article: z.string().min(1).optional(),
    url: z.url().optional(),
    publishedOn: daySchema.optional(),
  }),
]);

const valueSchema = z.strictObject({
  from: daySchema,
  /** Last day. Absent: until the next line begins. */
  until: daySchema.optional(),
  /** `null`: the rule is abolished from this day. */
  value: decimalSchema.nullable(),
  confidence: z.enum(CONFIDENCES),
  checkedOn: daySchema.optional(),
  source: sourceSchema,
});

const exampleSchema = z.strictObject({
  on: daySchema,
  /** A value, `none` (abolished) or `unknown` (refused). */
  expect: z.string().min(1),
});

/** One notion, one file. */
export const parameterSchema = z.strictObject({
  key: z.string().regex(/^[a-z]{2}(\.[a-z][A-Za-z]+)+$/),
  title: titleSchema,
  unit: z.enum(['percent', 'percentagePoints', 'multiple', 'EUR/invoice', 'days', 'years']),
  /** The fact whose day selects the value. */
  appliesBy: z.enum(['dueDate', 'issueDate', 'accrualDay']),
  scope: z.strictObject({ debtor: z.array(z.enum(['business', 'consumer', 'publicBody', 'coOwners'])).min(1) }),
  article: z.string().min(1),
  values: z.array(valueSchema).min(1),
  /** The day a person last looked at the lines marked V; a line may carry its own. */
  checkedOn: daySchema.optional(),
  examples: z.array(exampleSchema).min(1),
});

const holidayNameSchema = z.string().min(1);
const since = { fromYear: z.number().int().optional(), untilYear: z.number().int().optional() };
const holidayRuleSchema = z.union([
  z.strictObject({
    name: holidayNameSchema,
    month: z.number().int().min(1).max(12),
    day: z.number().int().min(1).max(31),
    condition: z.string().min(1).optional(),
    ...since,
  }),
  z.strictObject({
    name: holidayNameSchema,
    easterOffset: z.number().int().min(-60).max(70),
    condition: z.string().min(1).optional(),
    ...since,
  }),
]);

/** The holidays and the zone of one territory. */
export const territorySchema = z.strictObject({
  territory: z.string().regex(/^[A-Z]{2}(-\d{2,3})?$/),
  title: titleSchema,
  zone: z.string().regex(/^[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+$/),
  covers: z.strictObject({ fromYear: z.number().int(), untilYear: z.number().int() }),
  extends: z.string().optional(),
  source: z.strictObject({ article: z.string().min(1), title: z.string().min(1), url: z.url().optional() }),
  confidence: z.enum(CONFIDENCES),
  checkedOn: daySchema.optional(),
  rules: z.array(holidayRuleSchema),
});

export type Confidence = (typeof CONFIDENCES)[number];
export type StatutoryParameter = z.infer<typeof parameterSchema>;
export type StatutoryValue = StatutoryParameter['values'][number];
export type TerritoryRules = z.infer<typeof territorySchema>;
export type HolidayRule = TerritoryRules['rules'][number];
