import { type CaseworkDeps, openBytes } from '#casework';
import type { Day } from '#domain';
import type { Language, RenderedMail } from '#letters';
import type { CreditorRow, InvoiceRow, MailAttachment, OutgoingMail } from '#ports';
import { pdfName } from './file-names.js';

export interface MailParts {
  readonly mid: string;
  readonly act: string;
  readonly creditor: CreditorRow;
  readonly to: { readonly email: string; readonly name?: string };
  readonly rendered: RenderedMail;
  readonly attachments: readonly MailAttachment[];
  /** The day the mail leaves. */
  readonly on: Day;
}

/** The mail as it goes to the provider: signed by a named person, with a reply-to that is read. */
export function outgoingMail({ mid, act, creditor, to, rendered, attachments, on }: MailParts): OutgoingMail {
  const person = creditor.signatoryName ?? creditor.legalName;
  const replyTo = creditor.replyToEmail ?? creditor.senderEmail ?? '';
  return {
    mid,
    from: {
      email: creditor.senderEmail ?? replyTo,
      name: creditor.signatoryName ? `${person}, ${creditor.legalName}` : creditor.legalName,
    },
    replyTo: { email: replyTo, name: person },
    to: to.name ? { email: to.email, name: to.name } : { email: to.email },
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    attachments: [
      ...attachments,
      ...rendered.inlineImages.map((image) => ({
        filename: image.filename,
        contentType: image.contentType,
        base64: image.base64,
        disposition: 'inline' as const,
        cid: image.cid,
      })),
    ],
    categories: ['relance', act],
    sandbox: creditor.sandbox,
    ...(creditor.sandbox ? { sandboxDay: on } : {}),
  };
}

/** Copies of the invoices where we hold their PDF, opened from under seal. */
export async function invoiceCopies(deps: CaseworkDeps, invoices: readonly InvoiceRow[], language: Language): Promise<MailAttachment[]> {
  const copies: MailAttachment[] = [];
  for (const invoice of invoices) {
    const { pdfObjectId } = invoice;
    if (!pdfObjectId) continue;
    const { bytes } = await deps.unitOfWork.plain((tx) => openBytes(tx, deps, invoice.creditorId, pdfObjectId));
    copies.push({
      filename: pdfName('invoice', language, invoice.number),
      contentType: 'application/pdf',
      base64: Buffer.from(bytes).toString('base64'),
      disposition: 'attachment',
    });
  }
  return copies;
}
