import type { MessageDraft, RenderedMessage } from '#casework';
import { checkMentions, formalNoticeText, type LetterContent, LetterError, renderFormalNotice, renderMail } from '#letters';
import type { ActivityPorts } from '../activity-ports.js';
import { actOf, letterContent } from './letter-content.js';
import { invoiceCopies, outgoingMail, safeName } from './outgoing-mail.js';

/** Renders what a draft says: the mail's exact bytes, the notice's PDF. Pure but for opening the invoice copies; no lock is held. */
export async function renderDraft(ports: ActivityPorts, draft: MessageDraft, messageId: string): Promise<RenderedMessage> {
  const content = letterContent(draft);
  const act = actOf(draft.template);
  if (act === 'formalNotice') refuseForbidden(formalNoticeText(content), content);
  const pdf = act === 'formalNotice' ? renderFormalNotice(content) : undefined;
  const [lead] = draft.members;
  const fileName = `mise-en-demeure-${safeName(lead?.invoice.number ?? draft.lead.caseId)}.pdf`;
  const letter = pdf && { bytes: pdf, mediaType: 'application/pdf', fileName };
  if (draft.channel !== 'email' || !draft.contact) {
    return {
      subject: subjectOf(draft),
      template: `${content.language}/${act}`,
      language: content.language,
      recipient: content.debtor.addressLines.join(', ') || content.debtor.legalName,
      ...(letter ? { letter } : {}),
    };
  }
  if (act === 'handOverSummary') throw new Error('A hand-over file is not mailed to the debtor');
  const rendered = await renderMail({ ...content, act });
  refuseForbidden(rendered.text, content);
  const copies = await invoiceCopies(
    ports.casework,
    draft.members.map((m) => m.invoice),
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
  });
  return {
    subject: rendered.subject,
    template: `${rendered.templateId}@${rendered.templateVersion}`,
    language: content.language,
    recipient: draft.contact.address,
    bytes: ports.mail.requestBytes(mail),
    ...(letter ? { letter } : {}),
  };
}

function subjectOf(draft: MessageDraft): string {
  const numbers = draft.members.map((m) => m.invoice.number).join(', ');
  return `${draft.policyStage.title.fr} – ${numbers}`.slice(0, 150);
}

/** No menace, no third party, no promise of costs: a text that holds one goes to a person, not to the debtor (N21). */
function refuseForbidden(text: string, content: LetterContent): void {
  const forbidden = checkMentions(text, content).filter((finding) => finding.kind === 'forbidden');
  if (forbidden.length > 0)
    throw new LetterError('mentionMissing', `Forbidden wording: ${forbidden.map((f) => f.sentence ?? f.mention).join(' | ')}`);
}
