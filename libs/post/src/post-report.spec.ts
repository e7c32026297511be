import { describe, expect, it } from 'vitest';
import { readPostReport } from './post-report.js';

const data = { mid: 'm1', state: 'delivered', on: '2026-03-05', trackingNumber: 'RK000000015FR' };
const read = (value: unknown) => readPostReport({ eventId: 'post_1', rawBody: Buffer.from(JSON.stringify(value), 'utf8') });

describe('post reports', () => {
  it('reads a delivery with its day', () => {
    expect(read({ type: 'letter.delivered', timestamp: '2026-03-05T10:00:00+01:00', data })).toEqual({
      kind: 'report',
      report: {
        eventId: 'post_1',
        mid: 'm1',
        state: 'delivered',
        at: '2026-03-05T09:00:00.000Z',
        on: '2026-03-05',
        trackingNumber: 'RK000000015FR',
      },
    });
  });

  it('leaves the day out when the provider does, and never takes an impossible day for today', () => {
    const reading = read({ type: 'letter.unclaimed', timestamp: '2026-03-05T09:00:00Z', data: { mid: 'm1' } });
    expect(reading).toMatchObject({ kind: 'report', report: { state: 'unclaimed' } });
    expect(JSON.stringify(reading)).not.toContain('"on"');
    expect(read({ type: 'letter.delivered', timestamp: '2026-03-05T09:00:00Z', data: { mid: 'm1', on: '2026-02-30' } }).kind).toBe(
      'quarantined',
    );
  });

  it('ignores other types and quarantines what it cannot read', () => {
    expect(read({ type: 'letter.franked', data }).kind).toBe('ignored');
    expect(read({ type: 'toString', data }).kind).toBe('ignored');
    for (const value of [
      null,
      [],
      {},
      { type: 'letter.delivered', data },
      { type: 'letter.delivered', timestamp: '2026-03-05T09:00:00Z', data: { mid: '../x' } },
    ]) {
      expect(read(value).kind).toBe('quarantined');
    }
    expect(readPostReport({ eventId: 'e', rawBody: Buffer.from('{') }).kind).toBe('quarantined');
  });
});
