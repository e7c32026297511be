import { describe, expect, it } from 'vitest';
import { problemOf } from './problem.filter.js';
import { tooLarge } from './too-large.js';

describe('a body that is too large', () => {
  it.each([
    [10 * 1024 * 1024, '10\u202fMio au plus (10485760 octets).'],
    [256 * 1024, '256\u202fKio au plus (262144 octets).'],
    [1000, '1000\u202foctets au plus (1000 octets).'],
  ])('of a limit of %i bytes is refused with that limit, readable', (limit, words) => {
    const { code, more } = tooLarge(limit, 'file');
    expect([code, more.field, more.facts, more.detail?.endsWith(words)]).toEqual(['bodyTooLarge', 'file', { limitBytes: limit }, true]);
  });

  it('keeps the limit that its parser names', () => {
    const error = Object.assign(new Error('request entity too large'), {
      type: 'entity.too.large',
      status: 413,
      limit: 2048,
      length: 4096,
    });
    expect(problemOf(error).more.facts).toEqual({ limitBytes: 2048 });
    const upload = Object.assign(new Error('File too large'), { name: 'MulterError', code: 'LIMIT_FILE_SIZE', field: 'file' });
    expect(problemOf(upload).more).toMatchObject({ field: 'file', facts: { limitBytes: 10_485_760 } });
  });
});
