import { frenchAmount, frenchDay, isCurrency, parseDay, parseMoney } from '#domain';
import type { CaseLine } from './find-creditor.js';
import type { RestClient } from './rest-client.js';

interface Verdict {
  readonly verdictId: string;
  readonly caseId: string;
  readonly title: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly until: string | null;
  readonly messageId: string | null;
  readonly because: { readonly regime?: string; readonly rule?: string };
}

interface JournalEntry {
  readonly streamId: string;
  readonly seq: number;
  readonly kind: string;
  readonly sentence: string;
  readonly cause: { readonly caseId?: string };
}

interface Communication {
  readonly messageId: string;
  readonly act: string;
  readonly purpose: string;
  readonly channel: string;
  readonly state: string;
  readonly recipient: string;
  readonly subject: string;
  readonly caseIds: readonly string[];
  readonly letterSha256: string | null;
  readonly asks: { readonly amount: string; readonly currency: string } | null;
  readonly statement: { readonly members?: readonly Member[] } | null;
}

interface Member {
  readonly openPrincipalMinor?: string;
  readonly statement?: { readonly claimTotalMinor?: string; readonly currency?: string } | null;
}

interface Task {
  readonly taskId: string;
  readonly kind: string;
  readonly title: string;
  readonly caseId: string | null;
}

/** Facts that verdicts do not tell of. The rungs themselves are told by their verdicts. */
const TOLD_KINDS = [
  ...['paymentAllocated', 'paymentReversed', 'promiseMade', 'promiseEnded', 'disputeOpened', 'disputeEscalated', 'disputeResolved'],
  ...['holdPlaced', 'holdReleased', 'insolvencyOpened', 'approvalRequested', 'approvalDecided', 'approvalExpired', 'deliveryReported'],
  ...[
    'blockerRaised',
    'blockerLifted',
    'policyChanged',
    'accessoriesReceived',
    'accessoriesWaived',
    'settled',
    'caseClosed',
    'caseReopened',
  ],
  ...['post.cancelled', 'post.deposited', 'post.unclaimed', 'post.refused', 'post.returnedUnknown'],
];

/** Tasks that the driver shows otherwise, or does itself. */
const QUIET_TASKS = new Set(['call', 'approveStage']);

const PARTNERS: Readonly<Record<string, string>> = {
  collectionAgency: 'la société de recouvrement',
  lawyer: 'l’avocat',
  bailiff: 'l’huissier',
};
const CHANNELS: Readonly<Record<string, string>> = {
  email: 'courriel',
  registeredPost: 'recommandé',
  post: 'lettre simple',
  file: 'dossier',
};

/** What happened since the last look, as lines a person reads: debtor, invoice, act, to whom, how much, or why not. */
export class ClockNews {
  private readonly seen = new Set<string>();
  private readonly cases = new Map<string, CaseLine>();

  constructor(
    private readonly client: RestClient,
    private readonly creditorId: string,
  ) {}

  /** Takes what is there already as told. */
  async skipPast(clock: string, since: string): Promise<void> {
    await this.since(clock, since);
  }

  /** `clock` is the creditor's instant of the verdicts, `since` the real instant of the journal. */
  async since(clock: string, since: string): Promise<string[]> {
    const lines = [...(await this.verdicts(clock)), ...(await this.informs()), ...(await this.facts(since)), ...(await this.tasks())];
    return lines;
  }

  private async verdicts(clock: string): Promise<string[]> {
    const { items } = await this.client.get<{ items: readonly Verdict[] }>(`${this.path}/verdicts?since=${clock}`);
    const fresh = items.toReversed().filter((verdict) => this.isNew(`verdict:${verdict.verdictId}`));
    const lines: string[] = [];
    for (const verdict of fresh) {
      // A message that speaks for several invoices is told once.
      if (verdict.verdict !== 'SENT' || !verdict.messageId || this.isNew(`sent:${verdict.messageId}`))
        lines.push(await this.verdictLine(verdict));
    }
    return lines;
  }

  private async verdictLine(verdict: Verdict): Promise<string> {
    if (verdict.verdict === 'SENT' && verdict.messageId) {
      const message = await this.client.get<Communication>(`${this.path}/communications/${verdict.messageId}`);
      return `${await this.aboutAll(message.caseIds)} — ${verdict.title}, ${await this.howSent(message, verdict.caseId)}${groundOf(verdict)}`;
    }
    const until = verdict.until ? ` (revu le ${frenchDate(verdict.until)})` : '';
    return `${await this.about(verdict.caseId)} — ${verdict.title}\u202f: ${verdict.sentence}${until}${groundOf(verdict)}`;
  }

