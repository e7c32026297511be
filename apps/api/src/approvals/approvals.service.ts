import { type Actor, type ApprovalDecision, decideApproval } from '#casework';
import type { ApprovalRow, OutboundMessageRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { type OpenedFile, openFile } from '../communications/sealed-file.js';
import { orNotFound } from '../http/problem.js';
import { amountOf } from '../http/wire.js';
import type { approvalDetail, approvalsAnswer, approvalsQuery } from './approvals.schemas.js';

type Detail = z.output<typeof approvalDetail>;

@Injectable()
export class ApprovalsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof approvalsQuery>): Promise<z.output<typeof approvalsAnswer>> {
    const page = await this.backend.readModels.approvals(creditorId, query);
    const details = await this.backend.plain(async (tx) => {
      const items: Detail[] = [];
      for (const row of page.items) items.push(await compose(tx, row));
      return items;
    });
    const items = details.map(({ statement: _statement, messageId: _messageId, ...summary }) => summary);
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
  }

  async detail(creditorId: string, approvalId: string): Promise<Detail> {
    return this.backend.plain(async (tx) => compose(tx, await this.row(tx, creditorId, approvalId)));
  }

  async letter(creditorId: string, approvalId: string): Promise<OpenedFile> {
    const objectId = await this.backend.plain(async (tx) => {
      const { messageId } = await this.row(tx, creditorId, approvalId);
      return (await tx.messages.one({ creditorId, messageId }))?.letterObjectId ?? null;
    });
    return openFile(this.backend, creditorId, objectId, `lettre-${approvalId}`);
  }

  async decide(creditorId: string, approvalId: string, decision: ApprovalDecision, by: Actor): Promise<Detail> {
    return this.backend.run(creditorId, async (tx) =>
      compose(tx, await decideApproval(tx, this.backend.deps, creditorId, approvalId, decision, by)),
    );
  }

  private async row(tx: Tables, creditorId: string, approvalId: string): Promise<ApprovalRow> {
    return orNotFound(await tx.approvals.one({ creditorId, approvalId }), 'approval', approvalId);
  }
}

async function compose(tx: Tables, approval: ApprovalRow): Promise<Detail> {
  const { creditorId, approvalId, caseId, messageId } = approval;
  const row = orNotFound(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
  const invoice = await tx.invoices.one({ creditorId, invoiceId: row.invoiceId });
  const debtor = await tx.debtors.one({ creditorId, debtorId: row.debtorId });
  const message = await tx.messages.one({ creditorId, messageId });
  const { stage, round, state, basis, revision, requestedAt, until, decidedBy, decidedAt, note } = approval;
  const total = printedTotal(message);
  return {
    ...{ approvalId, caseId, stage, round, state, basis, revision, requestedAt, until, decidedBy, decidedAt, note, messageId },
    debtorId: row.debtorId,
    debtorName: debtor?.name ?? '',
    invoiceNumber: invoice?.number ?? '',
    openPrincipal: amountOf(row.openPrincipalMinor, row.currency),
    claimTotal: total === undefined ? null : amountOf(total, row.currency),
    slotOn: message?.slotOn ?? null,
    subject: message?.subject ?? null,
    letterSha256: message?.letterSha256 ?? null,
    letter: message?.letterObjectId
      ? `/api/v1/creditors/${encodeURIComponent(creditorId)}/approvals/${encodeURIComponent(approvalId)}/letter`
      : null,
    statement: message?.statement ?? null,
  };
}

/** Sum of the claims printed, where every member's is known; undefined when one says "pour mémoire". */
function printedTotal(message: OutboundMessageRow | undefined): bigint | undefined {
  const members = (message?.statement as { members?: { statement?: { claimTotalMinor?: string } | null }[] } | null)?.members;
  if (!members || members.length === 0) return undefined;
  const totals = members.map((member) => member.statement?.claimTotalMinor);
  if (totals.some((total) => total === undefined)) return undefined;
  return totals.reduce((sum, total) => sum + BigInt(total ?? '0'), 0n);
}
