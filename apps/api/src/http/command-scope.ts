import { AsyncLocalStorage } from 'node:async_hooks';
import type { IdempotencyRow, LockMode, Tables, Tx, UnitOfWork } from '#ports';
import { kept, type KeptValue, revived } from './kept-value.js';
import { Problem } from './problem.js';

/** Somebody else has this key: his row says what became of it. */
export class KeyTaken extends Error {
  override readonly name = 'KeyTaken';
}

const storage = new AsyncLocalStorage<CommandScope>();

/**
 * One command under its `Idempotency-Key`. The key's row is written in the transaction of the command's effect, with what that transaction answered: a
 * process that dies before the commit leaves nothing, one that dies after it leaves what the repetition needs to finish without doing it again.
 */
export class CommandScope {
  private isOpen = true;
  private begun = 0;

  /** `steps`: what the transactions of an earlier attempt answered, in order. */
  constructor(
    readonly row: IdempotencyRow,
    private steps: readonly KeptValue[] = [],
  ) {}

  /** Runs the command inside the scope. What it leaves running afterwards is no part of it. */
  async run<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await storage.run(this, command);
    } finally {
      this.isOpen = false;
    }
  }

  static current(): CommandScope | undefined {
    const scope = storage.getStore();
    return scope?.isOpen ? scope : undefined;
  }

  /** Outside of every command: what is woken by one belongs to none. */
  static leave<T>(work: () => T): T {
    return storage.exit(work);
  }

  async step<T>(unitOfWork: UnitOfWork, creditorId: string, mode: LockMode, work: (tx: Tx) => Promise<T>): Promise<T> {
    const index = this.begun;
    this.begun += 1;
    const known = this.steps[index];
    if (known) {
      if (known.isOpaque) throw new Problem('idempotencyOutcomeUnknown');
      return revived(known) as T;
    }
    let steps = this.steps;
    const result = await unitOfWork.run(creditorId, mode, async (tx) => {
      await this.take(tx, index);
      const answer = await work(tx);
      steps = [...this.steps, kept(answer)];
      await tx.idempotencyKeys.update(this.where, { response: { steps } });
      return answer;
    });
    this.steps = steps;
    return result;
  }

  /** The row is new with the first step; before a later one it is locked, and must be where this attempt left it. */
  private async take(tx: Tables, index: number): Promise<void> {
    if (index === 0) {
      if (!(await tx.idempotencyKeys.insertOnce(this.row))) throw new KeyTaken();
      return;
    }
    const isRunning = (await tx.idempotencyKeys.update({ ...this.where, state: 'running' }, { state: 'running' })) === 1;
    const row = isRunning ? await tx.idempotencyKeys.one(this.where) : undefined;
    if (stepsOf(row).length !== index) throw new KeyTaken();
  }

  private get where(): { creditorId: string; key: string } {
    return { creditorId: this.row.creditorId, key: this.row.key };
  }
}

/** What the transactions of a command have answered so far. */
export function stepsOf(row: IdempotencyRow | undefined): readonly KeptValue[] {
  const steps = row?.response?.['steps'];
  return Array.isArray(steps) ? (steps as KeptValue[]) : [];
}
