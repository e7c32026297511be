import type { Actor } from '#casework';
import type { ApiKeyRow } from '#ports';
import { Controller, Delete, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { By, Key } from '../http/request-context.js';
import { Allow, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { defined } from '../http/wire.js';
import { type KeyInput, keyInput, keyPage, keyQuery, newKeyAnswer } from './keys.schemas.js';
import { KeysService } from './keys.service.js';

@Controller('api/v1/creditors/:creditorId/keys')
export class KeysController {
  constructor(@Inject(KeysService) private readonly keys: KeysService) {}

  @Post()
  @Allow('finance', 'operator')
  @Story({ summary: 'Faire une clé d’accès, montrée une seule fois', answer: newKeyAnswer, status: 201, showsSecret: true })
  create(@PathId('creditorId') creditorId: string, @BodyOf(keyInput) body: KeyInput, @Key() key: ApiKeyRow, @By() by: Actor) {
    return this.keys.create(creditorId, body, key, by);
  }

  @Get()
  @Allow('finance', 'operator', 'auditor')
  @Story({ summary: 'Lister les clés, sans ce qui permettrait de s’en servir', answer: keyPage })
  list(@PathId('creditorId') creditorId: string, @QueryOf(keyQuery) query: z.output<typeof keyQuery>) {
    return this.keys.list(creditorId, defined(query));
  }

  @Delete(':keyId')
  @HttpCode(204)
  @Allow('finance', 'operator')
  @Story({ summary: 'Révoquer une clé, aussitôt', status: 204 })
  revoke(@PathId('creditorId') creditorId: string, @PathId('keyId') keyId: string, @By() by: Actor): Promise<void> {
    return this.keys.revoke(creditorId, keyId, by);
  }
}
