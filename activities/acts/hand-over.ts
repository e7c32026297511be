import { claimMessage, completeHandOver, currentSnapshot, type MessageDraft, planMessage, preJudge, requestApproval } from '#casework';
import type { Act } from '#contracts';
import type { OutboundMessageRow } from '#ports';
import type { ActivityPorts } from '../activity-ports.js';
import { readDraft } from './dispatch.js';
import { buildDossier } from './dossier.js';

/** Referral: the file that finance approved is closed and handed to the creditor's partner. Always approved; never sent by a machine. */
export function createHandOver(ports: ActivityPorts): Act {
  return async (input) => {
    const { creditorId, caseId } = input;
    const deps = ports.casework;
    // First whether it may leave at all: finance is not asked again for a file that something else holds back.
    const judged = await preJudge(deps, input);
    if (judged.verdict === 'stale' || judged.verdict.verdict !== 'SENT') return judged.snapshot;
    const draft = await readDraft(ports, input);
    const [approved] = await deps.unitOfWork.plain((tx) =>
      tx.approvals.all(
        { creditorId, caseId, stage: draft.stage, round: draft.round, state: 'approved' },
        { by: 'requestedAt', direction: 'desc', limit: 1 },
      ),
    );
    if (approved && approved.basis !== draft.basis && draft.env.now >= input.wake.at) {
      return requestApproval(deps, input, draft, await plannedHandOver(ports, draft));
    }
    const message = await plannedHandOver(ports, draft);
    const claim = await claimMessage(deps, { creditorId, messageId: message.messageId, caseId, giveUpOnMove: true });
    if (claim.kind === 'verdict' || claim.kind === 'decided') return claim.snapshot;
    if (claim.kind !== 'claimed') return currentSnapshot(deps, creditorId, caseId);
    const manifest = (claim.message.statement ?? {}) as { manifest?: Record<string, unknown> };
    return completeHandOver(deps, { creditorId, messageId: message.messageId, token: claim.token, caseId }, manifest.manifest ?? {});
  };
}

/** The PLANNED hand-over file of a draft: the one there is when it says the same on the same day, else a new revision. */
export async function plannedHandOver(ports: ActivityPorts, draft: MessageDraft): Promise<OutboundMessageRow> {
  const { known } = draft;
  if (known && (known.state !== 'PLANNED' || (known.basis === draft.basis && known.slotOn === draft.slotOn))) return known;
  const messageId = known?.messageId ?? ports.casework.ids.next();
  const dossier = await buildDossier(ports, draft);
  const number = draft.members[0]?.invoice.number ?? draft.lead.caseId;
  return planMessage(
    ports.casework,
    draft,
    {
      subject: `Dossier ${number}`,
      template: 'fr/handOverSummary',
      language: 'fr',
      recipient: draft.env.creditor.referralRoute,
      letter: { bytes: dossier.zip, mediaType: 'application/zip', fileName: dossier.fileName },
      manifest: dossier.manifest as unknown as Record<string, unknown>,
    },
    messageId,
  );
}
