import { chooseCasePolicy, environmentOf, lawReasonSentences, limitationOfCase, orRefuse, outlookOf, routesOfCase } from '#casework';
import {
  courtRoute,
  type Day,
  type DunningPolicy,
  daysBetween,
  latestPromiseOn,
  limitationAlert,
  limitationThresholds,
  parseMoney,
  type RecoveryState,
} from '#domain';
import type { CaseDetail } from '#persistence';
import type { AllocationRow, CaseRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { amountOf, dayOf, instantOf, pageOf } from '../http/wire.js';
import { blockersOf, disputeOf, holdOf, nextActIn, promiseOf, stageOf, type StageTitles, summaryOf } from './case-views.js';
import { viewAccessories } from '../payments/payments.schemas.js';
import { type routesAnswer, routeView } from './routes.schema.js';
import type { caseDetailAnswer, casesAnswer, casesQuery, countsAnswer } from './cases.schemas.js';

type Detail = z.output<typeof caseDetailAnswer>;

@Injectable()
export class CasesService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof casesQuery>): Promise<z.output<typeof casesAnswer>> {
    const { dueFrom, dueTo, amountMin, amountMax, wakeBefore, ...rest } = query;
    const page = await this.backend.readModels.cases(creditorId, {
      ...rest,
      ...(dueFrom ? { dueFrom: dayOf(dueFrom) } : {}),
      ...(dueTo ? { dueTo: dayOf(dueTo) } : {}),
      ...(amountMin ? { amountMin: minorOf(amountMin, query.currency) } : {}),
      ...(amountMax ? { amountMax: minorOf(amountMax, query.currency) } : {}),
      ...(wakeBefore ? { wakeBefore: instantOf(wakeBefore) } : {}),
    });
    const titles = await this.titles(creditorId, page.items);
    return pageOf(page, (row) => summaryOf(row, titles));
  }

  /** French names of the rungs that the rows wait for. */
  private titles(creditorId: string, rows: readonly Pick<CaseRow, 'policyId' | 'policyVersion'>[]): Promise<StageTitles> {
    return this.backend.plain(async (tx) => {
      const titles = new Map<string, string>();
      const known = new Set<string>();
      for (const { policyId, policyVersion } of rows) {
        const policy = `${policyId}@${policyVersion}`;
        if (known.has(policy)) continue;
        known.add(policy);
        const { stages } = await this.backend.deps.policies.find(tx, creditorId, policyId, policyVersion);
        for (const { id, title } of stages) titles.set(`${policy}/${id}`, title.fr);
      }
      return titles;
    });
  }

  async counts(creditorId: string): Promise<z.output<typeof countsAnswer>> {
    const counts = await this.backend.readModels.caseCounts(creditorId);
    const closed = new Set(['settled', 'handedOver', 'writtenOff', 'withdrawn']);
    const sum = (isClosed: boolean) =>
      counts.filter(({ state }) => closed.has(state) === isClosed).reduce((total, { count }) => total + count, 0);
    return {
      counts: counts.map(({ state, currency, count, openPrincipalMinor }) => ({
        state,
        currency,
        count,
        openPrincipal: amountOf(openPrincipalMinor, currency),
      })),
      open: sum(false),
      closed: sum(true),
    };
  }

  async detail(creditorId: string, caseId: string): Promise<Detail> {
    const found = orNotFound(await this.backend.readModels.caseDetail(creditorId, caseId), 'case', caseId);
    return this.backend.plain((tx) => this.compose(tx, found));
  }

  /** The row of a case, or 404. */
  async row(tx: Tables, creditorId: string, caseId: string): Promise<CaseRow> {
    return orNotFound(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
  }

  /** Every route by which the case may be handed over under its law, open or closed and why. */
  async routes(creditorId: string, caseId: string): Promise<z.output<typeof routesAnswer>> {
    const answers = await this.backend.plain(async (tx) => {
      const row = await this.row(tx, creditorId, caseId);
      return routesOfCase(tx, this.backend.deps, row);
    });
    return { routes: answers.map(routeView), proposed: courtRoute(answers)?.route ?? null };
  }

  private async limitation(
    tx: Tables,
    { case: row, debtor, invoice }: CaseDetail,
    policy: DunningPolicy,
    today: Day,
  ): Promise<Detail['limitation']> {
    const found = invoice.lawKnown ? await limitationOfCase(tx, this.backend.deps.law, row, debtor.kind, today) : undefined;
    if (!found) return null;
    const { on, article, how } = found;
    const alert = limitationAlert(on, today, limitationThresholds(policy));
    return { on, article, because: [...how], daysLeft: daysBetween(today, on), alert };
  }

  private async compose(tx: Tables, found: CaseDetail): Promise<Detail> {
    const [{ deps }, row] = [this.backend, found.case];
    const outlook = await outlookOf(tx, deps, row);
    const { creditor, policy, today } = await environmentOf(tx, deps, row);
    const choice = orRefuse(await chooseCasePolicy(tx, deps, creditor, found.debtor, found.invoice));
    const { state } = outlook;
    const money = (minor: bigint) => amountOf(minor, row.currency);
    const summary = summaryOf({
      ...row,
      debtorName: found.debtor.name,
      debtorKind: found.debtor.kind,
      invoiceNumber: found.invoice.number,
      disputed: state.dispute !== undefined,
    });
    const promises = found.promises.map((promise) => promiseOf(promise, row.currency));
    const disputes = found.disputes.map(disputeOf);
    const holds = found.holds.map(holdOf);
    return {
      ...summary,
      nextAct: nextActIn(outlook),
      invoice: invoiceOf(found),
      debtor: debtorOf(found),
      policy: {
        policyId: row.policyId,
        version: row.policyVersion,
        title: policy.title.fr,
        source: choice.from,
        because: choice.because,
        isPinned: choice.policyId !== row.policyId || choice.version !== row.policyVersion,
      },
      blockers: blockersOf(state),
      promise: promises.find(({ promiseId }) => promiseId === state.promise?.promiseId) ?? null,
      dispute: disputes.find(({ disputeId }) => disputeId === state.dispute?.disputeId) ?? null,
      hold: holds.find(({ holdId }) => holdId === state.hold?.holdId) ?? null,
      insolvency: insolvencyOf(state),
      limitation: await this.limitation(tx, found, policy, today),
      firstReminder: firstReminderOf(state),
      plan: outlook.plan.map((stage) => stageOf(outlook, stage)),
      promises,
      disputes,
      holds,
      payments: found.allocations.map((allocation) => paymentOf(allocation, row.currency)),
      credits: found.creditAllocations.map((credit) => ({
        creditNoteId: credit.creditNoteId,
        on: credit.onDay,
        amount: money(credit.amountMinor),
      })),
      openTasks: found.tasks
        .filter((task) => task.state === 'open')
        .map(({ taskId, kind, title, role, dueOn }) => ({ taskId, kind, title, role, dueOn })),
      openCallId: found.calls.find((call) => call.state === 'open')?.callId ?? null,
      pendingApprovalId: found.approvals.find((approval) => approval.state === 'pending')?.approvalId ?? null,
      latestPromiseOn: latestPromiseOn(policy, today),
    };
  }
}

