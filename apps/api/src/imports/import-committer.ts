import { createHash } from 'node:crypto';
import { type Actor, bookPayment, openBytes, RefusedError, registerInvoice } from '#casework';
import type { Finding, InvoiceRecord, PaymentRecord } from '#intake';
import { databaseRefusal } from '#persistence';
import type { ImportFileRow, ImportRowRow, Tx } from '#ports';
import type { Backend } from '../backend.js';
import { intakeOf } from '../invoices/intake-of-record.js';
import { recordFromJson } from './import-rows.js';

/** Rows per transaction: small enough that a claim of a message waits a moment, not a meal. */
const CHUNK = 50;

interface Job {
  readonly file: ImportFileRow;
  readonly by: Actor;
  readonly original: { readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string } | undefined;
}

/**
 * Commits the good rows of a file, chunk by chunk, each in one transaction with its progress: what was committed is never done twice, and a run that
 * died goes on where it stopped. Two runs at once are told apart by the progress row; a row that fails alone is kept with its reason.
 */
export class ImportCommitter {
  private readonly running = new Map<string, { readonly done: Promise<void>; readonly since: number }>();

  constructor(private readonly backend: Backend) {}

  /** Begins or joins the run of an import; the promise ends with it, or with the error that stopped it (the next run resumes). */
  run(file: ImportFileRow, by: Actor): Promise<void> {
    const key = `${file.creditorId}/${file.importId}`;
    const known = this.running.get(key);
    if (known) return known.done;
    const done = this.commit(file, by).finally(() => this.running.delete(key));
    this.running.set(key, { done, since: performance.now() });
    return done;
  }

  /** Milliseconds since the oldest run in this process began; undefined while no file is being committed. */
  get committingMs(): number | undefined {
    const began = [...this.running.values()].map((run) => run.since);
    return began.length > 0 ? performance.now() - Math.min(...began) : undefined;
  }

