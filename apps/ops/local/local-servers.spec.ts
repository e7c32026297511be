import { mkdtempSync, appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { instantFromEpochMs } from '#domain';
import { createSendGridMailer, parseSendGridEvents, sendGridPublicKey, verifySendGridEvents } from '#mail';
import type { OutgoingMail } from '#ports';
import { createHttpPost, readPostReport } from '#post';
import { standardWebhookSecret, verifyStandardWebhook } from '#sealing';
import { type LocalServerOptions, type RunningLocalServers, startLocalServers } from './start-local-servers.js';

interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const newDir = (): string => mkdtempSync(join(tmpdir(), 'relance-local-'));

async function start(options: Partial<LocalServerOptions> = {}): Promise<RunningLocalServers> {
  const local = await startLocalServers({ port: 0, dir: newDir(), ...options });
  cleanups.push(() => local.close());
  return local;
}

/** Stands for the product's API: keeps each call and answers with the next status, 200 when there is none. */
async function startApi(statuses: number[] = []): Promise<{ url: string; calls: Call[] }> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(statuses.shift() ?? 200).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  cleanups.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

function mailOf(mid: string, email: string, rest: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    mid,
    from: { email: 'compta@atelier.example', name: 'Atelier Zoé' },
    replyTo: { email: 'marie@atelier.example', name: 'Marie' },
    to: { email },
    subject: `Facture ${mid}`,
    text: 'Bonjour',
    html: '<p>Bonjour</p>',
    attachments: [],
    categories: ['courtesyMail'],
    sandbox: true,
    ...rest,
  };
}

const send = (local: RunningLocalServers, mail: OutgoingMail) => createSendGridMailer({ localMailbox: { baseUrl: local.url } }).send(mail);
const text = (header: string | string[] | undefined): string | undefined => (typeof header === 'string' ? header : undefined);
const eventsOf = (calls: readonly Call[]) =>
  calls.filter((call) => call.path === '/webhooks/sendgrid').flatMap((call) => parseSendGridEvents(call.body).events);

function verified(call: Call, publicKey: string): boolean {
  return verifySendGridEvents({
    publicKeys: [sendGridPublicKey(publicKey)],
    signature: text(call.headers['x-twilio-email-event-webhook-signature']),
    timestamp: text(call.headers['x-twilio-email-event-webhook-timestamp']),
    rawBody: call.body,
    now: instantFromEpochMs(Date.now()),
  }).ok;
}

describe('local servers: events', () => {
  it('each address meets its fate, in events that verify and carry our mid', async () => {
    const api = await startApi();
    const local = await start({ apiUrl: api.url });
    for (const name of ['client', 'bounce', 'dropped+1', 'spam', 'unsubscribe'])
      await send(local, mailOf(`m-${name}`.replace('+', '.'), `${name}@example.com`));
    await expect.poll(() => local.pending(), { timeout: 5_000 }).toBe(0);
    expect(api.calls.every((call) => verified(call, local.eventPublicKey))).toBe(true);
    const kinds = (mid: string) =>
      eventsOf(api.calls)
        .filter((event) => event.mid === mid)
        .map((event) => event.kind);
    expect(kinds('m-client')).toEqual(['processed', 'delivered']);
    expect(kinds('m-bounce')).toEqual(['processed', 'bounce']);
    expect(kinds('m-dropped.1')).toEqual(['dropped']);
    expect(kinds('m-spam')).toEqual(['processed', 'delivered', 'spamreport']);
    expect(kinds('m-unsubscribe')).toEqual(['processed', 'delivered', 'unsubscribe']);
  });

  it('tries again with the same event ids and a fresh signature until the product answers 2xx', async () => {
    const api = await startApi([503, 401]);
    const local = await start({ apiUrl: api.url });
    await send(local, mailOf('m-1', 'client@example.com'));
    expect(local.pending()).toBe(2);
    await expect.poll(() => local.pending(), { timeout: 5_000 }).toBe(0);
    expect(api.calls).toHaveLength(3);
    expect(new Set(eventsOf(api.calls).map((event) => event.eventId)).size).toBe(2);
    expect(new Set(api.calls.map((call) => call.headers['x-twilio-email-event-webhook-signature'])).size).toBe(3);
  });

  it('keeps mails, letters and unsent events through a kill, even one in the middle of a line', async () => {
    const dir = newDir();
    const before = await startLocalServers({ port: 0, dir, apiUrl: 'http://127.0.0.1:1' });
    await send(before, mailOf('m-kept', 'bounce@example.com'));
    await createHttpPost({ localTray: { baseUrl: before.url } }).deposit({
      mid: 'l-kept',
      creditorRef: 'c',
      addressLines: ['A', 'B'],
      pdf: Buffer.from('%PDF-1.7'),
      sandbox: true,
    });
    before.reportLetter('l-kept', { state: 'deposited', on: '2026-03-03' });
    await before.close();
    appendFileSync(join(dir, 'journal.jsonl'), '{"mail":{"id":"half');
    const api = await startApi();
    const after = await start({ dir, apiUrl: api.url });
    expect(after.mails().map((mail) => [mail.mid, mail.state])).toEqual([['m-kept', 'bounce']]);
    expect(after.letters()).toMatchObject([{ mid: 'l-kept', state: 'deposited', history: [{ on: '2026-03-03' }] }]);
    await expect.poll(() => after.pending(), { timeout: 5_000 }).toBe(0);
    expect(eventsOf(api.calls).map((event) => event.kind)).toEqual(['processed', 'bounce']);
    await send(after, mailOf('m-next', 'client@example.com'));
    await after.close();
    expect((await start({ dir })).mails().map((mail) => mail.mid)).toEqual(['m-kept', 'm-next']);
  });

  it('reports a letter by a signed Standard Webhooks event', async () => {
    const api = await startApi();
    const local = await start({ apiUrl: api.url });
    await createHttpPost({ localTray: { baseUrl: local.url } }).deposit({
      mid: 'l-1',
      creditorRef: 'c',
      addressLines: ['A', 'B'],
      pdf: Buffer.from('%PDF-1.7'),
      sandbox: true,
    });
    const answer = await fetch(`${local.url}/__letters/l-1`, {
      method: 'POST',
      body: JSON.stringify({ state: 'delivered', on: '2026-03-05' }),
    });
    expect(answer.status).toBe(202);
    await expect.poll(() => local.pending(), { timeout: 5_000 }).toBe(0);
    const call = api.calls[0] as Call;
    expect(call.path).toBe('/webhooks/post');
    const check = verifyStandardWebhook({
      secrets: [standardWebhookSecret(local.postSecret)],
      headers: {
        id: text(call.headers['webhook-id']),
        timestamp: text(call.headers['webhook-timestamp']),
        signature: text(call.headers['webhook-signature']),
      },
      rawBody: call.body,
      now: instantFromEpochMs(Date.now()),
    });
    expect(check.ok).toBe(true);
    expect(readPostReport({ eventId: check.ok ? check.id : '', rawBody: call.body })).toMatchObject({
      kind: 'report',
      report: { mid: 'l-1', state: 'delivered', on: '2026-03-05' },
    });
  });
});

