import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisteredLetter } from '#ports';
import { createHttpPost, UnpostableLetter } from '#post';
import { trackingNumber } from './post-server.js';
import { type RunningLocalServers, startLocalServers } from './start-local-servers.js';

const letterOf = (mid: string, text = mid): RegisteredLetter => ({
  mid,
  creditorRef: 'cr-1',
  addressLines: ['Société Client', '12 rue de la Paix', '75002 PARIS'],
  pdf: Buffer.from(`%PDF-1.7\n${text}`),
  sandbox: true,
});

describe('post port against a server that speaks the provider’s protocol', () => {
  let local: RunningLocalServers;
  const post = (timeoutMs = 2_000) => createHttpPost({ localTray: { baseUrl: local.url }, timeoutMs });

  beforeAll(async () => {
    local = await startLocalServers({ port: 0, dir: mkdtempSync(join(tmpdir(), 'relance-local-')) });
  });
  afterAll(() => local.close());

  it('accepted, with the exact PDF; the same letter again is the same letter; its states can be asked', async () => {
    const first = await post().deposit(letterOf('l-1'));
    expect(first).toEqual({ kind: 'accepted', trackingNumber: trackingNumber(1) });
    expect(await post().deposit(letterOf('l-1'))).toEqual(first);
    expect(local.letters()).toHaveLength(1);
    expect(local.letterPdf(local.letters()[0]?.id ?? '').toString()).toBe('%PDF-1.7\nl-1');
    expect(await post().statusOf({ mid: 'l-1', sandbox: true })).toEqual({
      kind: 'found',
      state: 'accepted',
      trackingNumber: trackingNumber(1),
    });
    local.reportLetter('l-1', { state: 'deposited', on: '2026-03-03' });
    local.reportLetter('l-1', { state: 'delivered', on: '2026-03-05' });
    expect(await post().statusOf({ mid: 'l-1', sandbox: true })).toEqual({
      kind: 'found',
      state: 'delivered',
      trackingNumber: trackingNumber(1),
      depositedOn: '2026-03-03',
      on: '2026-03-05',
    });
    expect(await post().statusOf({ mid: 'l-none', sandbox: true })).toEqual({ kind: 'notFound' });
  });

  it('another letter under the same mid is rejected', async () => {
    await post().deposit(letterOf('l-2'));
    expect(await post().deposit(letterOf('l-2', 'other'))).toMatchObject({ kind: 'rejected', status: 409 });
  });

  it('classes answers by what they prove', async () => {
    local.script(
      [
        { status: 429, retryAfter: 5 },
        { status: 503 },
        { status: 422 },
        { status: 500 },
        { dropConnection: true },
        { acceptThenHang: true },
      ],
      'post',
    );
    expect(await post().deposit(letterOf('l-429'))).toEqual({
      kind: 'neverLeft',
      reason: 'The provider answered 429',
      retryAfterSeconds: 5,
    });
    expect((await post().deposit(letterOf('l-503'))).kind).toBe('neverLeft');
    expect(await post().deposit(letterOf('l-422'))).toMatchObject({ kind: 'rejected', status: 422 });
    expect((await post().deposit(letterOf('l-500'))).kind).toBe('unknown');
    expect((await post().deposit(letterOf('l-drop'))).kind).toBe('unknown');
    expect(await post(300).deposit(letterOf('l-hang'))).toEqual({ kind: 'accepted' });
  });

  it('late is unknown and can be asked afterwards; not there never left', async () => {
    local.script([{ delayMs: 400 }], 'post');
    expect((await post(100).deposit(letterOf('l-late'))).kind).toBe('unknown');
    await expect.poll(async () => (await post().statusOf({ mid: 'l-late', sandbox: true })).kind, { timeout: 3_000 }).toBe('found');
    const stopped = await startLocalServers({ port: 0, dir: mkdtempSync(join(tmpdir(), 'relance-local-')) });
    await stopped.close();
    const gone = createHttpPost({ localTray: { baseUrl: stopped.url } });
    expect((await gone.deposit(letterOf('l-gone'))).kind).toBe('neverLeft');
    expect((await gone.statusOf({ mid: 'l-gone', sandbox: true })).kind).toBe('unknown');
    expect((await post().deposit({ ...letterOf('l-real'), sandbox: false })).kind).toBe('neverLeft');
    expect((await post().deposit(letterOf('l-old'), () => false)).kind).toBe('neverLeft');
  });

  it('refuses before sending what is no letter', async () => {
    const wrong: Partial<RegisteredLetter>[] = [
      { addressLines: ['One'] },
      { addressLines: ['A\r\nB', 'C'] },
      { addressLines: Array.from({ length: 8 }, () => 'x') },
      { pdf: Buffer.from('hello') },
      { mid: '../x' },
    ];
    for (const part of wrong) await expect(post().deposit({ ...letterOf('l-wrong'), ...part })).rejects.toThrow(UnpostableLetter);
  });

  it('gives tracking numbers with the check digit of UPU S10', () => {
    expect(trackingNumber(47_312_482)).toBe('RK473124829FR');
  });
});
