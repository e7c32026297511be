import { createHash, randomBytes } from 'node:crypto';
import { createCreditor, type InvoiceIntake, openCallTask, registerInvoice, SANDBOX_START, sealBytes, workflowActor } from '#casework';
import { loadConfig } from '#config';
import { currency, type Day, day, decodeState, instant } from '#domain';
import type { ApiKeyRow, CaseRow, CreditorRow, OutboundMessageRow, WorkflowDirectory } from '#ports';
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
  const config = loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: databaseUrl, SEALING_KEY: randomBytes(32).toString('base64') });
  const api = await createApi(config, { directory: absentDirectory, background: false, logger: createLogger({ name: 'test', level: 'silent' }) });
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
      buyer: { name, siren: '000000208', email: 'compta@tourtefeuille.example', phone: '+33 4 65 71 00 20', street: '1 rue du Four', postcode: '69001', city: 'Lyon', country: 'FR', language: 'fr' },
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

/** A message with sealed bytes and letter, as the acts leave one behind. */
export async function giveMessage(hall: TownHall, caseId: string, changes: Partial<OutboundMessageRow> = {}): Promise<OutboundMessageRow> {
  const { deps } = hall.api.backend;
  const row = await caseRow(hall, caseId);
  const mail = { content: [{ type: 'text/plain', value: 'Bonjour' }, { type: 'text/html', value: '<p>Bonjour <img src="cid:qr"></p>' }], attachments: [{ content: 'AAAA', type: 'image/png', content_id: 'qr' }] };
  return hall.api.backend.run('A', async (tx) => {
    const subject = { creditorId: 'A', subject: 'debtor' as const, subjectId: row.debtorId };
    const bytes = await sealBytes(tx, deps, { ...subject, bytes: Buffer.from(JSON.stringify(mail)), mediaType: 'application/json' });
    const letter = await sealBytes(tx, deps, { ...subject, bytes: Buffer.from('%PDF-1.7 test'), mediaType: 'application/pdf', fileName: 'mise-en-demeure.pdf' });
    const at = deps.clock.now();
    const message: OutboundMessageRow = {
      creditorId: 'A',
      messageId: deps.ids.next(),
      purpose: 'chase',
      act: 'formalNotice',
      channel: 'email',
      debtorId: row.debtorId,
      stage: 'formalNotice',
      round: 1,
      slotOn: day('2026-03-30'),
      revision: 1,
      basis: 'b'.repeat(64),
      state: 'PLANNED',
      claimToken: null,
      claimedAt: null,
      acceptedAt: null,
      decidedAt: null,
      providerMessageId: null,
      providerWords: null,
      recipient: 'compta@tourtefeuille.example',
      language: 'fr',
      template: 'formalNotice@1',
      subject: 'Mise en demeure',
      bytesObjectId: bytes.objectId,
      bytesSha256: bytes.sha256,
      letterObjectId: letter.objectId,
      letterSha256: letter.sha256,
      statement: { on: '2026-03-30', members: [{ caseId, openPrincipalMinor: '124000', statement: { claimTotalMinor: '129326' } }] },
      workflowId: null,
      crossedWithPayment: false,
      createdAt: at,
      updatedAt: at,
      ...changes,
    };
    await tx.messages.insert(message);
    await tx.messageCases.insert({ creditorId: 'A', messageId: message.messageId, caseId, stage: message.stage ?? '', round: message.round ?? 1, live: true });
    return message;
  });
}

/** Asks for an approval of a message, as the preparation of a notice does. */
export async function giveApproval(hall: TownHall, caseId: string): Promise<string> {
  const { applyFacts } = await import('#casework');
  const { deps } = hall.api.backend;
  const message = await giveMessage(hall, caseId);
  return hall.api.backend.run('A', async (tx) => {
    const [row] = await tx.lockCases('A', [caseId]);
    if (!row) throw new Error('No case');
    const approvalId = deps.ids.next();
    const until = day('2026-04-30');
    await tx.approvals.insert({
      creditorId: 'A',
      approvalId,
      caseId,
      stage: 'formalNotice',
      round: 1,
      messageId: message.messageId,
      basis: message.basis,
      revision: 1,
      state: 'pending',
      requestedAt: deps.clock.now(),
      until,
      decidedBy: null,
      decidedAt: null,
      note: null,
    });
    await applyFacts(
      tx,
      deps,
      row,
      [
        { type: 'stagePrepared', stage: 'formalNotice', round: 1, messageId: message.messageId },
        { type: 'approvalRequested', approvalId, stage: 'formalNotice', round: 1, until },
      ],
      workflowActor('formalNotice'),
    );
    return approvalId;
  });
}

/** A client that speaks for one key, below one creditor. */
export function client(hall: TownHall, token: string, creditorId = 'A') {
  const server = hall.api.app.getHttpServer() as Parameters<typeof request>[0];
  const at = (path: string) => `/api/v1/creditors/${creditorId}/${path}`;
  const asked = (test: request.Test) => test.set('Authorization', `Bearer ${token}`);
  return {
    get: (path: string) => asked(request(server).get(at(path))),
    post: (path: string, body: object = {}) => asked(request(server).post(at(path)).send(body)),
  };
}
