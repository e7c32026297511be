import { epochMs, type Instant } from '#domain';

/** A page of Stripe's list of events, newest first, each event as Stripe would have posted it. */
interface EventList {
  readonly data: readonly { readonly id: string; readonly [field: string]: unknown }[];
  readonly has_more: boolean;
}

const PAGE = 100;
const PAGES_MAX = 50;
const TIMEOUT_MS = 20_000;
const BODY_MAX = 20_000_000;

/** Stripe did not give its list, or gave something else. */
export class StripeListFailed extends Error {
  override readonly name = 'StripeListFailed';
}

/**
 * Events created in a window that no webhook endpoint of the account took (`delivery_success=false`), oldest first. Stripe keeps them thirty days.
 * Throws when the list cannot be read whole: a gap must not be taken for swept.
 */
export async function undeliveredEvents(
  stripe: { readonly baseUrl: string; readonly apiKey: string },
  from: Instant,
  to: Instant,
): Promise<EventList['data'][number][]> {
  const events: EventList['data'][number][] = [];
  const seconds = (at: Instant): string => String(Math.floor(epochMs(at) / 1000));
  for (let page = 0; page < PAGES_MAX; page++) {
    const last = events.at(-1)?.id;
    const query = new URLSearchParams({
      limit: String(PAGE),
      delivery_success: 'false',
      'created[gte]': seconds(from),
      'created[lte]': seconds(to),
      ...(last ? { starting_after: last } : {}),
    });
    const list = await readPage(`${stripe.baseUrl}/v1/events?${query.toString()}`, stripe.apiKey);
    events.push(...list.data);
    if (!list.has_more || list.data.length === 0) return events.reverse();
  }
  throw new StripeListFailed(`More than ${PAGES_MAX * PAGE} events in one window`);
}

async function readPage(url: string, apiKey: string): Promise<EventList> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    throw new StripeListFailed(error instanceof Error ? error.name : 'unreachable');
  });
  const text = await response.text();
  if (!response.ok) throw new StripeListFailed(`Stripe answered ${response.status}`);
  if (text.length > BODY_MAX) throw new StripeListFailed('The list is too large');
  return listOf(text);
}

function listOf(text: string): EventList {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new StripeListFailed('The list is no JSON');
  }
  const list = body as Partial<EventList> | null;
  const isWhole =
    Array.isArray(list?.data) && typeof list.has_more === 'boolean' && list.data.every((event) => typeof event?.id === 'string');
  if (!isWhole) throw new StripeListFailed('The answer is no list of events');
  return list as EventList;
}
