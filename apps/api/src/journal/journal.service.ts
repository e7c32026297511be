import {
  BEFORE_FIRST,
  type ChainEnd,
  factSentence,
  isFault,
  type JournalFault,
  type JournalFaultCode,
  verifyCase,
  verifyNext,
  verifyStream,
} from '#casework';
import type { JournalRow } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { instantOf, pageOf } from '../http/wire.js';
import type { journalAnswer, journalEntry, journalQuery, verifyAnswer, verifyQuery } from './journal.schemas.js';

type Check = z.output<typeof verifyAnswer>;

const FAULTS: Readonly<Record<JournalFaultCode, string>> = {
  rowMissing: 'Une ligne manque.',
  linkBroken: 'La ligne ne suit pas celle qui la précède.',
  contentChanged: 'Le contenu de la ligne n’est plus celui de son empreinte.',
  statesDoNotFollow: 'L’état de départ n’est pas l’état d’arrivée de la ligne précédente.',
  endMissing: 'La fin du journal ne correspond pas au dossier.',
  caseRowChanged: 'L’état du dossier n’est pas celui où mène son journal.',
};
const PAGE = 200;

interface StreamNames {
  readonly currency?: string;
  readonly titleOf?: (stage: string) => string;
}

@Injectable()
export class JournalService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof journalQuery>): Promise<z.output<typeof journalAnswer>> {
    const { stream, caseId, since, before, ...rest } = query;
    const streamId = caseId ?? stream;
    const page = await this.backend.readModels.journal(creditorId, {
      ...rest,
      ...(streamId ? { streamId } : {}),
      ...(since ? { recordedFrom: instantOf(since) } : {}),
      ...(before ? { recordedTo: instantOf(before) } : {}),
    });
    const names = await this.namesOf(creditorId, [...new Set(page.items.map((row) => row.streamId))]);
    return pageOf(page, (row) => entryOf(row, names.get(row.streamId) ?? {}));
  }

  /** What the sentences of a case's facts need: its currency, and the names of its rungs. */
  private namesOf(creditorId: string, streams: readonly string[]): Promise<Map<string, StreamNames>> {
    return this.backend.plain(async (tx) => {
      const cases = streams.length === 0 ? [] : await tx.cases.all({ creditorId, caseId: streams });
      const names = new Map<string, StreamNames>();
      for (const { caseId, currency, policyId, policyVersion } of cases) {
        const { stages } = await this.backend.deps.policies.find(tx, creditorId, policyId, policyVersion);
        names.set(caseId, { currency, titleOf: (stage) => stages.find(({ id }) => id === stage)?.title.fr ?? stage });
      }
      return names;
    });
  }

  /** Recomputes the chain: of one case (against the case itself), of one stream, or of everything this creditor has. */
  async verify(creditorId: string, query: z.output<typeof verifyQuery>): Promise<Check> {
    if (query.caseId) return this.verifyOneCase(creditorId, query.caseId);
    if (query.stream) return this.verifyOneStream(creditorId, query.stream);
    return this.verifyAll(creditorId);
  }

  private async verifyOneCase(creditorId: string, caseId: string): Promise<Check> {
    const end = await this.backend.plain(async (tx) => {
      const row = orNotFound(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
      return verifyCase(row, await tx.journal.all({ creditorId, streamId: caseId }, { by: 'seq' }));
    });
    return checkOf(end, 1);
  }

  private async verifyOneStream(creditorId: string, streamId: string): Promise<Check> {
    const rows = await this.backend.plain((tx) => tx.journal.all({ creditorId, streamId }, { by: 'seq' }));
    return checkOf(verifyStream(rows), rows.length === 0 ? 0 : 1);
  }

  /** Every case against its own row, then every other stream in the order it was written; only the end of each is kept in memory. */
  private async verifyAll(creditorId: string): Promise<Check> {
    const found = await this.verifyCases(creditorId);
    if (!found.ok) return found;
    const ends = new Map<string, ChainEnd>();
    let cursor: string | undefined;
    let rows = found.rows;
    do {
      const page = await this.backend.readModels.journal(creditorId, {
        direction: 'asc',
        limit: PAGE,
        sort: 'recordedAt',
        ...(cursor ? { cursor } : {}),
      });
      for (const row of page.items.filter((entry) => entry.streamId.includes(':'))) {
        const next = verifyNext(ends.get(row.streamId) ?? BEFORE_FIRST, row);
        // The machine's clock may have stepped back between two rows: the stream itself decides.
        if (isFault(next)) {
          const whole = await this.verifyOneStream(creditorId, row.streamId);
          if (!whole.ok) return whole;
          ends.set(row.streamId, { seq: row.seq, hash: row.hash });
        } else {
          ends.set(row.streamId, next);
        }
        rows += 1;
      }
      cursor = page.nextCursor;
    } while (cursor);
    return { ok: true, streams: found.streams + ends.size, rows, fault: null };
  }

  private async verifyCases(creditorId: string): Promise<Check> {
    let cursor: string | undefined;
    let streams = 0;
    let rows = 0;
    do {
      const page = await this.backend.readModels.cases(creditorId, {
        sort: 'createdAt',
        direction: 'asc',
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      });
      for (const { caseId } of page.items) {
        const check = await this.verifyOneCase(creditorId, caseId);
        if (!check.ok) return check;
        streams += 1;
        rows += check.rows;
      }
      cursor = page.nextCursor;
    } while (cursor);
    return { ok: true, streams, rows, fault: null };
  }
}

function checkOf(end: ChainEnd | JournalFault, streams: number): Check {
  if (!isFault(end)) return { ok: true, streams, rows: end.seq, fault: null };
  const { streamId, seq, code } = end;
  return { ok: false, streams, rows: seq, fault: { streamId, seq, code, sentence: FAULTS[code] } };
}

function entryOf(row: JournalRow, names: StreamNames): z.output<typeof journalEntry> {
  const { streamId, seq, kind, actor, role, reason, requestId, recordedAt, effectiveOn, cause, beforeHash, afterHash, previousHash, hash } =
    row;
  const sentence = factSentence(kind, cause, names);
  return {
    streamId,
    seq,
    kind,
    sentence,
    actor,
    role,
    reason,
    requestId,
    recordedAt,
    effectiveOn,
    cause,
    beforeHash,
    afterHash,
    previousHash,
    hash,
  };
}
