import type { Instant } from '#domain';
import type { BrakeRow, ReconcilerFindingRow } from '#ports';
import type { DataSource } from 'typeorm';
import type { StatementSettings } from '../session.js';
import type { Page, PageRequest } from './keyset-page.js';
import { countOperations, type OperationCounts } from './operation-counts.js';
import {
  type DeadLetter,
  flaggedWithoutTask,
  type FlaggedMessage,
  type LateRung,
  listBrakes,
  listCrossed,
  listDeadLetters,
  listFindings,
  listLateRungs,
  listUncertain,
  type OperationScope,
} from './operation-lists.js';
import { Reader } from './reader.js';
import { type CaseToCompare, casesOfWorkflows, type InformToCompare, informsToCompare, openCasesToCompare } from './reconcile-reads.js';

/** What operators and the reconciler read: over one creditor, or over the installation. Never writes; pages by key, at most 200 rows. */
export class OperationReads {
  private readonly reader: Reader;

  constructor(dataSource: DataSource, settings: StatementSettings = {}) {
    this.reader = new Reader(dataSource, settings);
  }

  counts(now: Instant, creditorId?: string): Promise<OperationCounts> {
    return countOperations(this.reader, now, creditorId);
  }

  crossed(request: OperationScope & PageRequest = {}): Promise<Page<FlaggedMessage>> {
    return listCrossed(this.reader, request);
  }

  uncertain(request: OperationScope & PageRequest = {}): Promise<Page<FlaggedMessage>> {
    return listUncertain(this.reader, request);
  }

  flaggedWithoutTask(before: Instant, limit: number): Promise<{ creditorId: string; messageId: string; isCrossed: boolean }[]> {
    return flaggedWithoutTask(this.reader, before, limit);
  }

  lateRungs(now: Instant, request: OperationScope & PageRequest = {}): Promise<Page<LateRung>> {
    return listLateRungs(this.reader, now, request);
  }

  deadLetters(request: OperationScope & PageRequest & { queue?: 'inbox' | 'outbox' } = {}): Promise<Page<DeadLetter>> {
    return listDeadLetters(this.reader, request);
  }

  brakes(request: OperationScope & PageRequest & { live?: boolean } = {}): Promise<Page<BrakeRow>> {
    return listBrakes(this.reader, request);
  }

  findings(request: OperationScope & PageRequest & { open?: boolean } = {}): Promise<Page<ReconcilerFindingRow>> {
    return listFindings(this.reader, request);
  }

  openCasesToCompare(creditorId: string, after: string, limit: number): Promise<CaseToCompare[]> {
    return openCasesToCompare(this.reader, creditorId, after, limit);
  }

  casesOfWorkflows(creditorId: string, workflowIds: readonly string[]): Promise<CaseToCompare[]> {
    return casesOfWorkflows(this.reader, creditorId, workflowIds);
  }

  informsToCompare(creditorId: string, before: Instant, limit: number): Promise<InformToCompare[]> {
    return informsToCompare(this.reader, creditorId, before, limit);
  }
}
