import { RefusedError } from '#casework';
import { frenchDay, parseDay } from '#domain';
import { MAX_FILE_BYTES } from '#intake';
import { BadCursor, databaseRefusal } from '#persistence';
import type { Logger } from '#telemetry';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Problem } from './problem.js';
import { PROBLEMS, problemType } from './problem-catalog.js';
import { requestIdOf } from './request-context.js';
import { tooLarge } from './too-large.js';

const WEBHOOK_REFUSED = '{"type":"/problems/webhook-refused","title":"Refusé.","status":401,"code":"webhookRefused"}';

/** Turns whatever was thrown into an RFC 9457 answer. What nobody foresaw is a 500 without detail, logged with its error. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    if (problem.code === 'internalError') this.logger.error({ err: error, method: request.method, path: request.path }, 'A request failed');
    sendProblem(request, response, problem);
  }
}

/** Writes a problem; harmless when the answer has already begun. */
export function sendProblem(request: Request, response: Response, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.code === 'webhookRefused') {
    // The same bytes whatever was wrong: an attacker learns nothing from the answer.
    response.status(401).type('application/problem+json').end(WEBHOOK_REFUSED);
    return;
  }
  const entry = PROBLEMS.get(problem.code) ?? { status: 500, title: problem.code, staffCanAct: false };
  const { detail, field, errors, facts, retryAfterSeconds } = problem.more;
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  if (entry.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(entry.status).type('application/problem+json');
  response.end(
    JSON.stringify({
      type: problemType(problem.code),
      title: entry.title,
      status: entry.status,
      code: problem.code,
      detail: detail ?? entry.title,
      instance: request.originalUrl.split('?', 1)[0]?.slice(0, 500),
      requestId: requestIdOf(request),
      staffCanAct: entry.staffCanAct,
      ...(errors ? { errors } : field ? { errors: [{ pointer: field, code: problem.code, detail: detail ?? entry.title }] } : {}),
      ...(facts ? { facts } : {}),
    }),
  );
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return PROBLEMS.has(error.code) ? error : new Problem('internalError');
  if (error instanceof RefusedError) return fromRefusal(error);
  if (error instanceof BadCursor) return new Problem('cursorInvalid', { field: 'cursor' });
  if (error instanceof HttpException) return fromHttp(error);
  return fromParser(error) ?? fromDatabase(error) ?? new Problem('internalError');
}

function fromRefusal({ refusal }: RefusedError): Problem {
  if (!PROBLEMS.has(refusal.refusal)) return new Problem('internalError');
  const detail = withLatestDay(PROBLEMS.get(refusal.refusal)?.title, refusal.facts?.['latestOn']);
  return new Problem(refusal.refusal, {
    ...(detail ? { detail } : {}),
    ...(refusal.field ? { field: refusal.field } : {}),
    ...(refusal.facts ? { facts: refusal.facts } : {}),
  });
}

/** Whoever is on the phone with the debtor needs the day in the sentence, not only in the facts. */
function withLatestDay(title: string | undefined, latestOn: unknown): string | undefined {
  const latest = typeof latestOn === 'string' ? parseDay(latestOn) : undefined;
  return title && latest ? `${title.replace(/\.$/, '')}\u202f: au plus tard le ${frenchDay(latest)}.` : undefined;
}

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: 'authenticationRequired',
  403: 'forbidden',
  404: 'routeNotFound',
  405: 'methodNotAllowed',
  413: 'bodyTooLarge',
  415: 'mediaTypeUnsupported',
  503: 'tooBusy',
};

function fromHttp(error: HttpException): Problem {
  const status = error.getStatus();
  // Only the parser of forms tells it this way.
  if (status === 413) return tooLarge(MAX_FILE_BYTES, 'file');
  return new Problem(CODE_OF_STATUS[status] ?? (status < 500 ? 'badRequest' : 'internalError'));
}

/** Errors of the body parsers and of the router, which carry a `type` or a `status` and nothing of Nest's. */
function fromParser(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { type, status, limit } = error as { type?: unknown; status?: unknown; limit?: unknown };
  if (type === 'entity.parse.failed' || type === 'charset.unsupported') return new Problem('bodyMalformed');
  if (type === 'entity.too.large') return typeof limit === 'number' ? tooLarge(limit) : new Problem('bodyTooLarge');
  if (type === 'encoding.unsupported') return new Problem('mediaTypeUnsupported');
  if (error.name === 'MulterError') return multerProblem(error);
  if (typeof status === 'number' && status >= 400 && status < 500) return new Problem(CODE_OF_STATUS[status] ?? 'badRequest');
  return undefined;
}

function multerProblem(error: Error): Problem {
  const { code, field } = error as { code?: string; field?: string };
  if (code === 'LIMIT_FILE_SIZE') return tooLarge(MAX_FILE_BYTES, field);
  return new Problem('uploadInvalid', { ...(field ? { field } : {}) });
}

function fromDatabase(error: unknown): Problem | undefined {
  const refusal = databaseRefusal(error);
  if (!refusal) return undefined;
  if (refusal.code === '23505') return new Problem('duplicateKey', { facts: { constraint: refusal.constraint ?? null } });
  // Text that PostgreSQL cannot hold (NUL) and numbers beyond a column: the input was wrong, not we.
  if (refusal.code === '22021' || refusal.code === '22P05' || refusal.code === '22P02' || refusal.code === '22003')
    return new Problem('badRequest');
  if (refusal.code === '55P03' || refusal.code === '40P01' || refusal.code === '57014')
    return new Problem('tooBusy', { retryAfterSeconds: 2 });
  return undefined;
}
