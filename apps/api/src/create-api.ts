import type { Server } from 'node:http';
import type { Config } from '#config';
import type { Clock, WorkflowDirectory } from '#ports';
import { createLogger, frameworkLogger, type Logger } from '#telemetry';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { ApiModule, CONTROLLERS } from './api.module.js';
import { Backend } from './backend.js';
import { parseBody, parserProblems } from './http/body-parsers.js';
import { openApiDocument } from './http/open-api.js';
import { withRequestId } from './http/request-context.js';
import { ImportsService } from './imports/imports.service.js';
import { type BackgroundWork, startBackgroundWork } from './outbox/background-work.js';
import { BrakesService } from './operations/brakes.service.js';
import { ProviderSweep } from './operations/sweep/provider-sweep.js';
import { InboxService } from './webhooks/inbox.service.js';

export interface ApiOptions {
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly directory?: WorkflowDirectory;
  /** False leaves relay, inbox worker and janitor to another process; on unless told. */
  readonly background?: boolean;
}

export interface Api {
  readonly app: NestExpressApplication;
  readonly backend: Backend;
  readonly background: BackgroundWork | undefined;
  /** Stops taking requests, lets running ones and the background loops end, closes the database. */
  close(): Promise<void>;
}

/** Builds the whole API without listening. Tests give their own clock, directory or logger. */
export async function createApi(config: Config, options: ApiOptions = {}): Promise<Api> {
  const logger = options.logger ?? createLogger({ name: 'api', level: config.LOG_LEVEL });
  const backend = await Backend.open(config, {
    logger,
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.directory ? { directory: options.directory } : {}),
  });
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.of(backend), {
    bodyParser: false,
    logger: quietLogger(logger),
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.use(withRequestId);
  app.use(backend.metrics.measure);
  app.use(parseBody);
  app.use(parserProblems);
  serveDocumentation(app);
  await app.init();
  const background =
    options.background === false
      ? undefined
      : startBackgroundWork(backend, {
          inbox: app.get(InboxService),
          imports: app.get(ImportsService),
          brakes: app.get(BrakesService),
          sweep: new ProviderSweep(backend, app.get(InboxService)),
        });
  return {
    app,
    backend,
    background,
    close: async () => {
      await drain(app);
      await app.close();
      await background?.stop();
      await backend.close();
    },
  };
}

const DRAIN_MS = 5_000;

/** Takes nothing new and lets running requests end, for at most five seconds. */
async function drain(app: NestExpressApplication): Promise<void> {
  const server = app.getHttpServer() as Server;
  if (!server.listening) return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_MS);
  });
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  await Promise.race([closed, patience]).finally(() => clearTimeout(timer));
}

/** The framework tells of every route it maps: that is for who debugs. */
function quietLogger(logger: Logger): ReturnType<typeof frameworkLogger> {
  const own = frameworkLogger(logger);
  return { ...own, log: own.debug };
}

/** Swagger UI at `/docs`, the document itself at `/openapi.json`. */
function serveDocumentation(app: NestExpressApplication): void {
  const document = openApiDocument(CONTROLLERS) as unknown as OpenAPIObject;
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    swaggerOptions: { persistAuthorization: true, docExpansion: 'none', filter: true, tagsSorter: 'alpha' },
    customSiteTitle: 'Relance · API',
  });
}
