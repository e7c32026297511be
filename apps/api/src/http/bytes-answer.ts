import { StreamableFile } from '@nestjs/common';

/** A document as a download: never shown inline by a browser on our own host, its name reduced to what a header may carry. */
export function bytesAnswer(bytes: Uint8Array, mediaType: string, fileName: string): StreamableFile {
  const plain =
    fileName
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9._-]+/g, '_')
      .slice(0, 100) || 'document';
  const encoded = encodeURIComponent(fileName.slice(0, 200)).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return new StreamableFile(bytes, {
    type: mediaType,
    length: bytes.length,
    disposition: `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
  });
}
