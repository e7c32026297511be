import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSendGridMailer } from '#mail';
import type { OutgoingMail } from '#ports';
import { type RunningLocalServers, startLocalServers } from './start-local-servers.js';

const mailOf = (mid: string, email = 'client@example.com', rest: Partial<OutgoingMail> = {}): OutgoingMail => ({
  mid,
  from: { email: 'compta@atelier.example', name: 'Atelier Zoé' },
  replyTo: { email: 'marie@atelier.example', name: 'Marie Durand' },
  to: { email, name: 'Société Client' },
  subject: `Facture ${mid} : 1 240,00 €`,
  text: 'Bonjour,\n\nla facture reste due.',
  html: '<!doctype html><p>Bonjour, la facture reste due. €</p>',
  attachments: [
    {
      filename: 'facture.pdf',
      contentType: 'application/pdf',
      base64: Buffer.from('%PDF-1.7\n').toString('base64'),
      disposition: 'attachment',
    },
  ],
  categories: ['courtesyMail'],
  sandbox: true,
  ...rest,
});

describe('mail port against a server that speaks the provider’s protocol', () => {
  let local: RunningLocalServers;
  const mailer = (timeoutMs = 2_000) => createSendGridMailer({ localMailbox: { baseUrl: local.url }, timeoutMs });

  beforeAll(async () => {
    local = await startLocalServers({ port: 0, dir: mkdtempSync(join(tmpdir(), 'relance-local-')) });
  });
  afterAll(() => local.close());

  it('I9: accepted, and the bytes that arrive are the bytes that were prepared, to the last one', async () => {
    const mail = mailOf('m-accepted');
    const bytes = mailer().requestBytes(mail);
    const answer = await mailer().sendBytes({ bytes, sandbox: true });
    const stored = local.mails().find((each) => each.mid === 'm-accepted');
    expect(answer).toEqual({ kind: 'accepted', providerMessageId: stored?.id });
    expect(stored?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(local.rawMail(stored?.id ?? '').equals(Buffer.from(bytes))).toBe(true);
    await mailer().send(mailOf('m-direct'));
    const direct = local.mails().find((each) => each.mid === 'm-direct');
    expect(local.rawMail(direct?.id ?? '').equals(Buffer.from(mailer().requestBytes(mailOf('m-direct'))))).toBe(true);
  });

  it('a sandbox mail shows the day on the sandbox’s clock, apart from when it was taken; another shows only that', async () => {
    await mailer().send(mailOf('m-day', 'jour@example.com', { sandboxDay: '2026-03-03' as never }));
    const stored = local.mails().find((each) => each.mid === 'm-day');
    expect(stored?.sandboxDay).toBe('2026-03-03');
    const read = async (path: string): Promise<string> => (await fetch(`${local.url}${path}`)).text();
    for (const shown of [await read('/?q=m-day'), await read(`/mails/${stored?.id}`)]) {
      expect(shown).toContain('3 mars 2026');
      expect(shown).toContain('bac à sable');
      expect(shown).toContain('reçu le ');
    }
    expect(await read('/?q=m-accepted')).not.toContain('bac à sable');
    const real = mailer().requestBytes(mailOf('m-real', 'x@example.com', { sandbox: false, sandboxDay: '2026-03-03' as never }));
    expect(Buffer.from(real).toString('utf8')).not.toContain('sandboxDay');
  });

  it('429 and 503 never left, with the wait the provider asks for', async () => {
    local.script([{ status: 429, retryAfter: 17 }, { status: 503 }]);
    expect(await mailer().send(mailOf('m-429'))).toEqual({ kind: 'neverLeft', reason: 'SendGrid answered 429', retryAfterSeconds: 17 });
    expect(await mailer().send(mailOf('m-503'))).toEqual({ kind: 'neverLeft', reason: 'SendGrid answered 503' });
  });

  it('other 4xx are rejected with the provider’s words', async () => {
    local.script([
      {
        status: 403,
        body: { errors: [{ message: 'The from address does not match a verified Sender Identity.', field: 'from', help: null }] },
      },
    ]);
    expect(await mailer().send(mailOf('m-403'))).toEqual({
      kind: 'rejected',
      status: 403,
      providerWords: 'from: The from address does not match a verified Sender Identity.',
    });
    const bytes = Buffer.from(JSON.stringify({ personalizations: [] }));
    expect(await mailer().sendBytes({ bytes, sandbox: true })).toMatchObject({
      kind: 'rejected',
      status: 400,
      providerWords: expect.stringContaining('personalizations field is required'),
    });
  });

  it('500, 502, 504, redirects and broken lines are unknown', async () => {
    local.script([{ status: 500 }, { status: 502 }, { status: 504 }, { status: 307 }, { dropConnection: true }, { acceptThenDrop: true }]);
    for (const mid of ['m-500', 'm-502', 'm-504', 'm-307', 'm-dropped', 'm-cut']) {
      expect((await mailer().send(mailOf(mid))).kind, mid).toBe('unknown');
    }
    expect(local.mails().some((each) => each.mid === 'm-cut')).toBe(true);
  });

  it('a late answer is unknown within the time-out, and the mail was indeed accepted', async () => {
    local.script([{ delayMs: 700 }]);
    const started = performance.now();
    expect((await mailer(200).send(mailOf('m-late'))).kind).toBe('unknown');
    expect(performance.now() - started).toBeLessThan(600);
    expect(local.pending()).toBe(1);
    await expect.poll(() => local.mails().some((each) => each.mid === 'm-late'), { timeout: 3_000 }).toBe(true);
    expect(local.pending()).toBe(0);
  });

  it('a 202 whose body never comes is accepted, at once', async () => {
    local.script([{ acceptThenHang: true }]);
    const started = performance.now();
    expect(await mailer(1_500).send(mailOf('m-hang'))).toEqual({ kind: 'accepted', providerMessageId: 'hanging' });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('a server that takes the connection and says nothing is unknown; one that is not there never got it', async () => {
    const mute = createTcpServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as AddressInfo;
    const at = (to: number) => createSendGridMailer({ localMailbox: { baseUrl: `http://127.0.0.1:${to}` }, timeoutMs: 200 });
    expect((await at(port).send(mailOf('m-mute'))).kind).toBe('unknown');
    mute.close();
    expect(await at(1).send(mailOf('m-refused'))).toEqual({ kind: 'neverLeft', reason: 'ECONNREFUSED' });
  });

  it('a claim that has grown too old is not sent', async () => {
    const bytes = mailer().requestBytes(mailOf('m-old'));
    expect(await mailer().sendBytes({ bytes, sandbox: true, mayStillLeave: () => false })).toMatchObject({ kind: 'neverLeft' });
    expect(local.mails().some((each) => each.mid === 'm-old')).toBe(false);
  });

  it('sandbox mail goes to the local mailbox whatever key is configured; real mail goes with its own key; without one it waits', async () => {
    const seen: (string | undefined)[] = [];
    const real = createServer((request, response) => {
      seen.push(request.headers.authorization);
      request.resume().on('end', () => response.writeHead(202, { 'x-message-id': 'real' }).end());
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => real.once('listening', resolve));
    const baseUrl = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
    const both = createSendGridMailer({ live: { apiKey: 'SG.real', baseUrl }, localMailbox: { baseUrl: local.url } });
    expect(await both.send(mailOf('m-real', 'a@example.com', { sandbox: false }))).toEqual({ kind: 'accepted', providerMessageId: 'real' });
    await both.send(mailOf('m-sandbox'));
    expect(seen).toEqual(['Bearer SG.real']);
    expect(local.mails().some((each) => each.mid === 'm-sandbox')).toBe(true);
    expect(await mailer().send(mailOf('m-none', 'a@example.com', { sandbox: false }))).toMatchObject({ kind: 'neverLeft' });
    expect(() => createSendGridMailer({ live: { apiKey: '' }, localMailbox: { baseUrl: local.url } })).toThrow(RangeError);
    real.close();
  });
});
