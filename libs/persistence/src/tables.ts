import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Tables } from '#ports';
import { IdempotencyEntity, InboxEntity, OutboxEntity } from './entities/border.entities.js';
import { CaseEntity, JournalEntity, StageOutcomeEntity, StageVerdictEntity } from './entities/case.entities.js';
import { ImportFileEntity, ImportRowEntity, SealedObjectEntity, SealingKeyEntity } from './entities/import.entities.js';
import { InvoiceAliasEntity, InvoiceEntity, InvoiceTermEntity } from './entities/invoice.entities.js';
import {
  DeliveryEventEntity,
  MessageCaseEntity,
  MessageEditEntity,
  MessageLeaseEntity,
  OutboundMessageEntity,
  PostItemEntity,
} from './entities/message.entities.js';
import { AllocationEntity, CreditAllocationEntity, PaymentEntity, PostingEntity } from './entities/money.entities.js';
import { BrakeEntity, ProviderSweepEntity, ReconcilerFindingEntity, ReconcilerPassEntity } from './entities/operation.entities.js';
import {
  ApiKeyEntity,
  CreditorEntity,
  DebtorContactEntity,
  DebtorEntity,
  PolicyVersionEntity,
  WebhookEndpointEntity,
} from './entities/party.entities.js';
import { DisputeEntity, HoldEntity, PromiseEntity } from './entities/pause.entities.js';
import { ApprovalEntity, CallCaseEntity, CallEntity, HandOverEntity, TaskEntity } from './entities/task.entities.js';
import type { Session } from './session.js';
import { TableRows } from './table-rows.js';
import { shapeOf } from './table-shape.js';

const ENTITY_OF: Record<keyof Tables, EntityTarget<ObjectLiteral>> = {
  creditors: CreditorEntity,
  debtors: DebtorEntity,
  contacts: DebtorContactEntity,
  apiKeys: ApiKeyEntity,
  webhookEndpoints: WebhookEndpointEntity,
  invoices: InvoiceEntity,
  invoiceAliases: InvoiceAliasEntity,
  invoiceTerms: InvoiceTermEntity,
  importFiles: ImportFileEntity,
  importRows: ImportRowEntity,
  sealingKeys: SealingKeyEntity,
  sealedObjects: SealedObjectEntity,
  cases: CaseEntity,
  stageOutcomes: StageOutcomeEntity,
  stageVerdicts: StageVerdictEntity,
  calls: CallEntity,
  callCases: CallCaseEntity,
  promises: PromiseEntity,
  disputes: DisputeEntity,
  holds: HoldEntity,
  approvals: ApprovalEntity,
  tasks: TaskEntity,
  handOvers: HandOverEntity,
  messages: OutboundMessageEntity,
  messageCases: MessageCaseEntity,
  messageEdits: MessageEditEntity,
  messageLeases: MessageLeaseEntity,
  deliveryEvents: DeliveryEventEntity,
  postItems: PostItemEntity,
  payments: PaymentEntity,
  allocations: AllocationEntity,
  creditAllocations: CreditAllocationEntity,
  postings: PostingEntity,
  inbox: InboxEntity,
  idempotencyKeys: IdempotencyEntity,
  policyVersions: PolicyVersionEntity,
  brakes: BrakeEntity,
  reconcilerFindings: ReconcilerFindingEntity,
  reconcilerPasses: ReconcilerPassEntity,
  providerSweeps: ProviderSweepEntity,
  outbox: OutboxEntity,
  journal: JournalEntity,
};

/** Every table of the port, on one connection. */
export function tablesOn(dataSource: DataSource, session: Session): Tables {
  const tables = Object.entries(ENTITY_OF).map(([name, entity]) => [name, new TableRows(session, shapeOf(dataSource, entity))]);
  return Object.fromEntries(tables) as unknown as Tables;
}
