import { z } from 'zod';

/** One environment variable: what it means, what it may hold, and whether its value may come from a file. */
export interface Variable {
  readonly name: string;
  /** A sentence for .env.example and the README. */
  readonly meaning: string;
  readonly shape: z.ZodType<unknown, string | undefined>;
  /** A secret may also be given as `<NAME>_FILE`, the path of a file that only its owner reads. */
  readonly secret?: boolean;
  readonly required?: boolean;
  readonly example?: string;
}

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'a port number')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65_535, 'a port from 1 to 65535')
    .optional()
    .default(fallback);

const url = (schemes: readonly string[], what: string) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), what);

const httpUrl = url(['http:', 'https:'], 'an http or https address');
/** Addresses are joined with paths later: a slash at the end would be doubled. */
const baseUrl = httpUrl.transform((value) => value.replace(/\/+$/, ''));

const key32 = z
  .string()
  .trim()
  .refine((value) => /^[A-Za-z0-9+/]{43}=$/.test(value), '32 bytes in base64 (44 characters)')
  .transform((value) => Buffer.from(value, 'base64'));

const standardSecret = z
  .string()
  .trim()
  .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'whsec_ and at least 24 bytes in base64');

const text = z.string().trim().min(1, 'not empty');

/** `<endpoint id>=<key>`, several separated by commas. */
const stripeKeys = z
  .string()
  .trim()
  .regex(/^[\w-]{1,100}=[sr]k_\w{8,300}(,[\w-]{1,100}=[sr]k_\w{8,300})*$/, '<endpoint id>=<key>, several separated by commas')
  .transform((value) => new Map(value.split(',').map((pair) => pair.split('=') as [string, string])));

/** The shape of every variable, by name; `VARIABLES` says what they mean. */
export const shapes = {
  NODE_ENV: z.enum(['development', 'test', 'production']).optional().default('production'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional().default('info'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'a postgres:// address'),
  DATABASE_POOL_SIZE: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'a number from 1 to 999')
    .transform(Number)
    .optional()
    .default(10),
  API_HOST: text.optional().default('127.0.0.1'),
  API_PORT: port(3000),
  PUBLIC_URL: baseUrl.optional().default('http://127.0.0.1:3000'),
  WORKER_HEALTH_HOST: text.optional().default('127.0.0.1'),
  WORKER_HEALTH_PORT: port(3001),
  TEMPORAL_TASK_QUEUE: text.optional().default('collections'),
  WORKFLOW_BUNDLE: text.optional().default('dist/workflow-bundle.js'),
  SEALING_KEY: key32,
  SENDGRID_API_KEY: text.optional(),
  SENDGRID_BASE_URL: baseUrl.optional(),
  SENDGRID_EVENT_PUBLIC_KEY: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9+/]{80,200}={0,2}$/, 'the verification key as SendGrid shows it (base64)')
    .optional(),
  SENDGRID_SANDBOX_URL: baseUrl.optional(),
  SENDGRID_ACTIVITY_KEY: text.optional(),
  SENDGRID_ACTIVITY_COMPLETE_HOURS: z
    .string()
    .regex(/^\d{1,2}$/, 'a number of hours')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 72, 'a number of hours from 1 to 72')
    .optional(),
  STRIPE_API_KEYS: stripeKeys.optional(),
  STRIPE_BASE_URL: baseUrl.optional().default('https://api.stripe.com'),
  POST_PROVIDER_URL: baseUrl.optional(),
  POST_PROVIDER_KEY: text.optional(),
  POST_WEBHOOK_SECRET: standardSecret.optional(),
} as const;

type Name = keyof typeof shapes;

