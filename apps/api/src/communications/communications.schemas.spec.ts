import { describe, expect, it } from 'vitest';
import { communicationsQuery } from './communications.schemas.js';

describe('what communications can be listed by', () => {
  it.each(['email', 'registeredPost', 'post', 'file'])('the channel %s', (channel) => {
    expect(communicationsQuery.parse({ channel }).channel).toBe(channel);
  });

  it('no channel that no message has', () => {
    expect(communicationsQuery.safeParse({ channel: 'print' }).success).toBe(false);
  });
});
