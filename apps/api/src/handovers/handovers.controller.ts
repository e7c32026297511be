import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { because } from '../cases/case-commands.service.js';
import { answerFile } from '../communications/sealed-file.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { handOverDetail, handOversAnswer, handOversQuery, recallBody } from './handovers.schemas.js';
import { HandOversService } from './handovers.service.js';

@Controller('api/v1/creditors/:creditorId/handovers')
export class HandOversController {
  constructor(@Inject(HandOversService) private readonly handOvers: HandOversService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Dossiers remis', answer: handOversAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(handOversQuery) query: z.output<typeof handOversQuery>,
  ): Promise<z.output<typeof handOversAnswer>> {
    return this.handOvers.list(creditorId, query);
  }

  @Get(':handOverId')
  @Allow(...ANYONE)
  @Story({ summary: 'Une remise et les empreintes de ses pièces', answer: handOverDetail })
  detail(@PathId('creditorId') creditorId: string, @PathId('handOverId') handOverId: string): Promise<z.output<typeof handOverDetail>> {
    return this.handOvers.detail(creditorId, handOverId);
  }

  @Get(':handOverId/file')
  @Allow(...ANYONE)
  @Story({ summary: 'Le dossier (ZIP) avec son vérificateur', bytes: 'application/zip' })
  async file(
    @PathId('creditorId') creditorId: string,
    @PathId('handOverId') handOverId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return answerFile(response, await this.handOvers.file(creditorId, handOverId), 'attachment');
  }

  @Post(':handOverId/recalled')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Noter que le prestataire a confirmé le rappel', answer: handOverDetail })
  recalled(
    @PathId('creditorId') creditorId: string,
    @PathId('handOverId') handOverId: string,
    @BodyOf(recallBody) body: z.output<typeof recallBody>,
    @By() by: Actor,
  ): Promise<z.output<typeof handOverDetail>> {
    return this.handOvers.recalled(creditorId, handOverId, because(by, body.note));
  }
}
