import {
  type Actor,
  attachPdf,
  correctInvoice,
  found,
  type IntakeOutcome,
  openBytes,
  recordChange,
  registerInvoice,
  todayFor,
} from '#casework';
import {
  checkInvoiceRecord,
  type Finding,
  type InvoiceInput,
  type InvoiceRecord,
  invoiceFromInput,
  isRefusedBy,
  readFacturX,
} from '#intake';
import type { InvoiceFilter, InvoiceSort, PageRequest } from '#persistence';
import type { InvoiceRow, Tables, Tx } from '#ports';
import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import { Backend } from '../backend.js';
import { bytesAnswer } from '../http/bytes-answer.js';
import { notFound, orNotFound, Problem } from '../http/problem.js';
import type { UploadedFile } from '../http/upload.js';
import { pageOf } from '../http/wire.js';
import { intakeOf, sellerFindings } from './intake-of-record.js';
import { type InvoiceAnswer, viewInvoice, viewInvoiceItem } from './invoices.schemas.js';

/** Characters of the creditor's own identifier of a document. */
const EXTERNAL_ID_MAX = 200;

export interface PutRequest {
  readonly externalId: string;
  readonly input: InvoiceInput;
  readonly raw: Uint8Array;
  readonly policy?: { readonly id: string; readonly version: number };
  readonly earlierStages: readonly string[];
  /** The version in hand makes it a correction. */
  readonly version?: number;
}

export interface PutOutcome {
  readonly result: Exclude<IntakeOutcome['result'], 'conflict'> | 'corrected';
  readonly invoice: InvoiceAnswer;
  readonly caseIds: readonly string[];
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
  readonly version: number;
}

/** Invoices and credit notes, one by one. */
@Injectable()
export class InvoicesService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: InvoiceFilter & PageRequest<InvoiceSort>) {
    return pageOf(await this.backend.readModels.invoices(creditorId, query), viewInvoiceItem);
  }

  one(creditorId: string, id: string): Promise<InvoiceAnswer> {
    return this.backend.plain(async (tx) => this.view(tx, await this.find(tx, creditorId, id)));
  }

  /** Idempotent upsert by the creditor's own id. Known with other facts: a conflict for a person, or a correction with the version in hand. */
  async put(creditorId: string, request: PutRequest, by: Actor): Promise<PutOutcome> {
    const record = recordOf(request);
    const outcome = await this.backend.run(creditorId, async (tx) => {
      const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const findings = [
        ...checkInvoiceRecord(record, { today: todayFor(creditor, this.backend.deps.clock) }),
        ...sellerFindings(record, creditor),
      ];
      refuseFindings(findings);
      if (request.version !== undefined) return this.correct(tx, creditorId, record, request.version, findings, by);
      await this.checkStages(tx, creditorId, request, creditor);
      const original = { bytes: request.raw, mediaType: 'application/json', fileName: 'facture.json' };
      const intake = intakeOf(record, findings, {
        original,
        earlierStages: request.earlierStages,
        ...(request.policy ? { policy: request.policy } : {}),
      });
      const done = await registerInvoice(tx, this.backend.deps, creditorId, intake, by);
      const row = orNotFound(await tx.invoices.one({ creditorId, invoiceId: done.invoiceId }), 'invoice', done.invoiceId);
      return { ...done, invoice: await this.view(tx, row), findings, version: row.version };
    });
    const { result, ...rest } = outcome;
    if (result === 'conflict')
      throw new Problem('invoiceConflict', {
        detail: rest.notes.join(' '),
        facts: { invoiceId: rest.invoice.invoiceId, version: rest.version },
      });
    return { ...rest, result };
  }

  private async correct(tx: Tx, creditorId: string, record: InvoiceRecord, version: number, findings: readonly Finding[], by: Actor) {
    const known = await this.find(tx, creditorId, record.externalId ?? '');
    const done = await correctInvoice(tx, this.backend.deps, known, record, version, by);
    return {
      result: 'corrected' as const,
      invoice: await this.view(tx, done.invoice),
      caseIds: done.caseIds,
      notes: done.notes,
      findings,
      version: done.invoice.version,
    };
  }

  /** Stages said to be done already must exist in the ladder that will be climbed. */
  private async checkStages(
    tx: Tx,
    creditorId: string,
    request: PutRequest,
    creditor: { policyId: string; policyVersion: number },
  ): Promise<void> {
    if (request.earlierStages.length === 0) return;
    const { id, version } = request.policy ?? { id: creditor.policyId, version: creditor.policyVersion };
    const policy = await this.backend.deps.policies.find(tx, creditorId, id, version);
    // The ladder may yet be the one of another regime: a rung of any preset is known.
    const known = new Set([policy, ...this.backend.deps.policies.presets].flatMap(({ stages }) => stages.map((stage) => stage.id)));
    const unknown = request.earlierStages.find((stage) => !known.has(stage));
    if (unknown)
      throw new Problem('earlierStageUnknown', { field: 'earlierStages', facts: { stage: unknown, policy: `${id}@${version}` } });
  }

  document(creditorId: string, id: string, which: 'original' | 'pdf'): Promise<StreamableFile> {
    return this.backend.plain(async (tx) => {
      const row = await this.find(tx, creditorId, id);
      const objectId = which === 'original' ? row.originalObjectId : row.pdfObjectId;
      if (!objectId) throw notFound('document', `${row.invoiceId}/${which}`);
      const { bytes, object } = await openBytes(tx, this.backend.deps, creditorId, objectId);
      return bytesAnswer(bytes, object.mediaType, object.fileName ?? `${row.number}.${which === 'pdf' ? 'pdf' : 'bin'}`);
    });
  }

  async attach(creditorId: string, id: string, file: UploadedFile, by: Actor): Promise<InvoiceAnswer> {
    if (!isPdf(file.bytes)) throw new Problem('notAPdf', { field: 'file' });
    return this.backend.run(creditorId, async (tx) => {
      const row = await this.find(tx, creditorId, id);
      await this.attachTo(tx, row, file, by);
      return this.view(tx, await this.find(tx, creditorId, row.invoiceId));
    });
  }

  /** Several PDFs at once: each finds its invoice by the number inside (Factur-X) or by its file name. */
  async attachByNumber(creditorId: string, files: readonly UploadedFile[], by: Actor) {
    const done = [];
    for (const file of files) done.push(await this.attachOne(creditorId, file, by));
    return { files: done };
  }

  private async attachOne(creditorId: string, file: UploadedFile, by: Actor) {
    const { fileName } = file;
    if (!isPdf(file.bytes)) return { fileName, result: 'notAPdf' as const };
    const numbers = await numbersOf(file);
    return this.backend.run(creditorId, async (tx) => {
      const candidates = await tx.invoices.all({ creditorId, number: numbers }, { by: 'issuedOn', direction: 'desc', limit: 2 });
      const [row] = candidates;
      if (!row || candidates.length > 1) return { fileName, result: 'noInvoice' as const, ...(numbers[0] ? { number: numbers[0] } : {}) };
      const about = { fileName, number: row.number, invoiceId: row.invoiceId };
      if (row.pdfObjectId) return { ...about, result: 'unchanged' as const };
      await this.attachTo(tx, row, file, by);
      return { ...about, result: 'attached' as const };
    });
  }

  private async attachTo(tx: Tx, row: InvoiceRow, file: UploadedFile, by: Actor): Promise<void> {
    const { creditorId, invoiceId } = row;
    const { deps } = this.backend;
    const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
    await attachPdf(tx, deps, row, { bytes: file.bytes, mediaType: 'application/pdf', fileName: file.fileName });
    const after = found(await tx.invoices.one({ creditorId, invoiceId }), 'invoice', invoiceId);
    const change = {
      creditorId,
      streamId: `invoice:${invoiceId}`,
      kind: 'invoicePdfAttached',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
    };
    await recordChange(
      tx,
      {
        ...change,
        cause: { invoiceId, objectId: after.pdfObjectId },
        before: { pdfObjectId: row.pdfObjectId },
        after: { pdfObjectId: after.pdfObjectId },
      },
      by,
    );
  }

  /** By our id, else by the creditor's own; of one kind where it matters. */
  async find(tx: Tables, creditorId: string, id: string, documentKind?: InvoiceRow['documentKind']): Promise<InvoiceRow> {
    const direct = await tx.invoices.one({ creditorId, invoiceId: id });
    const alias = direct ? undefined : await tx.invoiceAliases.one({ creditorId, externalId: id });
    const row = alias ? await tx.invoices.one({ creditorId, invoiceId: alias.invoiceId }) : direct;
    return orNotFound(documentKind && row?.documentKind !== documentKind ? undefined : row, 'invoice', id);
  }

  private async view(tx: Tables, row: InvoiceRow): Promise<InvoiceAnswer> {
    const key = { creditorId: row.creditorId, invoiceId: row.invoiceId };
    const aliases = await tx.invoiceAliases.all(key, { by: 'externalId', limit: 50 });
    const terms = await tx.invoiceTerms.all(key, { by: 'term' });
    const cases = await tx.cases.all(key);
    return viewInvoice(row, {
      externalIds: aliases.map((a) => a.externalId),
      terms,
      caseOfTerm: new Map(cases.map((c) => [c.term, c.caseId])),
    });
  }
}

