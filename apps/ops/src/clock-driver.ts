import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, atTime, type Day, dayIn, frenchDay, type Instant, parseDay, parseInstant, weekday } from '#domain';
import { ClockNews } from './clock-news.js';
import type { Creditor } from './find-creditor.js';
import { OpsError } from './installation.js';
import type { RestClient } from './rest-client.js';

export interface DriveOptions {
  readonly client: RestClient;
  readonly creditors: readonly Creditor[];
  /** Civil days from where the clock stands, or the day on which to stop. */
  readonly days?: number;
  readonly until?: Day;
  /** What becomes of calls: reported at once, or left until they expire. */
  readonly calls: 'attempted' | 'reached' | 'none';
  /** Approves what waits for finance. */
  readonly approve: boolean;
  /** Posts registered letters the day they are ready and has them delivered three days later; otherwise a person does. */
  readonly post: 'delivered' | 'none';
  /** Page of the local mail server, whose queue must be empty too. */
  readonly localUrl?: string;
  readonly stallMs?: number;
  readonly print: (line: string) => void;
}

interface Idle {
  readonly idle: boolean;
  readonly clock: Instant;
  readonly day: Day;
  readonly wallClock: Instant;
  readonly due: number;
  readonly dueCases: readonly { readonly caseId: string; readonly workflowId: string }[];
  readonly outbox: number;
  readonly inbox: number;
  readonly onTheirWay: number;
  readonly mark: string;
  readonly nextWake: { readonly caseId: string; readonly at: Instant } | null;
}

const LOOK_MS = 150;
const STALL_MS = 60_000;
const STEPS_MAX = 20_000;
const ZONE = 'Europe/Paris';
/** Days a letter travels when the driver plays the postman. */
const POST_DAYS = 3;
const DELIVERY_TIME = '11:00';
const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** Moves the sandbox clocks from wake to wake and prints the diary. Throws when nothing moves for a minute, naming the case. */
export async function driveClock(options: DriveOptions): Promise<void> {
  const page: DiaryPage = { heading: '' };
  const drivers = options.creditors.map((creditor) => new CreditorDriver(options, creditor, page));
  if (drivers.length === 0) throw new OpsError('Aucun créancier de bac à sable.');
  for (const driver of drivers) await driver.begin();
  for (let step = 0; step < STEPS_MAX; step++) {
    const next = drivers.filter((driver) => driver.nextAt !== undefined).sort((a, b) => ((a.nextAt ?? '') < (b.nextAt ?? '') ? -1 : 1))[0];
    if (!next) {
      for (const driver of drivers) await driver.finish();
      return;
    }
    await next.advance();
  }
  throw new OpsError(`Plus de ${STEPS_MAX} échéances\u202f: la commande s’arrête.`);
}

/** The heading under which the diary of all creditors now writes. */
interface DiaryPage {
  heading: string;
}

/** The clock of one creditor. */
class CreditorDriver {
  private readonly news: ClockNews;
  private end = '';
  private nextDelivery: Instant | undefined;
  private state: Idle | undefined;
  private since = '';

  constructor(
    private readonly options: DriveOptions,
    private readonly creditor: Creditor,
    private readonly page: DiaryPage,
  ) {
    this.news = new ClockNews(options.client, creditor.creditorId);
  }

  /** The next instant at which something is due before the end; undefined when there is none. */
  get nextAt(): string | undefined {
    const [at] = [this.state?.nextWake?.at, this.nextDelivery].filter((each) => each !== undefined).sort();
    return at !== undefined && at <= this.end ? at : undefined;
  }

  async begin(): Promise<void> {
    const first = await this.look();
    this.end = this.endFrom(first);
    this.since = first.wallClock;
    await this.news.skipPast(first.clock, first.wallClock);
    await this.settle();
  }

  async advance(): Promise<void> {
    const { nextDelivery } = this;
    const isDelivery = nextDelivery !== undefined && nextDelivery === this.nextAt;
    await this.options.client.post(`${this.path}/sandbox/clock`, isDelivery ? { to: nextDelivery } : { toNextWake: true });
    await this.settle();
  }

  /** Leaves the clock where the person asked for it. */
  async finish(): Promise<void> {
    if (this.state && this.state.clock < this.end) {
      await this.options.client.post(`${this.path}/sandbox/clock`, { to: this.end });
      await this.settle();
    }
    this.options.print(
      `${this.creditor.legalName}\u202f: l’horloge est au ${frenchDay(this.state?.day ?? dayIn(parseAt(this.end), ZONE))}.`,
    );
  }

  /** Until nothing is due: tells what happened, does what was asked for calls and approvals, and looks again. */
  private async settle(): Promise<void> {
    for (;;) {
      this.state = await this.untilIdle();
      await this.tell();
      const did = (await this.reportCalls()) + (this.options.approve ? await this.approve() : 0) + (await this.reportPost());
      if (did === 0) return;
    }
  }

  private async untilIdle(): Promise<Idle> {
    let last = await this.look();
    let progressAt = Date.now();
    for (;;) {
      await sleep(LOOK_MS);
      const queue = await this.localQueue();
      const now = await this.look();
      if (last.idle && now.idle && queue === 0 && now.mark === last.mark) return now;
      if (now.mark !== last.mark || now.due !== last.due || now.outbox !== last.outbox) progressAt = Date.now();
      if (Date.now() - progressAt > (this.options.stallMs ?? STALL_MS)) throw await this.stalled(now, queue);
      last = now;
    }
  }

