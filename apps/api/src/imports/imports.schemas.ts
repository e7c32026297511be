import type { ImportFileRow, ImportRowRow } from '#ports';
import { z } from 'zod';
import { findingsAnswer } from '../invoices/invoices.schemas.js';
import { instantAnswer, manyOf, pageAnswer, pageFields } from '../http/wire.js';

export const importQuery = z.strictObject({
  kind: z.enum(['invoices', 'payments']).optional().meta({ description: 'Factures et avoirs (par défaut), ou paiements en CSV.' }),
});
export const importListQuery = z.strictObject({
  ...pageFields,
  state: z.enum(['previewed', 'committing', 'committed', 'refused']).optional(),
});
export const importRowsQuery = z.strictObject({
  ...pageFields,
  state: manyOf(['accepted', 'refused', 'committed', 'unchanged', 'conflict', 'failed']),
});
export const commitInput = z
  .strictObject({
    onlyGoodRows: z.boolean().optional().meta({ description: 'Laisser de côté les lignes refusées, qui restent visibles.' }),
  })
  .meta({ id: 'ImportCommitInput' });

const totalsAnswer = z
  .object({
    rows: z.number(),
    accepted: z.number(),
    refused: z.number(),
    duplicates: z.number(),
    updated: z
      .number()
      .meta({ description: 'Factures connues que le fichier complète\u202f: ce qui a été vendu, un solde ramené à celui des livres.' }),
    unchanged: z.number(),
    conflicts: z.number(),
    joined: z.number(),
    tasks: z.number(),
    sums: z.array(z.object({ currency: z.string(), invoices: z.string(), creditNotes: z.string(), payments: z.string() })),
  })
  .meta({ id: 'ControlTotals' });

export const importAnswer = z
  .object({
    importId: z.string(),
    fileName: z.string(),
    format: z.string(),
    sha256: z.string(),
    state: z.enum(['previewed', 'committing', 'committed', 'refused']),
    totals: totalsAnswer,
    findings: findingsAnswer.meta({ description: 'Ce qui concerne le fichier entier.' }),
    rows: z.number(),
    done: z.number().meta({ description: 'Lignes traitées jusqu’ici.' }),
    results: z.record(z.string(), z.number()).optional().meta({ description: 'Lignes par état.' }),
    createdBy: z.string(),
    createdAt: instantAnswer,
    committedAt: instantAnswer.nullable(),
  })
  .meta({ id: 'Import' });
export type ImportAnswer = z.output<typeof importAnswer>;
export const importPage = pageAnswer(importAnswer, 'ImportPage');

export const importRowAnswer = z
  .object({
    row: z.number(),
    state: z.enum(['accepted', 'refused', 'committed', 'unchanged', 'conflict', 'failed']),
    record: z.record(z.string(), z.unknown()).nullable(),
    findings: findingsAnswer,
    result: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'ImportRow' });
export const importRowPage = pageAnswer(importRowAnswer, 'ImportRowPage');

export function viewImport(row: ImportFileRow, results?: Record<string, number>): ImportAnswer {
  const { importId, fileName, format, sha256, state, totals, problem, createdBy, createdAt, committedAt } = row;
  return {
    importId,
    fileName,
    format,
    sha256,
    state,
    // A preview made before known invoices could be completed counted none.
    totals: { updated: 0, ...totals } as ImportAnswer['totals'],
    findings: (problem?.['findings'] ?? []) as ImportAnswer['findings'],
    rows: row.rows,
    done: row.nextRow,
    ...(results ? { results } : {}),
    createdBy,
    createdAt,
    committedAt,
  };
}

export function viewImportRow({ row, state, record, findings, result }: ImportRowRow) {
  return { row, state, record, findings: findings as unknown as z.output<typeof findingsAnswer>, result };
}