function recordOf({ externalId, input }: PutRequest): InvoiceRecord {
  if (input.externalId !== undefined && input.externalId !== externalId) {
    throw new Problem('fieldInvalid', { field: '/externalId', detail: 'L’identifiant du corps n’est pas celui du chemin.' });
  }
  if (externalId.length > EXTERNAL_ID_MAX) {
    throw new Problem('pathInvalid', {
      field: 'externalId',
      detail: `L’identifiant a ${externalId.length} caractères\u202f; ${EXTERNAL_ID_MAX} au plus.`,
      facts: { limit: EXTERNAL_ID_MAX },
    });
  }
  return { ...invoiceFromInput(input), externalId };
}

/** What keeps a document out is answered field by field. */
function refuseFindings(findings: readonly Finding[]): void {
  if (!isRefusedBy(findings)) return;
  const refused = findings.filter((one) => one.severity === 'refused');
  const code = refused.some((one) => one.code === 'sellerNotCreditor') ? 'sellerNotCreditor' : 'fieldsInvalid';
  throw new Problem(code, {
    detail: refused[0]?.message ?? '',
    errors: refused.map((one) => ({ pointer: one.field ?? '', code: one.code, detail: one.message })),
  });
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).toString('latin1').includes('%PDF-');
}

async function numbersOf(file: UploadedFile): Promise<string[]> {
  const inside = await readFacturX(file.bytes);
  if (inside.record) return [inside.record.number];
  const base = file.fileName.replace(/\.pdf$/i, '').trim();
  return [
    ...new Set([
      base,
      base.replaceAll('_', '/'),
      base.replaceAll('-', '/'),
      base.replaceAll('_', '-'),
      base.replace(/^(facture|invoice|factuur)[ _-]+/i, ''),
    ]),
  ];
}
