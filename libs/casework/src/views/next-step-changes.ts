import { addSeconds, type DatedStage, dayIn, decodeState, epochMs, type Day, type Instant, type Wake } from '#domain';
import type { CaseRow, CreditorRow, DebtorRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { look } from '../facts/apply-facts.js';
import { environmentFrom } from '../facts/case-environment.js';
import { found } from '../refused-error.js';

/** What a case does next, and the first rung of its plan, on days of the debtor's zone. */
export interface NextStep {
  readonly act: string;
  readonly stage?: string;
  readonly on: Day;
  readonly at: Instant;
  readonly rung?: { readonly stage: string; readonly round: number; readonly at: Instant };
}

export interface NextStepChange {
  readonly caseId: string;
  readonly invoiceNumber: string;
  /** As the rows say, by the code that wrote them. */
  readonly before: NextStep | undefined;
  /** As this code says; a sentence where it cannot plan the case at all. */
  readonly after: NextStep | { readonly problem: string } | undefined;
}

/** The row's moment is written some statements after the one its plan was drawn at. */
const SAME_SECONDS = 60;

type Deps = Pick<CaseworkDeps, 'law' | 'policies' | 'clock'>;

/**
 * Plans open cases of one creditor again, with this code, from the same facts, and returns those that would do something else next than their rows say
 * (N17). A plan looks at the clock as well: it is drawn again for the moment at which the row was written, which a sandbox does not keep, then for now
 * and for the moment at which the stored step is due; a row that one of them gives is unchanged. Writes nothing.
 */
export async function nextStepChanges(tables: Tables, deps: Deps, creditorId: string, rows: readonly CaseRow[]): Promise<NextStepChange[]> {
  const creditor = found(await tables.creditors.one({ creditorId }), 'creditor', creditorId);
  const ids = [...new Set(rows.map(({ debtorId }) => debtorId))];
  const debtors = new Map((await tables.debtors.all({ creditorId, debtorId: ids })).map((debtor) => [debtor.debtorId, debtor]));
  const changed: { row: CaseRow; before: NextStep | undefined; after: NextStepChange['after'] }[] = [];
  for (const row of rows) {
    const debtor = found(debtors.get(row.debtorId), 'debtor', row.debtorId);
    const before = storedStep(row, debtor.zone);
    const after = await reckoned(tables, deps, { row, creditor, debtor, before });
    if (after !== 'same') changed.push({ row, before, after });
  }
  if (changed.length === 0) return [];
  const invoices = await tables.invoices.all({ creditorId, invoiceId: [...new Set(changed.map(({ row }) => row.invoiceId))] });
  const numbers = new Map(invoices.map(({ invoiceId, number }) => [invoiceId, number]));
  return changed.map(({ row, before, after }) => ({
    caseId: row.caseId,
    invoiceNumber: numbers.get(row.invoiceId) ?? '?',
    before,
    after,
  }));
}

interface Known {
  readonly row: CaseRow;
  readonly creditor: CreditorRow;
  readonly debtor: DebtorRow;
  readonly before: NextStep | undefined;
}

async function reckoned(tables: Tables, deps: Deps, { row, creditor, debtor, before }: Known): Promise<NextStepChange['after'] | 'same'> {
  let last: NextStepChange['after'];
  try {
    const policy = await deps.policies.find(tables, row.creditorId, row.policyId, row.policyVersion);
    const state = decodeState(row.recovery);
    for (const at of momentsOf(row, creditor, deps)) {
      const env = environmentFrom({ law: deps.law, clock: { now: () => at } }, { ...creditor, sandbox: false }, debtor, policy, row);
      const { plan, wake } = look(state, env);
      last = stepOf(wake, plan[0], debtor.zone);
      if (isSame(before, last, at)) return 'same';
    }
    return last;
  } catch (error) {
    return { problem: error instanceof Error ? error.message.slice(0, 300) : 'cannot be planned' };
  }
}

/** What would be reported is the last: the plan as it stands now. */
function momentsOf(row: CaseRow, creditor: CreditorRow, { clock }: Deps): Instant[] {
  const now = creditor.sandbox && creditor.clockAt ? creditor.clockAt : clock.now();
  const due = row.wakeAt ? [row.wakeAt, addSeconds(row.wakeAt, -24 * 3_600)] : [];
  return [...(creditor.sandbox ? [] : [row.updatedAt]), ...due.filter((at) => at < now), now];
}

function storedStep(row: CaseRow, zone: string): NextStep | undefined {
  if (!row.wakeKind || !row.wakeAt) return undefined;
  const wake: Wake = { kind: row.wakeKind, at: row.wakeAt, ...(row.wakeStage ? { stage: row.wakeStage } : {}) };
  return stepOf(wake, (row.plan as unknown as DatedStage[])[0], zone);
}

function stepOf(wake: Wake | undefined, first: DatedStage | undefined, zone: string): NextStep | undefined {
  if (!wake) return undefined;
  return {
    act: wake.kind,
    ...(wake.stage ? { stage: wake.stage } : {}),
    on: dayIn(wake.at, zone),
    at: wake.at,
    ...(first ? { rung: { stage: first.stage, round: first.round, at: first.at } } : {}),
  };
}

function isSame(before: NextStep | undefined, after: NextStep | undefined, drawnAt: Instant): boolean {
  if (!before || !after) return before === after;
  const isSameAct = before.act === after.act && before.stage === after.stage && isNear(before.at, after.at);
  return isSameAct && isSameRung(before.rung, after.rung, drawnAt);
}

/** A rung that waits for somebody is drawn anew for every day that passes, whatever build draws it. */
function isSameRung(before: NextStep['rung'], after: NextStep['rung'], drawnAt: Instant): boolean {
  if (!before || !after) return before === after;
  if (before.stage !== after.stage || before.round !== after.round) return false;
  return isNear(before.at, after.at) || before.at < drawnAt;
}

function isNear(a: Instant, b: Instant): boolean {
  return Math.abs(epochMs(a) - epochMs(b)) <= SAME_SECONDS * 1_000;
}
