import type { LockMode, Tx } from '#ports';
import type { Backend } from '../backend.js';

/** Carries the answer of a rehearsed command out of its transaction, which it ends. */
class Rehearsed<T> extends Error {
  constructor(readonly answer: T) {
    super('rehearsed');
    this.name = 'Rehearsed';
  }
}

/** Runs a command; with `dryRun` the same code runs on the same locked rows, and everything it wrote is rolled back. */
export async function commit<T>(
  backend: Backend,
  creditorId: string,
  how: { readonly dryRun: boolean; readonly mode?: LockMode },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { unitOfWork } = backend.deps;
  const mode = how.mode ?? 'shared';
  if (!how.dryRun) return unitOfWork.run(creditorId, mode, work);
  try {
    return await unitOfWork.run(creditorId, mode, async (tx): Promise<T> => {
      throw new Rehearsed(await work(tx));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.answer as T;
    throw error;
  }
}
