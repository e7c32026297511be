import { claimInform, draftInform, type InformClaim, type InformDraft, recordInform, type RenderedMessage } from '#casework';
import type { DeliveryResult, MessageActs } from '#contracts';
import { type Day, day } from '#domain';
import { type LetterContent, LetterError, type MailAct, renderMail } from '#letters';
import type { ActivityPorts } from '../activity-ports.js';
import { mayStillLeave } from '../acts/dispatch.js';
import { invoiceCopies, outgoingMail } from '../acts/outgoing-mail.js';

/** Delivers one message that informs (thanks, confirmation, recall) with the same protocol as a rung. */
export function createMessageActs(ports: ActivityPorts): MessageActs {
  return {
    async deliverMessage({ creditorId, messageId }) {
      const draft = await draftInform(ports.casework, creditorId, messageId);
      const { rendered, impossible } = await informBytes(ports, draft);
      const claim = await claimInform(ports.casework, draft, rendered, impossible);
      if (claim.kind !== 'claimed' || !rendered?.bytes) return resultOf(claim);
      const answer = await ports.mail.sendBytes({
        bytes: rendered.bytes,
        sandbox: draft.creditor.sandbox,
        mayStillLeave: mayStillLeave(ports, claim.claimedAt),
      });
      return resultOf(await recordInform(ports.casework, { creditorId, messageId, token: claim.token }, answer));
    },
  };
}

function resultOf(claim: InformClaim): DeliveryResult {
  switch (claim.kind) {
    case 'postponed':
      return { state: 'postponed', until: claim.until, ...(claim.clock ? { clock: claim.clock } : {}) };
    case 'done':
      return { state: claim.state };
    case 'claimed':
      return { state: 'unknown' };
  }
}

/** The message, or why its letter cannot be written; every other failure stays a failure and is tried again. */
async function informBytes(ports: ActivityPorts, draft: InformDraft): Promise<{ rendered?: RenderedMessage; impossible?: string }> {
  if (draft.message.state !== 'PLANNED' || !draft.contact) return {};
  try {
    return { rendered: await renderInform(ports, draft) };
  } catch (error) {
    if (error instanceof LetterError) return { impossible: error.code };
    throw error;
  }
}

async function renderInform(ports: ActivityPorts, draft: InformDraft): Promise<RenderedMessage> {
  const { contact, message, letter } = draft;
  if (!contact) throw new Error('An inform message is rendered only for a contact');
  const act = message.act as MailAct;
  const content = { ...letter, act, tone: 'friendly' as const, ...paragraphs(act, draft.parameters) };
  const rendered = await renderMail(content);
  const mail = outgoingMail({
    mid: message.messageId,
    act,
    creditor: draft.creditor,
    to: { email: contact.address, ...(contact.name ? { name: contact.name } : {}) },
    rendered,
    // A promise is confirmed with the invoice; thanks and recalls carry nothing.
    attachments: act === 'promiseConfirmation' ? await invoiceCopies(ports.casework, draft.invoices, content.language) : [],
    on: draft.env.today,
  });
  return {
    subject: rendered.subject,
    template: `${rendered.templateId}@${rendered.templateVersion}`,
    language: content.language,
    recipient: contact.address,
    bytes: ports.mail.requestBytes(mail),
  };
}

/** What the queued parameters (digit strings, days) mean for the letter. */
function paragraphs(
  act: MailAct,
  parameters: Readonly<Record<string, string>>,
): Pick<LetterContent, 'received' | 'promise' | 'accessories'> {
  if (act === 'thankYou') {
    const { accessories, accessoriesMinor, surplusMinor } = parameters;
    const received = {
      amountMinor: amount(parameters.receivedMinor),
      on: dayOf(parameters.receivedOn),
      ...(accessoriesMinor ? { accessoriesMinor: amount(accessoriesMinor) } : {}),
      ...(surplusMinor ? { surplusMinor: amount(surplusMinor) } : {}),
    };
    return { received, ...(accessories === 'paid' || accessories === 'waived' || accessories === 'undecided' ? { accessories } : {}) };
  }
  if (act !== 'promiseConfirmation') return {};
  return {
    promise: {
      on: dayOf(parameters.dueOn),
      amountMinor: amount(parameters.amountMinor),
      madeOn: dayOf(parameters.madeOn),
      ...(parameters.by ? { by: parameters.by } : {}),
    },
  };
}

function amount(digits: string | undefined): bigint {
  return BigInt(digits ?? '0');
}

function dayOf(text: string | undefined): Day {
  return day(text ?? '');
}
