import type { Actor } from '#casework';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { because, type CaseAfter } from '../cases/case-commands.service.js';
import { caseAfterAnswer, dryRunQuery } from '../cases/case-commands.schemas.js';
import { By, IfMatch } from '../http/request-context.js';
import { Allow, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { disputeBody, resolutionBody } from './disputes.schemas.js';
import { DisputesService } from './disputes.service.js';

type DryRun = z.output<typeof dryRunQuery>;

@Controller('api/v1/creditors/:creditorId/cases/:caseId/dispute')
export class DisputesController {
  constructor(@Inject(DisputesService) private readonly disputes: DisputesService) {}

  @Post()
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Ouvrir un litige\u202f: la relance s’arrête aussitôt', answer: caseAfterAnswer })
  open(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(disputeBody) body: z.output<typeof disputeBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    return this.disputes.open({ creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch }, body);
  }

  @Post('resolve')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Trancher le litige', answer: caseAfterAnswer })
  resolve(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(resolutionBody) body: z.output<typeof resolutionBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    return this.disputes.resolve({ creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch }, body);
  }
}
