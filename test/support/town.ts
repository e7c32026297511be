import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ActivityPorts, createMessageActs, createRecoveryActs } from '#activities';
import {
  applyDelivery,
  bookPayment,
  type CaseworkDeps,
  type DeliveryNews,
  createCreditor,
  currentSnapshot,
  type IntakeOutcome,
  type InvoiceFacts,
  moveClock,
  openLawBook,
  openPolicyBook,
  type PaymentOutcome,
  registerInvoice,
  SANDBOX_START,
} from '#casework';
import type { MessageActs, RecoveryActs } from '#contracts';
import { type CaseSnapshot, currency, day, type Instant, type WakeKind } from '#domain';
import { createSendGridMailer } from '#mail';
import { createDataSource, systemClock, TypeormDueCases, TypeormOutboxQueue, TypeormUnitOfWork, uuidV7Ids } from '#persistence';
import type { CaseRow, CreditorRow, StageVerdictRow, Tables, TaskRow, Tx } from '#ports';
import { createHttpPost } from '#post';
import { createSealer } from '#sealing';
import type { DataSource } from 'typeorm';
import { type RunningLocalServers, startLocalServers } from '../../apps/ops/local/start-local-servers.js';
import type { StoredMail } from '../../apps/ops/local/local-store.js';
import { FINANCE, followHabits, type Habits, PERSON } from './town-people.js';
import { creditorRow } from './town-creditor.js';
import { dropDatabase, freshDatabase } from './fresh-database.js';

export { FINANCE, PERSON };

/** Short, so that a test of a late answer is short. */
const MAIL_TIMEOUT_MS = 1_500;

const ACT_OF_WAKE: Readonly<Record<WakeKind, keyof RecoveryActs>> = {
  call: 'openCallTask',
  mail: 'sendMail',
  formalNotice: 'serveFormalNotice',
  referral: 'handOver',
  prepare: 'prepareStage',
  promiseEnds: 'judgePromise',
  holdEnds: 'endHold',
  disputeDue: 'escalateDispute',
  callExpires: 'expireCall',
  approvalExpires: 'expireApproval',
  review: 'reviewCase',
};

/** Casework, activities and a real PostgreSQL with local mail and post servers; a step driver stands where Temporal waits. */
export class Town {
  constructor(
    private readonly base: string,
    private readonly url: string,
    private readonly dataSource: DataSource,
    private readonly folder: string,
    readonly local: RunningLocalServers,
    readonly ports: ActivityPorts,
    readonly acts: RecoveryActs,
    readonly messages: MessageActs,
  ) {}

  get deps(): CaseworkDeps {
    return this.ports.casework;
  }

  static async open(base: string, tweak: (ports: ActivityPorts) => ActivityPorts = (ports) => ports): Promise<Town> {
    const url = await freshDatabase(base);
    const dataSource = createDataSource(url);
    await dataSource.initialize();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relance-town-'));
    const local = await startLocalServers({ port: 0, dir: folder });
    const casework: CaseworkDeps = {
      unitOfWork: new TypeormUnitOfWork(dataSource),
      clock: systemClock,
      ids: uuidV7Ids,
      sealer: createSealer({ current: { id: 1, key: new Uint8Array(32).fill(7) } }),
      law: openLawBook(),
      policies: openPolicyBook(),
    };
    const ports = tweak({
      casework,
      mail: createSendGridMailer({ localMailbox: { baseUrl: local.url }, timeoutMs: MAIL_TIMEOUT_MS }),
      post: createHttpPost({ localTray: { baseUrl: local.url } }),
    });
    return new Town(base, url, dataSource, folder, local, ports, createRecoveryActs(ports), createMessageActs(ports));
  }