  private async howSent(message: Communication, caseId: string): Promise<string> {
    const channel = CHANNELS[message.channel] ?? message.channel;
    const { openPrincipal } = await this.caseLine(caseId);
    const printed = message.asks ? wireAmount(message.asks) : (claimIn(message, openPrincipal.currency) ?? wireAmount(openPrincipal));
    const state = message.state === 'ACCEPTED' || message.state === 'CONFIRMED_SENT' ? '' : ` [${message.state}]`;
    const to = message.recipient ? ` à ${PARTNERS[message.recipient] ?? message.recipient}` : '';
    return `${channel}${to}, ${printed}${state}\u202f: «\u202f${message.subject}\u202f»`;
  }

  private async informs(): Promise<string[]> {
    const { items } = await this.client.get<{ items: readonly Communication[] }>(`${this.path}/communications?purpose=inform&limit=100`);
    const sent = items
      .toReversed()
      .filter(({ messageId, state }) => state !== 'PLANNED' && state !== 'CLAIMED' && this.isNew(`inform:${messageId}:${state}`));
    const lines: string[] = [];
    for (const message of sent) {
      const about = message.caseIds[0] ? await this.about(message.caseIds[0]) : 'Message';
      const state = message.state === 'ACCEPTED' ? '' : ` [${message.state}]`;
      lines.push(
        `${about} — message d’information à ${message.recipient || 'personne'}${state}\u202f: «\u202f${message.subject || message.act}\u202f»`,
      );
    }
    return lines;
  }

  private async facts(since: string): Promise<string[]> {
    const entries = await this.client.all<JournalEntry>(`${this.path}/journal?since=${since}&direction=asc&kind=${TOLD_KINDS.join(',')}`);
    const lines: string[] = [];
    for (const entry of entries) {
      if (!this.isNew(`journal:${entry.streamId}:${entry.seq}`)) continue;
      lines.push(`${await this.about(entry.cause.caseId ?? entry.streamId)} — ${entry.sentence}`);
    }
    return lines;
  }

  private async tasks(): Promise<string[]> {
    const tasks = await this.client.all<Task>(`${this.path}/tasks?state=open`);
    const fresh = tasks.filter(({ taskId, kind }) => this.isNew(`task:${taskId}`) && !QUIET_TASKS.has(kind));
    return fresh.map(({ title }) => `À faire\u202f: ${title}`);
  }

  /** `Transports Vérendelle, facture A2`. */
  async about(caseId: string): Promise<string> {
    const { debtor, invoiceNumber, term } = await this.caseLine(caseId);
    return `${debtor.name}, facture ${invoiceNumber}${term > 1 ? ` (échéance ${term})` : ''}`;
  }

  /** `Transports Vérendelle, factures A2 et A5`. */
  private async aboutAll(caseIds: readonly string[]): Promise<string> {
    const [first, ...others] = caseIds;
    if (first === undefined) return 'Message';
    if (others.length === 0) return this.about(first);
    const lines = await Promise.all(caseIds.map((caseId) => this.caseLine(caseId)));
    const numbers = lines.map(({ invoiceNumber }) => invoiceNumber).sort();
    return `${lines[0]?.debtor.name ?? ''}, factures ${numbers.slice(0, -1).join(', ')} et ${numbers.at(-1) ?? ''}`;
  }

  private async caseLine(caseId: string): Promise<CaseLine> {
    const known = this.cases.get(caseId);
    if (known) return known;
    const line = await this.client.get<CaseLine>(`${this.path}/cases/${caseId}`);
    this.cases.set(caseId, line);
    return line;
  }

  private get path(): string {
    return `creditors/${this.creditorId}`;
  }

  private isNew(mark: string): boolean {
    if (this.seen.has(mark)) return false;
    this.seen.add(mark);
    return true;
  }
}

/** Why the act was allowed: regime and rule. */
function groundOf({ because: { regime, rule } }: Verdict): string {
  return regime && rule ? ` [${regime}\u202f: ${rule}]` : '';
}

/** The claim that a file which asks for nothing itself is about. */
function claimIn({ statement, letterSha256 }: Communication, currency: string): string | undefined {
  const members = statement?.members ?? [];
  const isWhole = letterSha256 !== null && members.every((member) => member.statement?.claimTotalMinor);
  const sums = members.map((member) => (isWhole ? member.statement?.claimTotalMinor : member.openPrincipalMinor));
  if (sums.length === 0 || sums.some((sum) => sum === undefined) || !isCurrency(currency)) return undefined;
  return frenchAmount(
    sums.reduce((total, sum) => total + BigInt(sum ?? '0'), 0n),
    currency,
  );
}

/** The day of an instant of the wire as French prints it. */
function frenchDate(instant: string): string {
  const on = parseDay(instant.slice(0, 10));
  return on ? frenchDay(on) : instant;
}

/** An amount of the wire as French prints it. */
export function wireAmount({ amount, currency: code }: { readonly amount: string; readonly currency: string }): string {
  const parsed = isCurrency(code) ? parseMoney(amount, code) : undefined;
  if (!parsed || 'problem' in parsed) return `${amount} ${code}`;
  return frenchAmount(parsed.minor, code);
}
