import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { because } from '../cases/case-commands.service.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { communicationDecisionBody, communicationDetail, communicationsAnswer, communicationsQuery } from './communications.schemas.js';
import { CommunicationsService } from './communications.service.js';
import { PREVIEW_POLICY } from './mail-preview.js';
import { answerFile } from './sealed-file.js';

@Controller('api/v1/creditors/:creditorId/communications')
export class CommunicationsController {
  constructor(@Inject(CommunicationsService) private readonly communications: CommunicationsService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Messages et lettres', answer: communicationsAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(communicationsQuery) query: z.output<typeof communicationsQuery>,
  ): Promise<z.output<typeof communicationsAnswer>> {
    return this.communications.list(creditorId, query);
  }

  @Get(':messageId')
  @Allow(...ANYONE)
  @Story({ summary: 'Un message, son décompte figé et son acheminement', answer: communicationDetail })
  detail(@PathId('creditorId') creditorId: string, @PathId('messageId') messageId: string): Promise<z.output<typeof communicationDetail>> {
    return this.communications.detail(creditorId, messageId);
  }

  @Get(':messageId/bytes')
  @Allow(...ANYONE)
  @Story({ summary: 'Les octets exacts remis au transporteur', bytes: 'application/json' })
  async bytes(
    @PathId('creditorId') creditorId: string,
    @PathId('messageId') messageId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return answerFile(response, await this.communications.bytes(creditorId, messageId), 'attachment');
  }

  @Get(':messageId/letter')
  @Allow(...ANYONE)
  @Story({ summary: 'La lettre (PDF) ou le dossier remis (ZIP)', bytes: 'application/pdf' })
  async letter(
    @PathId('creditorId') creditorId: string,
    @PathId('messageId') messageId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return answerFile(response, await this.communications.letter(creditorId, messageId));
  }

  @Get(':messageId/preview')
  @Allow(...ANYONE)
  @Story({ summary: 'Le courriel tel qu’il se lit', bytes: 'text/html' })
  async preview(
    @PathId('creditorId') creditorId: string,
    @PathId('messageId') messageId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const html = await this.communications.preview(creditorId, messageId);
    response.type('text/html; charset=utf-8').setHeader('Content-Security-Policy', PREVIEW_POLICY);
    response.setHeader('Cache-Control', 'private, no-store');
    return html;
  }

  @Post(':messageId/decision')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Dire si un message incertain est parti', answer: communicationDetail })
  decide(
    @PathId('creditorId') creditorId: string,
    @PathId('messageId') messageId: string,
    @BodyOf(communicationDecisionBody) body: z.output<typeof communicationDecisionBody>,
    @By() by: Actor,
  ): Promise<z.output<typeof communicationDetail>> {
    return this.communications.decide(creditorId, messageId, body.verdict, because(by, body.note));
  }
}
