import type { ApiKeyRow } from '#ports';
import { Controller, Get, Header, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { Key } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, QueryOf, Story } from '../http/route-decorators.js';
import {
  findingPage,
  findingsQuery,
  flaggedPage,
  lateRungPage,
  operationsListQuery,
  operationsQuery,
  reconcileAnswer,
  reconcileInput,
  statuteFindings,
  summaryAnswer,
} from './operations.schemas.js';
import { refuseUnlessOfInstallation } from './operation-scope.js';
import { OperationsService } from './operations.service.js';

type ListQuery = z.output<typeof operationsListQuery>;

@Controller('api/v1/operations')
export class OperationsController {
  constructor(
    @Inject(OperationsService) private readonly operations: OperationsService,
    @Inject(Backend) private readonly backend: Backend,
  ) {}

  @Get('summary')
  @Allow(...ANYONE)
  @Story({ summary: 'L’état de la machine\u202f: retards, envois incertains, abandons, freins, écarts', answer: summaryAnswer })
  summary(@Key() key: ApiKeyRow, @QueryOf(operationsQuery) query: z.output<typeof operationsQuery>) {
    return this.operations.summary(key, query.creditorId);
  }

  @Get('crossed-messages')
  @Allow(...ANYONE)
  @Story({ summary: 'Messages croisés par un paiement', answer: flaggedPage })
  crossed(@Key() key: ApiKeyRow, @QueryOf(operationsListQuery) query: ListQuery) {
    return this.operations.crossed(key, query);
  }

  @Get('uncertain-messages')
  @Allow(...ANYONE)
  @Story({ summary: 'Messages dont personne ne sait s’ils sont partis', answer: flaggedPage })
  uncertain(@Key() key: ApiKeyRow, @QueryOf(operationsListQuery) query: ListQuery) {
    return this.operations.uncertain(key, query);
  }

  @Get('late-rungs')
  @Allow(...ANYONE)
  @Story({ summary: 'Étapes échues et non décidées', answer: lateRungPage })
  lateRungs(@Key() key: ApiKeyRow, @QueryOf(operationsListQuery) query: ListQuery) {
    return this.operations.lateRungs(key, query);
  }

  @Get('findings')
  @Allow(...ANYONE)
  @Story({ summary: 'Écarts entre la base et Temporal, et ce qui en a été fait', answer: findingPage })
  findings(@Key() key: ApiKeyRow, @QueryOf(findingsQuery) query: z.output<typeof findingsQuery>) {
    return this.operations.findings(key, query);
  }

  @Get('statute-findings')
  @Allow(...ANYONE)
  @Story({ summary: 'Valeurs légales à vérifier ou sans suite', answer: statuteFindings })
  statuteFindings() {
    return this.operations.statuteFindings();
  }

  @Post('reconcile')
  @HttpCode(200)
  @Allow('finance', 'operator')
  @Story({ summary: 'Comparer maintenant la base et Temporal, et réparer', answer: reconcileAnswer, repeatable: true })
  reconcile(@Key() key: ApiKeyRow, @BodyOf(reconcileInput) body: z.output<typeof reconcileInput>) {
    return this.operations.reconcile(key, body);
  }

  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Allow('operator', 'auditor')
  @Story({ summary: 'Mesures au format Prometheus, sans identifiant ni donnée personnelle', bytes: 'text/plain' })
  async metrics(@Key() key: ApiKeyRow): Promise<string> {
    refuseUnlessOfInstallation(key);
    return this.backend.metrics.text(this.backend);
  }
}
