import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();
const ACCEPTABLE = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,99}$/;

/** The id of the request or act that is running, or undefined outside of one. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore();
}

/** Runs `work` so that every log line written below it carries the id. */
export function withCorrelationId<T>(id: string, work: () => T): T {
  return storage.run(id, work);
}

/** The caller's id when it is harmless in logs and headers (8 to 100 letters, digits and `._:-`), otherwise a new one. */
export function correlationIdFrom(header: string | readonly string[] | undefined): string {
  const value = typeof header === 'string' ? header : header?.[0];
  return value !== undefined && ACCEPTABLE.test(value) ? value : randomUUID();
}
