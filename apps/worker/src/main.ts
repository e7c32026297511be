import 'reflect-metadata';
import { type Config, loadConfig } from '#config';
import { createLogger, frameworkLogger, type Logger } from '#telemetry';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module.js';
import { HARD_STOP_MS } from './worker.tuning.js';

process.env.TZ = 'UTC';

/** Starts the worker process. SIGTERM and SIGINT drain it and end with 0; a worker that dies by itself ends it with 1. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger({ name: 'worker', level: config.LOG_LEVEL });
  let exitCode = 0;
  const stop = stopOnce(logger, () => exitCode);
  const onFailure = (error: unknown): void => {
    exitCode = 1;
    logger.error({ err: error }, 'A worker died: the process ends so that its supervisor starts it again');
    stop.now('failure');
  };
  stop.whenStarted(start(config, logger, onFailure));
  await stop.started();
}

function start(config: Config, logger: Logger, onFailure: (error: unknown) => void): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.of({ config, logger, onFailure }), {
    logger: frameworkLogger(logger),
    abortOnError: false,
  });
}

/** The one way out, from whatever asks first: it waits for a start in progress, drains, and has a hard end should that hang. */
function stopOnce(logger: Logger, exitCode: () => number) {
  let app: Promise<INestApplicationContext> | undefined;
  let isStopping = false;
  const now = (why: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason: why }, 'The worker stops: running acts end, nothing new is taken');
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    (async () => (await app)?.close())().then(
      () => process.exit(exitCode()),
      (error: unknown) => {
        logger.error({ err: error }, 'The worker could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', now);
  process.on('SIGINT', now);
  return {
    now,
    whenStarted: (starting: Promise<INestApplicationContext>): void => {
      app = starting;
    },
    started: async (): Promise<void> => {
      await app;
    },
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`The worker did not start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
