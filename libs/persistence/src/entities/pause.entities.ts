import { Check, Entity, ForeignKey, Index } from 'typeorm';
import type { Day, Instant } from '#domain';
import type { DisputeRow, HoldRow, PromiseRow } from '#ports';
import { CaseEntity } from './case.entities.js';
import { At, Key, Minor, OnDay, OptionalAt, OptionalText, Text } from './columns.js';

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'promise_case_fkey' })
@Check('promise_amount_not_negative', `"amount_minor" >= 0 and "received_minor_at_start" >= 0`)
@Index('promise_case_idx', ['creditorId', 'caseId'])
@Index('promise_one_running_key', ['creditorId', 'caseId'], { unique: true, where: `"state" = 'running'` })
@Entity('promise')
export class PromiseEntity implements PromiseRow {
  @Key()
  creditorId: string;
  @Key()
  promiseId: string;
  @Text()
  caseId: string;
  @Minor()
  amountMinor: bigint;
  @OnDay()
  dueOn: Day;
  @OnDay()
  judgedOn: Day;
  @OnDay()
  madeOn: Day;
  @OptionalText()
  madeBy: string | null;
  @Text()
  takenBy: string;
  @Text()
  channel: string;
  @OptionalText()
  wording: string | null;
  @Text()
  state: PromiseRow['state'];
  @Minor()
  receivedMinorAtStart: bigint;
  @OptionalAt()
  endedAt: Instant | null;
  @At()
  createdAt: Instant;
}

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'dispute_case_fkey' })
@Index('dispute_case_idx', ['creditorId', 'caseId'])
@Index('dispute_one_open_key', ['creditorId', 'caseId'], { unique: true, where: `"state" = 'open'` })
@Entity('dispute')
export class DisputeEntity implements DisputeRow {
  @Key()
  creditorId: string;
  @Key()
  disputeId: string;
  @Text()
  caseId: string;
  @Text()
  reason: string;
  @OptionalText()
  note: string | null;
  @Text()
  openedBy: string;
  @OnDay()
  openedOn: Day;
  @OnDay()
  dueOn: Day;
  @Text()
  state: DisputeRow['state'];
  @OptionalText()
  resolvedBy: string | null;
  @OptionalText()
  resolution: string | null;
  @OptionalAt()
  resolvedAt: Instant | null;
}

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'hold_case_fkey' })
@Index('hold_case_idx', ['creditorId', 'caseId'])
@Index('hold_one_running_key', ['creditorId', 'caseId'], { unique: true, where: `"state" = 'running'` })
@Entity('hold')
export class HoldEntity implements HoldRow {
  @Key()
  creditorId: string;
  @Key()
  holdId: string;
  @Text()
  caseId: string;
  @Text()
  reason: string;
  @OptionalText()
  note: string | null;
  @Text()
  placedBy: string;
  @OnDay()
  placedOn: Day;
  @OnDay()
  until: Day;
  @Text()
  state: HoldRow['state'];
  @OptionalAt()
  endedAt: Instant | null;
}
