import { type DispatchAnswer, preJudge, recordDispatch, requestApproval } from '#casework';
import type { Act, ActInput } from '#contracts';
import type { CaseSnapshot } from '#domain';
import type { ActivityPorts } from '../activity-ports.js';
import { isSnapshot, mayStillLeave, plannedMessage, prepareAndClaim, readDraft } from './dispatch.js';
import { CLOSED_BEFORE_POST, postLetter } from './post-letter.js';

/**
 * The formal notice leaves by e-mail where there is an address, and by registered post always. What finance approved is what leaves; if sums, contact or
 * wording moved since, the letter is prepared and asked for again. A notice in UNKNOWN is never sent again by a machine (I6).
 */
export function createServeFormalNotice(ports: ActivityPorts): Act {
  return async (input) => {
    // First whether it may leave at all: finance is not asked again for a letter that something else holds back.
    const judged = await preJudge(ports.casework, input);
    if (judged.verdict === 'stale' || judged.verdict.verdict !== 'SENT') return judged.snapshot;
    const moved = await askAgainIfMoved(ports, input);
    if (moved) return moved;
    const claimed = await prepareAndClaim(ports, input);
    if (isSnapshot(claimed)) return claimed;
    const { creditorId, caseId } = input;
    const key = { creditorId, messageId: claimed.message.messageId, token: claimed.token, caseId };
    if (!(await postLetter(ports, claimed, caseId, 'registered'))) return recordDispatch(ports.casework, key, CLOSED_BEFORE_POST);
    if (!claimed.bytes) return recordDispatch(ports.casework, key, { kind: 'accepted' });
    const answer = await ports.mail.sendBytes({
      bytes: claimed.bytes,
      sandbox: claimed.draft.env.creditor.sandbox,
      mayStillLeave: mayStillLeave(ports, claimed.claimedAt),
    });
    return recordDispatch(ports.casework, key, ofCopy(answer));
  };
}

/**
 * The registered letter is the notice, the mail its copy. Once the letter is in the tray the rung is done, and what was posted stays what is kept (I9):
 * a copy that could not leave is said, never a reason to make the notice anew.
 */
function ofCopy(answer: DispatchAnswer): DispatchAnswer {
  switch (answer.kind) {
    case 'neverLeft':
      return { kind: 'accepted', note: `copie par courriel non partie : ${answer.reason}` };
    case 'rejected':
      return { kind: 'accepted', note: `copie par courriel refusée : ${answer.status} ${answer.providerWords}` };
    default:
      return answer;
  }
}

async function askAgainIfMoved(ports: ActivityPorts, input: ActInput): Promise<CaseSnapshot | undefined> {
  const draft = await readDraft(ports, input);
  const approvals = await ports.casework.unitOfWork.plain((tx) =>
    tx.approvals.all(
      { creditorId: input.creditorId, caseId: input.caseId, stage: draft.stage, round: draft.round, state: 'approved' },
      { by: 'requestedAt', direction: 'desc', limit: 1 },
    ),
  );
  const [approved] = approvals;
  if (!approved || approved.basis === draft.basis || draft.env.now < input.wake.at) return undefined;
  const message = await plannedMessage(ports, draft);
  return requestApproval(ports.casework, input, draft, message);
}
