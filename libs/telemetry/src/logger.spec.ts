import { describe, expect, it } from 'vitest';
import { correlationIdFrom, withCorrelationId } from './correlation.js';
import { frameworkLogger, temporalLogger } from './framework-loggers.js';
import { createLogger } from './logger.js';

function recorded(level = 'trace') {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({ name: 'test', level, destination: { write: (line: string) => lines.push(JSON.parse(line)) } });
  return { lines, logger };
}

describe('createLogger', () => {
  it('keeps ids and codes and hides fields nobody allowed', () => {
    const { lines, logger } = recorded();
    logger.info({ caseId: 'A01', debtor: { name: 'Mme Durand' }, recipient: 'x', amountMinor: 120_000n }, 'stage done');
    expect(lines[0]).toMatchObject({
      caseId: 'A01',
      debtor: '[hidden]',
      recipient: '[hidden]',
      amountMinor: '120000',
      message: 'stage done',
    });
    expect(lines[0]).toMatchObject({ level: 'info', name: 'test', time: expect.stringMatching(/Z$/) });
  });

  it('blanks addresses, bank numbers and keys inside sentences', () => {
    const { lines, logger } = recorded();
    logger.warn(
      { reason: 'refused for marie@exemple.fr on FR76 3000 6000 0112 3456 7890 189' },
      'postgres://me:hunter2@db/x and SG.abcdefghij.klm',
    );
    expect(lines[0]?.reason).toBe('refused for [email] on [iban]');
    expect(lines[0]?.message).toBe('postgres://me:[key]@db/x and [key]');
  });

  it('says the kind and code of an error but not the row it was about', () => {
    const { lines, logger } = recorded();
    const error = Object.assign(new Error('duplicate key for jean@exemple.fr'), { code: '23505', detail: 'Key (email)=(jean@exemple.fr)' });
    logger.error(error, 'could not save');
    logger.error({ error, caseId: 'A01' });
    expect(JSON.stringify(lines)).not.toContain('jean@');
    expect(lines[0]?.err).toMatchObject({ type: 'Error', code: '23505', message: 'duplicate key for [email]' });
    expect(lines[1]).toMatchObject({ caseId: 'A01', err: { code: '23505' } });
  });

  it('carries the correlation id of the running request', async () => {
    const { lines, logger } = recorded();
    await withCorrelationId('request-0001', async () => {
      await Promise.resolve();
      logger.info('inside');
    });
    logger.info('outside');
    expect(lines.map((line) => line.correlationId)).toEqual(['request-0001', undefined]);
  });
});

describe('correlationIdFrom', () => {
  it('takes over a harmless id and replaces the rest', () => {
    expect(correlationIdFrom('order-2026.11:42')).toBe('order-2026.11:42');
    for (const bad of [undefined, '', 'short', 'has space in it', 'line\nbreak-in-id', 'x'.repeat(101)])
      expect(correlationIdFrom(bad)).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('loggers of the frameworks', () => {
  it('write through ours, with the speaking class as context', () => {
    const { lines, logger } = recorded();
    frameworkLogger(logger).log('Mapped route', 'RouterExplorer');
    frameworkLogger(logger).error(new Error('no'), 'Error: no\n at x', 'ExceptionHandler');
    temporalLogger(logger).log('WARN', 'poll failed', { taskQueue: 'collections', secretThing: 'x' });
    expect(lines[0]).toMatchObject({ context: 'RouterExplorer', message: 'Mapped route' });
    expect(lines[1]).toMatchObject({ context: 'ExceptionHandler', err: { message: 'no' } });
    expect(lines[2]).toMatchObject({ level: 'warn', taskQueue: 'collections', secretThing: '[hidden]' });
  });
});
