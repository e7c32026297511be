import { type Day, dayIn, type Instant } from '#domain';
import type { BrakeRow, BrakeScope, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { EVERYBODY } from '../messages/brake-on.js';
import { todayFor } from '../moment.js';
import { refusal } from '../refused-error.js';
import { casesWaitingFor, liftWaiting } from './lift-waiting.js';

const BRAKED: ReadonlySet<string> = new Set(['brakeOn', 'brake']);
/** Instants of a brake on everybody are dated where its operators are. */
const OPERATORS_ZONE = 'Europe/Paris';

export interface NewBrake {
  /** `*` for the whole product. */
  readonly creditorId: string;
  readonly scope: BrakeScope;
  /** Policy id, debtor id or channel; nothing for the product or a creditor. */
  readonly key?: string;
  readonly reason: string;
  readonly until?: Instant;
}

/**
 * Stops sending. The transaction holds the creditor's lock, so that no claim of his commits after it; for a brake on everybody the caller waits
 * for the claims in flight (`EVERYBODY` has no claims of its own). The same brake for the same reason again is the one
 * that is on; for another reason, or of a debtor nobody knows, it is refused.
 */
export async function setBrake(tx: Tx, deps: CaseworkDeps, brake: NewBrake, by: Actor): Promise<BrakeRow> {
  const { creditorId, scope, key = '*', reason, until } = brake;
  if (until && until <= deps.clock.now()) throw refusal('brakeAlreadyOver', { until }, '/until');
  if (scope === 'debtor' && !(await tx.debtors.one({ creditorId, debtorId: key }))) throw refusal('debtorNotFound', { id: key }, '/key');
  const [same] = await tx.brakes.all({ creditorId, scope, key, releasedAt: null });
  if (same?.reason === reason && same.until === (until ?? null)) return same;
  if (same) throw refusal('brakeOnAlready', { brakeId: same.brakeId });
  const row: BrakeRow = {
    creditorId,
    brakeId: deps.ids.next(),
    scope,
    key,
    reason,
    setBy: by.actor,
    since: deps.clock.now(),
    until: until ?? null,
    releasedBy: null,
    releasedAt: null,
    releaseReason: null,
  };
  await tx.brakes.insert(row);
  await journalBrake(tx, deps, 'brakeSet', null, row, { ...by, reason });
  return row;
}

/**
 * Ends a brake. False when it was released before. The cases of its own creditor that waited for it look again at once (`blockerLifted`); what
 * another brake still holds is postponed again. Those of a brake on everybody are lifted creditor by creditor with `liftBraked`.
 */
export async function releaseBrake(tx: Tx, deps: CaseworkDeps, row: BrakeRow, reason: string, by: Actor): Promise<boolean> {
  const { creditorId, brakeId } = row;
  const patch = { releasedBy: by.actor, releasedAt: deps.clock.now(), releaseReason: reason };
  if ((await tx.brakes.update({ creditorId, brakeId, releasedAt: null }, patch)) === 0) return false;
  await journalBrake(tx, deps, 'brakeReleased', row, { ...row, ...patch }, { ...by, reason });
  if (creditorId !== EVERYBODY) await liftBraked(tx, deps, creditorId, by, row.scope === 'debtor' ? row.key : undefined);
  return true;
}

/** The creditor's cases that a brake postponed look again at once. */
export async function liftBraked(tx: Tx, deps: CaseworkDeps, creditorId: string, by: Actor, debtorId?: string): Promise<void> {
  await liftWaiting(tx, deps, creditorId, await casesWaitingFor(tx, creditorId, BRAKED, debtorId), BRAKED, by);
}

async function journalBrake(tx: Tx, deps: CaseworkDeps, kind: string, before: BrakeRow | null, after: BrakeRow, by: Actor): Promise<void> {
  const { creditorId, brakeId, scope, key, until } = after;
  const recordedAt = deps.clock.now();
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `brake:${brakeId}`,
      kind,
      recordedAt,
      effectiveOn: await dayOf(tx, deps, creditorId, recordedAt),
      cause: { brakeId, scope, key, until },
      before,
      after,
      isFirst: before === null,
    },
    by,
  );
}

async function dayOf(tx: Tx, deps: CaseworkDeps, creditorId: string, at: Instant): Promise<Day> {
  const creditor = creditorId === EVERYBODY ? undefined : await tx.creditors.one({ creditorId });
  return creditor ? todayFor(creditor, deps.clock) : dayIn(at, OPERATORS_ZONE);
}
