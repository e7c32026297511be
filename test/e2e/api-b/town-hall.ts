import { createHash, randomBytes } from 'node:crypto';
import { createCreditor, type InvoiceIntake, openCallTask, registerInvoice, SANDBOX_START } from '#casework';
import { loadConfig } from '#config';
import { currency, type Day, day, decodeState, instant } from '#domain';
import type { ApiKeyRow, CaseRow, CreditorRow, WorkflowDirectory } from '#ports';
import { createLogger } from '#telemetry';
import request from 'supertest';
import { inject } from 'vitest';
import { type Api, createApi } from '../../../apps/api/src/create-api.js';
import { dropDatabase, freshDatabase } from '../../support/fresh-database.js';

export type Role = ApiKeyRow['role'];

const away = { result: 'unavailable', reason: 'test' } as const;

/** Temporal that nobody can reach. */
const absentDirectory: WorkflowDirectory = {
  startRecovery: async () => away,
  startMessage: async () => away,
  signal: async () => away,
  describe: async () => away,
  listOpen: async () => away,
  isReachable: async () => false,
  close: async () => undefined,
};

/** The whole API on a database of its own, without Temporal, with two creditors and a key per role. */
export interface TownHall {
  readonly api: Api;
  readonly databaseUrl: string;
  readonly keys: Readonly<Record<Role, string>>;
  /** Controller of the other creditor. */
  readonly strangerKey: string;
  close(): Promise<void>;
}

const BY = { actor: 'test', role: 'operator' } as const;

