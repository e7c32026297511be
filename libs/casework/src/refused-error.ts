import { isRefusal, type Refusal } from '#domain';

/** Carries a refusal out of a transaction so that nothing of it stays. Turned into an RFC 9457 problem at the HTTP edge. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refusal);
    this.name = 'RefusedError';
  }
}

/** Passes a value on, or throws its refusal. */
export function orRefuse<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new RefusedError(value);
  return value;
}

/** The row, or the refusal that it is not there (object-level: another creditor's row is not there either). */
export function found<T>(row: T | undefined, what: string, id: string): T {
  if (row === undefined) throw new RefusedError({ refusal: `${what}NotFound`, facts: { id } });
  return row;
}

export function refusal(code: string, facts?: Refusal['facts'], field?: string): RefusedError {
  return new RefusedError({ refusal: code, ...(facts ? { facts } : {}), ...(field ? { field } : {}) });
}
