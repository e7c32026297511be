import type { WorkflowDirectory } from '#ports';
import { loadConfig } from '#config';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import request from 'supertest';
import { type Api, createApi } from '../../../apps/api/src/create-api.js';
import { newKey } from '../../../apps/api/src/keys/new-key.js';
import { dropDatabase, freshDatabase } from '../../support/fresh-database.js';

export type Role = 'controller' | 'finance' | 'auditor' | 'integrator' | 'operator';

/** A directory whose server is away: every call says so at once. */
export const TEMPORAL_DOWN: WorkflowDirectory = {
  startRecovery: async () => ({ result: 'unavailable', reason: 'down' }),
  startMessage: async () => ({ result: 'unavailable', reason: 'down' }),
  signal: async () => ({ result: 'unavailable', reason: 'down' }),
  describe: async () => ({ result: 'unavailable', reason: 'down' }),
  listOpen: async () => ({ result: 'unavailable', reason: 'down' }),
  isReachable: async () => false,
  close: async () => undefined,
};

export const POST_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

export interface RunningApi {
  readonly api: Api;
  readonly mailKey: KeyObject;
  /** A key of one creditor (`*`: of the installation). */
  key(role: Role, creditorId: string): Promise<string>;
  get(path: string, token: string): request.Test;
  post(path: string, token: string, body?: object): request.Test;
  put(path: string, token: string, body?: object): request.Test;
  patch(path: string, token: string, body?: object): request.Test;
  raw(): ReturnType<typeof request>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly directory?: WorkflowDirectory;
  readonly background?: boolean;
}

/** The whole API on a database of its own, with Temporal away unless told. */
export async function startApi(base: string, options: StartOptions = {}): Promise<RunningApi> {
  const url = await freshDatabase(base);
  const mail = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const config = loadConfig({
    DATABASE_URL: url,
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['API_LOG'] ?? 'silent',
    SEALING_KEY: Buffer.alloc(32, 7).toString('base64'),
    SENDGRID_EVENT_PUBLIC_KEY: mail.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    POST_WEBHOOK_SECRET: POST_SECRET,
  });
  const api = await createApi(config, { directory: options.directory ?? TEMPORAL_DOWN, background: options.background ?? false });
  const server = api.app.getHttpServer() as Parameters<typeof request>[0];
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  return {
    api,
    mailKey: mail.privateKey,
    key: (role, creditorId) => insertKey(api, role, creditorId),
    get: (path, token) => request(server).get(path).set(bearer(token)),
    post: (path, token, body) => request(server).post(path).set(bearer(token)).send(body),
    put: (path, token, body) => request(server).put(path).set(bearer(token)).send(body),
    patch: (path, token, body) => request(server).patch(path).set(bearer(token)).send(body),
    raw: () => request(server),
    stop: async () => {
      await api.close();
      await dropDatabase(base, url);
    },
  };
}

async function insertKey(api: Api, role: Role, creditorId: string): Promise<string> {
  const { token, prefix, sha256 } = newKey();
  const { deps } = api.backend;
  const row = {
    keyId: deps.ids.next(),
    creditorId,
    role,
    name: `test ${role}`,
    prefix,
    sha256,
    createdAt: deps.clock.now(),
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  };
  await api.backend.plain((tx) => tx.apiKeys.insert(row));
  return token;
}

export const CREDITOR = {
  creditorId: 'atelier',
  legalName: 'Atelier Lumen SARL',
  law: 'FR',
  address: { lines: ['1 rue de la Paix'], postcode: '75002', city: 'Paris', country: 'FR' },
  siren: '552100554',
  sandbox: true,
};

/** A business invoice due before the sandbox begins. */
export function invoice(number: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    number,
    issuedOn: '2026-01-05',
    dueOn: '2026-02-04',
    gross: { amount: '1240.00', currency: 'EUR' },
    debtor: { name: 'Dupont Menuiserie SAS', siren: '732829320', email: 'compta@dupont.example', phone: '+33123456789', country: 'FR' },
    ...more,
  };
}
