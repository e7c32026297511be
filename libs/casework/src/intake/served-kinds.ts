import type { DebtorKind } from '#domain';

/** Kinds of debtor that the ladder speaks to. The others get their case and a person. */
export function isServed(kind: DebtorKind): boolean {
  return kind === 'business';
}
