import type { Instant } from '#domain';
import type { JournalRow } from '#ports';
import { JournalEntity } from '../entities/case.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

export interface JournalFilter {
  /** A case's id, or another subject such as `debtor:<id>`. */
  streamId?: string;
  kind?: readonly string[];
  actor?: string;
  recordedFrom?: Instant;
  /** Excluded. */
  recordedTo?: Instant;
}

/** The trail of a creditor, newest first; within one stream in the order of its numbers. */
export function listJournal(
  reader: Reader,
  creditorId: string,
  request: JournalFilter & PageRequest<'recordedAt'>,
): Promise<Page<JournalRow>> {
  const conditions = new Conditions()
    .add('j.creditor_id = ?', creditorId)
    .add('j.stream_id = ?', request.streamId)
    .addOneOf('j.kind', request.kind)
    .add('j.actor = ?', request.actor)
    .add('j.recorded_at >= ?', request.recordedFrom)
    .add('j.recorded_at < ?', request.recordedTo);
  return readPage<JournalRow, 'recordedAt'>(
    reader,
    {
      selection: selectionUnder(shapeOf(reader.dataSource, JournalEntity), 'j'),
      from: 'journal j',
      tie: `j.stream_id || '/' || lpad(j.seq::text, 10, '0')`,
      sorts: { recordedAt: { expression: 'j.recorded_at', type: 'timestamptz' } },
      sort: 'recordedAt',
      direction: 'desc',
    },
    conditions,
    request,
  );
}
