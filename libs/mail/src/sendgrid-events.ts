import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { epochMs, type Instant, instantFromEpochMs } from '#domain';
import type { MailEvent, MailEventKind } from '#ports';

// The provider tries again for 24 h and may keep the first timestamp; de-duplication by event id is what stops replays.
const MAX_AGE_SECONDS = 26 * 3600;
const MAX_AHEAD_SECONDS = 60;
const MAX_EVENTS = 2_000;
const MAX_REASON = 500;

/** Reads a verification key as SendGrid shows it: base64 of an SPKI, curve P-256. Throws a RangeError at boot for anything else. */
export function sendGridPublicKey(base64: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(base64.trim(), 'base64'), format: 'der', type: 'spki' });
  } catch {
    throw new RangeError('Not a public key: the base64 of an SPKI is expected');
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new RangeError('The event webhook key must be on the curve P-256');
  return key;
}

/**
 * Verifies a call of the event webhook: ECDSA P-256 with SHA-256 over timestamp and raw body, at most 26 h old and 60 s ahead of `now`,
 * by any of the keys. Every key is tried whatever the first says.
 */
export function verifySendGridEvents(call: {
  publicKeys: readonly KeyObject[];
  signature: string | undefined;
  timestamp: string | undefined;
  rawBody: Uint8Array;
  now: Instant;
}): { ok: boolean } {
  const { signature, timestamp } = call;
  if (!signature || !timestamp || !/^\d{1,11}$/.test(timestamp) || !/^[A-Za-z0-9+/]{8,200}={0,2}$/.test(signature)) return { ok: false };
  const age = epochMs(call.now) / 1000 - Number(timestamp);
  if (age > MAX_AGE_SECONDS || age < -MAX_AHEAD_SECONDS) return { ok: false };
  const signed = Buffer.concat([Buffer.from(timestamp, 'utf8'), call.rawBody]);
  const der = Buffer.from(signature, 'base64');
  let isSigned = false;
  for (const key of call.publicKeys) isSigned = verifies(signed, key, der) || isSigned;
  return { ok: isSigned };
}

function verifies(signed: Uint8Array, key: KeyObject, der: Uint8Array): boolean {
  try {
    return verify('sha256', signed, key, der);
  } catch {
    return false;
  }
}

/** What a verified batch holds. Elements that are not ours (no `mid`) are counted; elements that cannot be read are named for quarantine. */
export interface MailEventBatch {
  readonly events: readonly MailEvent[];
  readonly foreign: number;
  readonly unreadable: readonly string[];
}

/** Reads the body of a verified call: at most 2 000 events, every text bounded, nothing thrown. Times are the provider's, to the second. */
export function parseSendGridEvents(rawBody: Uint8Array): MailEventBatch {
  let elements: unknown;
  try {
    elements = JSON.parse(Buffer.from(rawBody).toString('utf8'));
  } catch {
    return { events: [], foreign: 0, unreadable: ['The body is not JSON'] };
  }
  if (!Array.isArray(elements)) return { events: [], foreign: 0, unreadable: ['The body is not an array'] };
  const events: MailEvent[] = [];
  const unreadable: string[] = [];
  let foreign = 0;
  if (elements.length > MAX_EVENTS) unreadable.push(`More than ${MAX_EVENTS} events`);
  elements.slice(0, MAX_EVENTS).forEach((element: unknown, index) => {
    const read = readEvent(element);
    if (read === 'foreign') foreign += 1;
    else if (typeof read === 'string') unreadable.push(`[${index}] ${read}`);
    else events.push(read);
  });
  return { events, foreign, unreadable };
}

const KINDS: Readonly<Record<string, MailEventKind>> = {
  processed: 'processed',
  delivered: 'delivered',
  bounce: 'bounce',
  dropped: 'dropped',
  spamreport: 'spamreport',
  unsubscribe: 'unsubscribe',
  group_unsubscribe: 'unsubscribe',
  deferred: 'deferred',
  open: 'open',
  click: 'click',
};

function readEvent(element: unknown): MailEvent | string {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return 'is not an object';
  const field = new Map<string, unknown>(Object.entries(element));
  const mid = field.get('mid');
  if (mid === undefined) return 'foreign';
  const eventId = field.get('sg_event_id');
  const timestamp = field.get('timestamp');
  const kind = field.get('event');
  if (typeof mid !== 'string' || !/^[A-Za-z0-9_.:-]{1,128}$/.test(mid)) return 'has an impossible mid';
  if (typeof eventId !== 'string' || eventId === '' || eventId.length > 200) return 'has no sg_event_id';
  if (typeof kind !== 'string') return 'has no event name';
  if (typeof timestamp !== 'number' || !Number.isInteger(timestamp) || timestamp < 0 || timestamp > 7_000_000_000)
    return 'has no timestamp';
  const reason = field.get('reason') ?? field.get('response');
  const messageId = field.get('sg_message_id');
  const type = field.get('type');
  return {
    eventId,
    mid,
    kind: (Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined) ?? 'other',
    at: instantFromEpochMs(timestamp * 1000),
    ...(typeof messageId === 'string' ? { providerMessageId: messageId.slice(0, 200) } : {}),
    ...(typeof reason === 'string' ? { reason: reason.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_REASON) } : {}),
    ...(type === 'bounce' || type === 'blocked' ? { bounceType: type } : {}),
  };
}
