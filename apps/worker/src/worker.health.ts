import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** A page of numbers, kept by whoever counts them. */
export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface HealthSource {
  isAlive(): boolean;
  isReady(): boolean;
}

/**
 * `/livez`: the process is sound (a missing Temporal does not make it unsound: it reconnects). `/readyz`: workflows and acts are polled for.
 * `/metrics`: the numbers of the process for Prometheus. Answers 200 or 503 with a word; anything else is 404. Throws when the port is taken, naming it.
 */
export async function serveHealth(source: HealthSource, host: string, port: number, metrics?: MetricsPage): Promise<Server> {
  const server = createServer((request, response) => {
    if (metrics && request.method === 'GET' && request.url === '/metrics') {
      void answerMetrics(metrics, response);
      return;
    }
    const checks: Readonly<Record<string, () => boolean>> = { '/livez': () => source.isAlive(), '/readyz': () => source.isReady() };
    const check = request.method === 'GET' ? checks[request.url ?? ''] : undefined;
    const isFine = check?.();
    const status = isFine === undefined ? 404 : isFine ? 200 : 503;
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' });
    response.end(JSON.stringify({ status: isFine === undefined ? 'unknown' : isFine ? 'ok' : 'unavailable' }));
  });
  server.requestTimeout = 5_000;
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE' ? `Port ${port} is taken: set WORKER_HEALTH_PORT to a free one.` : error.message;
    throw new Error(`The worker's health page cannot listen on ${host}:${port}. ${taken}`, { cause: error });
  });
  return server;
}

async function answerMetrics(metrics: MetricsPage, response: ServerResponse): Promise<void> {
  const text = await metrics.text().catch(() => undefined);
  response.writeHead(text === undefined ? 500 : 200, {
    'content-type': metrics.contentType,
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(text ?? '');
}

/** Closes the page without waiting for half-sent requests. */
export async function closeHealth(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => {
    server.close(() => done());
  });
}
