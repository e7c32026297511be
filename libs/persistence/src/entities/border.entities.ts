import { Check, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Instant } from '#domain';
import type { IdempotencyRow, InboxRow, OutboxRow } from '#ports';
import { At, Int, Json, Key, OptionalAt, OptionalInt, OptionalJson, OptionalText, Text } from './columns.js';

@Check('inbox_tries_not_negative', `"tries" >= 0`)
@Index('inbox_unread_idx', ['receivedAt'], { where: `"state" = 'received'` })
@Index('inbox_dead_idx', ['receivedAt'], { where: `"state" in ('parked', 'quarantined')` })
@Index('inbox_unread_of_creditor_idx', ['creditorId', 'debtorId'], { where: `"state" = 'received'` })
@Entity('inbox')
export class InboxEntity implements InboxRow {
  @Key()
  creditorId: string;
  @Key()
  provider: string;
  @Key()
  account: string;
  @Key()
  eventId: string;
  @Text()
  kind: string;
  @Text()
  state: InboxRow['state'];
  @OptionalText()
  debtorId: string | null;
  @Json()
  notice: Record<string, unknown>;
  @OptionalText()
  rawObjectId: string | null;
  @Int()
  tries: number;
  @OptionalAt()
  nextTryAt: Instant | null;
  @OptionalText()
  lastError: string | null;
  @At()
  receivedAt: Instant;
  @OptionalAt()
  appliedAt: Instant | null;
}

@Check('outbox_tries_not_negative', `"tries" >= 0`)
@Index('outbox_pending_of_workflow_idx', ['workflowId', 'outboxId'], { where: `"state" = 'pending'` })
@Index('outbox_pending_idx', ['kind', 'outboxId'], { where: `"state" = 'pending'` })
@Index('outbox_failing_idx', ['outboxId'], { where: `"state" = 'pending' and "tries" >= 5` })
@Index('outbox_creditor_idx', ['creditorId', 'outboxId'])
@Entity('outbox')
export class OutboxEntity implements OutboxRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  outboxId: bigint;
  @Text()
  creditorId: string;
  @Text()
  workflowId: string;
  @Text()
  kind: OutboxRow['kind'];
  @Text()
  name: string;
  @Json()
  payload: Record<string, unknown>;
  @Text()
  state: OutboxRow['state'];
  @OptionalAt()
  leaseUntil: Instant | null;
  @Int()
  tries: number;
  @OptionalText()
  lastError: string | null;
  @At()
  createdAt: Instant;
  @OptionalAt()
  deliveredAt: Instant | null;
}

@Index('idempotency_key_created_idx', ['createdAt'])
@Entity('idempotency_key')
export class IdempotencyEntity implements IdempotencyRow {
  @Key()
  creditorId: string;
  @Key()
  key: string;
  @Text()
  route: string;
  @Text()
  bodySha256: string;
  @Text()
  state: IdempotencyRow['state'];
  @OptionalInt()
  status: number | null;
  @OptionalJson()
  response: Record<string, unknown> | null;
  @At()
  createdAt: Instant;
}
