import { setTimeout as sleep } from 'node:timers/promises';
import { applyFacts, SANDBOX_START } from '#casework';
import type { Instant, RecoveryFact } from '#domain';
import { TypeormOutboxQueue } from '#persistence';
import type { CaseRow } from '#ports';
import { Client, Connection } from '@temporalio/client';
import { addCreditor, BY, registerInvoices } from './bench-creditor.js';
import type { BenchStack } from './bench-stack.js';
import { type Figure, timed } from './figures.js';
import type { Applications } from './import-load.js';

const CREDITOR = 'bench-reconcile';
/** Rows that changed since are not judged by the reconciler: their news may be on its way. */
const QUIET_MS = 61_000;
const AGREE_MS = 180_000;
const PAGE = 200;
const PASSES_MAX = 20;

interface Report {
  readonly outcome: string;
  readonly cases: number;
  readonly differing: number;
  readonly repaired: number;
}

interface Mended {
  readonly passes: readonly Report[];
  readonly seconds: number;
  /** Cases a second in the pass that found nothing. */
  readonly quiet: number;
}

/**
 * I25: a tenth of the workflows terminated, deleted, out of date, running for a closed case or for none; then the whole server wiped. Each time, passes of
 * the reconciler until there is exactly one running workflow for every open case and none for a closed one. Throws when that does not come about.
 */
export async function measureReconciler(
  stack: BenchStack,
  apps: Applications,
  cases: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  await addCreditor(stack, CREDITOR, SANDBOX_START);
  say(`${cases} cases and their workflows`);
  await registerInvoices(stack, CREDITOR, cases);
  const desk = new ReconcileDesk(stack, apps);
  await desk.untilAgreed();
  await desk.untilPassed();
  const damaged = await desk.damage(Math.max(5, Math.floor(cases / 10)));
  say(`${damaged} workflows damaged; the index of the server and the rows come to rest`);
  await sleep(QUIET_MS);
  const first = await desk.mend();
  say(`  ${told(first)}`);
  await desk.untilPassed();
  say('the server is wiped');
  await stack.wipeTemporal();
  await desk.untilAnswers();
  const second = await desk.mend();
  say(`  ${told(second)}`);
  const open = await desk.open();
  return [
    ...figuresOf(`${cases} cases, ${damaged} damaged`, first, damaged),
    ...figuresOf(`${cases} cases, server wiped`, second, open.length),
  ];
}

const told = ({ passes, seconds }: Mended): string =>
  `${passes.map(({ differing, cases, repaired }) => `${differing} of ${cases} differ, ${repaired} repaired`).join('; then ')}; agreed after ${seconds.toFixed(1)} s`;

function figuresOf(part: string, { passes, seconds, quiet }: Mended, damaged: number): Figure[] {
  const [first, ...more] = passes.filter(({ differing }) => differing > 0);
  const found = first?.differing ?? 0;
  return [
    {
      part,
      what: 'found and repaired by the first pass',
      value: found,
      unit: '',
      baseline: { what: 'damaged', value: damaged },
      ratio: found / damaged,
      goal: { text: 'all', met: found === damaged && first?.repaired === damaged },
    },
    { part, what: 'passes that still found something after it', value: more.length, unit: '', goal: { text: '0', met: more.length === 0 } },
    {
      part,
      what: 'until one workflow runs for each open case and none for a closed one',
      value: seconds,
      unit: 's',
      baseline: { what: 'at 50 repairs a second', value: damaged / 50 },
      ratio: seconds / (damaged / 50),
    },
    { part, what: 'a pass over cases that agree', value: quiet, unit: 'cases/s' },
  ];
}

/** The bench's hands on rows, on the server and on the API. */
class ReconcileDesk {
  private client: Client | undefined;

  constructor(
    private readonly stack: BenchStack,
    private readonly apps: Applications,
  ) {}

  open(): Promise<CaseRow[]> {
    return this.rows({ closedKind: null });
  }

  private rows(more: Partial<CaseRow> = {}): Promise<CaseRow[]> {
    return this.stack.deps.unitOfWork.plain((tx) => tx.cases.all({ creditorId: CREDITOR, ...more }, { by: 'caseId' }));
  }

  private async temporal(): Promise<Client> {
    this.client ??= new Client({ connection: await Connection.connect({ address: this.stack.temporal.address }) });
    return this.client;
  }