export async function openTownHall(): Promise<TownHall> {
  const base = inject('pgBase');
  const databaseUrl = await freshDatabase(base);
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    SEALING_KEY: randomBytes(32).toString('base64'),
  });
  const api = await createApi(config, {
    directory: absentDirectory,
    background: false,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  for (const creditorId of ['A', 'B']) {
    await api.backend.run(creditorId, (tx) => createCreditor(tx, api.backend.deps, creditorRow(creditorId), BY));
  }
  const roles: Role[] = ['controller', 'finance', 'auditor', 'integrator', 'operator'];
  const keys = {} as Record<Role, string>;
  for (const role of roles) keys[role] = await makeKey(api, role === 'operator' ? '*' : 'A', role);
  const strangerKey = await makeKey(api, 'B', 'controller');
  return {
    api,
    databaseUrl,
    keys,
    strangerKey,
    close: async () => {
      await api.close();
      await dropDatabase(base, databaseUrl);
    },
  };
}

async function makeKey(api: Api, creditorId: string, role: Role): Promise<string> {
  const prefix = randomBytes(4).toString('hex');
  const token = `rk_${prefix}_${randomBytes(32).toString('base64url')}`;
  const { deps } = api.backend;
  await api.backend.plain((tx) =>
    tx.apiKeys.insert({
      keyId: deps.ids.next(),
      creditorId,
      role,
      name: `test ${role}`,
      prefix,
      sha256: createHash('sha256').update(token).digest('hex'),
      createdAt: deps.clock.now(),
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    }),
  );
  return token;
}

function creditorRow(creditorId: string): CreditorRow {
  return {
    creditorId,
    legalName: creditorId === 'A' ? 'Menuiserie Mirandole' : 'Atelier Autre',
    legalForm: 'SAS',
    law: 'FR',
    language: 'fr',
    siren: '000000109',
    enterpriseNumber: null,
    vat: 'FR48000000109',
    iban: 'FR1420041010050500013M02606',
    bic: null,
    address: { lines: ['12 rue des Copeaux'], postcode: '69003', city: 'Lyon', country: 'FR' },
    zone: 'Europe/Paris',
    territory: 'FR',
    replyToEmail: 'claire.aubin@mirandole.example',
    phone: null,
    signatoryName: 'Claire Aubin',
    signatoryTitle: 'contrôleuse de gestion',
    senderEmail: 'comptabilite@mirandole.example',
    defaultTermDays: 30,
    policyId: 'standard',
    policyVersion: 1,
    referralRoute: 'collectionAgency',
    contractTerms: {},
    standing: {},
    mentions: {},
    live: false,
    sandbox: true,
    clockAt: SANDBOX_START,
    clockVersion: 1,
    brakeOn: false,
    epoch: 0,
    version: 1,
    createdAt: instant('2026-03-02T07:00:00.000Z'),
  };
}

export interface InvoiceWish {
  readonly number: string;
  readonly minor?: bigint;
  readonly dueOn?: Day;
  readonly issuedOn?: Day;
  readonly doubts?: InvoiceIntake['doubts'];
  readonly debtor?: string;
  /** Another enterprise than the baker. */
  readonly siren?: string;
}

/** Takes an invoice in as the intake does and gives its case. */
export async function giveInvoice({ api }: TownHall, wish: InvoiceWish, creditorId = 'A'): Promise<string> {
  const minor = wish.minor ?? 124_000n;
  const name = wish.debtor ?? 'Boulangerie Tourtefeuille';
  const intake: InvoiceIntake = {
    facts: {
      documentKind: 'invoice',
      number: wish.number,
      issuedOn: wish.issuedOn ?? day('2026-01-26'),
      terms: [{ dueOn: wish.dueOn ?? day('2026-02-26') }],
      currency: currency('EUR'),
      grossMinor: minor,
      prepaidMinor: 0n,
      payableMinor: minor,
      buyer: {
        name,
        siren: wish.siren ?? '000000208',
        email: 'compta@tourtefeuille.example',
        phone: '+33 4 65 71 00 20',
        street: '1 rue du Four',
        postcode: '69001',
        city: 'Lyon',
        country: 'FR',
        language: 'fr',
      },
      precedingNumbers: [],
    },
    kind: { kind: 'business', reason: 'siren' },
    doubts: wish.doubts ?? [],
  };
  const outcome = await api.backend.run(creditorId, (tx) => registerInvoice(tx, api.backend.deps, creditorId, intake, BY));
  const [caseId] = outcome.caseIds;
  if (!caseId) throw new Error(`No case for ${wish.number}`);
  return caseId;
}

export async function caseRow({ api }: TownHall, caseId: string, creditorId = 'A'): Promise<CaseRow> {
  const row = await api.backend.plain((tx) => tx.cases.one({ creditorId, caseId }));
  if (!row) throw new Error(`No case ${caseId}`);
  return row;
}

/** Moves the sandbox clock to the case's own call and opens its task, as the workflow would. */
export async function openCall(hall: TownHall, caseId: string): Promise<string> {
  const row = await caseRow(hall, caseId);
  if (row.wakeKind !== 'call' || !row.wakeAt || !row.wakeStage) throw new Error(`Case ${caseId} waits for ${row.wakeKind}`);
  const at = row.wakeAt;
  await hall.api.backend.plain((tx) => tx.creditors.update({ creditorId: 'A' }, { clockAt: at }));
  const wake = { kind: row.wakeKind, at, stage: row.wakeStage, round: row.wakeRound ?? 1 };
  await openCallTask(hall.api.backend.deps, { caseId, creditorId: 'A', wake, factSeq: row.factSeq, epoch: row.epoch });
  const { openCall } = decodeState((await caseRow(hall, caseId)).recovery);
  if (!openCall) throw new Error('The call was not opened');
  return openCall.callId;
}

/** A client that speaks for one key, below one creditor. */
export function client(hall: TownHall, token: string, creditorId = 'A') {
  const server = hall.api.app.getHttpServer() as Parameters<typeof request>[0];
  const at = (path: string) => `/api/v1/creditors/${creditorId}/${path}`;
  const asked = (test: request.Test) => test.set('Authorization', `Bearer ${token}`);
  return {
    get: (path: string) => asked(request(server).get(at(path))),
    post: (path: string, body: object = {}) => asked(request(server).post(at(path)).send(body)),
    patch: (path: string, body: object = {}) => asked(request(server).patch(at(path)).send(body)),
  };
}
