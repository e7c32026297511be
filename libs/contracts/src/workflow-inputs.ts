import type { CaseSnapshot, CaseState, ClosedKind } from '#domain';
import type { DeliveryInput, DeliveryResult } from './activities.js';

/** The workflow type that recovers one due term of one invoice. */
export const RECOVER_INVOICE = 'recoverInvoice';

/** The workflow type that delivers one message that only informs. */
export const INFORM_DEBTOR = 'informDebtor';

/** A case is started from its snapshot and nothing else: policy and law were read outside. */
export type RecoveryInput = CaseSnapshot;

/** How a case ended, as its history keeps it. `openPrincipal` in minor units. */
export interface RecoveryOutcome {
  readonly caseId: string;
  readonly episode: number;
  readonly closed: ClosedKind;
  readonly state: CaseState;
  readonly epoch: number;
  readonly factSeq: number;
  readonly openPrincipal: string;
  readonly currency: string;
}

export type MessageInput = DeliveryInput;

export interface MessageOutcome {
  readonly messageId: string;
  readonly state: Exclude<DeliveryResult['state'], 'postponed'>;
}
