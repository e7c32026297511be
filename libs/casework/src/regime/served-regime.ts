import type { Blocker, DebtorKind } from '#domain';
import type { CreditorRow, DebtorRow, InvoiceRow } from '#ports';

/** Kinds of debtor that the ladder speaks to by itself. */
const SERVED: ReadonlySet<DebtorKind> = new Set<DebtorKind>(['business', 'consumer', 'publicBody', 'coOwners']);

/** True once a person said what the debtor is; a register or a file alone is not enough for co-owners. */
export function isKindConfirmed({ kindDecidedBy }: Pick<DebtorRow, 'kindDecidedBy'>): boolean {
  return kindDecidedBy !== null;
}

/**
 * Whether the ladder speaks to a debtor: never to one of unknown kind, to co-owners once a person confirmed that they are (C. com. L441-10 does not
 * apply to a syndicate), to the others by itself.
 */
export function isServed(debtor: Pick<DebtorRow, 'kind' | 'kindDecidedBy'>): boolean {
  return SERVED.has(debtor.kind) && (debtor.kind !== 'coOwners' || isKindConfirmed(debtor));
}

/** What keeps a debtor from being chased for what he is. */
export function kindBlocker(debtor: Pick<DebtorRow, 'kind' | 'kindDecidedBy'>): Blocker | undefined {
  if (debtor.kind === 'unknown') return 'debtorKindUnknown';
  return isServed(debtor) ? undefined : 'debtorKindNotServed';
}

/** Everything that keeps the cases of an invoice still from the start. */
export function blockersOf(
  creditor: Pick<CreditorRow, 'live' | 'sandbox'>,
  debtor: Pick<DebtorRow, 'kind' | 'kindDecidedBy'>,
  invoice: Pick<InvoiceRow, 'lawKnown'>,
  hasDoubt: boolean,
): Blocker[] {
  const kind = kindBlocker(debtor);
  return [
    ...(kind ? [kind] : []),
    ...(invoice.lawKnown ? [] : (['lawUnknown'] as const)),
    ...(creditor.live || creditor.sandbox ? [] : (['creditorNotLive'] as const)),
    ...(hasDoubt ? (['documentDoubt'] as const) : []),
  ];
}
