import { describe, expect, it } from 'vitest';
import type { OutgoingMail } from '#ports';
import { mailBodyBytes } from './mail-body.js';
import { UnsendableMail } from './unsendable-mail.js';

const mail: OutgoingMail = {
  mid: '0197b6f2-aaaa-7bbb-8ccc-0123456789ab',
  from: { email: 'compta@atelier.example', name: 'Atelier Zoé' },
  replyTo: { email: 'marie@atelier.example', name: 'Marie Durand' },
  to: { email: 'client@example.com', name: 'Client "SA"' },
  subject: 'Facture F-2026-001 : 1 240,00 €',
  text: 'Bonjour {{nom}}',
  html: '<p>Bonjour <img src="cid:qr"></p>',
  attachments: [
    { filename: 'F-2026-001.pdf', contentType: 'application/pdf', base64: 'JVBERi0=', disposition: 'attachment' },
    { filename: 'qr.png', contentType: 'image/png', base64: 'AAAA', disposition: 'inline', cid: 'qr' },
  ],
  categories: ['courtesyMail'],
  sandbox: true,
};

describe('mail body', () => {
  it('is the JSON of the v3 API, with our mid, no tracking and the text before the HTML', () => {
    expect(JSON.parse(Buffer.from(mailBodyBytes(mail)).toString('utf8'))).toEqual({
      from: { email: 'compta@atelier.example', name: 'Atelier Zoé' },
      reply_to: { email: 'marie@atelier.example', name: 'Marie Durand' },
      personalizations: [{ to: [{ email: 'client@example.com', name: 'Client "SA"' }] }],
      subject: mail.subject,
      content: [
        { type: 'text/plain', value: 'Bonjour {{nom}}' },
        { type: 'text/html', value: mail.html },
      ],
      attachments: [
        { content: 'JVBERi0=', filename: 'F-2026-001.pdf', type: 'application/pdf', disposition: 'attachment' },
        { content: 'AAAA', filename: 'qr.png', type: 'image/png', disposition: 'inline', content_id: 'qr' },
      ],
      categories: ['courtesyMail'],
      custom_args: { mid: mail.mid },
      tracking_settings: {
        click_tracking: { enable: false, enable_text: false },
        open_tracking: { enable: false },
        subscription_tracking: { enable: false },
      },
    });
  });

  it('I9: the same mail gives the same bytes', () => {
    expect(Buffer.from(mailBodyBytes(mail)).equals(Buffer.from(mailBodyBytes(structuredClone(mail))))).toBe(true);
  });

  it('refuses line breaks and control characters in everything that becomes a header', () => {
    for (const nasty of ['a\r\nBcc: x@example.com', 'a\nb', 'a\rb', 'a\u0000b', 'a\u2028b', 'a\u0085b']) {
      const attempts: OutgoingMail[] = [
        { ...mail, subject: nasty },
        { ...mail, from: { ...mail.from, name: nasty } },
        { ...mail, replyTo: { ...mail.replyTo, name: nasty } },
        { ...mail, to: { ...mail.to, name: nasty } },
        { ...mail, to: { email: `${nasty}@example.com` } },
        { ...mail, attachments: [{ filename: nasty, contentType: 'text/plain', base64: 'AAAA', disposition: 'attachment' }] },
      ];
      for (const attempt of attempts) expect(() => mailBodyBytes(attempt)).toThrow(UnsendableMail);
    }
  });

  it('refuses two addresses in one, empty parts, and attachments that are not base64', () => {
    for (const email of ['a@example.com, b@example.com', 'a b@example.com', '<a@example.com>', 'a@', '@example.com', '']) {
      expect(() => mailBodyBytes({ ...mail, to: { email } })).toThrow(UnsendableMail);
    }
    expect(() => mailBodyBytes({ ...mail, text: ' ' })).toThrow(/text emptyField/);
    expect(() => mailBodyBytes({ ...mail, mid: 'a b' })).toThrow(UnsendableMail);
    expect(() =>
      mailBodyBytes({ ...mail, attachments: [{ filename: 'a', contentType: 'b/c', base64: 'é', disposition: 'attachment' }] }),
    ).toThrow(/notBase64/);
  });

  it('does not repeat the value in its words', () => {
    try {
      mailBodyBytes({ ...mail, subject: 'secret\n' });
    } catch (error) {
      expect(String(error)).not.toContain('secret');
    }
  });
});
