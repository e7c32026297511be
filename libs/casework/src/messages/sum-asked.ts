import type { OutboundMessageRow } from '#ports';

/** What a message asks its reader to pay, in minor units. */
export interface SumAsked {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** As it is kept with the message: JSON has no big integers. */
export interface KeptSum {
  readonly amountMinor: string;
  readonly currency: string;
}

export function keepSum({ amountMinor, currency }: SumAsked): KeptSum {
  return { amountMinor: amountMinor.toString(), currency };
}

/** The sum asked as it was kept when the message was written; undefined for one that asks for nothing, or was kept before sums were. */
export function sumAsked({ statement }: Pick<OutboundMessageRow, 'statement'>): SumAsked | undefined {
  return readSum(statement?.['asks']);
}

export function readSum(kept: unknown): SumAsked | undefined {
  const { amountMinor, currency } = (kept ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof amountMinor !== 'string' || !/^\d{1,18}$/.test(amountMinor) || typeof currency !== 'string') return undefined;
  return { amountMinor: BigInt(amountMinor), currency };
}
