import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = fileURLToPath(new URL('./', import.meta.url));

const day = z.string().regex(/^20\d\d-\d\d-\d\d$/, 'a day, written 2026-03-02');
const time = z.string().regex(/^\d\d:\d\d$/, 'a time of day, written 08:40');
/** An invoice by its number; `B12~2` is its second due term. */
const about = z.string().regex(/^[A-Z]\d+(~\d)?$/, 'an invoice such as A2, or a term of it such as B12~2');
const sum = z.string().regex(/^\d+\.\d\d [A-Z]{3}$/, 'a sum such as "1240.00 EUR"');
/** One line of the diary, in the words of story-diary.ts. */
const line = z.string().regex(/^([A-Z]\d+(~\d)?|task) \S/, 'a line such as "A2 courtesyMail sent 4860.00 EUR"');

const payment = z.strictObject({
  for: about.optional(),
  amount: sum,
  by: z.enum(['webhook', 'rest']).default('webhook'),
  quoting: z.enum(['number', 'reference', 'nothing']).default('number'),
  twice: z.boolean().default(false),
});

/** What people, banks and machines do. */
const deed = z.union([
  z.strictObject({ import: z.array(z.string()).min(1) }),
  z.strictObject({ payment }),
  z.strictObject({ paymentReturned: z.strictObject({ for: about }) }),
  z.strictObject({ forgedPayment: z.strictObject({ for: about, amount: sum }) }),
  z.strictObject({ promise: z.strictObject({ for: about, amount: sum, until: day, refused: z.boolean().default(false) }) }),
  z.strictObject({ dispute: z.strictObject({ for: about, reason: z.string() }) }),
  z.strictObject({ disputeResolved: z.strictObject({ for: about, verdict: z.enum(['confirmed', 'creditNote', 'withdrawn']) }) }),
  z.strictObject({ creditNote: z.strictObject({ for: about, amount: sum }) }),
  z.strictObject({ nothingDue: z.string() }),
  z.strictObject({ hold: z.strictObject({ for: about, until: day, reason: z.string() }) }),
  z.strictObject({ insolvency: z.strictObject({ for: about, openedOn: day }) }),
  z.strictObject({ withdraw: z.strictObject({ for: about, reason: z.string() }) }),
  z.strictObject({ debtorKind: z.strictObject({ for: about, kind: z.string() }) }),
  z.strictObject({ parkedPayment: z.union([z.literal('sentBack'), z.strictObject({ to: about })]) }),
  z.strictObject({ mailServer: z.enum(['busy', 'silent']) }),
]);
export type Deed = z.output<typeof deed>;

const dayOfStory = z.strictObject({
  on: day,
  at: time.default('08:00'),
  when: z.array(deed).default([]),
  expect: z.array(line).default([]),
  /** Mails that leave, and call tasks that are opened, that day. */
  mails: z.number().int().optional(),
  calls: z.number().int().optional(),
});

const ending = z.strictObject({
  state: z.string(),
  open: sum,
  episode: z.number().int().default(1),
  workflow: z.enum(['running', 'completed']),
  /** Names of the signals in the history, moves of the clock left out; not given where a race decides who tells whom. */
  signals: z.array(z.string()).optional(),
});

const storySchema = z.strictObject({
  story: z.string().min(10),
  creditor: z.enum(['A', 'B']),
  /** Files of the sample book, imported at the first minute. */
  files: z.array(z.string()).min(1),
  people: z
    .strictObject({
      calls: z.enum(['attempted', 'reached', 'nobody']).default('attempted'),
      approvals: z.enum(['given', 'nobody']).default('given'),
      post: z.enum(['delivered', 'nobody']).default('delivered'),
    })
    .default({ calls: 'attempted', approvals: 'given', post: 'delivered' }),
  days: z.array(dayOfStory).min(1),
  /** The story ends in the evening of this day. */
  until: day,
  /** A day that is not listed is a silent day; these must not be seen on any. */
  never: z.array(z.string()).default([]),
  /** Words no mail of the story may hold. */
  neverInMails: z.array(z.string()).default([]),
  end: z.record(about, ending),
});
export type Story = z.output<typeof storySchema>;
export type DayOfStory = z.output<typeof dayOfStory>;

export interface NamedStory {
  readonly file: string;
  readonly story: Story;
}

/** Every story of this folder. Throws with the file and the place of what cannot be understood. */
export function readStories(): NamedStory[] {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ file, story: readStory(fs.readFileSync(`${folder}${file}`, 'utf8'), file) }));
}

function readStory(text: string, file: string): Story {
  const parsed = storySchema.safeParse(parse(text, { schema: 'core', version: '1.2' }));
  if (parsed.success) return parsed.data;
  throw new Error(`${file}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
}
