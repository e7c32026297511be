import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, Story } from '../http/route-decorators.js';
import { clockAnswer, clockBody, idleAnswer } from './sandbox.schemas.js';
import { SandboxService } from './sandbox.service.js';

@Controller('api/v1/creditors/:creditorId/sandbox')
export class SandboxController {
  constructor(@Inject(SandboxService) private readonly sandbox: SandboxService) {}

  @Get('clock')
  @Allow(...ANYONE)
  @Story({ summary: 'L’horloge du bac à sable', answer: clockAnswer })
  clock(@PathId('creditorId') creditorId: string): Promise<z.output<typeof clockAnswer>> {
    return this.sandbox.clock(creditorId);
  }

  @Post('clock')
  @HttpCode(200)
  @Allow('controller', 'finance', 'integrator', 'operator')
  @Story({ summary: 'Avancer l’horloge\u202f: à un instant, de quelques jours, ou à la prochaine échéance', answer: clockAnswer })
  move(
    @PathId('creditorId') creditorId: string,
    @BodyOf(clockBody) body: z.output<typeof clockBody>,
    @By() by: Actor,
  ): Promise<z.output<typeof clockAnswer>> {
    return this.sandbox.move(creditorId, body, by);
  }

  @Get('idle')
  @Allow(...ANYONE)
  @Story({ summary: 'Tout ce qui est dû est-il fait\u202f?', answer: idleAnswer })
  idle(@PathId('creditorId') creditorId: string): Promise<z.output<typeof idleAnswer>> {
    return this.sandbox.idle(creditorId);
  }
}
