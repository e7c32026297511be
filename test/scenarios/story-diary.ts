import { currency, decimalString, money } from '#domain';
import type { CaseRow, JournalRow, OutboundMessageRow, StageVerdictRow } from '#ports';
import { openBytes } from '#casework';
import type { Stack } from '../support/stack.js';

/** Facts of the journal that a reader of the story wants to see; the others are the machinery of the same acts. */
const TOLD: Readonly<Record<string, (cause: Readonly<Record<string, unknown>>, code: string) => string>> = {
  paymentAllocated: (cause, code) => `paid ${sumOf(cause.amountMinor, code)}`,
  paymentReversed: (cause, code) => `payment returned ${sumOf(cause.amountMinor, code)}`,
  balanceCorrected: (cause, code) => `balance ${sumOf(cause.openPrincipalMinor, code)}`,
  promiseMade: (cause, code) => `promise ${sumOf(cause.amountMinor, code)} until ${String(cause.dueOn)}`,
  promiseEnded: (cause) => `promise ${String(cause.verdict)}`,
  disputeOpened: () => 'disputed',
  disputeResolved: (cause) => `dispute ${String(cause.verdict)}`,
  holdPlaced: (cause) => `on hold until ${String(cause.until)}`,
  holdReleased: () => 'hold over',
  insolvencyOpened: () => 'insolvency',
  approvalRequested: (cause) => `${String(cause.stage)} awaits approval`,
  deliveryReported: (cause) => `${cause.channel === 'email' ? 'mail' : 'letter'} ${String(cause.kind)}`,
  settled: () => 'settled',
  caseClosed: (cause) => `closed as ${String(cause.kind)}`,
  caseReopened: () => 'reopened',
  accessoriesReceived: (cause, code) => `accessories paid ${sumOf(cause.amountMinor, code)}`,
  accessoriesWaived: (cause, code) => `waived ${sumOf(cause.restMinor, code)}`,
};

/** Tasks that say nothing a verdict or a fact does not say. */
const UNTOLD_TASKS: ReadonlySet<string> = new Set(['call', 'approveStage', 'printLetter']);

/**
 * What was done, in lines a finance person reads, found by looking at what is new in the rows since the last look. The sums are those of the frozen
 * statement, and a mail that does not print its sum is called out.
 */
export class StoryDiary {
  private readonly seen = new Set<string>();
  mails = 0;
  calls = 0;

  constructor(
    private readonly stack: Stack,
    private readonly creditorId: string,
  ) {}

  /** Lines of everything that is new. */
  async news(): Promise<string[]> {
    const { creditorId } = this;
    const rows = await this.stack.api.backend.plain(async (tx) => ({
      cases: await tx.cases.all({ creditorId }),
      invoices: await tx.invoices.all({ creditorId }),
      verdicts: await tx.stageVerdicts.all({ creditorId }, { by: 'verdictId', limit: 10_000 }),
      journal: await tx.journal.all({ creditorId }, { by: 'seq', limit: 10_000 }),
      messages: await tx.messages.all({ creditorId }, { by: 'messageId', limit: 10_000 }),
      links: await tx.messageCases.all({ creditorId }),
      tasks: await tx.tasks.all({ creditorId }),
      calls: await tx.calls.all({ creditorId }),
      payments: await tx.payments.all({ creditorId }),
      allocations: await tx.allocations.all({ creditorId }),
    }));
    const numbers = new Map(rows.invoices.map((invoice) => [invoice.invoiceId, invoice.number]));
    const names = new Map(rows.cases.map((row) => [row.caseId, nameOf(row, numbers.get(row.invoiceId) ?? '?')]));
    const cases = new Map(rows.cases.map((row) => [row.caseId, row]));
    const messages = new Map(rows.messages.map((row) => [row.messageId, row]));
    const lines: string[] = [];
    for (const verdict of rows.verdicts.filter(({ verdictId }) => this.isNew(`v${verdictId}`))) {
      const cameBack = rows.verdicts.some(
        (later) => later.code === 'providerUnavailable' && later.messageId === verdict.messageId && later.verdictId > verdict.verdictId,
      );
      const line =
        cameBack && verdict.verdict === 'SENT'
          ? `${verdict.stage} tried`
          : await this.verdictLine(verdict, cases.get(verdict.caseId), messages.get(verdict.messageId ?? ''));
      if (line) lines.push(`${names.get(verdict.caseId)} ${line}`);
    }
    for (const entry of rows.journal.filter(({ streamId, seq }) => names.has(caseOf(streamId)) && this.isNew(`j${streamId}/${seq}`))) {
      const caseId = caseOf(entry.streamId);
      const line = factLine(entry, cases.get(caseId));
      if (line) lines.push(`${names.get(caseId)} ${line}`);
    }
    for (const message of rows.messages.filter((row) => row.purpose === 'inform' && row.acceptedAt && this.isNew(`m${row.messageId}`))) {
      const link = rows.links.find(({ messageId }) => messageId === message.messageId);
      lines.push(`${names.get(link?.caseId ?? '')} ${message.act} sent`);
    }
    for (const { messageId, stage } of rows.messages.filter((row) => row.state === 'CONFIRMED_SENT' && this.isNew(`k${row.messageId}`))) {
      const link = rows.links.find((one) => one.messageId === messageId);
      lines.push(`${names.get(link?.caseId ?? '')} ${stage} confirmed by the provider`);
    }
    for (const { paymentId, creditMinor, currency: code } of rows.payments.filter(
      (row) => row.creditMinor > 0n && this.isNew(`p${row.paymentId}`),
    )) {
      const mine = rows.allocations.find((one) => one.paymentId === paymentId);
      lines.push(`${mine ? names.get(mine.caseId) : 'task'} credit kept ${sumOf(creditMinor, code)}`);
    }
    for (const task of rows.tasks.filter(({ kind, taskId }) => !UNTOLD_TASKS.has(kind) && this.isNew(`t${taskId}`))) {
      lines.push(task.caseId ? `${names.get(task.caseId)} task ${task.kind}` : `task ${task.kind}`);
    }
    this.mails += this.stack.local.mails().filter(({ id, mid }) => messages.has(mid ?? '') && this.isNew(`l${id}`)).length;
    this.calls += rows.calls.filter(({ callId }) => this.isNew(`c${callId}`)).length;
    return lines;
  }

