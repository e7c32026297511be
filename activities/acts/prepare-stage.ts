import { currentSnapshot, isCurrentWake, requestApproval, waitForParkedMoney } from '#casework';
import type { Act } from '#contracts';
import type { ActivityPorts } from '../activity-ports.js';
import { plannedMessage, readDraft } from './dispatch.js';
import { plannedHandOver } from './hand-over.js';

/** Prepares a rung that needs an approval some business days ahead: the exact letter, dated for its own day, and a finance user is asked. */
export function createPrepareStage(ports: ActivityPorts): Act {
  return async (input) => {
    const { creditorId, caseId, wake } = input;
    const held = await waitForParkedMoney(ports.casework, input);
    if (held.isWaiting) return held.snapshot;
    const slotAt = await plannedDay(ports, creditorId, caseId, wake.stage);
    const draft = await readDraft(ports, input, slotAt);
    if (!isCurrentWake(draft.lead, wake) || wake.at > draft.env.now) return currentSnapshot(ports.casework, creditorId, caseId);
    const message = draft.channel === 'file' ? await plannedHandOver(ports, draft) : await plannedMessage(ports, draft);
    return requestApproval(ports.casework, input, draft, message);
  };
}

async function plannedDay(ports: ActivityPorts, creditorId: string, caseId: string, stage: string | undefined) {
  const snapshot = await currentSnapshot(ports.casework, creditorId, caseId);
  return snapshot.plan.find((planned) => planned.stage === stage)?.at;
}
