import { Entity, ForeignKey, Index } from 'typeorm';
import type { Day, Instant } from '#domain';
import type { ApprovalRow, CallCaseRow, CallRow, HandOverRow, TaskRow } from '#ports';
import { CreditorEntity, DebtorEntity } from './party.entities.js';
import { CaseEntity } from './case.entities.js';
import { At, Flag, Int, Json, Key, OnDay, OptionalAt, OptionalDay, OptionalText, Text } from './columns.js';

@ForeignKey(() => DebtorEntity, ['creditorId', 'debtorId'], ['creditorId', 'debtorId'], { name: 'call_debtor_fkey' })
@Index('call_debtor_idx', ['creditorId', 'debtorId'])
@Index('call_one_open_key', ['creditorId', 'debtorId'], { unique: true, where: `"state" = 'open'` })
@Entity('call')
export class CallEntity implements CallRow {
  @Key()
  creditorId: string;
  @Key()
  callId: string;
  @Text()
  debtorId: string;
  @Text()
  taskId: string;
  @Text()
  state: CallRow['state'];
  @OnDay()
  openedOn: Day;
  @OnDay()
  expiresOn: Day;
  @OptionalText()
  outcome: CallRow['outcome'];
  @OptionalText()
  note: string | null;
  @OptionalText()
  contactName: string | null;
  @OptionalText()
  reportedBy: string | null;
  @OptionalAt()
  reportedAt: Instant | null;
}

@ForeignKey(() => CallEntity, ['creditorId', 'callId'], ['creditorId', 'callId'], { name: 'call_case_call_fkey' })
@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'call_case_case_fkey' })
@Index('call_case_case_idx', ['creditorId', 'caseId'])
@Entity('call_case')
export class CallCaseEntity implements CallCaseRow {
  @Key()
  creditorId: string;
  @Key()
  callId: string;
  @Key()
  caseId: string;
  @Text()
  stage: string;
  @Int()
  round: number;
  @Flag()
  left: boolean;
}

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'approval_case_fkey' })
@Index('approval_case_idx', ['creditorId', 'caseId'])
@Index('approval_one_pending_key', ['creditorId', 'caseId', 'stage', 'round'], { unique: true, where: `"state" = 'pending'` })
@Index('approval_requested_idx', ['creditorId', 'requestedAt', 'approvalId'])
@Entity('approval')
export class ApprovalEntity implements ApprovalRow {
  @Key()
  creditorId: string;
  @Key()
  approvalId: string;
  @Text()
  caseId: string;
  @Text()
  stage: string;
  @Int()
  round: number;
  @Text()
  messageId: string;
  @Text()
  basis: string;
  @Int()
  revision: number;
  @Text()
  state: ApprovalRow['state'];
  @At()
  requestedAt: Instant;
  @OnDay()
  until: Day;
  @OptionalText()
  decidedBy: string | null;
  @OptionalAt()
  decidedAt: Instant | null;
  @OptionalText()
  note: string | null;
}

@ForeignKey(() => CreditorEntity, ['creditorId'], ['creditorId'], { name: 'task_creditor_fkey' })
@Index('task_one_open_key', ['creditorId', 'dedupeKey'], { unique: true, where: `"state" = 'open'` })
@Index('task_state_idx', ['creditorId', 'state', 'createdAt', 'taskId'])
@Index('task_case_idx', ['creditorId', 'caseId'])
@Index('task_debtor_idx', ['creditorId', 'debtorId'])
@Entity('task')
export class TaskEntity implements TaskRow {
  @Key()
  creditorId: string;
  @Key()
  taskId: string;
  @Text()
  kind: string;
  @Text()
  dedupeKey: string;
  @OptionalText()
  caseId: string | null;
  @OptionalText()
  debtorId: string | null;
  @OptionalText()
  subjectId: string | null;
  @Text()
  state: TaskRow['state'];
  @Text()
  role: TaskRow['role'];
  @Text()
  title: string;
  @Json()
  detail: Record<string, unknown>;
  @OptionalDay()
  dueOn: Day | null;
  @At()
  createdAt: Instant;
  @OptionalText()
  closedBy: string | null;
  @OptionalAt()
  closedAt: Instant | null;
}

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'hand_over_case_fkey' })
@Index('hand_over_case_idx', ['creditorId', 'caseId'])
@Index('hand_over_created_idx', ['creditorId', 'createdAt', 'handOverId'])
@Entity('hand_over')
export class HandOverEntity implements HandOverRow {
  @Key()
  creditorId: string;
  @Key()
  handOverId: string;
  @Text()
  caseId: string;
  @Text()
  messageId: string;
  @Text()
  route: string;
  @Text()
  state: HandOverRow['state'];
  @Text()
  objectId: string;
  @Text()
  sha256: string;
  @Json()
  manifest: Record<string, unknown>;
  @At()
  createdAt: Instant;
  @OptionalAt()
  handedOverAt: Instant | null;
}
