import { Controller, Get, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Allow, ANYONE, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { journalAnswer, journalQuery, verifyAnswer, verifyQuery } from './journal.schemas.js';
import { JournalService } from './journal.service.js';

@Controller('api/v1/creditors/:creditorId/journal')
export class JournalController {
  constructor(@Inject(JournalService) private readonly journal: JournalService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Le journal\u202f: chaque changement, son auteur, son motif', answer: journalAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(journalQuery) query: z.output<typeof journalQuery>,
  ): Promise<z.output<typeof journalAnswer>> {
    return this.journal.list(creditorId, query);
  }

  @Get('verify')
  @Allow(...ANYONE)
  @Story({ summary: 'Recalculer la chaîne d’empreintes', answer: verifyAnswer })
  verify(
    @PathId('creditorId') creditorId: string,
    @QueryOf(verifyQuery) query: z.output<typeof verifyQuery>,
  ): Promise<z.output<typeof verifyAnswer>> {
    return this.journal.verify(creditorId, query);
  }
}