  /** A fifth each: terminated, deleted, told nothing of a fact, told nothing of the end, and workflows that no case knows. */
  async damage(count: number): Promise<number> {
    const { workflow, workflowService } = await this.temporal();
    const fifth = Math.floor(count / 5);
    const victims = (await this.open()).filter((_, index) => index % 2 === 0);
    const take = () => victims.splice(0, fifth);
    const [ended, deleted, stale, closed] = [take(), take(), take(), take()];
    await timed(ended, 10, ({ workflowId }) => workflow.getHandle(workflowId).terminate('bench'));
    await timed(deleted, 10, ({ workflowId }) =>
      workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId } }),
    );
    await timed(stale, 4, (row) => this.silently(row, { type: 'blockerRaised', blocker: 'documentDoubt' }));
    await timed(closed, 4, (row) => this.silently(row, { type: 'caseClosed', kind: 'withdrawn', reason: 'bench' }));
    const unknown = Array.from({ length: fifth }, (_, index) => `recovery/${CREDITOR}/nobody-${index}`);
    await timed(unknown, 10, (workflowId) =>
      workflow.start('recoverInvoice', { workflowId, taskQueue: 'nobody-listens', searchAttributes: { CreditorId: [CREDITOR] } }),
    );
    return 5 * fifth;
  }

  /** Workflows that no case knows are for a person to end. */
  private async endUnknown(): Promise<void> {
    const { workflow } = await this.temporal();
    const unknown = (await this.running()).filter((id) => id.includes('/nobody-'));
    await timed(unknown, 10, (id) => workflow.getHandle(id).terminate('looked at'));
  }

  /** A fact whose news is lost. */
  private async silently({ caseId }: CaseRow, fact: RecoveryFact): Promise<void> {
    const { deps } = this.stack;
    await deps.unitOfWork.run(CREDITOR, 'shared', async (tx) => {
      const [row] = await tx.lockCases(CREDITOR, [caseId]);
      if (row) await applyFacts(tx, deps, row, [fact], BY, { silent: true });
    });
  }

  /** Passes until one finds nothing, with rows and workflows at rest between two. */
  async mend(): Promise<Mended> {
    const since = this.stack.deps.clock.now();
    const from = performance.now();
    let seconds = Number.NaN;
    for (let tries = 0; tries < PASSES_MAX; tries++) {
      const began = performance.now();
      const report = await this.pass(false);
      const took = (performance.now() - began) / 1000;
      // Nothing is concluded from a server that was too busy to answer.
      if (report.outcome === 'temporalAway') {
        await sleep(2_000);
        continue;
      }
      if (report.outcome === 'complete' && report.differing === 0)
        return { passes: await this.passesSince(since), seconds, quiet: report.cases / took };
      await this.endUnknown();
      await this.untilAgreed();
      seconds = (performance.now() - from) / 1000;
      // Cases that began again are young rows: the next look judges them only when they have rested.
      await sleep(QUIET_MS);
    }
    throw new Error(`Rows and workflows still differ after ${PASSES_MAX} passes`);
  }

  /** Passes that came to an end, this bench's own and those that the API makes by itself every five minutes. */
  private async passesSince(since: Instant): Promise<Report[]> {
    const rows = await this.stack.deps.unitOfWork.plain((tx) => tx.reconcilerPasses.all({}, { by: 'startedAt' }));
    return rows.filter(({ startedAt, endedAt, outcome }) => startedAt >= since && endedAt !== null && outcome !== 'temporalAway');
  }

  /** Waits until no news is left and the running workflows are those of the open cases: one each, none more. */
  async untilAgreed(): Promise<void> {
    const outbox = new TypeormOutboxQueue(this.stack.dataSource);
    const until = performance.now() + AGREE_MS;
    for (;;) {
      const waiting = await outbox.pending(CREDITOR);
      const [open, running] = waiting === 0 ? [await this.open(), await this.running()] : [[], []];
      const wanted = new Set(open.map(({ workflowId }) => workflowId));
      if (waiting === 0 && running.length === wanted.size && running.every((id) => wanted.has(id))) return;
      if (performance.now() > until)
        throw new Error(`${waiting} news wait, ${wanted.size} cases are open, ${running.length} workflows run`);
      await sleep(500);
    }
  }

  private async running(): Promise<string[]> {
    const { workflow } = await this.temporal();
    const found: string[] = [];
    const query = `WorkflowType = "recoverInvoice" AND ExecutionStatus = "Running" AND CreditorId = "${CREDITOR}"`;
    for await (const one of workflow.list({ query, pageSize: PAGE })) found.push(one.workflowId);
    return found;
  }

  /** Waits until the API reaches the server again. */
  async untilAnswers(): Promise<void> {
    await this.client?.connection.close();
    this.client = undefined;
    const until = performance.now() + AGREE_MS;
    while ((await this.pass(true)).outcome === 'temporalAway') {
      if (performance.now() > until) throw new Error('The API does not reach Temporal');
      await sleep(500);
    }
  }

  /** A pass over everybody: the API makes its next one by itself five minutes later, and not in the middle of a measurement. */
  async untilPassed(): Promise<void> {
    while ((await this.pass(false, {})).outcome !== 'complete') await sleep(2_000);
  }

  private async pass(dryRun: boolean, whom: { creditorId?: string } = { creditorId: CREDITOR }): Promise<Report> {
    const response = await fetch(`${this.apps.url}/api/v1/operations/reconcile`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.apps.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...whom, dryRun }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Report;
  }
}
