import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { callReportAnswer, callReportBody, callsAnswer, callsQuery } from './calls.schemas.js';
import { CallsService } from './calls.service.js';

@Controller('api/v1/creditors/:creditorId/calls')
export class CallsController {
  constructor(@Inject(CallsService) private readonly calls: CallsService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Appels à faire, avec numéros et factures', answer: callsAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(callsQuery) query: z.output<typeof callsQuery>,
  ): Promise<z.output<typeof callsAnswer>> {
    return this.calls.list(creditorId, query);
  }

  @Post(':callId/report')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Dire ce que l’appel a donné\u202f; vaut pour toutes les factures jointes', answer: callReportAnswer })
  report(
    @PathId('creditorId') creditorId: string,
    @PathId('callId') callId: string,
    @BodyOf(callReportBody) body: z.output<typeof callReportBody>,
    @By() by: Actor,
  ): Promise<z.output<typeof callReportAnswer>> {
    const { outcome, note, contactName, wrongNumber } = body;
    const report = { outcome, ...(note ? { note } : {}), ...(contactName ? { contactName } : {}), ...(wrongNumber ? { wrongNumber } : {}) };
    return this.calls.report(creditorId, callId, report, by);
  }
}
