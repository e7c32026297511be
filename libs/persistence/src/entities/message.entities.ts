import { Check, Entity, ForeignKey, Index } from 'typeorm';
import type { Day, Instant } from '#domain';
import type {
  DeliveryEventRow,
  MessageCaseRow,
  MessageEditRow,
  MessageLeaseRow,
  MessageState,
  OutboundMessageRow,
  PostItemRow,
} from '#ports';
import { DebtorEntity } from './party.entities.js';
import { CaseEntity } from './case.entities.js';
import {
  At,
  Flag,
  Int,
  IntKey,
  Json,
  Key,
  OnDay,
  OptionalAt,
  OptionalDay,
  OptionalInt,
  OptionalJson,
  OptionalText,
  Text,
} from './columns.js';

@ForeignKey(() => DebtorEntity, ['creditorId', 'debtorId'], ['creditorId', 'debtorId'], { name: 'outbound_message_debtor_fkey' })
@Check('outbound_message_claim_has_token', `"state" <> 'CLAIMED' or ("claim_token" is not null and "claimed_at" is not null)`)
@Index('outbound_message_debtor_idx', ['creditorId', 'debtorId', 'slotOn'])
@Index('outbound_message_id_idx', ['messageId'])
@Index('outbound_message_uncertain_idx', ['state', 'claimedAt'], { where: `"state" in ('CLAIMED', 'UNKNOWN')` })
@Index('outbound_message_state_idx', ['creditorId', 'state', 'claimedAt'])
@Index('outbound_message_created_idx', ['creditorId', 'createdAt', 'messageId'])
@Index('outbound_message_crossed_idx', ['createdAt', 'messageId'], { where: `"crossed_with_payment"` })
@Index('outbound_message_undecided_idx', ['claimedAt', 'messageId'], { where: `"state" in ('UNKNOWN', 'HUMAN')` })
@Entity('outbound_message')
export class OutboundMessageEntity implements OutboundMessageRow {
  @Key()
  creditorId: string;
  @Key()
  messageId: string;
  @Text()
  purpose: OutboundMessageRow['purpose'];
  @Text()
  act: string;
  @Text()
  channel: OutboundMessageRow['channel'];
  @Text()
  debtorId: string;
  @OptionalText()
  stage: string | null;
  @OptionalInt()
  round: number | null;
  @OnDay()
  slotOn: Day;
  @Int()
  revision: number;
  @Text()
  basis: string;
  @Text()
  state: MessageState;
  @OptionalText()
  claimToken: string | null;
  @OptionalAt()
  claimedAt: Instant | null;
  @OptionalAt()
  acceptedAt: Instant | null;
  @OptionalAt()
  decidedAt: Instant | null;
  @OptionalText()
  providerMessageId: string | null;
  @OptionalText()
  providerWords: string | null;
  @Text()
  recipient: string;
  @Text()
  language: string;
  @Text()
  template: string;
  @Text()
  subject: string;
  @OptionalText()
  bytesObjectId: string | null;
  @OptionalText()
  bytesSha256: string | null;
  @OptionalText()
  letterObjectId: string | null;
  @OptionalText()
  letterSha256: string | null;
  @OptionalJson()
  statement: Record<string, unknown> | null;
  @OptionalText()
  workflowId: string | null;
  @Flag()
  crossedWithPayment: boolean;
  @At()
  createdAt: Instant;
  @At()
  updatedAt: Instant;
}

@ForeignKey(() => OutboundMessageEntity, ['creditorId', 'messageId'], ['creditorId', 'messageId'], { name: 'message_case_message_fkey' })
@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'message_case_case_fkey' })
@Index('message_case_one_live_key', ['creditorId', 'caseId', 'stage', 'round'], { unique: true, where: `"live"` })
@Entity('message_case')
export class MessageCaseEntity implements MessageCaseRow {
  @Key()
  creditorId: string;
  @Key()
  messageId: string;
  @Key()
  caseId: string;
  @Key()
  stage: string;
  @IntKey()
  round: number;
  @Flag()
  live: boolean;
}

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'message_edit_case_fkey' })
@Check('message_edit_revision_counted_from_one', '"revision" >= 1')
@Entity('message_edit')
export class MessageEditEntity implements MessageEditRow {
  @Key()
  creditorId: string;
  @Key()
  caseId: string;
  @Key()
  stage: string;
  @IntKey()
  revision: number;
  @Int()
  round: number;
  @OptionalText()
  objectId: string | null;
  @OptionalText()
  sha256: string | null;
  @Text()
  editedBy: string;
  @At()
  editedAt: Instant;
}

@Entity('message_lease')
export class MessageLeaseEntity implements MessageLeaseRow {
  @Key()
  creditorId: string;
  @Key()
  leaseKey: string;
  @Text()
  holder: string;
  @At()
  until: Instant;
}

@ForeignKey(() => OutboundMessageEntity, ['creditorId', 'messageId'], ['creditorId', 'messageId'], { name: 'delivery_event_message_fkey' })
@Index('delivery_event_message_idx', ['creditorId', 'messageId', 'at'])
@Entity('delivery_event')
export class DeliveryEventEntity implements DeliveryEventRow {
  @Key()
  creditorId: string;
  @Key()
  eventId: string;
  @Text()
  messageId: string;
  @Text()
  provider: string;
  @Text()
  kind: string;
  @At()
  at: Instant;
  @At()
  recordedAt: Instant;
  @Json()
  detail: Record<string, unknown>;
}

@ForeignKey(() => OutboundMessageEntity, ['creditorId', 'messageId'], ['creditorId', 'messageId'], { name: 'post_item_message_fkey' })
@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'post_item_case_fkey' })
@Index('post_item_one_live_key', ['creditorId', 'messageId', 'caseId'], { unique: true, where: `"state" <> 'cancelled'` })
@Index('post_item_state_idx', ['creditorId', 'state', 'createdAt', 'postItemId'])
@Index('post_item_case_idx', ['creditorId', 'caseId'])
@Entity('post_item')
export class PostItemEntity implements PostItemRow {
  @Key()
  creditorId: string;
  @Key()
  postItemId: string;
  @Text()
  messageId: string;
  @Text()
  caseId: string;
  @Text()
  channel: PostItemRow['channel'];
  @Text()
  service: PostItemRow['service'];
  @Text()
  state: PostItemRow['state'];
  @OptionalText()
  trackingNumber: string | null;
  @OptionalDay()
  depositedOn: Day | null;
  @OptionalDay()
  presentedOn: Day | null;
  @OptionalDay()
  servedOn: Day | null;
  @OptionalText()
  proofObjectId: string | null;
  @OptionalText()
  updatedBy: string | null;
  @At()
  createdAt: Instant;
  @At()
  updatedAt: Instant;
  @Int()
  version: number;
}
