import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { answerFile } from '../communications/sealed-file.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { approvalDecisionBody, approvalDetail, approvalsAnswer, approvalsQuery } from './approvals.schemas.js';
import { ApprovalsService } from './approvals.service.js';

@Controller('api/v1/creditors/:creditorId/approvals')
export class ApprovalsController {
  constructor(@Inject(ApprovalsService) private readonly approvals: ApprovalsService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Demandes d’accord', answer: approvalsAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(approvalsQuery) query: z.output<typeof approvalsQuery>,
  ): Promise<z.output<typeof approvalsAnswer>> {
    return this.approvals.list(creditorId, query);
  }

  @Get(':approvalId')
  @Allow(...ANYONE)
  @Story({ summary: 'Une demande d’accord\u202f: somme, base et décompte figé', answer: approvalDetail })
  detail(@PathId('creditorId') creditorId: string, @PathId('approvalId') approvalId: string): Promise<z.output<typeof approvalDetail>> {
    return this.approvals.detail(creditorId, approvalId);
  }

  @Get(':approvalId/letter')
  @Allow(...ANYONE)
  @Story({ summary: 'La lettre exacte à approuver', bytes: 'application/pdf' })
  async letter(
    @PathId('creditorId') creditorId: string,
    @PathId('approvalId') approvalId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return answerFile(response, await this.approvals.letter(creditorId, approvalId));
  }

  @Post(':approvalId/decision')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Approuver ou refuser la lettre et la somme (finance)', answer: approvalDetail })
  decide(
    @PathId('creditorId') creditorId: string,
    @PathId('approvalId') approvalId: string,
    @BodyOf(approvalDecisionBody) body: z.output<typeof approvalDecisionBody>,
    @By() by: Actor,
  ): Promise<z.output<typeof approvalDetail>> {
    const { verdict, basis, note } = body;
    return this.approvals.decide(creditorId, approvalId, { verdict, basis, ...(note ? { note } : {}) }, by);
  }
}
