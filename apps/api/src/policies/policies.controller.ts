import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { notFound } from '../http/problem.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { defined } from '../http/wire.js';
import { checkAnswer, policyAnswer, policyBody, policyPage, policyQuery } from './policies.schemas.js';
import { PoliciesService } from './policies.service.js';

@Controller('api/v1/creditors/:creditorId/policies')
export class PoliciesController {
  constructor(@Inject(PoliciesService) private readonly policies: PoliciesService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Lister les modèles fournis et les versions publiées', answer: policyPage })
  list(@PathId('creditorId') creditorId: string, @QueryOf(policyQuery) query: z.output<typeof policyQuery>) {
    return this.policies.list(creditorId, defined(query));
  }

  @Get(':policyId/:version')
  @Allow(...ANYONE)
  @Story({ summary: 'Lire une version', answer: policyAnswer })
  one(@PathId('creditorId') creditorId: string, @PathId('policyId') policyId: string, @PathId('version') version: string) {
    if (!/^[1-9]\d{0,6}$/.test(version)) throw notFound('policy', `${policyId}@${version}`);
    return this.policies.one(creditorId, policyId, Number(version));
  }

  @Post('check')
  @HttpCode(200)
  @Allow('controller', 'finance')
  @Story({ summary: 'Vérifier un projet de politique sans le publier', answer: checkAnswer })
  check(@PathId('creditorId') _creditorId: string, @BodyOf(policyBody) body: z.output<typeof policyBody>) {
    return this.policies.check(body);
  }

  @Post()
  @Allow('finance')
  @Story({ summary: 'Publier une version, qui ne changera plus', answer: policyAnswer, status: 201 })
  publish(@PathId('creditorId') creditorId: string, @BodyOf(policyBody) body: z.output<typeof policyBody>, @By() by: Actor) {
    return this.policies.publish(creditorId, body, by);
  }
}