  /** Waits for the runs in progress: at shutdown. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.running.values()].map((run) => run.done));
  }

  private async commit(file: ImportFileRow, by: Actor): Promise<void> {
    const { creditorId, importId } = file;
    const job: Job = { file, by, original: await this.originalOf(file) };
    const rowsFrom = (next: number): Promise<ImportRowRow[]> =>
      this.backend.plain((tx) => tx.importRows.all({ creditorId, importId, row: numbersFrom(next, CHUNK) }, { by: 'row' }));
    let coming = rowsFrom(file.nextRow);
    for (let next = file.nextRow; next < file.rows; ) {
      const rows = await coming;
      // The rows after these are read while these are written.
      coming = rowsFrom(next + CHUNK);
      coming.catch(() => undefined);
      if (!(await this.commitChunk(job, rows, next))) return;
      next = Math.min(next + CHUNK, file.rows);
    }
    const { clock } = this.backend.deps;
    await this.backend.plain((tx) =>
      tx.importFiles.update({ creditorId, importId, state: 'committing' }, { state: 'committed', committedAt: clock.now() }),
    );
  }

  private async commitChunk(job: Job, rows: readonly ImportRowRow[], from: number): Promise<boolean> {
    try {
      return await this.inOneTransaction(job, rows, from, Math.min(from + CHUNK, job.file.rows));
    } catch (error) {
      if (!isRowsOwnFault(error)) throw error;
    }
    // One row of the chunk fails: each gets a transaction of its own, and only that one stays out.
    for (const [index, row] of rows.entries()) {
      const at = from + index;
      try {
        if (!(await this.inOneTransaction(job, [row], at, at + 1))) return false;
      } catch (error) {
        if (!isRowsOwnFault(error)) throw error;
        if (!(await this.keepFailure(job, row, at, error))) return false;
      }
    }
    return true;
  }

  private inOneTransaction({ file, by, original }: Job, rows: readonly ImportRowRow[], from: number, to: number): Promise<boolean> {
    const { creditorId, importId } = file;
    return this.backend.run(creditorId, async (tx) => {
      if ((await tx.importFiles.update({ creditorId, importId, state: 'committing', nextRow: from }, { nextRow: to })) === 0) return false;
      for (const row of rows) if (row.state === 'accepted') await this.commitRow(tx, file, row, original, by);
      return true;
    });
  }

  private async commitRow(tx: Tx, file: ImportFileRow, row: ImportRowRow, original: Job['original'], by: Actor): Promise<void> {
    const { creditorId, importId } = file;
    const where = { creditorId, importId, row: row.row };
    if (row.record === null) {
      // A row that completes another one went in with it; one that repeats another brings nothing.
      await tx.importRows.update(where, { state: row.result?.['predicted'] === 'joined' ? 'committed' : 'unchanged' });
      return;
    }
    const { deps } = this.backend;
    if (file.format === 'csvPayments') {
      const outcome = await bookPayment(tx, deps, creditorId, paymentFacts(recordFromJson<PaymentRecord>(row), row), by);
      const result = {
        paymentId: outcome.paymentId,
        result: outcome.result,
        ...(outcome.parkedReason ? { parkedReason: outcome.parkedReason } : {}),
      };
      await tx.importRows.update(where, { state: outcome.result === 'duplicate' ? 'unchanged' : 'committed', result });
      return;
    }
    const intake = intakeOf(recordFromJson<InvoiceRecord>(row), row.findings as unknown as Finding[], original ? { original } : {});
    const outcome = await registerInvoice(tx, deps, creditorId, intake, by);
    const state = outcome.result === 'unchanged' ? 'unchanged' : outcome.result === 'conflict' ? 'conflict' : 'committed';
    await tx.importRows.update(where, { state, result: { ...outcome } });
  }

  private keepFailure({ file }: Job, row: ImportRowRow, from: number, error: unknown): Promise<boolean> {
    const { creditorId, importId } = file;
    const code = error instanceof RefusedError ? error.refusal.refusal : (databaseRefusal(error)?.constraint ?? 'failed');
    const finding = { severity: 'refused', code, message: 'Cette ligne n’a pas pu être enregistrée\u202f; rien n’en a été gardé.' };
    return this.backend.run(creditorId, async (tx) => {
      if ((await tx.importFiles.update({ creditorId, importId, state: 'committing', nextRow: from }, { nextRow: from + 1 })) === 0)
        return false;
      await tx.importRows.update({ creditorId, importId, row: row.row }, { state: 'failed', findings: [...row.findings, finding] });
      return true;
    });
  }

  /** A file that is one document goes with its invoice, sealed with the debtor's key; a file of many rows stays with the import. */
  private async originalOf(file: ImportFileRow): Promise<Job['original']> {
    if (file.format === 'csv' || file.format === 'csvPayments') return undefined;
    const { bytes, object } = await this.backend.plain((tx) => openBytes(tx, this.backend.deps, file.creditorId, file.objectId));
    return { bytes, mediaType: object.mediaType, fileName: file.fileName };
  }
}

/** Rows are numbered from 1; progress counts rows done. */
function numbersFrom(done: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => done + index + 1);
}

function isRowsOwnFault(error: unknown): boolean {
  return error instanceof RefusedError || databaseRefusal(error)?.code.startsWith('23') === true;
}

/** One effect per payment: the bank's id where there is one, else what the line says, and which of several equal lines it is. */
function paymentFacts(record: PaymentRecord, row: ImportRowRow) {
  const { amountMinor, currency, paidOn, reference, structuredReference, invoiceNumber, payerName, payerIban, bankTransactionId } = record;
  const said = JSON.stringify([
    paidOn,
    amountMinor.toString(),
    currency,
    reference,
    structuredReference,
    invoiceNumber,
    payerName,
    payerIban,
  ]);
  const occurrence = String(row.result?.['occurrence'] ?? 1);
  const providerRef = bankTransactionId ?? `line:${createHash('sha256').update(said).digest('hex').slice(0, 32)}:${occurrence}`;
  return {
    provider: 'csv',
    providerRef,
    amountMinor,
    currency,
    paidOn,
    hints: {
      ...(structuredReference ? { structuredReference } : {}),
      ...(invoiceNumber ? { invoiceNumber } : {}),
      ...(reference ? { text: reference } : {}),
    },
    ...(payerName ? { payerName } : {}),
    ...(payerIban ? { payerIban } : {}),
  };
}
