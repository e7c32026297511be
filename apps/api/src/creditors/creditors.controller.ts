import type { Actor } from '#casework';
import type { ApiKeyRow } from '#ports';
import { Controller, Get, HttpCode, Inject, Patch, Post } from '@nestjs/common';
import type { z } from 'zod';
import { By, IfMatch, Key } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { Problem } from '../http/problem.js';
import {
  brakeInput,
  creditorAnswer,
  type CreditorInput,
  creditorInput,
  creditorPage,
  type CreditorPatch,
  creditorPatch,
  creditorQuery,
  readinessAnswer,
} from './creditors.schemas.js';
import { CreditorsService } from './creditors.service.js';

@Controller('api/v1/creditors')
export class CreditorsController {
  constructor(@Inject(CreditorsService) private readonly creditors: CreditorsService) {}

  @Post()
  @Allow('finance', 'operator')
  @Story({ summary: 'Créer un créancier', answer: creditorAnswer, status: 201 })
  create(@BodyOf(creditorInput) body: CreditorInput, @Key() key: ApiKeyRow, @By() by: Actor) {
    if (key.creditorId !== '*') throw new Problem('forbidden', { detail: 'Cette clé est celle d’un seul créancier.' });
    return this.creditors.create(body, by);
  }

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Lister les créanciers que la clé peut voir', answer: creditorPage })
  list(@QueryOf(creditorQuery) query: z.output<typeof creditorQuery>, @Key() key: ApiKeyRow) {
    return this.creditors.list(key, query);
  }

  @Get(':creditorId')
  @Allow(...ANYONE)
  @Story({ summary: 'Lire un créancier et ses réglages', answer: creditorAnswer })
  one(@PathId('creditorId') creditorId: string) {
    return this.creditors.one(creditorId);
  }

  @Patch(':creditorId')
  @Allow('finance', 'operator')
  @Story({ summary: 'Changer les réglages', answer: creditorAnswer })
  change(
    @PathId('creditorId') creditorId: string,
    @BodyOf(creditorPatch) body: CreditorPatch,
    @IfMatch() version: number,
    @By() by: Actor,
  ) {
    return this.creditors.change(creditorId, body, version, by);
  }

  @Get(':creditorId/readiness')
  @Allow(...ANYONE)
  @Story({ summary: 'Ce qui manque avant la mise en service', answer: readinessAnswer })
  readiness(@PathId('creditorId') creditorId: string) {
    return this.creditors.readiness(creditorId);
  }

  @Post(':creditorId/go-live')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Mettre en service\u202f: les relances peuvent partir', answer: creditorAnswer })
  goLive(@PathId('creditorId') creditorId: string, @By() by: Actor) {
    return this.creditors.goLive(creditorId, by);
  }

  @Post(':creditorId/brake')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Serrer ou desserrer le frein\u202f: plus rien ne part', answer: creditorAnswer })
  brake(@PathId('creditorId') creditorId: string, @BodyOf(brakeInput) body: z.output<typeof brakeInput>, @By() by: Actor) {
    return this.creditors.brake(creditorId, body.on, by);
  }
}
