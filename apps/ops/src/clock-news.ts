import { frenchAmount, isCurrency, parseMoney } from '#domain';
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
}

interface JournalEntry {
  readonly streamId: string;
  readonly seq: number;
  readonly kind: string;
  readonly sentence: string;
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
  readonly statement: { readonly members?: readonly { readonly statement?: { readonly claimTotalMinor?: string; readonly currency?: string } | null }[] } | null;
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
  ...['blockerRaised', 'blockerLifted', 'settled', 'caseClosed', 'caseReopened'],
];

/** Tasks that the driver shows otherwise, or does itself. */
const QUIET_TASKS = new Set(['call', 'approveStage']);

const CHANNELS: Readonly<Record<string, string>> = { email: 'courriel', registeredPost: 'recommandé', file: 'dossier' };

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
    for (const verdict of fresh) lines.push(await this.verdictLine(verdict));
    return lines;
  }

  private async verdictLine(verdict: Verdict): Promise<string> {
    const about = await this.about(verdict.caseId);
    if (verdict.verdict === 'SENT' && verdict.messageId) {
      const message = await this.client.get<Communication>(`${this.path}/communications/${verdict.messageId}`);
      return `${about} — ${verdict.title}, ${await this.howSent(message, verdict.caseId)}`;
    }
    const until = verdict.until ? ` (revu le ${verdict.until.slice(0, 10)})` : '';
    return `${about} — ${verdict.title}\u202f: ${verdict.sentence}${until}`;
  }

  private async howSent(message: Communication, caseId: string): Promise<string> {
    const channel = CHANNELS[message.channel] ?? message.channel;
    const printed = totalOf(message) ?? wireAmount((await this.caseLine(caseId)).openPrincipal);
    const state = message.state === 'ACCEPTED' || message.state === 'CONFIRMED_SENT' ? '' : ` [${message.state}]`;
    const to = message.recipient ? ` à ${message.recipient}` : '';
    return `${channel}${to}, ${printed}${state}\u202f: «\u202f${message.subject}\u202f»`;
  }

  private async informs(): Promise<string[]> {
    const { items } = await this.client.get<{ items: readonly Communication[] }>(`${this.path}/communications?purpose=inform&limit=100`);
    const sent = items.toReversed().filter(({ messageId, state }) => state !== 'PLANNED' && state !== 'CLAIMED' && this.isNew(`inform:${messageId}:${state}`));
    const lines: string[] = [];
    for (const message of sent) {
      const about = message.caseIds[0] ? await this.about(message.caseIds[0]) : 'Message';
      const state = message.state === 'ACCEPTED' ? '' : ` [${message.state}]`;
      lines.push(`${about} — message d’information à ${message.recipient || 'personne'}${state}\u202f: «\u202f${message.subject || message.act}\u202f»`);
    }
    return lines;
  }

  private async facts(since: string): Promise<string[]> {
    const entries = await this.client.all<JournalEntry>(`${this.path}/journal?since=${since}&direction=asc&kind=${TOLD_KINDS.join(',')}`);
    const lines: string[] = [];
    for (const entry of entries) {
      if (!this.isNew(`journal:${entry.streamId}:${entry.seq}`)) continue;
      lines.push(`${await this.about(entry.streamId)} — ${entry.sentence}`);
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

/** Sum of the claims printed, where the letter states them. */
function totalOf({ statement }: Communication): string | undefined {
  const statements = (statement?.members ?? []).map((member) => member.statement);
  const [first] = statements;
  if (!first?.currency || statements.some((each) => !each?.claimTotalMinor)) return undefined;
  return frenchAmount(
    statements.reduce((sum, each) => sum + BigInt(each?.claimTotalMinor ?? '0'), 0n),
    first.currency,
  );
}

/** An amount of the wire as French prints it. */
export function wireAmount({ amount, currency: code }: { readonly amount: string; readonly currency: string }): string {
  const parsed = isCurrency(code) ? parseMoney(amount, code) : undefined;
  if (!parsed || 'problem' in parsed) return `${amount} ${code}`;
  return frenchAmount(parsed.minor, code);
}
