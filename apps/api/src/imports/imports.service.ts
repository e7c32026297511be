import { type Actor, found, sealBytes, sha256Hex, todayFor } from '#casework';
import { isRefusedBy } from '#intake';
import type { ImportFilter, ImportRowFilter, PageRequest } from '#persistence';
import type { ImportFileRow, ImportRowRow } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { orNotFound, Problem } from '../http/problem.js';
import type { UploadedFile } from '../http/upload.js';
import { pageOf } from '../http/wire.js';
import { totalsOf } from './control-totals.js';
import { ImportCommitter } from './import-committer.js';
import { type FileReading, type Forecast, type ImportKind, predictRows, readFile, recordToJson, type RowReading } from './import-rows.js';
import { type ImportAnswer, viewImport, viewImportRow } from './imports.schemas.js';

const BATCH = 1000;
/** How long a commit is waited for before its progress is answered instead. */
const WAIT_MS = 20_000;

/** Files: read and shown first, committed afterwards, their refused rows never hidden. */
@Injectable()
export class ImportsService {
  readonly committer: ImportCommitter;

  constructor(@Inject(Backend) private readonly backend: Backend) {
    this.committer = new ImportCommitter(backend);
  }

  /** Reads a file and stores what it would do. The same file again is the same import. */
  async preview(creditorId: string, kind: ImportKind, file: UploadedFile, by: Actor): Promise<{ isNew: boolean; answer: ImportAnswer }> {
    const sha256 = sha256Hex(file.bytes);
    const { creditor, known } = await this.backend.plain(async (tx) => {
      const files = await tx.importFiles.all({ creditorId, sha256 }, { by: 'createdAt', direction: 'desc', limit: 10 });
      return {
        creditor: found(await tx.creditors.one({ creditorId }), 'creditor', creditorId),
        known: files.find((one) => (one.format === 'csvPayments') === (kind === 'payments')),
      };
    });
    if (known) return { isNew: false, answer: await this.one(creditorId, known.importId) };
    const reading = await readFile(kind, file.bytes, file.fileName, creditor, todayFor(creditor, this.backend.deps.clock));
    refuseFile(reading);
    const importId = await this.store(creditorId, file, sha256, reading, by);
    return { isNew: true, answer: await this.one(creditorId, importId) };
  }

  private store(creditorId: string, file: UploadedFile, sha256: string, reading: FileReading, by: Actor): Promise<string> {
    const { deps } = this.backend;
    const importId = deps.ids.next();
    return this.backend.plain(async (tx) => {
      const forecasts = await predictRows(tx, creditorId, reading.rows);
      const { objectId } = await sealBytes(tx, deps, {
        creditorId,
        subject: 'file',
        subjectId: importId,
        bytes: file.bytes,
        mediaType: mediaTypeOf(reading.format),
        fileName: file.fileName,
      });
      await tx.importFiles.insert({
        creditorId,
        importId,
        fileName: file.fileName,
        format: reading.format,
        sha256,
        objectId,
        state: 'previewed',
        totals: totalsOf(
          reading.rows,
          forecasts.map(({ predicted }) => predicted),
        ),
        problem: reading.findings.length > 0 ? { findings: reading.findings } : null,
        rows: reading.rows.length,
        nextRow: 0,
        createdBy: by.actor,
        createdAt: deps.clock.now(),
        committedAt: null,
      });
      const rows = rowsToStore(creditorId, importId, reading.rows, forecasts);
      for (let at = 0; at < rows.length; at += BATCH) await tx.importRows.insert(rows.slice(at, at + BATCH));
      return importId;
    });
  }

  async list(creditorId: string, query: ImportFilter & PageRequest<'createdAt'>) {
    return pageOf(await this.backend.readModels.imports(creditorId, query), (row) => viewImport(row));
  }

  one(creditorId: string, importId: string): Promise<ImportAnswer> {
    return this.backend.plain(async (tx) => {
      const file = orNotFound(await tx.importFiles.one({ creditorId, importId }), 'import', importId);
      const states = ['accepted', 'refused', 'committed', 'unchanged', 'conflict', 'failed'] as const;
      const counts: [string, number][] = [];
      for (const state of states) counts.push([state, await tx.importRows.count({ creditorId, importId, state })]);
      return viewImport(file, Object.fromEntries(counts.filter(([, count]) => count > 0)));
    });
  }

