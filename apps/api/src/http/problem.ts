import type { Refusal } from '#domain';

/** One wrong field of an input: where, which rule, and a French sentence. */
export interface FieldProblem {
  /** JSON pointer into the body, or the name of a query, path or header value. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Thrown anywhere in the API to answer an RFC 9457 problem; `code` must be in the catalogue. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly more: {
      readonly detail?: string;
      readonly field?: string;
      readonly errors?: readonly FieldProblem[];
      readonly facts?: Refusal['facts'];
      readonly retryAfterSeconds?: number;
    } = {},
  ) {
    super(code);
    this.name = 'Problem';
  }
}

/** The problem that a thing named in the path is not there; also the answer about another creditor's things. */
export function notFound(what: string, id: string): Problem {
  return new Problem(`${what}NotFound`, { facts: { id } });
}

/** The row, or a 404 problem. */
export function orNotFound<T>(row: T | null | undefined, what: string, id: string): T {
  if (row === null || row === undefined) throw notFound(what, id);
  return row;
}
