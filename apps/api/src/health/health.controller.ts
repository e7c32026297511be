import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Backend } from '../backend.js';
import { Open, Story } from '../http/route-decorators.js';

const liveAnswer = z.object({ status: z.literal('ok') }).meta({ id: 'Live' });
const readyAnswer = z
  .object({
    status: z.enum(['ok', 'unavailable']),
    database: z.enum(['ok', 'unavailable', 'migrationsPending']),
    temporal: z
      .enum(['ok', 'unavailable'])
      .meta({ description: 'Indiqué seulement\u202f: sans Temporal, l’API enregistre et transmet plus tard.' }),
    outboxPending: z.number().optional(),
  })
  .meta({ id: 'Ready' });

/** For supervisors and load balancers. */
@Controller('health')
@Open('supervisors and load balancers have no key; nothing but states is said')
export class HealthController {
  private isMigrated = false;

  constructor(@Inject(Backend) private readonly backend: Backend) {}

  @Get('live')
  @Story({ summary: 'Le processus répond', answer: liveAnswer })
  live(): z.output<typeof liveAnswer> {
    return { status: 'ok' };
  }

  @Get('ready')
  @Story({ summary: 'La base répond et elle est à jour', answer: readyAnswer })
  async ready(@Res({ passthrough: true }) response: Response): Promise<z.output<typeof readyAnswer>> {
    const [database, isTemporalUp] = await Promise.all([this.database(), this.backend.directory.isReachable().catch(() => false)]);
    const outboxPending = database === 'ok' ? await this.backend.outbox.pending().catch(() => undefined) : undefined;
    const status = database === 'ok' ? 'ok' : 'unavailable';
    response.status(status === 'ok' ? 200 : 503).setHeader('Cache-Control', 'no-store');
    return { status, database, temporal: isTemporalUp ? 'ok' : 'unavailable', ...(outboxPending === undefined ? {} : { outboxPending }) };
  }

  private async database(): Promise<z.output<typeof readyAnswer>['database']> {
    try {
      if (!this.isMigrated) this.isMigrated = !(await this.backend.dataSource.showMigrations());
      else await this.backend.outbox.pending();
      return this.isMigrated ? 'ok' : 'migrationsPending';
    } catch {
      return 'unavailable';
    }
  }
}
