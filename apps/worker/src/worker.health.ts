import { createServer, type Server } from 'node:http';
import { once } from 'node:events';

export interface HealthSource {
  isAlive(): boolean;
  isReady(): boolean;
}

/**
 * `/livez`: the process is sound (a missing Temporal does not make it unsound: it reconnects). `/readyz`: workflows and acts are polled for.
 * Answers 200 or 503 with a word; anything else is 404. Throws when the port is taken, naming it.
 */
export async function serveHealth(source: HealthSource, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
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

/** Closes the page without waiting for half-sent requests. */
export async function closeHealth(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => {
    server.close(() => done());
  });
}
