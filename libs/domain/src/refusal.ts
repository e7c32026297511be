/** The business says no. Returned, never thrown; carries what a person needs to mend it. */
export interface Refusal {
  readonly refusal: string;
  /** Field or element concerned, as a JSON pointer or column name, where there is one. */
  readonly field?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

export function refuse(code: string, more: Omit<Refusal, 'refusal'> = {}): Refusal {
  return { refusal: code, ...more };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refusal' in value;
}

/** Marks the branch that a closed union cannot reach. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected variant: ${JSON.stringify(value)}`);
}
