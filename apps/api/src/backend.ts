import type { Config } from '#config';
import { type CaseworkDeps, openLawBook, openPolicyBook } from '#casework';
import { connectWorkflowDirectory } from '#orchestration';
import {
  createDataSource,
  DatabaseClock,
  OperationReads,
  ReadModels,
  TypeormDueCases,
  TypeormInboxQueue,
  TypeormOutboxQueue,
  TypeormUnitOfWork,
  uuidV7Ids,
} from '#persistence';
import type { Clock, DueCases, InboxQueue, LockMode, OutboxQueue, Tables, Tx, UnitOfWork, WorkflowDirectory } from '#ports';
import { createSealer } from '#sealing';
import type { Logger } from '#telemetry';
import type { DataSource } from 'typeorm';
import { CommandScope } from './http/command-scope.js';
import { ApiMetrics } from './operations/api-metrics.js';

/** What may be given instead of the real thing, by tests. */
export interface BackendParts {
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly directory?: WorkflowDirectory;
}

const MASTER_KEY_ID = 1;

/** Everything behind the controllers, built once per process. Injected by its class: `@Inject(Backend)`. */
export class Backend {
  /** Called after every committed transaction: the relay looks at once instead of at its next poll. */
  onCommit: () => void = () => undefined;
  readonly deps: CaseworkDeps;
  readonly readModels: ReadModels;
  readonly operations: OperationReads;
  readonly metrics = new ApiMetrics();
  readonly outbox: OutboxQueue;
  readonly inbox: InboxQueue;
  readonly dueCases: DueCases;

  private constructor(
    readonly config: Config,
    readonly logger: Logger,
    readonly dataSource: DataSource,
    readonly directory: WorkflowDirectory,
    clock: Clock,
  ) {
    this.deps = {
      unitOfWork: new TellingUnitOfWork(new TypeormUnitOfWork(dataSource), () => this.onCommit()),
      clock,
      ids: uuidV7Ids,
      sealer: createSealer({ current: { id: MASTER_KEY_ID, key: config.SEALING_KEY } }),
      law: openLawBook(),
      policies: openPolicyBook(),
    };
    this.readModels = new ReadModels(dataSource);
    this.operations = new OperationReads(dataSource);
    this.outbox = new TypeormOutboxQueue(dataSource);
    this.inbox = new TypeormInboxQueue(dataSource);
    this.dueCases = new TypeormDueCases(dataSource);
  }

  /** Connects to the database; Temporal is connected lazily and may be away. */
  static async open(config: Config, parts: BackendParts): Promise<Backend> {
    const dataSource = createDataSource(config.DATABASE_URL, { poolSize: config.DATABASE_POOL_SIZE, applicationName: 'relance-api' });
    await dataSource.initialize();
    const directory = parts.directory ?? connectWorkflowDirectory({ taskQueue: config.TEMPORAL_TASK_QUEUE });
    return new Backend(config, parts.logger, dataSource, directory, parts.clock ?? (await DatabaseClock.open(dataSource)));
  }

  /** A transaction with its creditor: the usual frame of a command (shared lock). */
  run<T>(creditorId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.deps.unitOfWork.run(creditorId, 'shared', work);
  }

  /** A transaction that only reads, or writes what no lock guards. */
  plain<T>(work: (tx: Tables) => Promise<T>): Promise<T> {
    return this.deps.unitOfWork.plain(work);
  }

  async close(): Promise<void> {
    await this.directory.close().catch(() => undefined);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** Tells when a locked transaction was committed: that is when there may be news in the outbox. A command's idempotency key is kept in it. */
class TellingUnitOfWork implements UnitOfWork {
  constructor(
    private readonly inner: UnitOfWork,
    private readonly committed: () => void,
  ) {}

  async run<T>(creditorId: string, mode: LockMode, work: (tx: Tx) => Promise<T>): Promise<T> {
    const scope = CommandScope.current();
    const result = await (scope ? scope.step(this.inner, creditorId, mode, work) : this.inner.run(creditorId, mode, work));
    CommandScope.leave(this.committed);
    return result;
  }

  plain<T>(work: (tx: Tables) => Promise<T>): Promise<T> {
    return this.inner.plain(work);
  }
}
