import { type Figure, median } from './figures.js';

/** One stretch of measured workflows. */
export interface Run {
  readonly perSecond: number;
  /** Milliseconds of processor time of starter and worker, per case. */
  readonly cpuMs: number;
}

export interface Cost {
  readonly events: number;
  readonly bytes: number;
  readonly transitions: number;
}

/** Two stretches of the same cases as one. */
export function together(a: Run, b: Run): Run {
  return { perSecond: 1 / (1 / a.perSecond + 1 / b.perSecond), cpuMs: a.cpuMs + b.cpuMs };
}

/** Figures of one shape of workflow beside its bare twin; runs with the same index took turns. `goal` is the least ratio of throughput. */
export function figuresOf(
  name: string,
  own: readonly Run[],
  bare: readonly Run[],
  bareName: string,
  cost: Cost,
  bareCost: Cost,
  goal?: number,
): Figure[] {
  const part = 'orchestration';
  const ratio = median(own.map((run, index) => run.perSecond / (bare[index]?.perSecond ?? Number.NaN)));
  const throughput = {
    part,
    what: `${name}: cases per second`,
    value: median(own.map((run) => run.perSecond)),
    unit: '/s',
    baseline: { what: bareName, value: median(bare.map((run) => run.perSecond)) },
    ratio,
  };
  const against = (what: string, value: number, unit: string, base: number): Figure => ({
    part,
    what: `${name}: ${what}`,
    value,
    unit,
    baseline: { what: bareName, value: base },
    ratio: value / base,
  });
  return [
    goal === undefined ? throughput : { ...throughput, goal: { text: `≥ ${goal}`, met: ratio >= goal } },
    against('processor time of starter and worker', median(own.map((run) => run.cpuMs)), 'ms/case', median(bare.map((run) => run.cpuMs))),
    against('events', cost.events, '', bareCost.events),
    against('state transitions', cost.transitions, '', bareCost.transitions),
    against('history', cost.bytes, 'bytes', bareCost.bytes),
  ];
}
