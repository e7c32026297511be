import { Check, Entity, ForeignKey, Index } from 'typeorm';
import type { CaseState, ClosedKind, Day, GoverningLaw, Instant, JsonObject, WakeKind } from '#domain';
import type { CaseRow, JournalRow, StageOutcomeRow, StageVerdictRow } from '#ports';
import { InvoiceEntity } from './invoice.entities.js';
import { DebtorEntity } from './party.entities.js';
import { At, Int, IntKey, Json, Key, Minor, OnDay, OptionalAt, OptionalDay, OptionalInt, OptionalText, Text } from './columns.js';

@ForeignKey(() => InvoiceEntity, ['creditorId', 'invoiceId'], ['creditorId', 'invoiceId'], { name: 'recovery_case_invoice_fkey' })
@ForeignKey(() => DebtorEntity, ['creditorId', 'debtorId'], ['creditorId', 'debtorId'], { name: 'recovery_case_debtor_fkey' })
@Check(
  'recovery_case_open_has_wake',
  `case when "closed_kind" is null then "wake_at" is not null and "wake_kind" is not null and "closed_at" is null else "wake_at" is null and "wake_kind" is null and "closed_at" is not null end`,
)
@Check('recovery_case_amounts_in_bounds', `"face_minor" >= 0 and "open_principal_minor" >= 0 and "open_principal_minor" <= "face_minor"`)
@Check('recovery_case_counters_positive', `"episode" >= 1 and "epoch" >= 0 and "fact_seq" >= 0 and "term" >= 1`)
@Index('recovery_case_workflow_key', ['workflowId'], { unique: true })
@Index('recovery_case_term_key', ['creditorId', 'invoiceId', 'term'], { unique: true })
@Index('recovery_case_debtor_idx', ['creditorId', 'debtorId'])
@Index('recovery_case_state_idx', ['creditorId', 'state'])
@Index('recovery_case_due_idx', ['creditorId', 'dueOn', 'caseId'])
@Index('recovery_case_open_principal_idx', ['creditorId', 'openPrincipalMinor', 'caseId'])
@Index('recovery_case_created_idx', ['creditorId', 'createdAt', 'caseId'])
// Sorts by an expression: made by the migration alone.
@Index('recovery_case_next_action_idx', { synchronize: false })
@Index('recovery_case_wake_idx', ['creditorId', 'wakeAt', 'caseId'], { where: `"closed_kind" is null` })
@Entity('recovery_case')
export class CaseEntity implements CaseRow {
  @Key()
  creditorId: string;
  @Key()
  caseId: string;
  @Text()
  invoiceId: string;
  @Int()
  term: number;
  @Text()
  debtorId: string;
  @Text()
  workflowId: string;
  @Int()
  episode: number;
  @Int()
  epoch: number;
  @Int()
  factSeq: number;
  @Text()
  state: CaseState;
  @Text()
  currency: string;
  @Text()
  law: GoverningLaw;
  @OnDay()
  dueOn: Day;
  @OptionalDay()
  limitationOn: Day | null;
  @Minor()
  faceMinor: bigint;
  @Minor()
  openPrincipalMinor: bigint;
  @Text()
  policyId: string;
  @Int()
  policyVersion: number;
  @Json()
  recovery: JsonObject;
  @Json()
  plan: Record<string, unknown>[];
  @OptionalText()
  wakeKind: WakeKind | null;
  @OptionalAt()
  wakeAt: Instant | null;
  @OptionalText()
  wakeStage: string | null;
  @OptionalInt()
  wakeRound: number | null;
  @OptionalText()
  closedKind: ClosedKind | null;
  @OptionalAt()
  closedAt: Instant | null;
  @Text()
  chainHash: string;
  @At()
  createdAt: Instant;
  @At()
  updatedAt: Instant;
}

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'stage_outcome_case_fkey' })
@Entity('stage_outcome')
export class StageOutcomeEntity implements StageOutcomeRow {
  @Key()
  creditorId: string;
  @Key()
  caseId: string;
  @Key()
  stage: string;
  @IntKey()
  round: number;
  @Text()
  outcome: StageOutcomeRow['outcome'];
  @OptionalText()
  reason: string | null;
  @OptionalText()
  messageId: string | null;
  @At()
  decidedAt: Instant;
}

@ForeignKey(() => CaseEntity, ['creditorId', 'caseId'], ['creditorId', 'caseId'], { name: 'stage_verdict_case_fkey' })
@Check('stage_verdict_postponed_has_until', `"verdict" <> 'POSTPONED' or "until" is not null`)
@Index('stage_verdict_case_idx', ['creditorId', 'caseId', 'at'])
@Entity('stage_verdict')
export class StageVerdictEntity implements StageVerdictRow {
  @Key()
  creditorId: string;
  @Key()
  verdictId: string;
  @Text()
  caseId: string;
  @Text()
  stage: string;
  @Int()
  round: number;
  @Text()
  verdict: StageVerdictRow['verdict'];
  @Text()
  code: string;
  @Json()
  because: Record<string, unknown>;
  @OptionalAt()
  until: Instant | null;
  @OptionalText()
  messageId: string | null;
  @At()
  at: Instant;
}

@Check('journal_seq_counted_from_one', `"seq" >= 1`)
@Index('journal_recorded_idx', ['creditorId', 'recordedAt', 'streamId', 'seq'])
@Entity('journal')
export class JournalEntity implements JournalRow {
  @Key()
  creditorId: string;
  @Key()
  streamId: string;
  @IntKey()
  seq: number;
  @Text()
  kind: string;
  @Text()
  actor: string;
  @Text()
  role: string;
  @OptionalText()
  reason: string | null;
  @OptionalText()
  requestId: string | null;
  @At()
  recordedAt: Instant;
  @OnDay()
  effectiveOn: Day;
  @Json()
  cause: Record<string, unknown>;
  @Text()
  beforeHash: string;
  @Text()
  afterHash: string;
  @Text()
  previousHash: string;
  @Text()
  hash: string;
}
