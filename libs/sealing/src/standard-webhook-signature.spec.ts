import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { addSeconds, instantFromEpochMs } from '#domain';
import { signStandardWebhook, standardWebhookSecret, verifyStandardWebhook } from './standard-webhook-signature.js';

const secretText = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const secret = standardWebhookSecret(secretText);
const other = standardWebhookSecret(`whsec_${Buffer.alloc(32, 4).toString('base64')}`);
// The reference library reads the real clock, so its moment is the one compared with.
const now = instantFromEpochMs(Date.now());
const rawBody = Buffer.from('{"type":"payment.received",  "data":{"é":1}}', 'utf8');

function headersAt(at = now, key = secret) {
  const signed = signStandardWebhook({ secret: key, id: 'evt_1', at, body: rawBody });
  return { id: signed['webhook-id'], timestamp: signed['webhook-timestamp'], signature: signed['webhook-signature'] };
}

describe('Standard Webhooks signature', () => {
  it('agrees with the reference library both ways', () => {
    const reference = new Webhook(secretText);
    const seconds = Math.floor(Date.now() / 1000);
    const signature = reference.sign('evt_1', new Date(seconds * 1000), rawBody.toString('utf8'));
    expect(
      verifyStandardWebhook({ secrets: [secret], headers: { id: 'evt_1', timestamp: String(seconds), signature }, rawBody, now }),
    ).toEqual({
      ok: true,
      id: 'evt_1',
    });
    expect(reference.verify(rawBody.toString('utf8'), signStandardWebhook({ secret, id: 'evt_1', at: now, body: rawBody }))).toBeDefined();
  });

  it('takes any of several secrets and any of several signatures while a secret is rotated', () => {
    const headers = headersAt();
    const two = { ...headers, signature: `v1a,abc v1,${Buffer.alloc(32).toString('base64')} ${headers.signature}` };
    expect(verifyStandardWebhook({ secrets: [other, secret], headers: two, rawBody, now }).ok).toBe(true);
  });

  it('I20: refuses stale, future, missing, wrong and re-serialised calls, all alike', () => {
    const refusals = [
      { headers: headersAt(addSeconds(now, -301)), rawBody },
      { headers: headersAt(addSeconds(now, 62)), rawBody },
      { headers: { ...headersAt(), signature: undefined }, rawBody },
      { headers: { ...headersAt(), timestamp: undefined }, rawBody },
      { headers: { ...headersAt(), id: undefined }, rawBody },
      { headers: { ...headersAt(), id: 'evt_2' }, rawBody },
      { headers: { ...headersAt(), timestamp: '1e9' }, rawBody },
      { headers: { ...headersAt(), signature: 'v1,' }, rawBody },
      { headers: { ...headersAt(), signature: headersAt().signature.replace('v1,', 'v2,') }, rawBody },
      { headers: headersAt(now, other), rawBody },
      { headers: headersAt(), rawBody: Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8')))) },
    ];
    for (const refusal of refusals) expect(verifyStandardWebhook({ secrets: [secret], ...refusal, now })).toEqual({ ok: false });
    expect(verifyStandardWebhook({ secrets: [], headers: headersAt(), rawBody, now })).toEqual({ ok: false });
  });

  it('takes 300 s of age and 60 s of advance', () => {
    for (const seconds of [-299, 59]) {
      expect(verifyStandardWebhook({ secrets: [secret], headers: headersAt(addSeconds(now, seconds)), rawBody, now }).ok).toBe(true);
    }
  });

  it('refuses at boot a secret that is too short or not base64', () => {
    expect(() => standardWebhookSecret('whsec_abcd')).toThrow(RangeError);
    expect(() => standardWebhookSecret(`whsec_${'é'.repeat(40)}`)).toThrow(RangeError);
  });
});
