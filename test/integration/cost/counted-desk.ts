import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRecoveryActs } from '#activities';
import {
  bookPayment,
  type CaseworkDeps,
  createCreditor,
  currentSnapshot,
  found,
  type IntakeOutcome,
  moveClock,
  openLawBook,
  openPolicyBook,
  type PaymentOutcome,
  registerInvoice,
} from '#casework';
import type { RecoveryActs } from '#contracts';
import { currency, day, decodeState, type Instant } from '#domain';
import { createSendGridMailer } from '#mail';
import { createDataSource, ReadModels, systemClock, TypeormUnitOfWork, uuidV7Ids } from '#persistence';
import { createSealer } from '#sealing';
import type { DataSource } from 'typeorm';
import { type RunningLocalServers, startLocalServers } from '../../../apps/ops/local/start-local-servers.js';
import { dropDatabase, freshDatabase } from '../../support/fresh-database.js';
import { creditorRow } from '../../support/town-creditor.js';

/** A ladder has fewer wakes than this before its notice. */
const WAKES_MAX = 30;
const BY = { actor: 'marc', role: 'finance' } as const;

/** Casework and acts on a real database that count every statement they send. */
export class CountedDesk {
  private constructor(
    private readonly base: string,
    private readonly url: string,
    private readonly dataSource: DataSource,
    private readonly folder: string,
    private readonly local: RunningLocalServers,
    readonly statements: string[],
    readonly deps: CaseworkDeps,
    readonly acts: RecoveryActs,
    readonly readModels: ReadModels,
  ) {}

  static async open(base: string): Promise<CountedDesk> {
    const url = await freshDatabase(base);
    const dataSource = createDataSource(url);
    await dataSource.initialize();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relance-cost-'));
    const local = await startLocalServers({ port: 0, dir: folder });
    const statements: string[] = [];
    const onStatement = (sql: string): void => void statements.push(sql);
    const deps: CaseworkDeps = {
      unitOfWork: new TypeormUnitOfWork(dataSource, { onStatement }),
      clock: systemClock,
      ids: uuidV7Ids,
      sealer: createSealer({ current: { id: 1, key: new Uint8Array(32).fill(7) } }),
      law: openLawBook(),
      policies: openPolicyBook(),
    };
    const acts = createRecoveryActs({ casework: deps, mail: createSendGridMailer({ localMailbox: { baseUrl: local.url } }) });
    return new CountedDesk(base, url, dataSource, folder, local, statements, deps, acts, new ReadModels(dataSource, { onStatement }));
  }

  async close(): Promise<void> {
    await this.local.close();
    await this.dataSource.destroy();
    await dropDatabase(this.base, this.url);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** What `work` gives, and how many statements it sent: opening and commit of each transaction included. */
  async counted<T>(work: () => Promise<T>): Promise<{ result: T; sent: number }> {
    this.statements.length = 0;
    const result = await work();
    return { result, sent: this.statements.length };
  }

  async addCreditor(): Promise<string> {
    const row = creditorRow({});
    await this.deps.unitOfWork.run(row.creditorId, 'exclusive', (tx) => createCreditor(tx, this.deps, row, BY));
    return row.creditorId;
  }

  /** Registers these invoices of these debtors in one transaction. */
  register(creditorId: string, invoices: readonly { number: string; debtor: number }[]): Promise<IntakeOutcome[]> {
    return this.deps.unitOfWork.run(creditorId, 'shared', async (tx) => {
      const outcomes: IntakeOutcome[] = [];
      for (const { number, debtor } of invoices) {
        const buyer = {
          name: `Client ${debtor}`,
          siren: String(200_000_000 + debtor),
          email: `compta${debtor}@client.example`,
          phone: '+33199000001',
          street: '3 quai des Arts',
          postcode: '13002',
          city: 'Marseille',
          country: 'FR',
        };
        const facts = {
          documentKind: 'invoice' as const,
          number,
          issuedOn: day('2026-01-27'),
          terms: [{ dueOn: day('2026-02-26') }],
          currency: currency('EUR'),
          grossMinor: 486_000n,
          prepaidMinor: 0n,
          payableMinor: 486_000n,
          precedingNumbers: [],
          buyer,
        };
        outcomes.push(
          await registerInvoice(tx, this.deps, creditorId, { facts, kind: { kind: 'business', reason: 'siren' }, doubts: [] }, BY),
        );
      }
      return outcomes;
    });
  }

  pay(creditorId: string, amountMinor: bigint, caseId: string, paidOn = '2026-02-20'): Promise<PaymentOutcome> {
    const facts = {
      provider: 'rest',
      providerRef: this.deps.ids.next(),
      amountMinor,
      currency: 'EUR',
      paidOn: day(paidOn),
      hints: { caseId },
    };
    return this.deps.unitOfWork.run(creditorId, 'shared', (tx) => bookPayment(tx, this.deps, creditorId, facts, BY));
  }

  /** How many statements a payment sends that says nothing about whose it is. */
  async park(creditorId: string, amountMinor: bigint, providerRef: string): Promise<number> {
    const facts = { provider: 'rest', providerRef, amountMinor, currency: 'EUR', paidOn: day('2026-02-20'), hints: { text: 'merci' } };
    const { sent } = await this.counted(() =>
      this.deps.unitOfWork.run(creditorId, 'shared', (tx) => bookPayment(tx, this.deps, creditorId, facts, BY)),
    );
    return sent;
  }

  /** Lets a case wake until a person's approval is asked for; `onCall` says what becomes of each call. Throws when it is never asked. */
  async climbTo(creditorId: string, caseId: string, onCall: (callId: string) => Promise<unknown>): Promise<void> {
    const { acts } = this;
    for (let step = 0; step < WAKES_MAX; step++) {
      const { wake, factSeq, epoch } = await currentSnapshot(this.deps, creditorId, caseId);
      const row = await this.deps.unitOfWork.plain((tx) => tx.creditors.one({ creditorId }));
      if (wake.at > (row?.clockAt ?? '')) await this.moveTo(creditorId, wake.at);
      const input = { creditorId, caseId, wake, factSeq, epoch };
      if (wake.kind === 'prepare') return void (await acts.prepareStage(input));
      if (wake.kind === 'mail') await acts.sendMail(input);
      else if (wake.kind === 'call') await acts.openCallTask(input);
      else throw new Error(`Nobody waits for ${wake.kind}`);
      const { recovery } = found(await this.deps.unitOfWork.plain((tx) => tx.cases.one({ creditorId, caseId })), 'case', caseId);
      const { openCall } = decodeState(recovery);
      if (openCall) await onCall(openCall.callId);
    }
    throw new Error('No approval was asked for');
  }

  async moveTo(creditorId: string, at: Instant): Promise<void> {
    await this.deps.unitOfWork.run(creditorId, 'exclusive', (tx) => moveClock(tx, this.deps, creditorId, at, BY));
  }
}
