import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '#config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredPost } from './registered-post.js';

/** Two addresses that write down who called them. */
const calls: { where: string; headers: IncomingHttpHeaders; url: string | undefined }[] = [];
const servers: Server[] = [];
let provider = '';
let tray = '';

async function listen(where: string): Promise<string> {
  const server = createServer((request, response) => {
    calls.push({ where, headers: request.headers, url: request.url });
    request.resume().on('end', () => response.writeHead(202, { 'content-type': 'application/json' }).end('{"trackingNumber":"RK1"}'));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  [provider, tray] = [await listen('provider'), await listen('tray')];
});
afterAll(() => {
  for (const server of servers) server.close();
});

const configured = (more: Record<string, string>) =>
  registeredPost(loadConfig({ DATABASE_URL: 'postgres://127.0.0.1/x', SEALING_KEY: Buffer.alloc(32).toString('base64'), ...more }), tray);
const letter = (sandbox: boolean) => ({
  mid: `m-${calls.length}`,
  creditorRef: 'c',
  addressLines: ['Nom', '75002 Paris'],
  pdf: Buffer.from('%PDF-1.7'),
  sandbox,
});

describe('where registered letters go', () => {
  it('with an address and its key: real ones to the provider with the key, those of sandboxes never', async () => {
    const { post, postsForReal } = configured({ POST_PROVIDER_URL: provider, POST_PROVIDER_KEY: 'secret', SENDGRID_SANDBOX_URL: tray });
    expect(postsForReal).toBe(true);
    await post?.deposit(letter(false));
    await post?.deposit(letter(true));
    expect(calls.map(({ where, headers, url }) => [where, headers.authorization, url])).toEqual([
      ['provider', 'Bearer secret', '/v1/letters'],
      ['tray', 'Bearer local', '/v1/letters'],
    ]);
  });

  it('without the key: real ones are printed, and none reaches the address', async () => {
    calls.length = 0;
    const { post, postsForReal } = configured({ POST_PROVIDER_URL: provider, SENDGRID_SANDBOX_URL: tray });
    expect(postsForReal).toBe(false);
    expect(await post?.deposit(letter(false))).toMatchObject({ kind: 'neverLeft' });
    expect(calls).toEqual([]);
  });

  it('with neither provider nor sandbox server there is no post at all', () => {
    expect(configured({})).toEqual({});
    expect(configured({ POST_PROVIDER_KEY: 'secret' })).toEqual({});
  });
});
