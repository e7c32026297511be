import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addSeconds, epochMs, instant } from '#domain';
import { parseSendGridEvents, sendGridPublicKey, verifySendGridEvents } from './sendgrid-events.js';

const now = instant('2026-03-02T09:00:00.000Z');
const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const spki = (key: typeof pair.publicKey) => key.export({ type: 'spki', format: 'der' }).toString('base64');
const publicKeys = [sendGridPublicKey(spki(pair.publicKey))];
const rawBody = Buffer.from('[{"event":"delivered",  "mid":"m1"}]\r\n', 'utf8');

function signedAt(at = now, key = pair.privateKey) {
  const timestamp = String(epochMs(at) / 1000);
  return { timestamp, signature: sign('sha256', Buffer.concat([Buffer.from(timestamp), rawBody]), key).toString('base64') };
}

describe('SendGrid event webhook signature', () => {
  it('takes what SendGrid signs, up to 26 h old and 60 s ahead, by either key while they rotate', () => {
    for (const seconds of [0, -26 * 3600 + 1, 59]) {
      expect(verifySendGridEvents({ publicKeys, ...signedAt(addSeconds(now, seconds)), rawBody, now })).toEqual({ ok: true });
    }
    const both = [sendGridPublicKey(spki(other.publicKey)), ...publicKeys];
    expect(verifySendGridEvents({ publicKeys: both, ...signedAt(), rawBody, now }).ok).toBe(true);
  });

  it('I20: refuses stale, future, missing, foreign and re-serialised calls, all alike', () => {
    const good = signedAt();
    const refusals = [
      { ...signedAt(addSeconds(now, -26 * 3600 - 1)), rawBody },
      { ...signedAt(addSeconds(now, 61)), rawBody },
      { ...good, signature: undefined, rawBody },
      { ...good, timestamp: undefined, rawBody },
      { ...good, timestamp: `0${good.timestamp}`, rawBody },
      { ...good, timestamp: '', rawBody },
      { ...signedAt(now, other.privateKey), rawBody },
      { ...good, signature: `${good.signature}AA`, rawBody },
      { ...good, signature: 'not base64!', rawBody },
      { ...good, rawBody: Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8')))) },
    ];
    for (const refusal of refusals) expect(verifySendGridEvents({ publicKeys, ...refusal, now })).toEqual({ ok: false });
    expect(verifySendGridEvents({ publicKeys: [], ...good, rawBody, now })).toEqual({ ok: false });
  });

  it('I20: refuses the forged all-zero signature in each of its spellings', () => {
    const zeros = [
      Buffer.from('3006020100020100', 'hex'),
      Buffer.from(`30440220${'00'.repeat(32)}0220${'00'.repeat(32)}`, 'hex'),
      Buffer.alloc(64),
      Buffer.alloc(72),
    ];
    for (const zero of zeros) {
      expect(verifySendGridEvents({ publicKeys, ...signedAt(), signature: zero.toString('base64'), rawBody, now })).toEqual({ ok: false });
    }
  });

  it('refuses at boot a key of another kind', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
      .publicKey.export({ type: 'spki', format: 'der' })
      .toString('base64');
    for (const key of [rsa, p384, 'abc', '']) expect(() => sendGridPublicKey(key)).toThrow(RangeError);
  });
});

describe('SendGrid events', () => {
  const event = { email: 'a@example.com', timestamp: 1772442000, event: 'bounce', sg_event_id: 'e1', sg_message_id: 'x.y', mid: 'm1' };
  const parse = (value: unknown) => parseSendGridEvents(Buffer.from(JSON.stringify(value), 'utf8'));

  it('reads its own, counts the foreign, names the unreadable, and loses no good one for a bad neighbour', () => {
    const batch = parse([
      { ...event, reason: `550 no\r\nsuch user${'x'.repeat(600)}`, type: 'blocked' },
      { ...event, mid: undefined },
      null,
      { ...event, sg_event_id: undefined },
      { ...event, timestamp: '1772442000' },
      { ...event, sg_event_id: 'e2', event: 'group_unsubscribe' },
      { ...event, sg_event_id: 'e3', event: 'constructor' },
    ]);
    expect(batch.foreign).toBe(1);
    expect(batch.unreadable).toEqual(['[2] is not an object', '[3] has no sg_event_id', '[4] has no timestamp']);
    expect(batch.events.map((each) => each.kind)).toEqual(['bounce', 'unsubscribe', 'other']);
    expect(batch.events[0]).toMatchObject({
      eventId: 'e1',
      mid: 'm1',
      at: '2026-03-02T09:00:00.000Z',
      providerMessageId: 'x.y',
      bounceType: 'blocked',
    });
    expect(batch.events[0]?.reason).toHaveLength(500);
    expect(batch.events[0]?.reason).toContain('550 no such user');
    expect(JSON.stringify(batch)).not.toContain('a@example.com');
  });

  it('is bounded and never throws', () => {
    expect(parse(Array.from({ length: 2_001 }, (_, index) => ({ ...event, sg_event_id: `e${index}` }))).events).toHaveLength(2_000);
    for (const body of ['', '{}', 'null', '[', '['.repeat(100_000)]) {
      expect(parseSendGridEvents(Buffer.from(body)).unreadable).toHaveLength(1);
    }
  });
});
