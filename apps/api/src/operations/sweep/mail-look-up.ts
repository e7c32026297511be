import { type Actor, concludeNeverLeft, type DeliveryNews, FROM_RECORD, recordLookUp, takeLease } from '#casework';
import type { Config } from '#config';
import { addSeconds, type Instant } from '#domain';
import { createSendGridActivity } from '#mail';
import type { MailActivityPort, MailEvent, MailLookUp as Answer, OutboundMessageRow } from '#ports';
import type { Backend } from '../../backend.js';

const LEASE = 'mailLookUp';
const ALL = '*';
const ROUND_SECONDS = 45;
/** The activity allows about six requests a minute; a look-up takes two, its witness two more. */
const LOOK_UPS_A_ROUND = 1;
const ROWS_MAX = 1_000;
/** Ages at which an uncertain message is asked for: events come first, the record lags, and a person has it after 26 hours. */
const ASKED_AT_HOURS = [0.25, 0.5, 1, 2, 4, 8, 16, 25, 49, 73] as const;
const FIRST_PAUSE_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 3_600;
const WITNESSES_READ = 200;
const ACTOR: Actor = { actor: 'provider:sendgrid-activity', role: 'system' };

type Account = 'live' | 'sandbox';

/** What a round did with one message. */
export type LookUpOutcome = 'sent' | 'neverLeft' | 'undecided' | 'notFound' | 'notOffered' | 'later';

interface Pace {
  failures: number;
  until: Instant | undefined;
}

/** The port for what the configuration names: the account of real mail by its own key, that of sandbox mail by the local mailbox. */
export function activityFrom(config: Config): MailActivityPort {
  const { SENDGRID_ACTIVITY_KEY: apiKey, SENDGRID_BASE_URL: baseUrl, SENDGRID_SANDBOX_URL: sandbox } = config;
  return createSendGridActivity({
    ...(apiKey ? { live: { apiKey, ...(baseUrl ? { baseUrl } : {}) } } : {}),
    ...(sandbox ? { localMailbox: { baseUrl: sandbox } } : {}),
  });
}

/**
 * I8, I21: a message that stays uncertain is asked for in the provider's own record, whatever became of its webhooks. Found: it left, with the provider's
 * id and events. Not found proves nothing by itself; it counts only where the operator vouches for the record's completeness, a witness shows that the
 * record is this account's and reaches beyond the message, and the act is no formal one. Everything else stays with events and people. One process at
 * a time, one message a round; an account that refuses or is overrun is left alone for longer and longer.
 */
export class MailLookUp {
  private readonly holder: string;
  private readonly asked = new Map<string, Instant>();
  private readonly tried = new Map<string, Instant>();
  private readonly paces: Record<Account, Pace> = { live: { failures: 0, until: undefined }, sandbox: { failures: 0, until: undefined } };

  constructor(
    private readonly backend: Backend,
    private readonly activity: MailActivityPort = activityFrom(backend.config),
  ) {
    this.holder = backend.deps.ids.next();
  }

  /** Asks for what is due; the seconds until the next look. The lease stays with this process while it lives: it knows when it asked. */
  async ifDue(): Promise<number> {
    const { config, deps } = this.backend;
    if (!config.SENDGRID_ACTIVITY_KEY && !config.SENDGRID_SANDBOX_URL) return ROUND_SECONDS;
    if (await takeLease(deps, ALL, LEASE, this.holder)) await this.round();
    return ROUND_SECONDS;
  }

  /** Asks for the messages that waited longest, a few at most. */
  async round(): Promise<LookUpOutcome[]> {
    const rows = await this.uncertain();
    // A message whose look-up fails goes to the end, so that it holds up no other.
    const turn = ({ messageId }: OutboundMessageRow): string => this.tried.get(messageId) ?? '';
    const due = rows.filter((row) => this.isDue(row)).sort((a, b) => (turn(a) < turn(b) ? -1 : turn(a) > turn(b) ? 1 : 0));
    const outcomes: LookUpOutcome[] = [];
    if (due.length === 0) return outcomes;
    const sandboxes = await this.sandboxes(due);
    for (const row of due) {
      if (outcomes.length >= LOOK_UPS_A_ROUND) break;
      const account: Account = sandboxes.has(row.creditorId) ? 'sandbox' : 'live';
      if (!this.isOpen(account)) continue;
      outcomes.push(await this.ask(row, account));
    }
    return outcomes;
  }

  private async uncertain(): Promise<OutboundMessageRow[]> {
    const rows = await this.backend.plain((tx) =>
      tx.messages.all({ state: ['UNKNOWN', 'HUMAN'], channel: 'email' }, { by: 'claimedAt', limit: ROWS_MAX }),
    );
    const ids = new Set(rows.map(({ messageId }) => messageId));
    for (const known of [this.asked, this.tried]) for (const messageId of known.keys()) if (!ids.has(messageId)) known.delete(messageId);
    return rows;
  }

  private isDue(row: OutboundMessageRow): boolean {
    const now = this.backend.deps.clock.now();
    const before = this.asked.get(row.messageId);
    const complete = this.backend.config.SENDGRID_ACTIVITY_COMPLETE_HOURS;
    const moments = [...ASKED_AT_HOURS, ...(complete === undefined ? [] : [complete])].map((hours) =>
      addSeconds(sinceOf(row), hours * 3_600),
    );
    return moments.some((moment) => moment <= now && (before === undefined || before < moment));
  }

  private isOpen(account: Account): boolean {
    const { SENDGRID_ACTIVITY_KEY: key, SENDGRID_SANDBOX_URL: mailbox } = this.backend.config;
    if (!(account === 'live' ? key : mailbox)) return false;
    const { until } = this.paces[account];
    return until === undefined || until <= this.backend.deps.clock.now();
  }

