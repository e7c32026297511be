import { openPostItem, preJudge, recordDeposit, recordDispatch, requestApproval } from '#casework';
import type { Act, ActInput } from '#contracts';
import type { CaseSnapshot } from '#domain';
import type { ActivityPorts } from '../activity-ports.js';
import { type Claimed, isSnapshot, mayStillLeave, plannedMessage, prepareAndClaim, readDraft } from './dispatch.js';

/**
 * The formal notice leaves by e-mail where there is an address, and by registered post always. What finance approved is what leaves; if sums, contact or
 * wording moved since, the letter is prepared and asked for again. A notice in UNKNOWN is never sent again by a machine (I6).
 */
export function createServeFormalNotice(ports: ActivityPorts): Act {
  return async (input) => {
    const moved = await askAgainIfMoved(ports, input);
    if (moved) return moved;
    const judged = await preJudge(ports.casework, input);
    if (judged.verdict === 'stale' || judged.verdict.verdict !== 'SENT') return judged.snapshot;
    const claimed = await prepareAndClaim(ports, input);
    if (isSnapshot(claimed)) return claimed;
    await postLetter(ports, claimed, input.caseId);
    const { creditorId, caseId } = input;
    const key = { creditorId, messageId: claimed.message.messageId, token: claimed.token, caseId };
    if (!claimed.bytes) return recordDispatch(ports.casework, key, { kind: 'accepted' });
    const answer = await ports.mail.sendBytes({
      bytes: claimed.bytes,
      sandbox: claimed.draft.env.creditor.sandbox,
      mayStillLeave: mayStillLeave(ports, claimed.claimedAt),
    });
    return recordDispatch(ports.casework, key, answer);
  };
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

/** Into the registered post tray, once per message; handed to the provider where one is configured, else waiting to be printed. */
async function postLetter(ports: ActivityPorts, claimed: Claimed, caseId: string): Promise<void> {
  const { draft, message, letter } = claimed;
  const { sandbox } = draft.env.creditor;
  const post = sandbox || ports.postsForReal ? ports.post : undefined;
  const item = await openPostItem(ports.casework, message, caseId, post ? 'provider' : 'print');
  if (!post || !letter || item.state !== 'toPrint') return;
  const { debtor } = draft.letter;
  const answer = await post.deposit({
    mid: message.messageId,
    creditorRef: draft.creditorId,
    addressLines: addressOf(debtor.legalName, debtor.addressLines),
    pdf: letter,
    sandbox,
  });
  await recordDeposit(ports.casework, item, answer);
}

function addressOf(name: string, lines: readonly string[]): string[] {
  const all = [name, ...lines].map((line) => line.slice(0, 60)).slice(0, 7);
  return all.length < 2 ? [...all, 'Adresse à compléter'] : all;
}
