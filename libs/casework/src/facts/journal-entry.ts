import { type Day, encodeState, type Instant, type RecoveryState } from '#domain';
import type { JournalRow, Tables } from '#ports';
import { canonicalHash } from '../canonical-hash.js';
import type { Actor } from '../casework-deps.js';

export const CHAIN_START = '0'.repeat(64);

/**
 * What the journal of a case chains from fact to fact. The episode is left out: it says which workflow carries the case, and another one may take
 * it over without any fact about the debt (its own entry stands in the stream `episode:<case>`).
 */
export function stateHash(state: RecoveryState): string {
  const { episode: _, ...facts } = encodeState(state);
  return canonicalHash(facts);
}

export interface JournalEntry {
  readonly creditorId: string;
  readonly streamId: string;
  readonly seq: number;
  readonly kind: string;
  readonly recordedAt: Instant;
  readonly effectiveOn: Day;
  /** Ids, amounts, days and codes; no personal data. */
  readonly cause: Record<string, unknown>;
  readonly beforeHash: string;
  readonly afterHash: string;
  readonly previousHash: string;
}

/** The journal row of an entry, chained to the one before it: its hash covers every other column. */
export function journalRow(entry: JournalEntry, by: Actor): JournalRow {
  const plain = {
    ...entry,
    cause: JSON.parse(JSON.stringify(entry.cause, (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v))) as Record<
      string,
      unknown
    >,
    actor: by.actor,
    role: by.role,
    reason: by.reason ?? null,
    requestId: by.requestId ?? null,
  };
  return { ...plain, hash: canonicalHash(plain) };
}

/**
 * Journals a change of something that is no case: a creditor, a debtor, a contact, a payment. The stream's last row is found by its number;
 * `isFirst` says that the thing was made in this transaction and has none.
 */
export async function recordChange(
  tx: Tables,
  change: {
    creditorId: string;
    streamId: string;
    kind: string;
    recordedAt: Instant;
    effectiveOn: Day;
    cause: Record<string, unknown>;
    before: unknown;
    after: unknown;
    isFirst?: boolean;
  },
  by: Actor,
): Promise<void> {
  const [last] = change.isFirst
    ? []
    : await tx.journal.all({ creditorId: change.creditorId, streamId: change.streamId }, { by: 'seq', direction: 'desc', limit: 1 });
  const { before, after, isFirst: _isFirst, ...rest } = change;
  await tx.journal.insert(
    journalRow(
      {
        ...rest,
        seq: (last?.seq ?? 0) + 1,
        beforeHash: canonicalHash(before ?? null),
        afterHash: canonicalHash(after ?? null),
        previousHash: last?.hash ?? CHAIN_START,
      },
      by,
    ),
  );
}
