import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A number that only grows, by labels of a few fixed words. */
export interface GrowingNumber {
  add(labels: Readonly<Record<string, string>>, by?: number): void;
}

export interface CurrentNumber {
  set(labels: Readonly<Record<string, string>>, value: number): void;
}

export interface Durations {
  /** `seconds` of one occurrence. */
  observe(labels: Readonly<Record<string, string>>, seconds: number): void;
}

interface Described {
  readonly name: string;
  /** A sentence for whoever reads the page. */
  readonly help: string;
  readonly labels?: readonly string[];
}

/** Bounds of an acknowledgement: the goal is 300 ms, senders give up after seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10];

/**
 * The Prometheus page of one process, with Node's own numbers (event loop lag, memory, handles). Labels are words of closed sets chosen in code: no
 * id, no creditor, no person ever becomes one, so that the page may be read by whoever runs the machines.
 */
export class Metrics {
  private readonly registry = new Registry();

  constructor(process: string) {
    this.registry.setDefaultLabels({ process });
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 20 });
  }

  counter({ name, help, labels = [] }: Described): GrowingNumber {
    const counter = new Counter({ name, help, labelNames: [...labels], registers: [this.registry] });
    return { add: (given, by = 1) => counter.inc({ ...given }, by) };
  }

  gauge({ name, help, labels = [] }: Described): CurrentNumber {
    const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [this.registry] });
    return { set: (given, value) => gauge.set({ ...given }, value) };
  }

  durations({ name, help, labels = [] }: Described): Durations {
    const histogram = new Histogram({ name, help, labelNames: [...labels], buckets: BUCKETS, registers: [this.registry] });
    return { observe: (given, seconds) => histogram.observe({ ...given }, seconds) };
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The page as text. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