  async close(): Promise<void> {
    await this.local.close();
    await this.dataSource.destroy();
    await dropDatabase(this.base, this.url);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  async addCreditor(patch: Partial<CreditorRow> = {}): Promise<string> {
    const row = creditorRow(patch);
    await this.deps.unitOfWork.run(row.creditorId, 'exclusive', (tx) => createCreditor(tx, this.deps, row, FINANCE));
    return row.creditorId;
  }

  async addInvoice(
    creditorId: string,
    facts: Partial<InvoiceFacts> & { buyer?: Partial<InvoiceFacts['buyer']> } = {},
    more: Partial<Parameters<typeof registerInvoice>[3]> = {},
  ): Promise<IntakeOutcome> {
    const buyer = {
      name: 'Transports Vérendelle',
      siren: '000000208',
      email: 'compta@verendelle.example',
      phone: '+33199000001',
      street: '3 quai des Arts',
      postcode: '13002',
      city: 'Marseille',
      country: 'FR',
      ...facts.buyer,
    };
    const invoice: InvoiceFacts = {
      documentKind: 'invoice',
      number: 'F-2026-001',
      issuedOn: day('2026-01-27'),
      terms: [{ dueOn: day('2026-02-26') }],
      currency: currency('EUR'),
      grossMinor: 486_000n,
      prepaidMinor: 0n,
      payableMinor: 486_000n,
      precedingNumbers: [],
      ...facts,
      buyer,
    };
    return this.deps.unitOfWork.run(creditorId, 'shared', (tx) =>
      registerInvoice(
        tx,
        this.deps,
        creditorId,
        { facts: invoice, kind: { kind: 'business', reason: 'siren' }, doubts: [], ...more },
        PERSON,
      ),
    );
  }

  async pay(
    creditorId: string,
    amountMinor: bigint,
    paidOn: string,
    hints: Parameters<typeof bookPayment>[3]['hints'],
    ref = `p-${this.deps.ids.next()}`,
    code = 'EUR',
  ): Promise<PaymentOutcome> {
    return this.deps.unitOfWork.run(creditorId, 'shared', (tx) =>
      bookPayment(
        tx,
        this.deps,
        creditorId,
        { provider: 'rest', providerRef: ref, amountMinor, currency: code, paidOn: day(paidOn), hints },
        PERSON,
      ),
    );
  }

  caseRow(creditorId: string, caseId: string): Promise<CaseRow> {
    return this.deps.unitOfWork.plain(async (tx) => {
      const row = await tx.cases.one({ creditorId, caseId });
      if (!row) throw new Error(`No case ${caseId}`);
      return row;
    });
  }

  verdicts(creditorId: string, caseId: string): Promise<StageVerdictRow[]> {
    return this.deps.unitOfWork.plain((tx) => tx.stageVerdicts.all({ creditorId, caseId }, { by: 'at' }));
  }

  /** Runs one act for the wake a case has now, as its workflow would. */
  async act(creditorId: string, caseId: string): Promise<CaseSnapshot> {
    const snapshot = await currentSnapshot(this.deps, creditorId, caseId);
    const { wake, factSeq, epoch } = snapshot;
    return this.acts[ACT_OF_WAKE[wake.kind]]({ creditorId, caseId, wake, factSeq, epoch });
  }

  async moveTo(creditorId: string, at: string): Promise<void> {
    await this.deps.unitOfWork.run(creditorId, 'exclusive', (tx) => moveClock(tx, this.deps, creditorId, at as Instant, FINANCE));
  }

  async clock(creditorId: string): Promise<Instant> {
    const row = await this.deps.unitOfWork.plain((tx) => tx.creditors.one({ creditorId }));
    return row?.clockAt ?? SANDBOX_START;
  }

  /** From wake to wake until nothing is due by the end of `until`; people do what `habits` says. Returns what was done, one line each. */
  async run(creditorId: string, until: string, habits: Habits = {}): Promise<string[]> {
    const due = new TypeormDueCases(this.dataSource);
    const end = `${until}T23:00:00.000Z` as Instant;
    const diary: string[] = [];
    for (let step = 0; step < 500; step++) {
      await this.deliverInforms(creditorId);
      await followHabits(this, creditorId, habits);
      const next = await due.earliestWake(creditorId);
      if (!next || next.at > end) break;
      if (next.at > (await this.clock(creditorId))) await this.moveTo(creditorId, next.at);
      for (const { caseId } of await due.dueBy(creditorId, await this.clock(creditorId), 100)) {
        const row = await this.caseRow(creditorId, caseId);
        const after = await this.act(creditorId, caseId);
        diary.push(
          `${(await this.clock(creditorId)).slice(0, 10)} ${row.wakeKind}${row.wakeStage ? `:${row.wakeStage}` : ''} → ${after.closed ?? after.state}`,
        );
      }
    }
    await this.deliverInforms(creditorId);
    return diary;
  }

  /** Runs until a case's own wake is of this kind (and rung), and moves the clock to it without acting. Throws when it never comes. */
  async upTo(creditorId: string, caseId: string, kind: WakeKind, stage?: string, habits: Habits = {}): Promise<void> {
    const due = new TypeormDueCases(this.dataSource);
    for (let step = 0; step < 300; step++) {
      await this.deliverInforms(creditorId);
      await followHabits(this, creditorId, habits);
      const row = await this.caseRow(creditorId, caseId);
      const isIt = row.wakeKind === kind && (stage === undefined || row.wakeStage === stage);
      const next = await due.earliestWake(creditorId);
      if (!next || row.closedKind) break;
      const at = isIt && row.wakeAt ? row.wakeAt : next.at;
      if (at > (await this.clock(creditorId))) await this.moveTo(creditorId, at);
      if (isIt) return;
      await this.act(creditorId, next.caseId);
    }
    const row = await this.caseRow(creditorId, caseId);
    throw new Error(
      `${kind} ${stage ?? ''} never came: the case is ${row.state}, wakes for ${row.wakeKind} ${row.wakeStage} at ${row.wakeAt}`,
    );
  }

  /** One transaction under the creditor's shared lock, as every command runs. */
  shared<T>(creditorId: string, work: (tx: Tx, deps: CaseworkDeps) => Promise<T>): Promise<T> {
    return this.deps.unitOfWork.run(creditorId, 'shared', (tx) => work(tx, this.deps));
  }

  read<T>(work: (tx: Tables) => Promise<T>): Promise<T> {
    return this.deps.unitOfWork.plain(work);
  }

  sql<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return this.dataSource.query(text, values);
  }

