import {
  type Actor,
  type AppliedCase,
  clearDoubts,
  closeCase,
  decideAccessories,
  environmentOf,
  type InsolvencyReport,
  openInsolvency,
  placeHold,
  refusal,
  releaseHold,
  reportOverIndebtedness,
  resumeLadder,
} from '#casework';
import type { Day } from '#domain';
import type { Tx } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { caseAfter } from './case-views.js';
import { CasesService } from './cases.service.js';
import type { caseAfterAnswer } from './case-commands.schemas.js';
import { commit } from './rehearse.js';

export type CaseAfter = z.output<typeof caseAfterAnswer>;

/** Which case, who asks, and whether it is only to see. */
export interface CaseCommand {
  readonly creditorId: string;
  readonly caseId: string;
  readonly by: Actor;
  readonly dryRun: boolean;
  /** Version the caller saw (`If-Match`); another one is refused. */
  readonly ifMatch?: number;
}

/** Commands on one case. Each is one transaction: fact, state, plan, journal, news for the workflow. */
@Injectable()
export class CaseCommandsService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(CasesService) private readonly cases: CasesService,
  ) {}

  /** Runs one command of casework and answers with the case after it. */
  run(command: CaseCommand, work: (tx: Tx) => Promise<Pick<AppliedCase, 'row'>>): Promise<CaseAfter> {
    const { creditorId, dryRun } = command;
    return commit(this.backend, creditorId, { dryRun }, async (tx) => {
      await this.cases.row(tx, creditorId, command.caseId);
      if (command.ifMatch !== undefined) await checkVersion(tx, creditorId, command.caseId, command.ifMatch);
      const { row } = await work(tx);
      return caseAfter(tx, this.backend, row, dryRun);
    });
  }

  hold(command: CaseCommand, hold: { until: Day; reason: string; note?: string }): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, (tx) => placeHold(tx, this.backend.deps, creditorId, caseId, hold, by));
  }

  releaseHold(command: CaseCommand): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, (tx) => releaseHold(tx, this.backend.deps, creditorId, caseId, by));
  }

  close(command: CaseCommand, closing: { kind: 'withdrawn' | 'writtenOff'; reason: string }): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, (tx) => closeCase(tx, this.backend.deps, creditorId, caseId, closing, by));
  }

  insolvency(command: CaseCommand, report: InsolvencyReport): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, async (tx) => {
      const row = await this.cases.row(tx, creditorId, caseId);
      const { today } = await environmentOf(tx, this.backend.deps, row);
      const { openedOn, publishedOn } = report;
      if (openedOn > today) throw refusal('dayInFuture', { openedOn, today }, '/openedOn');
      if (publishedOn && publishedOn > today) throw refusal('dayInFuture', { publishedOn, today }, '/publishedOn');
      return openInsolvency(tx, this.backend.deps, creditorId, caseId, report, by);
    });
  }

  overIndebtedness(command: CaseCommand, admissibleOn: Day): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, async (tx) => {
      const { today } = await environmentOf(tx, this.backend.deps, await this.cases.row(tx, creditorId, caseId));
      if (admissibleOn > today) throw refusal('dayInFuture', { admissibleOn, today }, '/admissibleOn');
      return reportOverIndebtedness(tx, this.backend.deps, creditorId, caseId, admissibleOn, by);
    });
  }

  accessories(command: CaseCommand, decision: 'pursue' | 'waive'): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, async (tx) => ({ row: await decideAccessories(tx, this.backend.deps, creditorId, caseId, decision, by) }));
  }

  resume(command: CaseCommand): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, (tx) => resumeLadder(tx, this.backend.deps, creditorId, caseId, by));
  }

  clearDoubts(command: CaseCommand): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.run(command, (tx) => clearDoubts(tx, this.backend.deps, creditorId, caseId, by));
  }
}

/** The person's note is the reason in the journal; the code stays a fact. */
export function because(by: Actor, note: string | undefined): Actor {
  return note ? { ...by, reason: note.slice(0, 500) } : by;
}

/** The case as the caller saw it, or a refusal; the row stays locked for the command. */
async function checkVersion(tx: Tx, creditorId: string, caseId: string, seen: number): Promise<void> {
  const [row] = await tx.lockCases(creditorId, [caseId]);
  if (row && row.factSeq !== seen) throw refusal('versionConflict', { version: row.factSeq }, 'If-Match');
}