  private async stalled(now: Idle, queue: number): Promise<OpsError> {
    const [first] = now.dueCases;
    const which = first ? `${await this.news.about(first.caseId)} (${first.workflowId})` : 'aucun dossier dû';
    const counts = `dossiers dus ${now.due}, à transmettre ${now.outbox}, à lire ${now.inbox}, messages en route ${now.onTheirWay}, file locale ${queue}`;
    return new OpsError(
      `Rien n’avance depuis ${(this.options.stallMs ?? STALL_MS) / 1000} s au ${now.clock}\u202f: ${which}\u202f; ${counts}. L’acte est sans doute retenté\u202f: voir l’interface de Temporal.`,
    );
  }

  private async tell(): Promise<void> {
    if (!this.state) return;
    const lines = await this.news.since(this.state.clock, this.since);
    if (lines.length === 0) return;
    const heading = `${WEEKDAYS[weekday(this.state.day) - 1] ?? ''} ${frenchDay(this.state.day)} · ${this.creditor.legalName}`;
    if (heading !== this.page.heading) this.options.print(`\n${heading}`);
    this.page.heading = heading;
    for (const line of lines) this.options.print(`  ${line}`);
  }

  private async reportCalls(): Promise<number> {
    const { calls, client } = this.options;
    if (calls === 'none') return 0;
    const open = await client.all<{ callId: string }>(`${this.path}/calls?state=open`);
    for (const { callId } of open)
      await client.post(`${this.path}/calls/${callId}/report`, { outcome: calls, note: 'consigné par le pilote du bac à sable' });
    return open.length;
  }

  /** Letters ready to be posted are posted; those on their way for three days are delivered. Remembers when the next one arrives. */
  private async reportPost(): Promise<number> {
    const { post, client } = this.options;
    const { day: today, clock } = this.state ?? (await this.look());
    this.nextDelivery = undefined;
    if (post === 'none') return 0;
    const items = await client.all<{ postItemId: string; service: 'registered' | 'plain'; depositedOn: Day | null; heldBack: unknown }>(
      `${this.path}/post-tray?state=toPrint,sentToProvider,deposited,presented`,
    );
    let reported = 0;
    for (const { postItemId, service, depositedOn, heldBack } of items) {
      if (heldBack) continue;
      // Nobody signs for a plain letter: once it is posted there is nothing more to report.
      if (service === 'plain' && depositedOn) continue;
      const arrivesAt = depositedOn && atTime(deliveryDay(depositedOn), DELIVERY_TIME, ZONE);
      if (arrivesAt && arrivesAt > clock) {
        if (!this.nextDelivery || arrivesAt < this.nextDelivery) this.nextDelivery = arrivesAt;
        continue;
      }
      const report = arrivesAt
        ? { state: 'delivered' }
        : { state: 'deposited', ...(service === 'plain' ? {} : { trackingNumber: `SIM-${postItemId.slice(-10)}` }) };
      await client.post(`${this.path}/post-tray/${postItemId}/report`, {
        ...report,
        on: today,
        note: 'consigné par le pilote du bac à sable',
      });
      reported += 1;
    }
    return reported;
  }

  private async approve(): Promise<number> {
    const finance = this.options.client.as('finance');
    const pending = await finance.all<{ approvalId: string; basis: string }>(`${this.path}/approvals?state=pending`);
    for (const { approvalId, basis } of pending) {
      await finance.post(`${this.path}/approvals/${approvalId}/decision`, {
        verdict: 'approved',
        basis,
        note: 'approuvé par le pilote du bac à sable',
      });
    }
    return pending.length;
  }

  private look(): Promise<Idle> {
    return this.options.client.get(`${this.path}/sandbox/idle`);
  }

  private async localQueue(): Promise<number> {
    if (!this.options.localUrl) return 0;
    const response = await fetch(`${this.options.localUrl}/__queue`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (!response?.ok) return 0;
    return ((await response.json()) as { pending: number }).pending;
  }

  private endFrom(first: Idle): string {
    const { days, until } = this.options;
    if (until) return `${until}T21:59:59.000Z`;
    return new Date(Date.parse(first.clock) + (days ?? 0) * 86_400_000).toISOString();
  }

  private get path(): string {
    return `creditors/${this.creditor.creditorId}`;
  }
}

/** Nothing is delivered on a Sunday. */
function deliveryDay(depositedOn: Day): Day {
  const on = addDays(depositedOn, POST_DAYS);
  return weekday(on) === 7 ? addDays(on, 1) : on;
}

function parseAt(text: string): Instant {
  const at = parseInstant(text);
  if (!at) throw new OpsError(`Instant illisible\u202f: ${text}`);
  return at;
}

/** A day typed by a person. */
export function dayArgument(text: string): Day {
  const day = parseDay(text);
  if (!day) throw new OpsError(`«\u202f${text}\u202f» n’est pas un jour\u202f: écrivez AAAA-MM-JJ.`);
  return day;
}
