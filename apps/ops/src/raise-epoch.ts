import { type Actor, beginRaising, type CaseworkDeps, endRaising, openRaising, raiseEpochs } from '#casework';
import type { OperationReads } from '#persistence';
import type { UnitOfWork } from '#ports';

export interface RaisingParts extends Pick<CaseworkDeps, 'clock' | 'ids'> {
  readonly unitOfWork: UnitOfWork;
  readonly reads: Pick<OperationReads, 'openCasesToCompare'>;
}

export interface RaisingRequest {
  readonly creditorId: string;
  readonly by: Actor;
  /** Cases of one transaction; 200 when absent. */
  readonly batch?: number;
  /** Called after every committed batch with the cases looked at so far. */
  readonly onBatch?: (looked: number) => void;
  readonly signal?: AbortSignal;
}

export interface RaisingResult {
  readonly open: number;
  readonly raised: number;
  /** It continued one that was cut short: cases raised then were left. */
  readonly isResumed: boolean;
  /** False when the signal ended it between two batches; the next run continues. */
  readonly isWhole: boolean;
}

export interface RaisingPreview {
  readonly open: number;
  /** Lowest and highest epoch of the open cases. */
  readonly epochs: readonly [number, number] | undefined;
  readonly isCutShort: boolean;
}

const BATCH = 200;

/** What raising would meet, without writing anything. */
export async function previewRaising(parts: RaisingParts, creditorId: string): Promise<RaisingPreview> {
  let open = 0;
  let epochs: [number, number] | undefined;
  for await (const page of openCases(parts, creditorId, BATCH)) {
    open += page.length;
    for (const { epoch } of page) epochs = epochs ? [Math.min(epochs[0], epoch), Math.max(epochs[1], epoch)] : [epoch, epoch];
  }
  return { open, epochs, isCutShort: (await parts.unitOfWork.plain((tx) => openRaising(tx, creditorId))) !== undefined };
}

/**
 * Raises the epoch of every open case of a creditor by one, in batches of a transaction each, with a journal row per case. Killed half-way, the next run
 * continues: a case is raised once per raising.
 */
export async function raiseCreditor(parts: RaisingParts, request: RaisingRequest): Promise<RaisingResult> {
  const { creditorId, by, batch = BATCH, onBatch, signal } = request;
  const run = parts.unitOfWork.run.bind(parts.unitOfWork);
  const preview = await previewRaising(parts, creditorId);
  if (preview.open === 0 && !preview.isCutShort) return { open: 0, raised: 0, isResumed: false, isWhole: true };
  const begun = await run(creditorId, 'exclusive', async (tx) => {
    // Another run has ended meanwhile the one that both came to continue: a new one would raise every case a second time.
    if (preview.isCutShort && !(await openRaising(tx, creditorId))) return undefined;
    return beginRaising(tx, parts, creditorId, by);
  });
  if (!begun) return { open: preview.open, raised: 0, isResumed: true, isWhole: true };
  const { raisingId, isResumed } = begun;
  let open = 0;
  let raised = 0;
  for await (const page of openCases(parts, creditorId, batch)) {
    if (signal?.aborted) return { open, raised, isResumed, isWhole: false };
    const caseIds = page.map(({ caseId }) => caseId);
    raised += await run(creditorId, 'shared', (tx) => raiseEpochs(tx, parts, creditorId, { caseIds, raisingId }, by));
    open += page.length;
    onBatch?.(open);
  }
  await run(creditorId, 'exclusive', (tx) => endRaising(tx, parts, creditorId, { raisingId, cases: raised }, by));
  return { open, raised, isResumed, isWhole: true };
}

async function* openCases({ reads }: RaisingParts, creditorId: string, size: number) {
  for (let after = ''; ; ) {
    const page = await reads.openCasesToCompare(creditorId, after, size);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    if (page.length < size) return;
    after = last.caseId;
  }
}
