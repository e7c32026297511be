import type { Day, Instant } from '#domain';

/** A letter to be printed and posted by the provider: registered with receipt, unless it is a reminder by plain post. */
export interface RegisteredLetter {
  readonly mid: string;
  readonly creditorRef: string;
  /** Two to seven lines as printed in the window of the envelope, each at most 38 characters by postal standard, 60 taken. */
  readonly addressLines: readonly string[];
  readonly pdf: Uint8Array;
  /** `registered` when absent. */
  readonly service?: 'registered' | 'plain';
  /** True for a sandbox creditor: goes to the local post tray whatever is configured. */
  readonly sandbox: boolean;
}

/** `accepted` is the provider's tray; the others are what the postal operator reports. */
export type LetterState = 'accepted' | ReportedLetterState;
export type ReportedLetterState = 'deposited' | 'presented' | 'delivered' | 'unclaimed' | 'refused' | 'returnedUnknown';

/** As for mail, except that a repeated deposit with the same `mid` is one letter: after `unknown`, ask `statusOf`. */
export type PostHandOver =
  | { readonly kind: 'accepted'; readonly trackingNumber?: string; readonly depositedOn?: Day }
  | { readonly kind: 'neverLeft'; readonly reason: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'rejected'; readonly status: number; readonly providerWords: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export type LetterStatus =
  | {
      readonly kind: 'found';
      readonly state: LetterState;
      readonly trackingNumber?: string;
      readonly depositedOn?: Day;
      /** Day of the present state, when the provider names it. */
      readonly on?: Day;
    }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface PostPort {
  /** Hands the letter to the provider in one HTTP call with `Idempotency-Key: <mid>`; throws only `UnpostableLetter`. */
  deposit(letter: RegisteredLetter, mayStillLeave?: () => boolean): Promise<PostHandOver>;
  statusOf(letter: { readonly mid: string; readonly sandbox: boolean }): Promise<LetterStatus>;
}

/** A signed report of the provider. Without `on` the day is that of the receiver's clock (a sandbox creditor's own). */
export interface PostReport {
  readonly eventId: string;
  readonly mid: string;
  readonly state: ReportedLetterState;
  readonly at: Instant;
  readonly on?: Day;
  readonly trackingNumber?: string;
}
