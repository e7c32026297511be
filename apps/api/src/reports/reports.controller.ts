import { Controller, Get, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Allow, ANYONE, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { ageingAnswer, ageingQuery } from './reports.schemas.js';
import { ReportsService } from './reports.service.js';

@Controller('api/v1/creditors/:creditorId/reports')
export class ReportsController {
  constructor(@Inject(ReportsService) private readonly reports: ReportsService) {}

  @Get('ageing')
  @Allow(...ANYONE)
  @Story({ summary: 'Balance âgée : principal ouvert par ancienneté et devise', answer: ageingAnswer })
  ageing(
    @PathId('creditorId') creditorId: string,
    @QueryOf(ageingQuery) query: z.output<typeof ageingQuery>,
  ): Promise<z.output<typeof ageingAnswer>> {
    return this.reports.ageing(creditorId, query);
  }
}
