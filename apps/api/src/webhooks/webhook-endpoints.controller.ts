import type { Actor } from '#casework';
import { Controller, Delete, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { By } from '../http/request-context.js';
import { Allow, BodyOf, PathId, Story } from '../http/route-decorators.js';
import {
  endpointAnswer,
  type EndpointInput,
  endpointInput,
  endpointsAnswer,
  newEndpointAnswer,
  secretsInput,
} from './webhook-endpoints.schemas.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';

@Controller('api/v1/creditors/:creditorId/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(@Inject(WebhookEndpointsService) private readonly endpoints: WebhookEndpointsService) {}

  @Post()
  @Allow('finance', 'operator')
  @Story({ summary: 'Ouvrir un point d’entrée pour un prestataire de paiement', answer: newEndpointAnswer, status: 201, showsSecret: true })
  create(@PathId('creditorId') creditorId: string, @BodyOf(endpointInput) body: EndpointInput, @By() by: Actor) {
    return this.endpoints.create(creditorId, body, by);
  }

  @Get()
  @Allow('finance', 'operator', 'auditor')
  @Story({ summary: 'Lister les points d’entrée', answer: endpointsAnswer })
  list(@PathId('creditorId') creditorId: string) {
    return this.endpoints.list(creditorId);
  }

  @Put(':endpointId/secrets')
  @Allow('finance', 'operator')
  @Story({ summary: 'Changer les secrets de signature', answer: endpointAnswer })
  rotate(
    @PathId('creditorId') creditorId: string,
    @PathId('endpointId') endpointId: string,
    @BodyOf(secretsInput) body: z.output<typeof secretsInput>,
    @By() by: Actor,
  ) {
    return this.endpoints.rotate(creditorId, endpointId, body.secrets, by);
  }

  @Delete(':endpointId')
  @HttpCode(204)
  @Allow('finance', 'operator')
  @Story({ summary: 'Fermer un point d’entrée', status: 204 })
  disable(@PathId('creditorId') creditorId: string, @PathId('endpointId') endpointId: string, @By() by: Actor): Promise<void> {
    return this.endpoints.disable(creditorId, endpointId, by);
  }
}
