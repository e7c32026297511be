import type { MailEvent } from './mail-port.js';

/** What the provider's own record says about a message of ours. Only `found` proves anything by itself. */
export type MailLookUp =
  /** It took the message, under this id; `copies` is how many it knows by our `mid` (more than one left more than once). */
  | { readonly kind: 'found'; readonly providerMessageId: string; readonly events: readonly MailEvent[]; readonly copies: number }
  /** Its record does not know the message now. The record lags and may be another account's: no proof that nothing left. */
  | { readonly kind: 'notFound' }
  /** This account gives no record (not bought, a key without the right, another protocol). Asking soon again does not help. */
  | { readonly kind: 'notOffered'; readonly reason: string }
  /** Asked too often, or not reachable now. */
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterSeconds?: number };

/** The record a mail provider keeps of what it took. Reads only; never throws for what the network or the provider does. */
export interface MailActivityPort {
  /** Looks a message up by the custom argument `mid`. `sandbox` picks the account: the local mailbox, whatever keys exist. */
  lookUp(message: { readonly mid: string; readonly sandbox: boolean }): Promise<MailLookUp>;
}
