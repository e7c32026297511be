import type { Server } from 'node:http';
import type { Config } from '#config';
import type { Logger } from '#telemetry';
import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type BuiltActivities, buildActivities } from './activities.provider.js';
import { closeHealth, serveHealth } from './worker.health.js';
import { WorkerRunner } from './worker.runner.js';

export interface WorkerModuleParts {
  readonly config: Config;
  readonly logger: Logger;
  /** How the acts are built; a test gives its own. */
  readonly build?: typeof buildActivities;
  /** Called once when a worker dies by itself. */
  readonly onFailure: (error: unknown) => void;
}

const PARTS = Symbol('worker parts');
const ACTIVITIES = Symbol('acts with their adapters');

/** Ties the workers and their health page to the life of the application: up after everything is built, drained before anything is closed. */
@Injectable()
export class WorkerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runner: WorkerRunner;
  private health: Server | undefined;

  constructor(
    @Inject(PARTS) private readonly parts: WorkerModuleParts,
    @Inject(ACTIVITIES) private readonly activities: BuiltActivities,
  ) {
    this.runner = new WorkerRunner({ ...parts, activities });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { config } = this.parts;
    this.health = await serveHealth(this.runner, config.WORKER_HEALTH_HOST, config.WORKER_HEALTH_PORT, this.activities.metrics);
    this.runner.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runner.stop();
    if (this.health !== undefined) await closeHealth(this.health);
  }
}

@Module({})
export class WorkerModule {
  static of(parts: WorkerModuleParts): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: ACTIVITIES, useFactory: () => (parts.build ?? buildActivities)(parts.config, parts.logger) },
        WorkerLifecycle,
      ],
    };
  }
}
