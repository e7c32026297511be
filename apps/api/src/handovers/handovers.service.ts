import { type Actor, recordRecall } from '#casework';
import type { HandOverListItem } from '#persistence';
import type { HandOverRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { type OpenedFile, openFile } from '../communications/sealed-file.js';
import { orNotFound } from '../http/problem.js';
import { pageOf } from '../http/wire.js';
import type { handOverDetail, handOversAnswer, handOversQuery, handOverSummary } from './handovers.schemas.js';

type Detail = z.output<typeof handOverDetail>;

@Injectable()
export class HandOversService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof handOversQuery>): Promise<z.output<typeof handOversAnswer>> {
    return pageOf(await this.backend.readModels.handOvers(creditorId, query), summaryOf);
  }

  async detail(creditorId: string, handOverId: string): Promise<Detail> {
    return this.backend.plain(async (tx) =>
      compose(tx, orNotFound(await tx.handOvers.one({ creditorId, handOverId }), 'handOver', handOverId)),
    );
  }

  async file(creditorId: string, handOverId: string): Promise<OpenedFile> {
    const row = await this.backend.plain(async (tx) =>
      orNotFound(await tx.handOvers.one({ creditorId, handOverId }), 'handOver', handOverId),
    );
    const file = await openFile(this.backend, creditorId, row.objectId, `dossier-${handOverId}.zip`);
    return { ...file, mediaType: 'application/zip' };
  }

  async recalled(creditorId: string, handOverId: string, by: Actor): Promise<Detail> {
    return this.backend.run(creditorId, async (tx) => compose(tx, await recordRecall(tx, this.backend.deps, creditorId, handOverId, by)));
  }
}

async function compose(tx: Tables, row: HandOverRow): Promise<Detail> {
  const { creditorId, caseId } = row;
  const recovery = orNotFound(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
  const invoice = await tx.invoices.one({ creditorId, invoiceId: recovery.invoiceId });
  const debtor = await tx.debtors.one({ creditorId, debtorId: recovery.debtorId });
  return {
    ...summaryOf({ ...row, debtorId: recovery.debtorId, debtorName: debtor?.name ?? '', invoiceNumber: invoice?.number ?? '' }),
    manifest: row.manifest,
  };
}

function summaryOf(row: HandOverListItem): z.output<typeof handOverSummary> {
  const { handOverId, caseId, messageId, debtorId, debtorName, invoiceNumber, route, state, sha256, createdAt, handedOverAt } = row;
  const file = `/api/v1/creditors/${encodeURIComponent(row.creditorId)}/handovers/${encodeURIComponent(handOverId)}/file`;
  return { handOverId, caseId, messageId, debtorId, debtorName, invoiceNumber, route, state, sha256, file, createdAt, handedOverAt };
}
