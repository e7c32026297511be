import type { Actor } from '#casework';
import type { ApiKeyRow } from '#ports';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { By, Key } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { deadLetterDone, deadLetterPage, deadLetterReason, deadLettersQuery } from './dead-letters.schemas.js';
import { DeadLettersService } from './dead-letters.service.js';

@Controller('api/v1/operations/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DeadLettersService) private readonly letters: DeadLettersService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Événements et nouvelles que les machines ont abandonnés, les plus anciens d’abord', answer: deadLetterPage })
  list(@Key() key: ApiKeyRow, @QueryOf(deadLettersQuery) query: z.output<typeof deadLettersQuery>) {
    return this.letters.list(key, query);
  }

  @Post(':deadLetterId/retry')
  @HttpCode(200)
  @Allow('finance', 'operator')
  @Story({ summary: 'Essayer de nouveau', answer: deadLetterDone })
  retry(
    @Key() key: ApiKeyRow,
    @PathId('deadLetterId') deadLetterId: string,
    @BodyOf(deadLetterReason) body: z.output<typeof deadLetterReason>,
    @By() by: Actor,
  ) {
    return this.letters.retry(key, deadLetterId, { ...by, reason: body.reason });
  }

  @Post(':deadLetterId/dismiss')
  @HttpCode(200)
  @Allow('finance', 'operator')
  @Story({ summary: 'Laisser de côté, avec un motif', answer: deadLetterDone })
  dismiss(
    @Key() key: ApiKeyRow,
    @PathId('deadLetterId') deadLetterId: string,
    @BodyOf(deadLetterReason) body: z.output<typeof deadLetterReason>,
    @By() by: Actor,
  ) {
    return this.letters.dismiss(key, deadLetterId, { ...by, reason: body.reason });
  }
}