  private async sandboxes(rows: readonly OutboundMessageRow[]): Promise<Set<string>> {
    const ids = [...new Set(rows.map(({ creditorId }) => creditorId))];
    const creditors = await this.backend.plain((tx) => tx.creditors.all({ creditorId: ids, sandbox: true }));
    return new Set(creditors.map(({ creditorId }) => creditorId));
  }

  private async ask(row: OutboundMessageRow, account: Account): Promise<LookUpOutcome> {
    this.tried.set(row.messageId, this.backend.deps.clock.now());
    const answer = await this.activity.lookUp({ mid: row.messageId, sandbox: account === 'sandbox' });
    this.pace(account, answer);
    if (answer.kind === 'later' || answer.kind === 'notOffered') {
      await this.note(account, answer.reason, 0);
      return answer.kind;
    }
    this.asked.set(row.messageId, this.backend.deps.clock.now());
    const outcome = answer.kind === 'found' ? await this.found(row, answer) : await this.missing(row, account);
    await this.note(account, null, outcome === 'sent' || outcome === 'neverLeft' ? 1 : 0);
    return outcome;
  }

  private async found({ creditorId, messageId }: OutboundMessageRow, answer: Extract<Answer, { kind: 'found' }>): Promise<LookUpOutcome> {
    const { backend } = this;
    if (answer.copies > 1) {
      backend.logger.error({ creditorId, messageId, count: answer.copies }, 'The provider knows one message of ours more than once');
    }
    const { providerMessageId } = answer;
    const looked = { providerMessageId, events: answer.events.map((event) => newsOf(messageId, event)) };
    const outcome = await backend.run(creditorId, (tx) => recordLookUp(tx, backend.deps, creditorId, messageId, looked, ACTOR));
    if (outcome === 'decided') backend.logger.info({ creditorId, messageId }, 'An uncertain message was decided by the provider’s record');
    return outcome === 'decided' ? 'sent' : 'undecided';
  }

  private async missing(row: OutboundMessageRow, account: Account): Promise<LookUpOutcome> {
    const { backend } = this;
    const hours = backend.config.SENDGRID_ACTIVITY_COMPLETE_HOURS;
    if (hours === undefined || addSeconds(sinceOf(row), hours * 3_600) > backend.deps.clock.now()) return 'notFound';
    if (!(await this.hasWitness(row, account))) return 'notFound';
    const { creditorId, messageId } = row;
    const isDecided = await backend.run(creditorId, (tx) => concludeNeverLeft(tx, backend.deps, creditorId, messageId, ACTOR));
    if (isDecided) backend.logger.warn({ creditorId, messageId }, 'An uncertain message is not in the provider’s record: it never left');
    return isDecided ? 'neverLeft' : 'notFound';
  }

  /**
   * A message of the same creditor that the provider took later, and that its record holds. Without one the record may be another account's, of a
   * region that keeps none, or be late: then its silence says nothing.
   */
  private async hasWitness(row: OutboundMessageRow, account: Account): Promise<boolean> {
    const { creditorId } = row;
    const accepted = await this.backend.plain((tx) =>
      tx.messages.all({ creditorId, state: 'ACCEPTED', channel: 'email' }, { by: 'claimedAt', direction: 'desc', limit: WITNESSES_READ }),
    );
    const since = sinceOf(row);
    const witness = accepted.findLast(({ claimedAt }) => claimedAt !== null && claimedAt > since);
    if (!witness) return false;
    const answer = await this.activity.lookUp({ mid: witness.messageId, sandbox: account === 'sandbox' });
    this.pace(account, answer);
    return answer.kind === 'found';
  }

  private pace(account: Account, answer: Answer): void {
    const pace = this.paces[account];
    if (answer.kind === 'found' || answer.kind === 'notFound') {
      pace.failures = 0;
      pace.until = undefined;
      return;
    }
    pace.failures += 1;
    const grown = answer.kind === 'notOffered' ? LONGEST_PAUSE_SECONDS : FIRST_PAUSE_SECONDS * 2 ** Math.min(pace.failures - 1, 10);
    const asked = answer.kind === 'later' ? (answer.retryAfterSeconds ?? 0) : 0;
    pace.until = addSeconds(this.backend.deps.clock.now(), Math.max(asked, Math.min(grown, LONGEST_PAUSE_SECONDS)));
  }

  /** Kept beside the sweeps of other providers, for the summary of operations. */
  private async note(account: Account, lastError: string | null, decided: number): Promise<void> {
    const now = this.backend.deps.clock.now();
    const key = { creditorId: ALL, provider: 'sendgrid', account };
    await this.backend.plain(async (tx) => {
      const before = await tx.providerSweeps.one(key);
      const sweptUntil = lastError === null ? now : (before?.sweptUntil ?? now);
      const recovered = (before?.recovered ?? 0) + decided;
      if (before) await tx.providerSweeps.update(key, { sweptUntil, lastRunAt: now, recovered, lastError });
      else await tx.providerSweeps.insertOnce({ ...key, sweptUntil, lastRunAt: now, recovered, lastError });
    });
  }
}

function sinceOf({ claimedAt, updatedAt }: OutboundMessageRow): Instant {
  return claimedAt ?? updatedAt;
}

function newsOf(messageId: string, event: MailEvent): DeliveryNews {
  return {
    eventId: event.eventId,
    messageId,
    provider: 'sendgrid',
    // A refusal that may pass later is no proof against the address.
    kind: event.kind === 'bounce' && event.bounceType === 'blocked' ? 'deferred' : event.kind,
    at: event.at,
    detail: { ...FROM_RECORD, ...(event.bounceType ? { bounceType: event.bounceType } : {}) },
  };
}
