import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMs, type Instant } from '#domain';

const TOLERANCE_PAST_SECONDS = 300;
const TOLERANCE_FUTURE_SECONDS = 60;
const MAX_SIGNATURES = 10;
const MAX_ID_LENGTH = 256;

export interface StandardWebhookHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** Reads `whsec_<base64>` (24–64 bytes). Throws a RangeError without the value: a wrong secret is found at boot. */
export function standardWebhookSecret(text: string): Uint8Array {
  const body = text.trim().replace(/^whsec_/, '');
  const key = Buffer.from(body, 'base64');
  const isBase64 = key.toString('base64').replace(/=+$/, '') === body.replace(/=+$/, '');
  if (!isBase64 || key.length < 24 || key.length > 64) throw new RangeError('A webhook secret is whsec_ and the base64 of 24 to 64 bytes');
  return key;
}

/** The headers of a Standard Webhooks call made at `at` with this id and exact body. */
export function signStandardWebhook(call: {
  secret: Uint8Array;
  id: string;
  at: Instant;
  body: Uint8Array;
}): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(epochMs(call.at) / 1000));
  const digest = hmac(call.secret, call.id, timestamp, call.body).toString('base64');
  return { 'webhook-id': call.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest}` };
}

/**
 * Verifies a Standard Webhooks call (HMAC-SHA256, `v1`) on its raw bytes: at most 300 s old and 60 s ahead of `now`, any of the
 * signatures by any of the secrets, compared in constant time. The id it gives back is signed and serves as the event id.
 */
export function verifyStandardWebhook(call: {
  secrets: readonly Uint8Array[];
  headers: StandardWebhookHeaders;
  rawBody: Uint8Array;
  now: Instant;
}): { ok: true; id: string } | { ok: false } {
  const { id, timestamp, signature } = call.headers;
  if (!id || !timestamp || !signature || id.length > MAX_ID_LENGTH || signature.length > 2000) return { ok: false };
  if (!/^\d{1,11}$/.test(timestamp)) return { ok: false };
  const age = epochMs(call.now) / 1000 - Number(timestamp);
  if (age > TOLERANCE_PAST_SECONDS || age < -TOLERANCE_FUTURE_SECONDS) return { ok: false };
  const given = signature
    .split(' ', MAX_SIGNATURES)
    .filter((part) => /^v1,[A-Za-z0-9+/]{43}=$/.test(part))
    .map((part) => Buffer.from(part.slice(3), 'base64'));
  let matches = 0;
  for (const secret of call.secrets) {
    const expected = hmac(secret, id, timestamp, call.rawBody);
    for (const candidate of given) if (candidate.length === expected.length && timingSafeEqual(candidate, expected)) matches += 1;
  }
  return matches > 0 ? { ok: true, id } : { ok: false };
}

function hmac(secret: Uint8Array, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.`, 'utf8').update(body).digest();
}
