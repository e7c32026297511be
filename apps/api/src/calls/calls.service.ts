import type { CallSheetRequest } from '#activities';
import { type Actor, type CallReport, reportCall, sha256Hex } from '#casework';
import type { CallRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import type { OpenedFile } from '../communications/sealed-file.js';
import { amountOf } from '../http/wire.js';
import type { callAnswer, callReportAnswer, callsAnswer, callsQuery } from './calls.schemas.js';

type Call = z.output<typeof callAnswer>;
type State = CallRow['state'];

/** State of the task that asks for the call, so that the list of calls is paged as the list of tasks is. */
const TASK_STATES: Readonly<Record<State, 'open' | 'done' | 'cancelled'>> = {
  open: 'open',
  reported: 'done',
  expired: 'cancelled',
  cancelled: 'cancelled',
};

@Injectable()
export class CallsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof callsQuery>): Promise<z.output<typeof callsAnswer>> {
    const wanted: readonly State[] = query.state ?? ['open'];
    const page = await this.backend.readModels.tasks(creditorId, {
      kind: ['call'],
      state: [...new Set(wanted.map((state) => TASK_STATES[state]))],
      ...(query.debtorId ? { debtorId: query.debtorId } : {}),
      ...(query.limit ? { limit: query.limit } : {}),
      ...(query.cursor ? { cursor: query.cursor } : {}),
    });
    const ids = page.items.flatMap(({ subjectId }) => (subjectId ? [subjectId] : []));
    const calls = ids.length === 0 ? [] : await this.backend.plain((tx) => this.sheets(tx, creditorId, ids));
    const items = calls.filter((call) => wanted.includes(call.state)).sort((a, b) => ids.indexOf(a.callId) - ids.indexOf(b.callId));
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
  }

  /** Drawn from today's facts each time; nothing is kept. The renderer is loaded with the first sheet: most processes never draw one. */
  async sheet(request: CallSheetRequest): Promise<OpenedFile> {
    const { renderCallSheet } = await import('#activities');
    const { pdf, fileName } = await renderCallSheet(this.backend.deps, request);
    return { bytes: pdf, mediaType: 'application/pdf', fileName, sha256: sha256Hex(pdf) };
  }

  async report(creditorId: string, callId: string, report: CallReport, by: Actor): Promise<z.output<typeof callReportAnswer>> {
    return this.backend.run(creditorId, async (tx) => {
      const caseIds = await reportCall(tx, this.backend.deps, creditorId, callId, report, by);
      const rows = caseIds.length === 0 ? [] : await tx.cases.all({ creditorId, caseId: caseIds }, { by: 'caseId' });
      return { callId, outcome: report.outcome, cases: rows.map(({ caseId, state, factSeq }) => ({ caseId, state, version: factSeq })) };
    });
  }

  /** What somebody needs before dialling: whom, which number, which invoices. */
  private async sheets(tx: Tables, creditorId: string, callIds: readonly string[]): Promise<Call[]> {
    const calls = await tx.calls.all({ creditorId, callId: callIds });
    const links = await tx.callCases.all({ creditorId, callId: callIds, left: false });
    const cases = await tx.cases.all({ creditorId, caseId: links.map(({ caseId }) => caseId) });
    const invoices = await tx.invoices.all({ creditorId, invoiceId: cases.map(({ invoiceId }) => invoiceId) });
    const debtorIds = calls.map(({ debtorId }) => debtorId);
    const debtors = await tx.debtors.all({ creditorId, debtorId: debtorIds });
    const phones = await tx.contacts.all(
      { creditorId, debtorId: debtorIds, channel: 'phone', usable: true },
      { by: 'createdAt', direction: 'desc' },
    );
    return calls.map((call) => {
      const debtor = debtors.find(({ debtorId }) => debtorId === call.debtorId);
      const { callId, taskId, state, openedOn, expiresOn, outcome, note, contactName, reportedBy, reportedAt } = call;
      return {
        ...{ callId, taskId, state, openedOn, expiresOn, outcome, note, contactName, reportedBy, reportedAt },
        debtor: { debtorId: call.debtorId, name: debtor?.name ?? '', language: debtor?.language ?? 'fr' },
        phones: phones
          .filter(({ debtorId }) => debtorId === call.debtorId)
          .map(({ contactId, name, role, address }) => ({ contactId, name, role, number: address })),
        cases: links
          .filter((link) => link.callId === callId)
          .flatMap((link) => {
            const row = cases.find(({ caseId }) => caseId === link.caseId);
            if (!row) return [];
            const invoiceNumber = invoices.find(({ invoiceId }) => invoiceId === row.invoiceId)?.number ?? '';
            return [
              {
                caseId: row.caseId,
                invoiceNumber,
                dueOn: row.dueOn,
                openPrincipal: amountOf(row.openPrincipalMinor, row.currency),
                stage: link.stage,
              },
            ];
          }),
        sheet: state === 'open' ? sheetPath(creditorId, callId) : null,
      };
    });
  }
}

/** Where the sheet of an open call is. */
export function sheetPath(creditorId: string, callId: string): string {
  return `/api/v1/creditors/${encodeURIComponent(creditorId)}/calls/${encodeURIComponent(callId)}/sheet`;
}
