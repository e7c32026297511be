import { type Day, parseDay } from '#domain';
import type { LetterState } from '#ports';

const STATES: readonly LetterState[] = ['accepted', 'deposited', 'presented', 'delivered', 'unclaimed', 'refused', 'returnedUnknown'];

/** What the provider says of a letter, as far as it can be read. */
export interface LetterWire {
  readonly state?: LetterState;
  readonly trackingNumber?: string;
  readonly depositedOn?: Day;
  readonly on?: Day;
}

/** Reads a letter of the provider's protocol leniently: a field of another shape counts as missing. */
export function readLetterWire(value: unknown): LetterWire {
  if (typeof value !== 'object' || value === null) return {};
  const field = new Map<string, unknown>(Object.entries(value));
  const state = STATES.find((known) => known === field.get('state'));
  const trackingNumber = field.get('trackingNumber');
  const depositedOn = dayOf(field.get('depositedOn'));
  const on = dayOf(field.get('on'));
  return {
    ...(state ? { state } : {}),
    ...(typeof trackingNumber === 'string' && /^[\x20-\x7e]{1,40}$/.test(trackingNumber) ? { trackingNumber } : {}),
    ...(depositedOn ? { depositedOn } : {}),
    ...(on ? { on } : {}),
  };
}

function dayOf(value: unknown): Day | undefined {
  return typeof value === 'string' ? parseDay(value) : undefined;
}
