import { Check, Entity, Index } from 'typeorm';
import type { Instant } from '#domain';
import type { BrakeRow, ProviderSweepRow, ReconcilerFindingRow, ReconcilerPassRow } from '#ports';
import { At, Int, Json, Key, OptionalAt, OptionalText, Text } from './columns.js';

@Check('brake_scope_known', `"scope" in ('product', 'creditor', 'policy', 'debtor', 'channel')`)
@Check('brake_product_is_everybodys', `("scope" = 'product') = ("creditor_id" = '*')`)
@Index('brake_one_live_key', ['creditorId', 'scope', 'key'], { unique: true, where: `"released_at" is null` })
@Index('brake_since_idx', ['since', 'brakeId'])
@Entity('brake')
export class BrakeEntity implements BrakeRow {
  @Key()
  creditorId: string;
  @Key()
  brakeId: string;
  @Text()
  scope: BrakeRow['scope'];
  @Text()
  key: string;
  @Text()
  reason: string;
  @Text()
  setBy: string;
  @At()
  since: Instant;
  @OptionalAt()
  until: Instant | null;
  @OptionalText()
  releasedBy: string | null;
  @OptionalAt()
  releasedAt: Instant | null;
  @OptionalText()
  releaseReason: string | null;
}

@Index('reconciler_finding_one_open_key', ['creditorId', 'workflowId', 'kind'], { unique: true, where: `"resolved_at" is null` })
@Index('reconciler_finding_found_idx', ['foundAt', 'findingId'])
@Entity('reconciler_finding')
export class ReconcilerFindingEntity implements ReconcilerFindingRow {
  @Key()
  creditorId: string;
  @Key()
  findingId: string;
  @Text()
  kind: ReconcilerFindingRow['kind'];
  @Text()
  workflowId: string;
  @OptionalText()
  caseId: string | null;
  @Text()
  action: ReconcilerFindingRow['action'];
  @Json()
  detail: Record<string, unknown>;
  @Int()
  times: number;
  @At()
  foundAt: Instant;
  @At()
  lastSeenAt: Instant;
  @OptionalAt()
  resolvedAt: Instant | null;
}

@Index('reconciler_pass_started_idx', ['creditorId', 'startedAt'])
@Entity('reconciler_pass')
export class ReconcilerPassEntity implements ReconcilerPassRow {
  @Key()
  creditorId: string;
  @Key()
  passId: string;
  @At()
  startedAt: Instant;
  @OptionalAt()
  endedAt: Instant | null;
  @Text()
  outcome: ReconcilerPassRow['outcome'];
  @Int()
  cases: number;
  @Int()
  differing: number;
  @Int()
  repaired: number;
}

@Entity('provider_sweep')
export class ProviderSweepEntity implements ProviderSweepRow {
  @Key()
  creditorId: string;
  @Key()
  provider: string;
  @Key()
  account: string;
  @At()
  sweptUntil: Instant;
  @At()
  lastRunAt: Instant;
  @Int()
  recovered: number;
  @OptionalText()
  lastError: string | null;
}
