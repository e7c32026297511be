import type { DunningPolicy } from '#domain';
import { z } from 'zod';

const days = (max: number) => z.number().int().min(0).max(max);
const localText = z.strictObject({ fr: z.string().min(1), nl: z.string().min(1).optional(), en: z.string().min(1).optional() });
const anchor = z.custom<DunningPolicy['stages'][number]['opens']['anchor']>(
  (value) => typeof value === 'string' && /^(dueOn|lastContact|notice\.(sent|served)|[a-z][A-Za-z0-9]*\.done)$/.test(value),
  'not an anchor: dueOn, lastContact, notice.sent, notice.served or <stage>.done',
);
const delay = z.strictObject({ anchor, offsetDays: days(3650), businessDays: z.boolean().optional() });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time HH:MM');
const amounts = z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, 'not a decimal amount'));

const stage = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'not a stage id: letters and digits, beginning in lower case'),
  title: localText,
  act: z.strictObject({
    type: z.enum(['call', 'mail', 'formalNotice', 'referral']),
    template: z.string().min(1).optional(),
    tone: z.enum(['courteous', 'formal', 'firm']).optional(),
  }),
  opens: delay,
  notBefore: z.array(delay).max(10).optional(),
  needsApproval: z.boolean(),
  prepareBusinessDays: days(30),
  lateness: z.enum(['run', 'skip', 'respace', 'ask']),
  lateWithinBusinessDays: days(60).optional(),
  channels: z.array(z.enum(['email', 'registeredPost', 'phone', 'post'])).max(4),
  claims: z.enum(['principal', 'accessories']).optional(),
});

/** The shape of a ladder. Unknown keys are refused: a misspelt limit must not be silently absent. */
export const policySchema: z.ZodType<DunningPolicy> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'not a policy id: lower-case letters, digits, hyphens'),
  version: z.number().int().min(1).max(1_000_000),
  title: localText,
  appliesTo: z.strictObject({
    laws: z.array(z.enum(['FR', 'BE'])).min(1),
    debtorKinds: z.array(z.enum(['business', 'consumer', 'publicBody', 'coOwners', 'unknown'])).min(1),
  }),
  stages: z.array(stage).min(1).max(200),
  limits: z.strictObject({
    messageGapDays: z.number().int().min(1).max(60),
    contactsPerWeek: z.number().int().min(1).max(7),
    window: z.strictObject({ from: time, to: time }),
  }),
  call: z.strictObject({ expiresBusinessDays: z.number().int().min(1).max(30) }),
  promise: z.strictObject({
    maxDays: z.number().int().min(1).max(90),
    graceBusinessDays: days(10),
    maxCount: days(10),
    keptFromPercent: z
      .string()
      .regex(/^(9[5-9](\.\d{1,2})?|100)$/, 'From 95 to 100, in quotes')
      .optional(),
  }),
  dispute: z.strictObject({ dueBusinessDays: z.number().int().min(1).max(60) }),
  hold: z.strictObject({ maxDays: z.number().int().min(1).max(366) }),
  approval: z.strictObject({ validBusinessDays: z.number().int().min(1).max(60) }),
  notice: z.strictObject({ deadlineDays: z.number().int().min(1).max(60) }),
  reviewDays: z.number().int().min(1).max(30),
  limitation: z.strictObject({ warnDays: z.number().int().min(1).max(730), courtRouteDays: z.number().int().min(30).max(365) }).optional(),
  threshold: amounts,
  tolerance: amounts,
  waiveBelow: amounts,
});
