import { describe, expect, it } from 'vitest';
import { parseInstant } from '#domain';
import { systemClock, uuidV7Ids } from './ids.js';

describe('ids', () => {
  it('are UUIDs of version 7 that rise strictly, a hundred thousand in a row', () => {
    let last = '';
    for (let n = 0; n < 100_000; n++) {
      const id = uuidV7Ids.next();
      if (n % 1_000 === 0) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      if (id <= last) expect.fail(`${id} after ${last}`);
      last = id;
    }
  });

  it('the clock tells an instant', () => {
    const now = systemClock.now();
    expect(parseInstant(now)).toBe(now);
  });
});
