import { parseInstant } from '#domain';
import type { PostReport, ReportedLetterState } from '#ports';
import { readLetterWire } from './letter-wire.js';

export type PostReportReading =
  | { readonly kind: 'report'; readonly report: PostReport }
  | { readonly kind: 'ignored'; readonly type: string }
  | { readonly kind: 'quarantined'; readonly reason: string };

const STATE_OF_TYPE: Readonly<Record<string, ReportedLetterState>> = {
  'letter.deposited': 'deposited',
  'letter.presented': 'presented',
  'letter.delivered': 'delivered',
  'letter.unclaimed': 'unclaimed',
  'letter.refused': 'refused',
  'letter.returnedUnknown': 'returnedUnknown',
};

/**
 * Reads the body of an authentic provider call `{type: "letter.delivered", timestamp, data: {mid, state, on?, trackingNumber?}}`; the
 * signature (Standard Webhooks) is checked by the caller on the same bytes, and `eventId` is its signed `webhook-id`. Nothing is thrown.
 */
export function readPostReport(call: { eventId: string; rawBody: Uint8Array }): PostReportReading {
  const event = parseObject(call.rawBody);
  const type = event?.get('type');
  if (!event || typeof type !== 'string') return { kind: 'quarantined', reason: 'The body is not an event with type and data' };
  const state = Object.hasOwn(STATE_OF_TYPE, type) ? STATE_OF_TYPE[type] : undefined;
  if (!state) return { kind: 'ignored', type: type.slice(0, 200) };
  const timestamp = event.get('timestamp');
  const at = typeof timestamp === 'string' ? parseInstant(timestamp) : undefined;
  if (!at) return { kind: 'quarantined', reason: 'Unreadable: timestamp' };
  const data = event.get('data');
  const mid = typeof data === 'object' && data !== null && 'mid' in data ? data.mid : undefined;
  if (typeof mid !== 'string' || !/^[A-Za-z0-9_.:-]{1,128}$/.test(mid)) return { kind: 'quarantined', reason: 'Unreadable: data.mid' };
  const isDayNamed = typeof data === 'object' && data !== null && 'on' in data && data.on !== undefined && data.on !== null;
  const { on, trackingNumber } = readLetterWire(data);
  // The legal effect hangs on the day: one that cannot be read must not silently become today.
  if (isDayNamed && !on) return { kind: 'quarantined', reason: 'Unreadable: data.on' };
  return {
    kind: 'report',
    report: { eventId: call.eventId, mid, state, at, ...(on ? { on } : {}), ...(trackingNumber ? { trackingNumber } : {}) },
  };
}

function parseObject(rawBody: Uint8Array): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
