import type { Actor } from '#casework';
import type { ApiKeyRow } from '#ports';
import { correlationIdFrom, withCorrelationId } from '#telemetry';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Problem } from './problem.js';

/** A request with what the edge put on it. */
export interface ApiRequest extends Request {
  requestId?: string;
  /** The exact bytes of the body, where a parser took it. */
  rawBody?: Buffer;
  apiKey?: ApiKeyRow;
}

/** Gives every request its id (the caller's when harmless), in the answer, the logs and the journal. */
export function withRequestId(request: ApiRequest, response: Response, next: NextFunction): void {
  const id = correlationIdFrom(request.headers['x-request-id']);
  request.requestId = id;
  response.setHeader('X-Request-Id', id);
  withCorrelationId(id, next);
}

export function requestIdOf(request: Request): string | undefined {
  return (request as ApiRequest).requestId;
}

const REASON_MAX = 500;

/** Who asks and why, for the journal: the key's name and prefix, its role, the request id, and the reason of `X-Reason` or the body. */
export function actorOf(request: ApiRequest): Actor {
  const key = request.apiKey;
  if (!key) throw new Problem('authenticationRequired');
  const reason = reasonOf(request);
  return {
    actor: `${key.name}#${key.prefix}`,
    role: key.role,
    ...(reason ? { reason } : {}),
    ...(request.requestId ? { requestId: request.requestId } : {}),
  };
}

/** Header values arrive as latin1; a reason is written in French. */
function reasonOf(request: ApiRequest): string | undefined {
  const header = request.headers['x-reason'];
  const body: unknown = request.body;
  const inBody = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : undefined;
  const text = typeof header === 'string' ? Buffer.from(header, 'latin1').toString('utf8') : inBody;
  if (typeof text !== 'string') return undefined;
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return line === '' ? undefined : line.slice(0, REASON_MAX);
}

/** Casework's `Actor` of the request. */
export const By = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Actor => actorOf(context.switchToHttp().getRequest<ApiRequest>()),
);

/** The key that the request came with. */
export const Key = createParamDecorator((_data: unknown, context: ExecutionContext): ApiKeyRow => {
  const { apiKey } = context.switchToHttp().getRequest<ApiRequest>();
  if (!apiKey) throw new Problem('authenticationRequired');
  return apiKey;
});

/** The row version of `If-Match: "7"`. Missing: 428, or `undefined` with `{optional: true}`; unreadable: 400. */
export const IfMatch = createParamDecorator(
  (options: { optional?: boolean } | undefined, context: ExecutionContext): number | undefined => {
    const header = context.switchToHttp().getRequest<ApiRequest>().headers['if-match'];
    if (header === undefined) {
      if (options?.optional) return undefined;
      throw new Problem('ifMatchRequired', { field: 'If-Match' });
    }
    const match = /^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(header);
    if (!match) throw new Problem('fieldInvalid', { field: 'If-Match', detail: 'If-Match porte un numéro de version, par exemple "3".' });
    return Number(match[1]);
  },
);
