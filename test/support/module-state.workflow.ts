let runs = 0;

/** Counts in module state: each workflow must see its own copy, whatever the worker reuses. */
export async function countRuns(): Promise<number> {
  runs += 1;
  return runs;
}
