import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMs, type Instant } from '#domain';

const TOLERANCE_PAST_SECONDS = 300;
const TOLERANCE_FUTURE_SECONDS = 60;
const MAX_HEADER = 2_000;
const MAX_SIGNATURES = 10;

/**
 * Verifies `Stripe-Signature` on the raw bytes: HMAC-SHA256 of `t.body`, any `v1` by any of the endpoint secrets, in constant time, `v0`
 * ignored. Our own lines because the vendor's helper checks no age unless told, and never refuses a moment in the future.
 */
export function verifyStripeSignature(call: {
  secrets: readonly string[];
  header: string | undefined;
  rawBody: Uint8Array;
  now: Instant;
}): { ok: boolean } {
  const { header } = call;
  if (!header || header.length > MAX_HEADER) return { ok: false };
  const parts = header.split(',').map((part) => part.trim());
  const times = parts.filter((part) => part.startsWith('t=')).map((part) => part.slice(2));
  const [timestamp] = times;
  if (timestamp === undefined || times.length !== 1 || !/^\d{1,11}$/.test(timestamp)) return { ok: false };
  const age = epochMs(call.now) / 1000 - Number(timestamp);
  if (age > TOLERANCE_PAST_SECONDS || age < -TOLERANCE_FUTURE_SECONDS) return { ok: false };
  // Shape first: reading a wrong hex text gives silently fewer bytes, and the comparison throws on unequal lengths.
  const given = parts
    .filter((part) => /^v1=[0-9a-f]{64}$/.test(part))
    .slice(0, MAX_SIGNATURES)
    .map((part) => Buffer.from(part.slice(3), 'hex'));
  let matches = 0;
  for (const secret of call.secrets) {
    if (secret === '') continue;
    const expected = createHmac('sha256', secret).update(`${timestamp}.`, 'utf8').update(call.rawBody).digest();
    for (const candidate of given) if (timingSafeEqual(candidate, expected)) matches += 1;
  }
  return { ok: matches > 0 };
}
