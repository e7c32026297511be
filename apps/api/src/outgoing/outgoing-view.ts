import { verdictSentence } from '#casework';
import type { z } from 'zod';
import { amountOf } from '../http/wire.js';
import type { outgoingSummary } from './outgoing.schemas.js';
import type { DraftedMessage } from './outgoing.service.js';

type Channel = z.output<typeof outgoingSummary>['channels'][number];

/** A coming message as the wire says it. */
export function outgoingView(creditorId: string, { item, draft, words, problem }: DraftedMessage): z.output<typeof outgoingSummary> {
  const { caseId, stage, round, act, status, on, at, needsApproval, late, heldUntil, revision, messageId, version } = item;
  const { letter, contact, policyStage, env } = draft;
  const self = `/api/v1/creditors/${[creditorId, 'outgoing-messages', caseId, stage, String(round)].map(encodeURIComponent).join('/')}`;
  return {
    ...{ caseId, stage, round, act, status, on, at, needsApproval, late, heldUntil, revision, messageId, version },
    title: policyStage.title.fr,
    debtor: { debtorId: item.debtorId, name: item.debtorName },
    invoiceNumber: item.invoiceNumber,
    window: { ...env.policy.limits.window, zone: env.zone },
    channels: channelsOf(draft.channel, act),
    recipient: {
      email: contact?.address ?? null,
      name: contact?.name ?? letter.debtor.legalName,
      addressLines: [...letter.debtor.addressLines],
    },
    openPrincipal: amountOf(item.openPrincipalMinor, item.currency),
    asked: words ? amountOf(words.askedMinor, item.currency) : null,
    subject: words?.subject ?? null,
    problem: problem ? { code: problem, sentence: verdictSentence({ verdict: 'NOT_SENT', code: problem }, 'fr') } : null,
    together: draft.members.map(({ row }) => row.caseId).filter((known) => known !== caseId),
    links: { self, preview: draft.channel === 'email' && words ? `${self}/preview` : null },
  };
}

/** The notice always goes by registered post; the mail beside it is its copy. */
function channelsOf(channel: DraftedMessage['draft']['channel'], act: 'mail' | 'formalNotice'): Channel[] {
  if (channel === 'file') return [];
  return act === 'formalNotice' && channel === 'email' ? ['registeredPost', 'email'] : [channel];
}
