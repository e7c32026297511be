import 'reflect-metadata';
import { type Config, loadConfig } from '#config';
import { createLogger, type Logger } from '#telemetry';
import { type Api, createApi } from './create-api.js';

process.env.TZ = 'UTC';

const HARD_STOP_MS = 28_000;

/** Starts the API process. SIGTERM and SIGINT drain it and end with 0. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger({ name: 'api', level: config.LOG_LEVEL });
  const starting = createApi(config, { logger });
  stopOnSignal(starting, logger);
  const api = await starting;
  await listen(api, config);
  logger.info({ port: config.API_PORT, url: config.PUBLIC_URL }, 'The API listens');
}

async function listen(api: Api, config: Config): Promise<void> {
  try {
    await api.app.listen(config.API_PORT, config.API_HOST);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isTaken ? new Error(`Port ${config.API_PORT} is taken: set API_PORT to a free one.`, { cause: error }) : error;
  }
}

/** Our own handlers: the framework's would end the process by the signal or hide a failure. */
function stopOnSignal(starting: Promise<Api>, logger: Logger): void {
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason: signal }, 'The API stops: running requests end, nothing new is taken');
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    starting
      .then((api) => api.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'The API could not stop cleanly');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`The API did not start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
