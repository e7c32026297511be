import type { Actor } from '#casework';
import type { ApiKeyRow } from '#ports';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Problem } from '../http/problem.js';
import { By, Key } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { type BrakeRequest, brakeAnswer, brakePage, brakeRelease, brakeRequest, brakesQuery } from './brakes.schemas.js';
import { BrakesService } from './brakes.service.js';

@Controller('api/v1/operations/brakes')
export class BrakesController {
  constructor(@Inject(BrakesService) private readonly brakes: BrakesService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Les freins serrés, ou ceux qui l’ont été', answer: brakePage })
  list(@Key() key: ApiKeyRow, @QueryOf(brakesQuery) query: z.output<typeof brakesQuery>) {
    return this.brakes.list(key, query);
  }

  @Post()
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Serrer un frein\u202f: plus rien de ce qu’il vise ne part', answer: brakeAnswer, status: 201, repeatable: true })
  set(@Key() key: ApiKeyRow, @BodyOf(brakeRequest) body: BrakeRequest, @By() by: Actor) {
    if (body.scope === 'product' && by.role === 'controller') throw new Problem('forbidden', { facts: { role: by.role } });
    return this.brakes.set(key, body, by);
  }

  @Post(':brakeId/release')
  @HttpCode(200)
  @Allow('finance', 'operator')
  @Story({ summary: 'Desserrer un frein\u202f: ce qui attendait repart', answer: brakeAnswer, repeatable: true })
  release(
    @Key() key: ApiKeyRow,
    @PathId('brakeId') brakeId: string,
    @BodyOf(brakeRelease) body: z.output<typeof brakeRelease>,
    @By() by: Actor,
  ) {
    return this.brakes.release(key, brakeId, body.reason, by);
  }
}
