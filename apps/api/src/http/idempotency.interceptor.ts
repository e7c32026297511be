import { createHash } from 'node:crypto';
import { databaseRefusal } from '#persistence';
import type { IdempotencyRow } from '#ports';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { from, lastValueFrom, type Observable, of } from 'rxjs';
import type { Backend } from '../backend.js';
import { CommandScope, KeyTaken, stepsOf } from './command-scope.js';
import { Problem } from './problem.js';
import type { ApiRequest } from './request-context.js';
import { ROUTE_STORY, type RouteStory } from './route-decorators.js';

/** PostgreSQL's code of a lock that was not had in time: here, of the same key in another transaction. */
const LOCK_TIMEOUT = '55P03';

/**
 * `Idempotency-Key` on commands: the same key with the same body gives the first answer again, with another body 422. The key is kept in the transaction of
 * the effect (`CommandScope`): a command that failed leaves nothing and may be tried again, one whose process died after its effect is answered from it.
 * Routes that take files, and those that say so, may be repeated by nature: of them only the answer is kept.
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
    const response = http.getResponse<Response>();
    const known = await this.known(row);
    if (known?.state === 'done') return of(replay(known, response));
    const handle = (): Promise<unknown> => lastValueFrom(next.handle());
    if (story?.repeatable || story?.takesBytes) return from(this.answered(row, response, await handle()));
    return from(this.command(row, known, response, handle));
  }

  private async command(
    row: IdempotencyRow,
    known: IdempotencyRow | undefined,
    response: Response,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    try {
      return await this.answered(row, response, await new CommandScope(row, stepsOf(known)).run(handle));
    } catch (error) {
      const isWaiting = databaseRefusal(error)?.code === LOCK_TIMEOUT;
      if (!(error instanceof KeyTaken) && !isWaiting) throw error;
      // Another request with this key was faster: its answer is this one's.
      const theirs = await this.known(row);
      if (theirs?.state === 'done') return replay(theirs, response);
      if (theirs || error instanceof KeyTaken) throw new Problem('idempotencyInProgress', { retryAfterSeconds: 1 });
      throw error;
    }
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

  /** The row of this key. Throws when it was used for something else. */
  private async known(asked: IdempotencyRow): Promise<IdempotencyRow | undefined> {
    const { creditorId, key } = asked;
    const known = await this.backend.plain((tx) => tx.idempotencyKeys.one({ creditorId, key }));
    if (known && (known.route !== asked.route || known.bodySha256 !== asked.bodySha256))
      throw new Problem('idempotencyKeyReused', { field: 'Idempotency-Key' });
    return known;
  }

  /** Keeps the whole answer; the row may be missing where the command wrote nothing (a rehearsal, a check). */
  private async answered(row: IdempotencyRow, response: Response, answer: unknown): Promise<unknown> {
    const { creditorId, key } = row;
    const done = { state: 'done' as const, status: response.statusCode, response: { body: answer ?? null } };
    await this.backend.plain(async (tx) => {
      if ((await tx.idempotencyKeys.update({ creditorId, key }, done)) === 0) await tx.idempotencyKeys.insertOnce({ ...row, ...done });
    });
    return answer;
  }
}

function replay(known: IdempotencyRow, response: Response): unknown {
  response.status(known.status ?? 200).setHeader('Idempotency-Replayed', 'true');
  return known.response?.['body'];
}
