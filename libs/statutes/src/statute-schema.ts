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

/** One step of a scale: up to `upTo` the sum is `base` + `plusPercent` % of what lies above `above`, never more than `most`. Decimals of the unit of account. */
const tierSchema = z.strictObject({
  upTo: decimalSchema.optional(),
  base: decimalSchema,
  plusPercent: decimalSchema.optional(),
  above: decimalSchema.optional(),
  most: decimalSchema.optional(),
});

/** A decimal, the days of a year (`01-01 07-01`), or the steps of a scale; `unit` says which. */
const figureSchema = z.union(
  [decimalSchema, z.string().regex(/^\d{2}-\d{2}( \d{2}-\d{2})*$/), z.array(tierSchema).min(1)],
  'A decimal in quotes with a point, days of a year in quotes (MM-DD), or the steps of a scale',
);

const valueSchema = z.strictObject({
  from: daySchema,
  /** Last day. Absent: until the next line begins. */
  until: daySchema.optional(),
  /** `null`: the rule is abolished from this day. */
  value: figureSchema.nullable(),
  confidence: z.enum(CONFIDENCES),
  checkedOn: daySchema.optional(),
  source: sourceSchema,
});

/** What a bill or an announcement would change. Never in force: `valueOn` does not look here, the watch reminds a person. */
const pendingSchema = z.strictObject({
  status: z.literal('pending'),
  /** The announced day, when there is one. */
  from: daySchema.optional(),
  /** What it would be; absent when nobody knows, `null` when the rule would end. */
  value: figureSchema.nullable().optional(),
  /** The name staff know it by, and what it would do. */
  name: z.string().min(1),
  effect: z.string().min(1),
  confidence: z.enum(CONFIDENCES),
  source: sourceSchema,
  /** The day its progress was last looked up. */
  lookedUpOn: daySchema,
});

/** A period nobody has read a value for: the series goes on after it, and days inside are refused. */
const gapSchema = z.strictObject({ from: daySchema, until: daySchema, reason: z.string().min(1) });

const exampleSchema = z.strictObject({
  on: daySchema,
  /** The amount put to a scale. */
  of: decimalSchema.optional(),
  /** A value, `none` (abolished) or `unknown` (refused). */
  expect: z.string().min(1),
});

export const UNITS = [
  'percent',
  'percentagePoints',
  'multiple',
  'EUR',
  'EUR/invoice',
  'EUR/reminder',
  'hours',
  'days',
  'workingDays',
  'months',
  'years',
  'hourOfDay',
  'reminders/year',
  'contacts/week',
  'calls/day',
  'daysOfYear',
  'scale',
] as const;

const APPLIES_BY = [
  'dueDate',
  'issueDate',
  'accrualDay',
  'contractDay',
  'reminderDay',
  'noticeDay',
  'orderDay',
  'serviceDay',
  'filingDay',
  'publicationDay',
  'judgmentDay',
  'contactDay',
  'recordDay',
] as const;

/** One notion, one file. */
export const parameterSchema = z.strictObject({
  key: z.string().regex(/^[a-z]{2}(\.[a-z][A-Za-z]+)+$/),
  title: titleSchema,
  /** `practice`: a usage of the trade that no statute sets. */
  nature: z.enum(['law', 'practice']).default('law'),
  unit: z.enum(UNITS),
  /** A series with one line a half-year or a year: its lines begin and end with it. */
  every: z.enum(['halfYear', 'year']).optional(),
  /** The fact whose day selects the value. */
  appliesBy: z.enum(APPLIES_BY),
  scope: z.strictObject({ debtor: z.array(z.enum(['business', 'consumer', 'publicBody', 'coOwners'])).min(1) }),
  article: z.string().min(1),
  /** Empty only for a rule that is not in force yet. */
  values: z.array(valueSchema),
  pending: z.array(pendingSchema).default([]),
  gaps: z.array(gapSchema).default([]),
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
export type PendingRule = StatutoryParameter['pending'][number];
/** One step of a scale, decimals as text. */
export type ScaleTier = z.infer<typeof tierSchema>;
export type TerritoryRules = z.infer<typeof territorySchema>;
export type HolidayRule = TerritoryRules['rules'][number];
