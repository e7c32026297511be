import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Desk } from '../../scenarios/desk.js';
import { Stack } from '../../support/stack.js';
import { StackClock } from '../../support/stack-clock.js';

/** Longer than the minute after which a message is tried again. */
const PATIENCE_MS = 90_000;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.open({ pgBase: inject('pgBase'), temporalAddress: inject('temporalAddress') });
}, 120_000);
afterAll(() => stack.close());

describe('the sandbox clock, from wake to wake', () => {
  it('stops at the hour of a confirmation that waits for the sending window, before it goes on to the cases', async () => {
    const desk = await Desk.open(stack, 'A', 'clockwork');
    await desk.ask('finance', 'POST', '/go-live');
    await desk.import('a4-factur-x.pdf');
    const clock = new StackClock(stack, desk.creditorId, async () => false, PATIENCE_MS);
    const promise = { amount: { amount: '7920.00', currency: 'EUR' }, dueOn: '2026-03-10', channel: 'phone' };
    await desk.command('A4', 'promise', promise);
    await clock.settle();
    expect(stack.local.mails()).toHaveLength(0);
    const moved = await desk.ask<{ day: string; at: string }>('controller', 'POST', '/sandbox/clock', { toNextWake: true });
    expect(moved.day).toBe('2026-03-02');
    await clock.settle();
    expect(stack.local.mails().map(({ to }) => to[0]?.email)).toEqual(['atelier@garage-pervenche.example']);
    const { nextWake } = await desk.ask<{ nextWake: { at: string } }>('auditor', 'GET', '/sandbox/clock');
    expect(nextWake.at > '2026-03-10').toBe(true);
  });

  it('a real creditor refuses it', async () => {
    const desk = await Desk.open(stack, 'B', 'no-clock', { sandbox: false });
    const answer = await desk.call('controller', 'POST', '/sandbox/clock', { days: 1 });
    expect([answer.status, answer.body.code]).toEqual([
      expect.toSatisfy((status: number) => status === 409 || status === 422),
      'notASandbox',
    ]);
  });
});
