import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSendGridActivity, createSendGridMailer } from '#mail';
import type { MailActivityPort, OutgoingMail } from '#ports';
import { type RunningLocalServers, startLocalServers } from './start-local-servers.js';

const mailOf = (mid: string, email = 'client@example.com'): OutgoingMail => ({
  mid,
  from: { email: 'compta@atelier.example', name: 'Atelier Zoé' },
  replyTo: { email: 'marie@atelier.example', name: 'Marie Durand' },
  to: { email },
  subject: `Facture ${mid}`,
  text: 'Bonjour',
  html: '<p>Bonjour</p>',
  attachments: [],
  categories: [],
  sandbox: true,
});

let local: RunningLocalServers;
let activity: MailActivityPort;
const lookUp = (mid: string) => activity.lookUp({ mid, sandbox: true });

beforeAll(async () => {
  local = await startLocalServers({ port: 0, dir: mkdtempSync(join(tmpdir(), 'relance-activity-')) });
  activity = createSendGridActivity({ localMailbox: { baseUrl: local.url }, timeoutMs: 1_000 });
  const mailer = createSendGridMailer({ localMailbox: { baseUrl: local.url } });
  for (const mail of [mailOf('m-1'), mailOf('m-2', 'bounce@example.com'), mailOf('m-3', 'dropped@example.com')]) await mailer.send(mail);
});
afterAll(() => local.close());

describe('the activity of the mail provider', () => {
  it('I21: finds a message by our mid, with the provider’s id and events, whichever way its webhooks went', async () => {
    const stored = local.mails().find(({ mid }) => mid === 'm-1');
    const found = await lookUp('m-1');
    expect(found).toMatchObject({ kind: 'found', copies: 1, providerMessageId: `${stored?.id}.local-0` });
    const events = found.kind === 'found' ? found.events : [];
    expect(events.map(({ kind, mid }) => [kind, mid])).toEqual([
      ['processed', 'm-1'],
      ['delivered', 'm-1'],
    ]);
    // Asked again it is the same happening, under the same id.
    expect(await lookUp('m-1')).toEqual(found);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('reads a bounce and a drop as the webhook tells them', async () => {
    const kinds = async (mid: string) => {
      const found = await lookUp(mid);
      return found.kind === 'found' ? found.events.map(({ kind, bounceType }) => bounceType ?? kind) : found;
    };
    expect(await kinds('m-2')).toEqual(['processed', 'bounce']);
    expect(await kinds('m-3')).toEqual(['dropped']);
  });

  it('does not know what never came, nor yet what came within its lag', async () => {
    expect(await lookUp('m-none')).toEqual({ kind: 'notFound' });
    local.lagActivity(600_000);
    expect(await lookUp('m-1')).toEqual({ kind: 'notFound' });
    local.lagActivity(0);
    expect((await lookUp('m-1')).kind).toBe('found');
  });

  it('tells "not now" from "not for you", with the wait the provider asks for', async () => {
    local.script([{ status: 429, retryAfter: 40 }], 'activity');
    expect(await lookUp('m-1')).toEqual({ kind: 'later', reason: 'SendGrid answered 429', retryAfterSeconds: 40 });
    for (const status of [500, 503]) {
      local.script([{ status }], 'activity');
      expect((await lookUp('m-1')).kind).toBe('later');
    }
    for (const status of [401, 403, 404, 400]) {
      local.script([{ status }], 'activity');
      expect(await lookUp('m-1')).toEqual({ kind: 'notOffered', reason: `SendGrid answered ${status}` });
    }
    local.script([{ delayMs: 1_500 }], 'activity');
    expect((await lookUp('m-1')).kind).toBe('later');
    local.script([{ dropConnection: true }], 'activity');
    expect((await lookUp('m-1')).kind).toBe('later');
    // The list answers, the message does not: nothing is concluded.
    local.script([{ pass: true }, { status: 404 }], 'activity');
    expect((await lookUp('m-1')).kind).toBe('later');
  });

  it('has no account for real mail without a key, and refuses an impossible mid without asking', async () => {
    expect((await activity.lookUp({ mid: 'm-1', sandbox: false })).kind).toBe('notOffered');
    expect((await lookUp('m"1')).kind).toBe('notOffered');
    expect(() => createSendGridActivity({ live: { apiKey: '' } })).toThrow(RangeError);
  });

  it('answers its own protocol: 401 without a key, 400 for an unknown field or a limit out of bounds, equality joined by AND', async () => {
    const get = async (query: string, headers: Record<string, string> = { authorization: 'Bearer SG.x' }) => {
      const response = await fetch(`${local.url}/v3/messages?${query}`, { headers });
      return {
        status: response.status,
        body: (await response.json()) as { messages?: { status: string }[]; errors?: { message: string }[] },
      };
    };
    expect((await get('', {})).status).toBe(401);
    expect((await get(`query=${encodeURIComponent('colour="red"')}`)).body.errors?.[0]?.message).toContain("'colour' is not a known field");
    expect((await get('limit=0')).status).toBe(400);
    expect((await get('limit=1001')).status).toBe(400);
    expect((await get('limit=2')).body.messages).toHaveLength(2);
    const both = `query=${encodeURIComponent(`status="not_delivered" AND (unique_args['mid']="m-2")`)}`;
    expect((await get(both)).body.messages?.map(({ status }) => status)).toEqual(['not_delivered']);
  });
});

describe('a server that is not what it seems', () => {
  let server: Server;
  let answers: Record<string, unknown> = {};
  const asked: string[] = [];
  let strange: MailActivityPort;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      asked.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[path] ?? {}));
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    strange = createSendGridActivity({ live: { apiKey: 'SG.activity', baseUrl } });
  });
  afterAll(() => server.close());

  const ask = () => strange.lookUp({ mid: 'm-1', sandbox: false });

  it('I8: a filter that was ignored lists strangers: nothing is found', async () => {
    answers = { '/v3/messages': { messages: [{ msg_id: 'a' }, { msg_id: 'b' }] } };
    for (const id of ['a', 'b']) {
      answers[`/v3/messages/${id}`] = {
        unique_args: '{"mid":"m-9"}',
        events: [{ event_name: 'delivered', processed: '2026-03-02T09:00:00Z' }],
      };
    }
    expect((await ask()).kind).toBe('notOffered');
    expect(new URL(asked[0] ?? '', 'http://x').searchParams.get('query')).toBe(`(unique_args['mid']="m-1")`);
  });

  it('takes at most five of a long list, counts copies, and leaves out events it cannot date', async () => {
    answers = { '/v3/messages': { messages: Array.from({ length: 40 }, (_, index) => ({ msg_id: `x${index}` })) } };
    for (let index = 0; index < 40; index++) {
      answers[`/v3/messages/x${index}`] = {
        unique_args: { mid: 'm-1' },
        events: [{ event_name: 'processed', processed: '2026-03-02T09:00:00Z' }, { event_name: 'opened' }, null],
      };
    }
    asked.length = 0;
    expect(await ask()).toMatchObject({ kind: 'found', providerMessageId: 'x0', copies: 5 });
    expect(asked).toHaveLength(6);
  });

  it('refuses what is no list', async () => {
    for (const body of [{}, { messages: 'none' }]) {
      answers = { '/v3/messages': body };
      expect((await ask()).kind).toBe('notOffered');
    }
  });
});