describe('local servers: answers and pages', () => {
  it('answers as the real API: 401 without a key, 400 with its errors, 405, 404, and takes a script over HTTP', async () => {
    const local = await start();
    const post = (body: string, headers: Record<string, string>) => fetch(`${local.url}/v3/mail/send`, { method: 'POST', body, headers });
    const json = { 'content-type': 'application/json' };
    expect((await post('{}', json)).status).toBe(401);
    const bad = await post('{"personalizations":[{"to":[]}],"categories":["a","a"]}', { ...json, authorization: 'Bearer SG.x' });
    expect(bad.status).toBe(400);
    const { errors } = (await bad.json()) as { errors: { field: string; message: string }[] };
    expect(errors.map((error) => error.field)).toEqual(['personalizations.0.to', 'from.email', 'subject', 'content', 'categories']);
    expect((await post('{', { ...json, authorization: 'Bearer SG.x' })).status).toBe(400);
    expect((await fetch(`${local.url}/v3/mail/send`)).status).toBe(405);
    expect((await fetch(`${local.url}/none`)).status).toBe(404);
    await fetch(`${local.url}/__control`, { method: 'POST', body: '{"next":[{"status":429,"retryAfter":3}]}' });
    expect((await post('{}', { ...json, authorization: 'Bearer SG.x' })).headers.get('retry-after')).toBe('3');
    expect((await fetch(`${local.url}/__control`, { method: 'POST', body: '{"next":[{"stats":1}]}' })).status).toBe(400);
    expect(await (await fetch(`${local.url}/__queue`)).json()).toEqual({ pending: 0 });
  });

  it('shows a hostile mail without letting any of it become markup, script or a download that runs', async () => {
    const local = await start();
    const nasty = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
    await send(
      local,
      mailOf('m-xss', 'client@example.com', {
        subject: nasty,
        to: { email: 'client@example.com', name: nasty },
        html: `<p>${nasty}<img src="cid:qr"></p>`,
        text: nasty,
        attachments: [
          { filename: 'évil".html', contentType: 'text/html', base64: Buffer.from(nasty).toString('base64'), disposition: 'attachment' },
          { filename: 'qr.png', contentType: 'image/png', base64: 'AAAA', disposition: 'inline', cid: 'qr' },
        ],
      }),
    );
    const id = local.mails()[0]?.id ?? '';
    for (const path of ['/', `/?q=${encodeURIComponent(nasty)}`, `/mails/${id}`, `/mails/${id}?view=text`, `/mails/${id}?view=raw`]) {
      const response = await fetch(local.url + path);
      expect(await response.text(), path).not.toMatch(/<script|<img/);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const preview = await fetch(`${local.url}/mails/${id}/html`);
    expect(preview.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(await preview.text()).toContain('<img src="data:image/png;base64,AAAA">');
    const attachment = await fetch(`${local.url}/mails/${id}/attachments/0`);
    expect(attachment.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%C3%A9vil%22\.html$/);
    expect(attachment.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('searches without accents or case, and the buttons make events happen', async () => {
    const local = await start();
    await send(local, mailOf('m-a', 'client@example.com', { subject: 'Relance réglée' }));
    await send(local, mailOf('m-b', 'client@example.com'));
    const found = await (await fetch(`${local.url}/?q=REGLEE`)).text();
    expect(found).toContain('Relance réglée');
    expect(found).not.toContain('Facture m-b');
    const id = local.mails()[0]?.id ?? '';
    const press = (headers: Record<string, string>) =>
      fetch(`${local.url}/mails/${id}/events`, {
        method: 'POST',
        body: new URLSearchParams({ state: 'bounce' }),
        redirect: 'manual',
        headers,
      });
    expect((await press({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect(local.mails()[0]?.state).toBe('delivered');
    expect((await press({ origin: local.url })).status).toBe(303);
    expect(local.mails()[0]?.state).toBe('bounce');
  });
});
