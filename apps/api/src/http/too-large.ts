import { Problem } from './problem.js';

/** Bodies that are JSON. */
export const JSON_LIMIT_BYTES = 256 * 1024;
export const WEBHOOK_LIMIT_BYTES = 2 * 1024 * 1024;

/** 413 with the limit, in words and in bytes: whoever sent too much knows what to cut. */
export function tooLarge(limitBytes: number, field?: string): Problem {
  return new Problem('bodyTooLarge', {
    ...(field ? { field } : {}),
    detail: `La demande est trop grande\u202f: ${sizeInWords(limitBytes)} au plus (${limitBytes} octets).`,
    facts: { limitBytes },
  });
}

/** `10 Mio`, `256 Kio`; bytes where it is neither. */
function sizeInWords(bytes: number): string {
  const kibi = 1024;
  if (bytes % (kibi * kibi) === 0) return `${bytes / (kibi * kibi)}\u202fMio`;
  return bytes % kibi === 0 ? `${bytes / kibi}\u202fKio` : `${bytes}\u202foctets`;
}
