import {
  CLAIM_SECONDS,
  type ClaimOutcome,
  claimMessage,
  currentSnapshot,
  draftMessage,
  isCurrentWake,
  type MessageDraft,
  planMessage,
  releaseLease,
  takeLease,
} from '#casework';
import type { ActInput } from '#contracts';
import { type CaseSnapshot, epochMs } from '#domain';
import type { OutboundMessageRow } from '#ports';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActivityPorts } from '../activity-ports.js';
import { renderDraft } from './render-draft.js';

/** A rung whose basis keeps moving is prepared this often before it is postponed. */
const PREPARATIONS_MAX = 3;
/** How long an act looks on while a sibling case prepares or sends for it; far below the activity's own limit. */
const PATIENCE_MS = 40_000;
const LOOK_AGAIN_MS = 500;

/** After this age a claim no longer opens a connection (I2). */
const CLAIM_AGE_MAX_MS = 5_000;

export type Claimed = Extract<ClaimOutcome, { kind: 'claimed' }> & { readonly draft: MessageDraft };

/** Prepare and claim, as often as the basis moves. Either a claim to hand over, or the snapshot that says why not. */
export async function prepareAndClaim(ports: ActivityPorts, input: ActInput): Promise<Claimed | CaseSnapshot> {
  const { creditorId, caseId, wake } = input;
  const deps = ports.casework;
  const deadline = epochMs(deps.clock.now()) + PATIENCE_MS;
  const { debtorRef } = await currentSnapshot(deps, creditorId, caseId);
  const leaseKey = `${debtorRef}/${wake.stage ?? ''}/${wake.round ?? 1}`;
  for (let preparation = 1; ; ) {
    const outcome = await underLease(ports, input, leaseKey, preparation >= PREPARATIONS_MAX);
    switch (outcome.kind) {
      case 'claimed':
        return outcome;
      case 'verdict':
      case 'decided':
        return outcome.snapshot;
      case 'basisMoved':
        preparation += 1;
        break;
      case 'held':
        if (epochMs(deps.clock.now()) > deadline) throw new Error(`Another case still prepares ${leaseKey}`);
        await sleep(LOOK_AGAIN_MS);
    }
  }
}

type Attempt = Claimed | Exclude<ClaimOutcome, { kind: 'claimed' }>;

/** Draft, bytes and claim under the lease of (debtor, act, round): whoever comes second reads what the first one made, never an older draft of his own. */
async function underLease(ports: ActivityPorts, input: ActInput, leaseKey: string, giveUpOnMove: boolean): Promise<Attempt> {
  const { creditorId, caseId, wake } = input;
  const deps = ports.casework;
  // A run of its own, not the case: the same act started twice must wait for itself as well.
  const holder = `${caseId}/${deps.ids.next()}`;
  if (!(await takeLease(deps, creditorId, leaseKey, holder))) return { kind: 'held' };
  try {
    const draft = await readDraft(ports, input);
    if (!isCurrentWake(draft.lead, wake) || wake.at > draft.env.now)
      return { kind: 'decided', snapshot: await currentSnapshot(deps, creditorId, caseId) };
    const message = await plannedMessage(ports, draft);
    const outcome = await claimMessage(deps, { creditorId, messageId: message.messageId, caseId, giveUpOnMove });
    return outcome.kind === 'claimed' ? { ...outcome, draft } : outcome;
  } finally {
    await releaseLease(deps, creditorId, leaseKey, holder);
  }
}

export async function readDraft(ports: ActivityPorts, input: ActInput, slotAt?: CaseSnapshot['wake']['at']): Promise<MessageDraft> {
  const { creditorId, caseId, wake } = input;
  return ports.casework.unitOfWork.plain((tx) =>
    draftMessage(tx, ports.casework, {
      creditorId,
      caseId,
      stage: wake.stage ?? '',
      round: wake.round ?? 1,
      ...(slotAt ? { slotAt } : {}),
    }),
  );
}

/** The PLANNED row of a draft: the one there is when it says the same on the same day, else a new revision. */
export async function plannedMessage(ports: ActivityPorts, draft: MessageDraft): Promise<OutboundMessageRow> {
  const { known } = draft;
  if (known && (known.state !== 'PLANNED' || (known.basis === draft.basis && known.slotOn === draft.slotOn))) return known;
  const messageId = known?.messageId ?? ports.casework.ids.next();
  const rendered = await renderDraft(ports, draft, messageId);
  return planMessage(ports.casework, draft, rendered, messageId);
}

/**
 * Asked by the adapter just before it opens the connection: false once the claim has grown too old. The older of two ages counts: monotonic time knows
 * nothing of a machine that slept, the wall clock may be set back.
 */
export function mayStillLeave(ports: ActivityPorts, claimedAt: Claimed['claimedAt']): () => boolean {
  const since = performance.now();
  const sinceByWall = Date.now();
  const ageAtStart = epochMs(ports.casework.clock.now()) - epochMs(claimedAt);
  return () => {
    const passed = Math.max(performance.now() - since, Date.now() - sinceByWall);
    return ageAtStart + passed < Math.min(CLAIM_AGE_MAX_MS, CLAIM_SECONDS * 1000);
  };
}

export function isSnapshot(value: Claimed | CaseSnapshot): value is CaseSnapshot {
  return 'factSeq' in value;
}
