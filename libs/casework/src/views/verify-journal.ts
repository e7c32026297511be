import { decodeState } from '#domain';
import type { CaseRow, JournalRow } from '#ports';
import { CHAIN_START, journalRow, stateHash } from '../facts/journal-entry.js';

/** What is wrong with the first bad row of a stream. */
export type JournalFaultCode = 'rowMissing' | 'linkBroken' | 'contentChanged' | 'statesDoNotFollow' | 'endMissing' | 'caseRowChanged';

export interface JournalFault {
  readonly streamId: string;
  /** Number of the bad row, or of the row that should have been there. */
  readonly seq: number;
  readonly code: JournalFaultCode;
}

/** Where the check of a stream has got to. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
  readonly afterHash?: string;
}

export const BEFORE_FIRST: ChainEnd = { seq: 0, hash: CHAIN_START };

/** Checks that one row follows the one before it and still has the content its hash was made of. */
export function verifyNext(end: ChainEnd, row: JournalRow): ChainEnd | JournalFault {
  const fault = (code: JournalFaultCode, seq = row.seq): JournalFault => ({ streamId: row.streamId, seq, code });
  if (row.seq !== end.seq + 1) return fault('rowMissing', end.seq + 1);
  if (row.previousHash !== end.hash) return fault('linkBroken');
  if (rehash(row) !== row.hash) return fault('contentChanged');
  // Only a case's rows tell of one and the same state; what else has a stream is journaled by excerpts.
  return { seq: row.seq, hash: row.hash, afterHash: row.afterHash };
}

export function isFault(value: ChainEnd | JournalFault): value is JournalFault {
  return 'code' in value;
}

/** Checks a stream read whole and in order, from its first row. */
export function verifyStream(rows: readonly JournalRow[]): ChainEnd | JournalFault {
  let end = BEFORE_FIRST;
  for (const row of rows) {
    const next = verifyNext(end, row);
    if (isFault(next)) return next;
    end = next;
  }
  return end;
}

/**
 * Checks the chain of a case against the case itself: every row follows, each begins with the state the one before ended in, the last is the one
 * the case names, and the state kept in the row is the one the last fact led to.
 */
export function verifyCase(row: CaseRow, journal: readonly JournalRow[]): ChainEnd | JournalFault {
  const end = verifyStream(journal);
  if (isFault(end)) return end;
  const jump = journal.find((entry, index) => index > 0 && entry.beforeHash !== journal[index - 1]?.afterHash);
  if (jump) return { streamId: row.caseId, seq: jump.seq, code: 'statesDoNotFollow' };
  if (end.seq !== row.factSeq || end.hash !== row.chainHash) return { streamId: row.caseId, seq: end.seq + 1, code: 'endMissing' };
  const isSameState = stateHash(decodeState(row.recovery)) === end.afterHash;
  return isSameState ? end : { streamId: row.caseId, seq: end.seq, code: 'caseRowChanged' };
}

function rehash(row: JournalRow): string {
  const { actor, role, reason, requestId, hash: _hash, ...entry } = row;
  const by = { actor, role: role as 'system', ...(reason === null ? {} : { reason }), ...(requestId === null ? {} : { requestId }) };
  return journalRow(entry, by).hash;
}
