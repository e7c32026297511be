import type { Actor } from '#casework';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { By, IfMatch } from '../http/request-context.js';
import { Allow, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { dayOf } from '../http/wire.js';
import { because, type CaseAfter, CaseCommandsService } from './case-commands.service.js';
import {
  accessoriesBody,
  caseAfterAnswer,
  doubtsBody,
  dryRunQuery,
  holdBody,
  insolvencyBody,
  overIndebtednessBody,
  releaseBody,
  resumeBody,
  withdrawBody,
  writeOffBody,
} from './case-commands.schemas.js';

type DryRun = z.output<typeof dryRunQuery>;

@Controller('api/v1/creditors/:creditorId/cases/:caseId')
export class CaseCommandsController {
  constructor(@Inject(CaseCommandsService) private readonly commands: CaseCommandsService) {}

  @Post('hold')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Suspendre le dossier jusqu’à un jour\u202f; il reprend seul', answer: caseAfterAnswer })
  hold(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(holdBody) body: z.output<typeof holdBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    const { until, reason, note } = body;
    const command = { creditorId, caseId, by: because(by, note), dryRun: query.dryRun ?? false, ifMatch };
    return this.commands.hold(command, { until: dayOf(until), reason, ...(note ? { note } : {}) });
  }

  @Post('hold/release')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Lever la suspension', answer: caseAfterAnswer })
  release(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(releaseBody) body: z.output<typeof releaseBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    return this.commands.releaseHold({ creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch });
  }

  @Post('withdraw')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Retirer le dossier', answer: caseAfterAnswer })
  withdraw(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(withdrawBody) body: z.output<typeof withdrawBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    const command = { creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch };
    return this.commands.close(command, { kind: 'withdrawn', reason: body.reason });
  }

  @Post('write-off')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Passer la créance en perte (finance)', answer: caseAfterAnswer })
  writeOff(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(writeOffBody) body: z.output<typeof writeOffBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    const command = { creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch };
    return this.commands.close(command, { kind: 'writtenOff', reason: body.reason });
  }

  @Post('insolvency')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Signaler une procédure collective\u202f: tout s’arrête', answer: caseAfterAnswer })
  insolvency(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(insolvencyBody) body: z.output<typeof insolvencyBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    const command = { creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch };
    const { openedOn, publishedOn, declareBy } = body;
    return this.commands.insolvency(command, {
      openedOn: dayOf(openedOn),
      ...(publishedOn ? { publishedOn: dayOf(publishedOn) } : {}),
      ...(declareBy ? { declareBy: dayOf(declareBy) } : {}),
    });
  }

  @Post('over-indebtedness')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({
    summary: 'Signaler un dossier de surendettement recevable\u202f: les relances du consommateur s’arrêtent',
    answer: caseAfterAnswer,
  })
  overIndebtedness(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(overIndebtednessBody) body: z.output<typeof overIndebtednessBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    const command = { creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch };
    return this.commands.overIndebtedness(command, dayOf(body.admissibleOn));
  }

  @Post('doubts/clear')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Lever le doute sur le document', answer: caseAfterAnswer })
  clearDoubts(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(doubtsBody) body: z.output<typeof doubtsBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    return this.commands.clearDoubts({ creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch });
  }

  @Post('accessories')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Réclamer les intérêts et l’indemnité d’un principal réglé, ou y renoncer (finance)', answer: caseAfterAnswer })
  accessories(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(accessoriesBody) body: z.output<typeof accessoriesBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    const command = { creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch };
    return this.commands.accessories(command, body.decision);
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('controller', 'finance')
  @Story({ summary: 'Reprendre les relances, une fois corrigé ce qui les retenait', answer: caseAfterAnswer })
  resume(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(resumeBody) body: z.output<typeof resumeBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    return this.commands.resume({ creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch });
  }
}
