import { type TemporalServer, findTemporalCli, startTemporal } from '../../apps/ops/temporal-cli.mjs';

/** A real development server kept in memory, with the product's search attributes and timers that fire on time. */
export async function startTestTemporal(logFile: string): Promise<TemporalServer> {
  return startTemporal({ cli: await findTemporalCli(), logFile, fastTimers: true });
}
