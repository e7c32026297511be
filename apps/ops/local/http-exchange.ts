import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The whole body, or `BodyTooLarge` as soon as it passes `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function answerJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

export function answerHtml(response: ServerResponse, body: string, policy: string, status = 200): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(body);
}

export function answerBytes(response: ServerResponse, bytes: Uint8Array, contentType: string, filename: string): void {
  const isPdf = contentType === 'application/pdf';
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': bytes.length,
    'x-content-type-options': 'nosniff',
    // Only a PDF opens in the browser; anything else that came by mail is downloaded.
    'content-disposition': `${isPdf ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, '_')}`,
    ...(isPdf ? {} : { 'content-security-policy': "sandbox; default-src 'none'" }),
  });
  response.end(bytes);
}

export function redirect(response: ServerResponse, to: string): void {
  response.writeHead(303, { location: to });
  response.end();
}

export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer (\S{1,500})$/.exec(request.headers.authorization ?? '')?.[1];
}
