import type { CaseSnapshot, Instant, SandboxClock, Wake } from '#domain';

/**
 * What an act is called with. `wake` and `(epoch, factSeq)` name what the caller saw: an act called for a wake that is no longer the case's own
 * does nothing and returns the current snapshot.
 */
export interface ActInput {
  readonly caseId: string;
  readonly creditorId: string;
  readonly wake: Wake;
  readonly factSeq: number;
  readonly epoch: number;
}

/** One act of the ladder or one verdict: safe to run again at any moment, bounded, never waits for the world, returns the snapshot after it. */
export type Act = (input: ActInput) => Promise<CaseSnapshot>;

/** The acts, each an activity of its own name, so that code and Temporal UI tell the ladder in the trade's words. */
export interface RecoveryActs {
  openCallTask: Act;
  sendMail: Act;
  serveFormalNotice: Act;
  handOver: Act;
  prepareStage: Act;
  judgePromise: Act;
  endHold: Act;
  escalateDispute: Act;
  expireCall: Act;
  expireApproval: Act;
  reviewCase: Act;
}

export interface DeliveryInput {
  readonly creditorId: string;
  readonly messageId: string;
}

/**
 * What became of a message that only informs. `unknown` is never sent again by the workflow: events, a look-up or a person decide. `postponed` asks
 * to be called again at `until`; with `clock` present that instant is one of the creditor's sandbox clock.
 */
export interface DeliveryResult {
  readonly state: 'delivered' | 'unknown' | 'rejected' | 'abandoned' | 'postponed';
  readonly until?: Instant;
  readonly clock?: SandboxClock;
}

export interface MessageActs {
  deliverMessage(input: DeliveryInput): Promise<DeliveryResult>;
}

/** The acts that hand something to the mail provider and run on the rate-limited queue. */
export const MAIL_ACTS = ['sendMail', 'serveFormalNotice', 'deliverMessage'] as const satisfies readonly (
  | keyof RecoveryActs
  | keyof MessageActs
)[];