  async rows(creditorId: string, importId: string, query: ImportRowFilter & PageRequest<'row'>) {
    await this.one(creditorId, importId);
    return pageOf(await this.backend.readModels.importRows(creditorId, importId, query), viewImportRow);
  }

  /** Commits, or goes on committing. Answers the end when it comes soon, the progress otherwise. */
  async commit(creditorId: string, importId: string, onlyGoodRows: boolean, by: Actor): Promise<ImportAnswer> {
    const file = await this.backend.plain(async (tx) => {
      const known = orNotFound(await tx.importFiles.one({ creditorId, importId }), 'import', importId);
      if (known.state !== 'previewed') return known;
      const refused = await tx.importRows.count({ creditorId, importId, state: 'refused' });
      if (refused > 0 && !onlyGoodRows) throw new Problem('importHasRefusedRows', { facts: { refused }, field: '/onlyGoodRows' });
      await tx.importFiles.update({ creditorId, importId, state: 'previewed' }, { state: 'committing' });
      return orNotFound(await tx.importFiles.one({ creditorId, importId }), 'import', importId);
    });
    if (file.state === 'refused') throw new Problem('importRefused');
    if (file.state === 'committing') await this.runFor(file, by);
    return this.one(creditorId, importId);
  }

  private async runFor(file: ImportFileRow, by: Actor): Promise<void> {
    const run = this.committer.run(file, by);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, WAIT_MS);
    });
    run.catch((error: unknown) =>
      this.backend.logger.error({ err: error, importId: file.importId }, 'An import stopped half-way; it can be resumed'),
    );
    await Promise.race([run, patience]).finally(() => clearTimeout(timer));
  }

  /** Imports that a stopped process left half-way. */
  async resumeAll(): Promise<void> {
    const files = await this.backend.plain((tx) => tx.importFiles.all({ state: 'committing' }, { by: 'createdAt', limit: 20 }));
    for (const file of files) await this.committer.run(file, { actor: file.createdBy, role: 'system', reason: 'import resumed' });
  }
}

/** A file of which nothing can be read is refused as a whole; nothing of it is kept. */
function refuseFile({ findings, rows }: FileReading): void {
  if (!isRefusedBy(findings) && rows.length > 0) return;
  const refused = findings.filter((one) => one.severity === 'refused');
  throw new Problem('fileRefused', {
    detail: refused[0]?.message ?? 'Le fichier ne contient aucune ligne.',
    errors: refused.map((one) => ({
      pointer: one.field ?? (one.line === undefined ? 'file' : `line ${one.line}`),
      code: one.code,
      detail: one.message,
    })),
  });
}

function rowsToStore(creditorId: string, importId: string, rows: readonly RowReading[], forecasts: readonly Forecast[]): ImportRowRow[] {
  const occurrences = new Map<string, number>();
  return rows.map((row, index) => {
    const record = row.invoice ?? row.payment;
    const stored = record ? recordToJson(record) : null;
    const occurrence = row.payment ? nextOccurrence(occurrences, row) : undefined;
    return {
      creditorId,
      importId,
      row: index + 1,
      state: forecasts[index]?.predicted === 'refused' ? 'refused' : 'accepted',
      record: stored,
      findings: row.findings.map((finding) => ({ ...finding })),
      result: {
        ...forecasts[index],
        ...(row.joins === undefined ? {} : { joins: row.joins }),
        ...(occurrence ? { occurrence } : {}),
      },
    };
  });
}

/** Two equal lines of one file are two payments. */
function nextOccurrence(seen: Map<string, number>, { payment }: RowReading): number {
  if (!payment) return 1;
  const { line: _line, ...said } = recordToJson(payment);
  const key = JSON.stringify(said);
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return count;
}

function mediaTypeOf(format: string): string {
  if (format === 'facturx') return 'application/pdf';
  if (format === 'ubl' || format === 'cii') return 'application/xml';
  return format === 'json' ? 'application/json' : 'text/csv';
}