  private isNew(key: string): boolean {
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }

  private async verdictLine(
    verdict: StageVerdictRow,
    row: CaseRow | undefined,
    message: OutboundMessageRow | undefined,
  ): Promise<string | undefined> {
    const rung = verdict.round > 1 ? `${verdict.stage} (round ${verdict.round})` : verdict.stage;
    switch (verdict.verdict) {
      case 'DONE':
        return verdict.code.startsWith('call.')
          ? `${rung} ${verdict.code.slice(5)}`
          : verdict.code === 'recentCallCounts'
            ? `${rung} already called`
            : undefined;
      case 'SENT':
        return row && message ? `${rung} sent ${await this.sumSent(row, message)}` : `${rung} sent`;
      case 'POSTPONED':
        return `${rung} postponed: ${verdict.code}`;
      case 'NOT_SENT':
        return `${rung} not sent: ${verdict.code}`;
      case 'SKIPPED':
        return `${rung} skipped: ${verdict.code}`;
    }
  }

  /** The sum claimed for this case, which the mail (or its letter's statement) must print. */
  private async sumSent(row: CaseRow, message: OutboundMessageRow): Promise<string> {
    const members = (message.statement as { members?: Member[] } | null)?.members ?? [];
    const mine = members.find(({ caseId }) => caseId === row.caseId);
    // Rungs that ask for the whole claim; the others ask for the principal.
    const isFormal = ['formalNotice', 'referral', 'indemnityMail'].includes(message.stage ?? '');
    const minor = isFormal ? mine?.statement?.claimTotalMinor : mine?.openPrincipalMinor;
    const told = sumOf(minor, row.currency);
    if (message.channel === 'post') return `${told} by post`;
    return message.channel !== 'email' || (await this.prints(message, String(minor))) ? told : `${told} (a sum the mail does not print)`;
  }

  private async prints(message: OutboundMessageRow, minor: string): Promise<boolean> {
    const { deps } = this.stack.api.backend;
    const { bytes } = await deps.unitOfWork.plain((tx) => openBytes(tx, deps, this.creditorId, message.bytesObjectId ?? ''));
    const mail = JSON.parse(Buffer.from(bytes).toString('utf8')) as { subject: string; content: { type: string; value: string }[] };
    const text = `${mail.subject}\n${mail.content.find(({ type }) => type === 'text/plain')?.value ?? ''}`;
    const together = text.replace(/(?<=\d)[\s\u00a0\u202f.,](?=\d)/gu, '');
    return new RegExp(`(?<!\\d)${minor}(?!\\d)`, 'u').test(together);
  }
}

interface Member {
  readonly caseId: string;
  readonly openPrincipalMinor: string;
  readonly statement: { readonly claimTotalMinor: string } | null;
}

function nameOf(row: CaseRow, number: string): string {
  return row.term > 1 ? `${number}~${row.term}` : number;
}

/** Interest and indemnity of a case have a stream of their own. */
function caseOf(streamId: string): string {
  return streamId.replace(/^accessories:/u, '');
}

function factLine(entry: JournalRow, row: CaseRow | undefined): string | undefined {
  return TOLD[entry.kind]?.(entry.cause, row?.currency ?? 'EUR');
}

function sumOf(minor: unknown, code: string): string {
  if (typeof minor !== 'string' && typeof minor !== 'bigint' && typeof minor !== 'number') return `(no sum) ${code}`;
  return `${decimalString(money(BigInt(minor), currency(code)))} ${code}`;
}