const MEANINGS: Record<Name, Omit<Variable, 'name' | 'shape'>> = {
  NODE_ENV: { meaning: 'development, test or production' },
  LOG_LEVEL: { meaning: 'fatal, error, warn, info, debug, trace or silent' },
  DATABASE_URL: {
    meaning: 'PostgreSQL 14 or newer that holds the facts',
    secret: true,
    required: true,
    example: 'postgres://relance:secret@127.0.0.1:5432/relance',
  },
  DATABASE_POOL_SIZE: { meaning: 'connections each process keeps at most' },
  API_HOST: { meaning: 'address the REST API listens on; 0.0.0.0 in a container' },
  API_PORT: { meaning: 'port of the REST API' },
  PUBLIC_URL: { meaning: 'where people and webhooks reach the API; used in links' },
  WORKER_HEALTH_HOST: { meaning: "address of the worker's health page; 0.0.0.0 in a container" },
  WORKER_HEALTH_PORT: { meaning: "port of the worker's health page" },
  TEMPORAL_TASK_QUEUE: { meaning: 'task queue of the recovery workflows and their acts; mail goes over `<this>-mail`, limited in rate' },
  WORKFLOW_BUNDLE: { meaning: 'the workflow code made by the build' },
  SEALING_KEY: {
    meaning: 'master key that seals personal bytes, 32 bytes in base64; losing it loses the letters, so keep a copy elsewhere',
    secret: true,
    required: true,
    example: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  },
  SENDGRID_API_KEY: {
    meaning: 'key with the right to send mail; without it only sandbox creditors send, to the local mailbox',
    secret: true,
  },
  SENDGRID_BASE_URL: { meaning: "another server that speaks SendGrid's protocol; absent = SendGrid itself" },
  SENDGRID_EVENT_PUBLIC_KEY: { meaning: "verification key of SendGrid's signed event webhook", secret: true },
  SENDGRID_SANDBOX_URL: { meaning: 'local mailbox that takes the mail of sandbox creditors' },
  SENDGRID_ACTIVITY_KEY: {
    meaning:
      'key that may read Email Activity (an add-on of SendGrid): uncertain messages are looked up there; absent = events and a person decide',
    secret: true,
  },
  SENDGRID_ACTIVITY_COMPLETE_HOURS: {
    meaning:
      'after so many hours a reminder that Email Activity does not hold counts as never sent (1 to 72; never a formal letter); absent = that is for a person to say, because SendGrid promises no such time',
  },
  STRIPE_API_KEYS: {
    meaning:
      'for each Stripe webhook endpoint of ours a key that may read events, `<endpoint id>=<key>`: missed webhooks are fetched every hour',
    secret: true,
  },
  STRIPE_BASE_URL: { meaning: "another server that speaks Stripe's protocol; absent = Stripe itself" },
  POST_PROVIDER_URL: { meaning: 'registered post provider; absent = letters are printed and posted by hand' },
  POST_PROVIDER_KEY: {
    meaning: 'key of the registered post provider; without it letters of real creditors are printed by hand',
    secret: true,
  },
  POST_WEBHOOK_SECRET: { meaning: "secret of the postal provider's webhook, signed by Standard Webhooks", secret: true },
};

/** Every variable the product reads, in the order of .env.example. Temporal's own (TEMPORAL_ADDRESS …) are read by its library. */
export const VARIABLES: readonly Variable[] = (Object.keys(shapes) as Name[]).map((name) => ({
  name,
  shape: shapes[name],
  ...MEANINGS[name],
}));

/** Variables of Temporal's profile files, listed for people; @temporalio/envconfig reads them. */
export const TEMPORAL_VARIABLES: readonly { readonly name: string; readonly meaning: string }[] = [
  { name: 'TEMPORAL_ADDRESS', meaning: 'host:port of the Temporal server, 127.0.0.1:7233 when absent' },
  { name: 'TEMPORAL_NAMESPACE', meaning: 'namespace, `default` when absent' },
  { name: 'TEMPORAL_API_KEY', meaning: 'key of Temporal Cloud' },
  { name: 'TEMPORAL_CONFIG_FILE', meaning: 'profile file (TOML) with addresses, keys and certificates' },
  { name: 'TEMPORAL_PROFILE', meaning: 'profile of that file' },
];
