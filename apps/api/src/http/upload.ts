import { MAX_FILE_BYTES } from '#intake';
import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { AnyFilesInterceptor } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import type { Observable } from 'rxjs';
import { Problem } from './problem.js';
import { tooLarge } from './too-large.js';

/** A file that came in, whole in memory: at most 10 MiB. */
export interface UploadedFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly mediaType: string;
}

/** What the multipart parser leaves on the request. */
interface MultipartFile {
  readonly buffer: Buffer;
  readonly originalname: string;
  readonly mimetype: string;
  readonly size: number;
}

const FILES_MAX = 50;
const asBytes = express.raw({ limit: MAX_FILE_BYTES, type: () => true });

/** Reads a body that is the file itself. Multipart bodies were read by the interceptor before. */
class RawBytesInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (request.is('multipart/form-data') === false || request.is('multipart/form-data') === null) {
      await new Promise<void>((resolve, reject) => {
        asBytes(request, http.getResponse<Response>(), (error?: unknown) => (error ? reject(error as Error) : resolve()));
      });
    }
    return next.handle();
  }
}

/** Lets a route take files, as multipart (`file`, at most 50) or as the body itself. Runs after the guard: strangers fill no memory. */
export function TakesFiles(): MethodDecorator {
  const limits = { fileSize: MAX_FILE_BYTES, files: FILES_MAX, fields: 10, fieldSize: 10_000, parts: FILES_MAX + 10 };
  return applyDecorators(UseInterceptors(AnyFilesInterceptor({ limits, defParamCharset: 'utf8' } as object), new RawBytesInterceptor()));
}

/** The files of the request; 400 when there is none. A raw body takes its name from `X-File-Name`. */
export const Files = createParamDecorator((_data: unknown, context: ExecutionContext): UploadedFile[] => {
  const request = context.switchToHttp().getRequest<Request>();
  const several = (request as Request & { files?: readonly MultipartFile[] }).files;
  if (several !== undefined && several.length > 0) {
    const total = several.reduce((sum, file) => sum + file.size, 0);
    if (total > MAX_FILE_BYTES) throw tooLarge(MAX_FILE_BYTES, 'file');
    return several.map((file) => ({ bytes: file.buffer, fileName: plainName(file.originalname), mediaType: file.mimetype }));
  }
  if (request.is('multipart/form-data'))
    throw new Problem('uploadInvalid', { field: 'file', detail: 'Le formulaire ne contient aucun fichier.' });
  const body: unknown = request.body;
  const header = request.headers['x-file-name'];
  const name = typeof header === 'string' ? Buffer.from(header, 'latin1').toString('utf8') : '';
  return [
    {
      bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      fileName: plainName(name),
      mediaType: (request.headers['content-type'] ?? 'application/octet-stream').split(';', 1)[0]?.trim() ?? 'application/octet-stream',
    },
  ];
});

/** A name without folders and control characters, at most 200 characters; it is shown and stored, never used as a path. */
function plainName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const clean = base.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069"]+/gu, '').trim();
  return clean === '' ? 'fichier' : clean.slice(-200);
}