function paymentOf({ paymentId, amountMinor, paidOn, reversedOn, ...heads }: AllocationRow, currency: string): Detail['payments'][number] {
  return { paymentId, amount: amountOf(amountMinor, currency), accessories: viewAccessories(heads, currency), paidOn, reversedOn };
}

function insolvencyOf({ insolvency }: RecoveryState): Detail['insolvency'] {
  if (!insolvency) return null;
  const { openedOn, procedure, declareBy } = insolvency;
  return { openedOn, procedure: procedure ?? 'collective', declareBy: declareBy ?? null };
}

function firstReminderOf({ firstReminder }: RecoveryState): Detail['firstReminder'] {
  return firstReminder ? { sentOn: firstReminder.sentOn, by: firstReminder.by, claimFrom: firstReminder.claimFrom } : null;
}

function invoiceOf({ invoice, terms }: CaseDetail): Detail['invoice'] {
  const money = (minor: bigint) => amountOf(minor, invoice.currency);
  return {
    invoiceId: invoice.invoiceId,
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    gross: money(invoice.grossMinor),
    prepaid: money(invoice.prepaidMinor),
    payable: money(invoice.payableMinor),
    law: invoice.law,
    lawKnown: invoice.lawKnown,
    lawReason: invoice.lawReason,
    lawNote: invoice.lawNote,
    lawSentences: lawReasonSentences(invoice),
    reference: invoice.reference,
    orderReference: invoice.orderReference,
    description: invoice.description,
    hasOriginal: invoice.originalObjectId !== null,
    hasPdf: invoice.pdfObjectId !== null,
    terms: terms.map(({ term, dueOn, amountMinor, dueSource }) => ({ term, dueOn, amount: money(amountMinor), dueSource })),
  };
}

function debtorOf({ debtor, contacts }: CaseDetail): Detail['debtor'] {
  const { debtorId, externalId, name, kind, kindReason, country, language } = debtor;
  return {
    debtorId,
    externalId,
    name,
    kind,
    kindReason,
    country,
    language,
    contacts: contacts.map((contact) => ({
      contactId: contact.contactId,
      role: contact.role,
      channel: contact.channel,
      name: contact.name,
      address: contact.address,
      usable: contact.usable,
      proof: contact.proof,
    })),
  };
}

function minorOf(amount: string, currency = 'EUR'): bigint {
  const parsed = parseMoney(amount, currency);
  return 'problem' in parsed ? 0n : parsed.minor;
}
