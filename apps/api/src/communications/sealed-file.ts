import { openBytes, sha256Hex } from '#casework';
import { StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Backend } from '../backend.js';
import { notFound } from '../http/problem.js';

/** Bytes that were sealed, opened. */
export interface OpenedFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly fileName: string;
  readonly sha256: string;
}

/** Opens a sealed object of this creditor; 404 without one, 410 when the person was erased. */
export async function openFile(backend: Backend, creditorId: string, objectId: string | null, fallbackName: string): Promise<OpenedFile> {
  if (!objectId) throw notFound('document', fallbackName);
  const { bytes, object } = await backend.plain((tx) => openBytes(tx, backend.deps, creditorId, objectId));
  return { bytes, mediaType: object.mediaType, fileName: object.fileName ?? fallbackName, sha256: sha256Hex(bytes) };
}

/** Answers with the exact bytes and their SHA-256, as RFC 9530 writes it and in hex. */
export function answerFile(response: Response, file: OpenedFile, how: 'inline' | 'attachment' = 'inline'): StreamableFile {
  const ascii = file.fileName.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-120);
  response.setHeader('X-Content-Sha256', file.sha256);
  response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`);
  response.setHeader('Cache-Control', 'private, no-store');
  return new StreamableFile(file.bytes, {
    type: file.mediaType,
    disposition: `${how}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.fileName).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)}`,
    length: file.bytes.length,
  });
}
