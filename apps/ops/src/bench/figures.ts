/** One measured figure. `ratio` compares it with a baseline of the same run; only ratios may be compared between machines. */
export interface Figure {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: { readonly what: string; readonly value: number };
  readonly ratio?: number;
  readonly goal?: { readonly text: string; readonly met: boolean };
}

/** The `share` (0 to 1) quantile of samples, by nearest rank. Throws a RangeError without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (found === undefined) throw new RangeError('No samples');
  return found;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Three significant digits. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** The table for people: one line per figure, aligned. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.part,
    figure.what,
    `${round(figure.value)} ${figure.unit}`.trim(),
    figure.baseline ? `${figure.baseline.what}: ${round(figure.baseline.value)}` : '',
    figure.ratio === undefined ? '' : String(round(figure.ratio)),
    figure.goal ? `${figure.goal.text} ${figure.goal.met ? 'met' : 'MISSED'}` : '',
  ]);
  const all = [['part', 'what', 'measured', 'baseline of the same run', 'ratio', 'goal'], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Runs `work` for `items` with `lanes` at a time and answers how long each took, in milliseconds. */
export async function timed<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      const from = performance.now();
      await work(item);
      samples.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return samples;
}
