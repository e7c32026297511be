import * as fc from 'fast-check';
import { it } from 'vitest';
import { addDays, day } from '../calendar/day.js';
import { isRefusal } from '../refusal.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { randomSteps } from './random-facts.js';
import { shownState } from './shown-state.js';
import { aState } from './test-ladder.js';
it('explore', () => {
  const edges = new Map<string, Map<string, number>>();
  fc.assert(
    fc.property(randomSteps, (steps) => {
      let s = aState();
      let today = day('2026-03-02');
      for (const { afterDays, fact } of steps) {
        today = addDays(today, afterDays);
        const d = decide(s, fact, today);
        if (isRefusal(d)) continue;
        for (const e of d.events) {
          const n = evolve(s, e, today);
          const a = shownState(s),
            b = shownState(n);
          if (a !== b) {
            const k = a + '>' + b;
            const m = edges.get(k) ?? new Map();
            m.set(e.type, (m.get(e.type) ?? 0) + 1);
            edges.set(k, m);
          }
          s = n;
        }
      }
    }),
    { numRuns: 60000 },
  );
  for (const [k, m] of [...edges].sort()) console.log(k, JSON.stringify([...m].sort()));
}, 300000);