  /** Mails that the local server took for a creditor, oldest first. */
  async mailsOf(creditorId: string): Promise<StoredMail[]> {
    const ours = new Set((await this.read((tx) => tx.messages.all({ creditorId }))).map((message) => message.messageId));
    return this.local.mails().filter((mail) => mail.mid !== undefined && ours.has(mail.mid));
  }

  tasks(creditorId: string, kind: string, state: TaskRow['state'] = 'open'): Promise<TaskRow[]> {
    return this.read((tx) => tx.tasks.all({ creditorId, kind, state }));
  }

  /** `stage verdict code` of every verdict of a case, oldest first. */
  async verdictLines(creditorId: string, caseId: string): Promise<string[]> {
    return (await this.verdicts(creditorId, caseId)).map((verdict) => `${verdict.stage} ${verdict.verdict} ${verdict.code}`);
  }

  async news(creditorId: string, messageId: string, kind: DeliveryNews['kind']): Promise<string> {
    const eventId = this.deps.ids.next();
    return this.shared(creditorId, (tx) =>
      applyDelivery(
        tx,
        this.deps,
        creditorId,
        { eventId, messageId, provider: 'sendgrid', kind, at: this.deps.clock.now() },
        { actor: 'sendgrid', role: 'webhook' },
      ),
    );
  }

  private async deliverInforms(creditorId: string): Promise<void> {
    const planned = await this.deps.unitOfWork.plain((tx) => tx.messages.all({ creditorId, purpose: 'inform', state: 'PLANNED' }));
    for (const { messageId } of planned) await this.messages.deliverMessage({ creditorId, messageId });
  }

  outbox(): TypeormOutboxQueue {
    return new TypeormOutboxQueue(this.dataSource);
  }
}
