import type { Actor } from '#casework';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { because, type CaseAfter } from '../cases/case-commands.service.js';
import { caseAfterAnswer, dryRunQuery } from '../cases/case-commands.schemas.js';
import { By, IfMatch } from '../http/request-context.js';
import { Allow, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { dayOf, moneyFrom } from '../http/wire.js';
import { promiseBody, promiseWithdrawalBody } from './promises.schemas.js';
import { PromisesService } from './promises.service.js';

type DryRun = z.output<typeof dryRunQuery>;

@Controller('api/v1/creditors/:creditorId/cases/:caseId/promise')
export class PromisesController {
  constructor(@Inject(PromisesService) private readonly promises: PromisesService) {}

  @Post()
  @HttpCode(200)
  @Allow('controller', 'finance', 'integrator', 'operator')
  @Story({ summary: 'Enregistrer une promesse de paiement\u202f: la relance attend ce jour', answer: caseAfterAnswer })
  make(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(promiseBody) body: z.output<typeof promiseBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    const { dueOn, channel, madeBy, wording } = body;
    const promise = { dueOn: dayOf(dueOn), channel, ...(madeBy ? { madeBy } : {}), ...(wording ? { wording } : {}) };
    return this.promises.make({ creditorId, caseId, by, dryRun: query.dryRun ?? false, ifMatch }, moneyFrom(body.amount), promise);
  }

  @Post('withdraw')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Retirer la promesse en cours', answer: caseAfterAnswer })
  withdraw(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @BodyOf(promiseWithdrawalBody) body: z.output<typeof promiseWithdrawalBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<CaseAfter> {
    return this.promises.withdraw({ creditorId, caseId, by: because(by, body.note), dryRun: query.dryRun ?? false, ifMatch });
  }
}
