import {
  CreditorEntity,
  DebtorEntity,
  DebtorContactEntity,
  ApiKeyEntity,
  WebhookEndpointEntity,
  PolicyVersionEntity,
} from './party.entities.js';
import { InvoiceEntity, InvoiceAliasEntity, InvoiceTermEntity } from './invoice.entities.js';
import { ImportFileEntity, ImportRowEntity, SealingKeyEntity, SealedObjectEntity } from './import.entities.js';
import { CaseEntity, StageOutcomeEntity, StageVerdictEntity, JournalEntity } from './case.entities.js';
import { PromiseEntity, DisputeEntity, HoldEntity } from './pause.entities.js';
import { CallEntity, CallCaseEntity, ApprovalEntity, TaskEntity, HandOverEntity } from './task.entities.js';
import {
  OutboundMessageEntity,
  MessageCaseEntity,
  MessageEditEntity,
  MessageLeaseEntity,
  DeliveryEventEntity,
  PostItemEntity,
} from './message.entities.js';
import { PaymentEntity, AllocationEntity, CreditAllocationEntity, PostingEntity } from './money.entities.js';
import { InboxEntity, OutboxEntity, IdempotencyEntity } from './border.entities.js';
import { BrakeEntity, ProviderSweepEntity, ReconcilerFindingEntity, ReconcilerPassEntity } from './operation.entities.js';

/** Every table of the product, listed one by one: nothing is found by a file pattern. */
export const ENTITIES = [
  CreditorEntity,
  DebtorEntity,
  DebtorContactEntity,
  ApiKeyEntity,
  WebhookEndpointEntity,
  PolicyVersionEntity,
  InvoiceEntity,
  InvoiceAliasEntity,
  InvoiceTermEntity,
  ImportFileEntity,
  ImportRowEntity,
  SealingKeyEntity,
  SealedObjectEntity,
  CaseEntity,
  StageOutcomeEntity,
  StageVerdictEntity,
  JournalEntity,
  PromiseEntity,
  DisputeEntity,
  HoldEntity,
  CallEntity,
  CallCaseEntity,
  ApprovalEntity,
  TaskEntity,
  HandOverEntity,
  OutboundMessageEntity,
  MessageCaseEntity,
  MessageEditEntity,
  MessageLeaseEntity,
  DeliveryEventEntity,
  PostItemEntity,
  PaymentEntity,
  AllocationEntity,
  CreditAllocationEntity,
  PostingEntity,
  InboxEntity,
  OutboxEntity,
  IdempotencyEntity,
  BrakeEntity,
  ReconcilerFindingEntity,
  ReconcilerPassEntity,
  ProviderSweepEntity,
] as const;
