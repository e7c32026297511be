import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { type Day, dayIn } from '#domain';
import { Backend } from '../backend.js';
import { Open, Story } from '../http/route-decorators.js';
import { LAW_ZONE, type StatuteNote, statuteNote } from './statute-note.js';

const liveAnswer = z.object({ status: z.literal('ok') }).meta({ id: 'Live' });
const readyAnswer = z
  .object({
    status: z.enum(['ok', 'unavailable']),
    database: z.enum(['ok', 'unavailable', 'migrationsPending']),
    temporal: z
      .enum(['ok', 'unavailable'])
      .meta({ description: 'Indiqué seulement\u202f: sans Temporal, l’API enregistre et transmet plus tard.' }),
    outboxPending: z.number().optional(),
    statutes: z.enum(['ok', 'toCheck', 'endsSoon', 'ended']).meta({
      description:
        'Indiqué seulement\u202f: valeurs légales revérifiées depuis moins d’un an, à revérifier, qui s’arrêtent d’ici trente jours, ou sans suite.',
    }),
  })
  .meta({ id: 'Ready' });

/** For supervisors and load balancers. */
@Controller('health')
@Open('supervisors and load balancers have no key; nothing but states is said')
export class HealthController {
  private isMigrated = false;
  private statutesSeen: { readonly on: Day; readonly note: StatuteNote } | undefined;

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
    return {
      status,
      database,
      temporal: isTemporalUp ? 'ok' : 'unavailable',
      ...(outboxPending === undefined ? {} : { outboxPending }),
      statutes: this.statutes(),
    };
  }

  /** Looked at once a day: a supervisor asks every second. */
  private statutes(): StatuteNote {
    const today = dayIn(this.backend.deps.clock.now(), LAW_ZONE);
    if (this.statutesSeen?.on !== today) this.statutesSeen = { on: today, note: statuteNote(this.backend.deps.law.statutes, today) };
    return this.statutesSeen.note;
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
