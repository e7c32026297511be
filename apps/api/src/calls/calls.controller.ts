import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { answerFile } from '../communications/sealed-file.js';
import { AcceptedLanguage, type ReaderLanguage } from '../http/reader-language.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { callReportAnswer, callReportBody, callsAnswer, callSheetQuery, callsQuery } from './calls.schemas.js';
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

  @Get(':callId/sheet')
  @Allow(...ANYONE)
  @Story({
    summary: 'Fiche de l’appel\u202f: sommes du jour, ce qui a été fait, ce qui peut se dire et ce qui ne le peut pas',
    bytes: 'application/pdf',
  })
  async sheet(
    @PathId('creditorId') creditorId: string,
    @PathId('callId') callId: string,
    @QueryOf(callSheetQuery) { caseId, language }: z.output<typeof callSheetQuery>,
    @AcceptedLanguage() accepted: ReaderLanguage,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const spoken = language ?? accepted;
    response.setHeader('Content-Language', spoken);
    response.vary('Accept-Language');
    return answerFile(response, await this.calls.sheet({ creditorId, callId, ...(caseId ? { caseId } : {}), language: spoken }));
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
