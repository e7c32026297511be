import type { Day, Instant } from '#domain';

export interface MailAddress {
  readonly email: string;
  readonly name?: string;
}

export interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly base64: string;
  readonly disposition: 'attachment' | 'inline';
  /** Content id of an inline image, named in the HTML as `cid:<cid>`. */
  readonly cid?: string;
}

/** One mail to one person. `mid` is our opaque message id; it comes back in every delivery event. */
export interface OutgoingMail {
  readonly mid: string;
  readonly from: Required<MailAddress>;
  readonly replyTo: Required<MailAddress>;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
  readonly categories: readonly string[];
  /** True for a sandbox creditor: goes to the local mailbox whatever keys are configured. */
  readonly sandbox: boolean;
  /** The day it is on the sandbox's own clock, for the page of the local mailbox; a real mail has none. */
  readonly sandboxDay?: Day;
}

/** What the provider's answer allows us to say. Only `neverLeft` may be tried again by a machine. */
export type MailHandOver =
  | { readonly kind: 'accepted'; readonly providerMessageId?: string }
  | { readonly kind: 'neverLeft'; readonly reason: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'rejected'; readonly status: number; readonly providerWords: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Bytes made by `requestBytes`, as archived, on their way out. */
export interface PreparedMail {
  readonly bytes: Uint8Array;
  readonly sandbox: boolean;
  /** Asked last, just before the connection is opened: false (the claim has grown too old) gives `neverLeft`. */
  readonly mayStillLeave?: () => boolean;
}

export interface MailPort {
  /** The exact bytes of the request body; archived and hashed before the claim. Same mail, same bytes. Throws `UnsendableMail`. */
  requestBytes(mail: OutgoingMail): Uint8Array;
  /** One HTTP call with exactly these bytes, never retried here; never throws for what the network or the provider does. */
  sendBytes(prepared: PreparedMail): Promise<MailHandOver>;
  /** `requestBytes` and `sendBytes` in one. */
  send(mail: OutgoingMail): Promise<MailHandOver>;
}

export type MailEventKind =
  | 'processed'
  | 'delivered'
  | 'bounce'
  | 'dropped'
  | 'spamreport'
  | 'unsubscribe'
  | 'deferred'
  | 'open'
  | 'click'
  | 'other';

/** One delivery event about a message of ours. `eventId` is unique per provider and the key of its inbox row. */
export interface MailEvent {
  readonly eventId: string;
  readonly mid: string;
  readonly kind: MailEventKind;
  readonly at: Instant;
  readonly providerMessageId?: string;
  /** The words of the receiving server, bounded; may hold an address: kept sealed, never logged. */
  readonly reason?: string;
  /** `bounce` for a hard refusal, `blocked` for one that may pass later. */
  readonly bounceType?: 'bounce' | 'blocked';
}
