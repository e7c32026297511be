import { preJudge, recordDispatch } from '#casework';
import type { Act } from '#contracts';
import type { ActivityPorts } from '../activity-ports.js';
import { isSnapshot, mayStillLeave, prepareAndClaim } from './dispatch.js';
import { CLOSED_BEFORE_POST, postLetter } from './post-letter.js';

/** A reminder by mail, or by plain post where there is no address or the mail came back: prepare, claim, hand over, record. Each step is guarded by a row, so running it again never sends twice (I5). */
export function createSendMail(ports: ActivityPorts): Act {
  return async (input) => {
    const judged = await preJudge(ports.casework, input);
    if (judged.verdict === 'stale' || judged.verdict.verdict !== 'SENT') return judged.snapshot;
    const claimed = await prepareAndClaim(ports, input);
    if (isSnapshot(claimed)) return claimed;
    const { creditorId, caseId } = input;
    const key = { creditorId, messageId: claimed.message.messageId, token: claimed.token, caseId };
    if (claimed.message.channel === 'post') {
      const isPosted = await postLetter(ports, claimed, caseId, 'plain');
      return recordDispatch(ports.casework, key, isPosted ? { kind: 'accepted' } : CLOSED_BEFORE_POST);
    }
    if (!claimed.bytes)
      return recordDispatch(ports.casework, key, { kind: 'rejected', status: 0, providerWords: 'No bytes were kept for this message' });
    const answer = await ports.mail.sendBytes({
      bytes: claimed.bytes,
      sandbox: claimed.draft.env.creditor.sandbox,
      mayStillLeave: mayStillLeave(ports, claimed.claimedAt),
    });
    return recordDispatch(ports.casework, key, answer);
  };
}
