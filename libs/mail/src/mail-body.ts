import type { OutgoingMail } from '#ports';
import { Client, MailService, type SendGridClient } from './sendgrid-classes.js';
import { assertSendable, UnsendableMail } from './unsendable-mail.js';

const MAX_BODY_BYTES = 30 * 1024 * 1024;

/**
 * The exact JSON body of the request for this mail, as the official helper writes it. Same mail, same bytes: no clock, no random part.
 * Throws `UnsendableMail` (a line break in a header, no address, over 30 MiB).
 */
export function mailBodyBytes(mail: OutgoingMail): Uint8Array {
  assertSendable(mail);
  const bytes = Buffer.from(JSON.stringify(bodyOf(mail)), 'utf8');
  if (bytes.length > MAX_BODY_BYTES) throw new UnsendableMail('tooLarge', 'mail');
  return bytes;
}

// The helper offers no way to ask for the body alone, so it is given a client that keeps the request instead of making it.
class CapturingClient extends Client {
  body: unknown;

  override request(data: { body?: unknown }): ReturnType<SendGridClient['request']> {
    this.body = data.body;
    return Promise.resolve([{ statusCode: 0, body: {}, headers: {} }, {}]);
  }
}

function bodyOf(mail: OutgoingMail): unknown {
  const client = new CapturingClient();
  const service = new MailService();
  service.setClient(client);
  void service.send({
    to: mail.to,
    from: mail.from,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map((attachment) => ({
      content: attachment.base64,
      filename: attachment.filename,
      type: attachment.contentType,
      disposition: attachment.disposition,
      // The helper leaves the keys of attachments as they are, so this one is spelled as the API wants it.
      ...(attachment.cid === undefined ? {} : { content_id: attachment.cid }),
    })),
    categories: [...mail.categories],
    customArgs: { mid: mail.mid, ...(mail.sandbox && mail.sandboxDay ? { sandboxDay: mail.sandboxDay } : {}) },
    // No rewritten links in letters that ask for money, and no spying pixel.
    trackingSettings: {
      clickTracking: { enable: false, enableText: false },
      openTracking: { enable: false },
      subscriptionTracking: { enable: false },
    },
    hideWarnings: true,
  });
  if (client.body === undefined) throw new TypeError('The mail helper made no request body');
  return client.body;
}
