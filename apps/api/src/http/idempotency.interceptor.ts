import { createHash } from 'node:crypto';
import type { Instant } from '#domain';
import { addSeconds } from '#domain';
import type { IdempotencyRow } from '#ports';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, from, mergeMap, type Observable, of, throwError } from 'rxjs';
import type { Backend } from '../backend.js';
import { Problem } from './problem.js';
import type { ApiRequest } from './request-context.js';
import { ROUTE_STORY, type RouteStory } from './route-decorators.js';

const RUNNING_SECONDS = 300;

/**
 * `Idempotency-Key` on commands: the same key with the same body gives the first answer again, with another body 422, while the first still runs 409.
 * A command that failed leaves nothing, so its key may be used again; one that died half-way is never repeated by a machine (409, look first).
 */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly backend: Backend) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<ApiRequest>();
    const header = request.headers['idempotency-key'];
    const story = Reflect.getMetadata(ROUTE_STORY, context.getHandler()) as RouteStory | undefined;
    if (header === undefined || request.method !== 'POST' || !request.apiKey || story?.showsSecret) return next.handle();
    const row = this.newRow(request, header);
    const known = await this.register(row);
    const response = http.getResponse<Response>();
    if (known) return of(replay(known, row, response, this.backend.deps.clock.now()));
    const done = { creditorId: row.creditorId, key: row.key };
    return next.handle().pipe(
      mergeMap((answer: unknown) => from(this.finish(done, response.statusCode, answer)).pipe(mergeMap(() => of(answer)))),
      catchError((error: unknown) => from(this.forget(done)).pipe(mergeMap(() => throwError(() => error)))),
    );
  }

  private newRow(request: ApiRequest, header: string | string[]): IdempotencyRow {
    if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) {
      throw new Problem('idempotencyKeyInvalid', {
        field: 'Idempotency-Key',
        detail: 'La clé d’idempotence a de 1 à 200 caractères visibles.',
      });
    }
    const creditorId = request.params['creditorId'];
    return {
      creditorId: typeof creditorId === 'string' ? creditorId : '*',
      key: `${request.apiKey?.keyId ?? ''}:${header}`,
      route: `${request.method} ${request.originalUrl}`.slice(0, 1000),
      bodySha256: createHash('sha256')
        .update(request.rawBody ?? '')
        .digest('hex'),
      state: 'running',
      status: null,
      response: null,
      createdAt: this.backend.deps.clock.now(),
    };
  }

  private register(row: IdempotencyRow): Promise<IdempotencyRow | undefined> {
    return this.backend.deps.unitOfWork.plain(async (tx) => {
      if (await tx.idempotencyKeys.insertOnce(row)) return undefined;
      return tx.idempotencyKeys.one({ creditorId: row.creditorId, key: row.key });
    });
  }

  private async finish(where: { creditorId: string; key: string }, status: number, answer: unknown): Promise<void> {
    const response = { body: answer ?? null } as Record<string, unknown>;
    await this.backend.deps.unitOfWork.plain((tx) => tx.idempotencyKeys.update(where, { state: 'done', status, response }));
  }

  private async forget(where: { creditorId: string; key: string }): Promise<void> {
    await this.backend.deps.unitOfWork.plain((tx) => tx.idempotencyKeys.delete({ ...where, state: 'running' })).catch(() => undefined);
  }
}

function replay(known: IdempotencyRow, asked: IdempotencyRow, response: Response, now: Instant): unknown {
  if (known.route !== asked.route || known.bodySha256 !== asked.bodySha256)
    throw new Problem('idempotencyKeyReused', { field: 'Idempotency-Key' });
  if (known.state === 'running') {
    if (addSeconds(known.createdAt, RUNNING_SECONDS) < now) throw new Problem('idempotencyOutcomeUnknown');
    throw new Problem('idempotencyInProgress', { retryAfterSeconds: 1 });
  }
  response.status(known.status ?? 200).setHeader('Idempotency-Replayed', 'true');
  return known.response?.['body'];
}
