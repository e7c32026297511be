import express, { type NextFunction, type Request, type Response } from 'express';
import { Problem } from './problem.js';
import { problemOf, sendProblem } from './problem.filter.js';
import type { ApiRequest } from './request-context.js';
import { JSON_LIMIT_BYTES, WEBHOOK_LIMIT_BYTES } from './too-large.js';

/** Routes that take a file read it themselves, after the guard has let them. */
const UPLOAD_PATH = /\/(imports|pdf|proof)\/?$/;

const asJson = express.json({
  limit: JSON_LIMIT_BYTES,
  strict: true,
  type: ['application/json', 'application/merge-patch+json'],
  verify: (request, _response, bytes) => {
    (request as ApiRequest).rawBody = bytes;
  },
});
const asBytes = express.raw({ limit: WEBHOOK_LIMIT_BYTES, type: () => true });

/** One parser per kind of route: webhooks keep their raw bytes, uploads are left alone, everything else is JSON of at most 256 KiB. */
export function parseBody(request: Request, response: Response, next: NextFunction): void {
  if (request.path.startsWith('/webhooks/')) {
    asBytes(request, response, (error?: unknown) => {
      (request as ApiRequest).rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      next(error);
    });
    return;
  }
  if (UPLOAD_PATH.test(request.path)) return next();
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !request.is(['application/json', 'application/merge-patch+json']))
    return next(new Problem('mediaTypeUnsupported', { field: 'Content-Type' }));
  asJson(request, response, next);
}

/** What a parser refuses is a problem like any other. */
export function parserProblems(error: unknown, request: Request, response: Response, _next: NextFunction): void {
  sendProblem(request, response, problemOf(error));
}
