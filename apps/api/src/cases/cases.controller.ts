import type { Response } from 'express';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { z } from 'zod';
import { AcceptedLanguage, type ReaderLanguage } from '../http/reader-language.js';
import { Allow, ANYONE, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { dayOf } from '../http/wire.js';
import { CaseOutlookService } from './case-outlook.service.js';
import { CasesService } from './cases.service.js';
import {
  explainAnswer,
  explainQuery,
  planAnswer,
  planQuery,
  timelineAnswer,
  timelineQuery,
  verdictsAnswer,
  verdictsQuery,
} from './case-outlook.schemas.js';
import { routesAnswer } from './routes.schema.js';
import { caseDetailAnswer, casesAnswer, casesQuery, countsAnswer } from './cases.schemas.js';
import { statementAnswer, statementQuery } from './statement.schemas.js';
import { type StatementProblem, StatementService } from './statement.service.js';

@Controller('api/v1/creditors/:creditorId')
export class CasesController {
  constructor(
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(CaseOutlookService) private readonly outlook: CaseOutlookService,
    @Inject(StatementService) private readonly statements: StatementService,
  ) {}

  @Get('cases')
  @Allow(...ANYONE)
  @Story({ summary: 'Dossiers, filtrés et triés', answer: casesAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(casesQuery) query: z.output<typeof casesQuery>,
  ): Promise<z.output<typeof casesAnswer>> {
    return this.cases.list(creditorId, query);
  }

  @Get('cases/counts')
  @Allow(...ANYONE)
  @Story({ summary: 'Nombre de dossiers et principal ouvert, par état et devise', answer: countsAnswer })
  counts(@PathId('creditorId') creditorId: string): Promise<z.output<typeof countsAnswer>> {
    return this.cases.counts(creditorId);
  }

  @Get('verdicts')
  @Allow(...ANYONE)
  @Story({ summary: 'Ce qui est parti ou non, et pourquoi (les 500 derniers verdicts)', answer: verdictsAnswer })
  allVerdicts(
    @PathId('creditorId') creditorId: string,
    @QueryOf(verdictsQuery) query: z.output<typeof verdictsQuery>,
  ): Promise<z.output<typeof verdictsAnswer>> {
    return this.outlook.verdicts(creditorId, query);
  }

  @Get('cases/:caseId')
  @Allow(...ANYONE)
  @Story({ summary: 'Un dossier en entier', answer: caseDetailAnswer })
  detail(@PathId('creditorId') creditorId: string, @PathId('caseId') caseId: string): Promise<z.output<typeof caseDetailAnswer>> {
    return this.cases.detail(creditorId, caseId);
  }

  @Get('cases/:caseId/timeline')
  @Allow(...ANYONE)
  @Story({ summary: 'Ce qui est arrivé au dossier', answer: timelineAnswer })
  timeline(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @QueryOf(timelineQuery) query: z.output<typeof timelineQuery>,
  ): Promise<z.output<typeof timelineAnswer>> {
    return this.outlook.timeline(creditorId, caseId, query);
  }

  @Get('cases/:caseId/routes')
  @Allow(...ANYONE)
  @Story({ summary: 'Voies de recouvrement, ouvertes ou fermées selon la loi, et pourquoi', answer: routesAnswer })
  routes(@PathId('creditorId') creditorId: string, @PathId('caseId') caseId: string): Promise<z.output<typeof routesAnswer>> {
    return this.cases.routes(creditorId, caseId);
  }

  @Get('cases/:caseId/plan')
  @Allow(...ANYONE)
  @Story({ summary: 'Ce qui se passera, jusqu’au bout, par le code qui le fera', answer: planAnswer })
  plan(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @QueryOf(planQuery) query: z.output<typeof planQuery>,
  ): Promise<z.output<typeof planAnswer>> {
    return this.outlook.plan(creditorId, caseId, query.days);
  }

  @Get('cases/:caseId/explain')
  @Allow(...ANYONE)
  @Story({ summary: 'Pourquoi cette étape, pourquoi rien n’est parti, ce qui changerait la suite', answer: explainAnswer })
  explain(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @QueryOf(explainQuery) query: z.output<typeof explainQuery>,
    @AcceptedLanguage() accepted: ReaderLanguage,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.output<typeof explainAnswer>> {
    const language = query.language ?? query.lang ?? accepted;
    inLanguage(response, language);
    return this.outlook.explain(creditorId, caseId, language, query.on ? dayOf(query.on) : undefined);
  }

  @Get('cases/:caseId/statement')
  @Allow(...ANYONE)
  @Story({ summary: 'Décompte de la créance à un jour, chaque ligne avec sa source', answer: statementAnswer })
  async statement(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @QueryOf(statementQuery) query: z.output<typeof statementQuery>,
    @AcceptedLanguage() accepted: ReaderLanguage,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.output<typeof statementAnswer> | StatementProblem> {
    const language = query.language ?? accepted;
    inLanguage(response, language);
    const outcome = await this.statements.statement(creditorId, caseId, query.on ? dayOf(query.on) : undefined, language);
    if ('answer' in outcome) return outcome.answer;
    response.status(outcome.problem.status).type('application/problem+json');
    return outcome.problem;
  }

  @Get('cases/:caseId/verdicts')
  @Allow(...ANYONE)
  @Story({ summary: 'Verdicts du dossier\u202f: envoyé, non envoyé, reporté, et pourquoi', answer: verdictsAnswer })
  verdicts(@PathId('creditorId') creditorId: string, @PathId('caseId') caseId: string): Promise<z.output<typeof verdictsAnswer>> {
    return this.outlook.verdicts(creditorId, { caseId, verdict: undefined });
  }
}

/** Caches must not give one reader another's language. */
function inLanguage(response: Response, language: ReaderLanguage): void {
  response.setHeader('Content-Language', language);
  response.vary('Accept-Language');
}
