import type { MessageDraft, RenderedMessage } from '#casework';
import { renderFormalNotice, renderMail, renderPostLetter } from '#letters';
import type { ActivityPorts } from '../activity-ports.js';
import { actOf, letterContent } from './letter-content.js';
import { pdfName } from './file-names.js';
import { invoiceCopies, outgoingMail } from './outgoing-mail.js';

/**
 * Renders what a draft says: the mail's exact bytes, the PDF of a notice or of a reminder by post. The renderers refuse a text that lacks a mandatory mention or
 * holds a forbidden one, before anything is kept. Pure but for opening the invoice copies; no lock is held.
 */
export async function renderDraft(ports: ActivityPorts, draft: MessageDraft, messageId: string): Promise<RenderedMessage> {
  const content = letterContent(draft);
  const act = actOf(draft.template);
  const pdf = act === 'formalNotice' ? renderFormalNotice(content) : draft.channel === 'post' ? renderPostLetter(content) : undefined;
  const [lead] = draft.members;
  const reference = lead?.invoice.number ?? draft.lead.caseId;
  const fileName = pdfName(act === 'formalNotice' ? 'formalNotice' : 'reminder', content.language, reference);
  const letter = pdf && { bytes: pdf, mediaType: 'application/pdf', fileName };
  if (draft.channel !== 'email' || !draft.contact) {
    return {
      subject: subjectOf(draft),
      template: `${content.language}/${act}`,
      language: content.language,
      recipient: content.debtor.addressLines.join(', ') || content.debtor.legalName,
      asksMinor: content.payment.amountMinor,
      ...(letter ? { letter } : {}),
    };
  }
  if (act === 'handOverSummary' || act === 'lastCallSheet') throw new Error('A hand-over file is not mailed to the debtor');
  const rendered = await renderMail({ ...content, act });
  const copies = await invoiceCopies(
    ports.casework,
    draft.members.map((m) => m.invoice),
    content.language,
  );
  const notice = pdf
    ? [
        {
          filename: fileName,
          contentType: 'application/pdf',
          base64: Buffer.from(pdf).toString('base64'),
          disposition: 'attachment' as const,
        },
      ]
    : [];
  const mail = outgoingMail({
    mid: messageId,
    act,
    creditor: draft.env.creditor,
    to: { email: draft.contact.address, ...(draft.contact.name ? { name: draft.contact.name } : {}) },
    rendered,
    attachments: [...notice, ...copies],
    on: draft.slotOn,
  });
  return {
    subject: rendered.subject,
    template: `${rendered.templateId}@${rendered.templateVersion}`,
    language: content.language,
    recipient: draft.contact.address,
    asksMinor: content.payment.amountMinor,
    bytes: ports.mail.requestBytes(mail),
    ...(letter ? { letter } : {}),
  };
}

function subjectOf(draft: MessageDraft): string {
  const numbers = draft.members.map((m) => m.invoice.number).join(', ');
  return `${draft.policyStage.title.fr} – ${numbers}`.slice(0, 150);
}
