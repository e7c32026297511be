import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { because } from '../cases/case-commands.service.js';
import { answerFile } from '../communications/sealed-file.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { dayOf } from '../http/wire.js';
import { postItemAnswer, postReportBody, postTrayAnswer, postTrayQuery } from './post-tray.schemas.js';
import { PostTrayService } from './post-tray.service.js';

@Controller('api/v1/creditors/:creditorId/post-tray')
export class PostTrayController {
  constructor(@Inject(PostTrayService) private readonly tray: PostTrayService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Lettres recommandées à imprimer et leur acheminement', answer: postTrayAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(postTrayQuery) query: z.output<typeof postTrayQuery>,
  ): Promise<z.output<typeof postTrayAnswer>> {
    return this.tray.list(creditorId, query);
  }

  @Get(':postItemId/letter')
  @Allow(...ANYONE)
  @Story({ summary: 'La lettre à imprimer', bytes: 'application/pdf' })
  async letter(
    @PathId('creditorId') creditorId: string,
    @PathId('postItemId') postItemId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return answerFile(response, await this.tray.letter(creditorId, postItemId));
  }

  @Post(':postItemId/report')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Noter le dépôt, la présentation ou la remise', answer: postItemAnswer })
  report(
    @PathId('creditorId') creditorId: string,
    @PathId('postItemId') postItemId: string,
    @BodyOf(postReportBody) body: z.output<typeof postReportBody>,
    @By() by: Actor,
  ): Promise<z.output<typeof postItemAnswer>> {
    const { state, on, trackingNumber, note } = body;
    const report = { state, ...(on ? { on: dayOf(on) } : {}), ...(trackingNumber ? { trackingNumber } : {}) };
    return this.tray.report(creditorId, postItemId, report, because(by, note));
  }
}
