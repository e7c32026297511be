import type { ChildProcess } from 'node:child_process';

export const TEMPORAL_CLI_VERSION: string;
export function temporalCacheFolder(env?: NodeJS.ProcessEnv): string;
export function findTemporalCli(options?: { env?: NodeJS.ProcessEnv; say?: (line: string) => void; signal?: AbortSignal }): Promise<string>;
export interface TemporalServer {
  readonly address: string;
  readonly port: number;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}
export function startTemporal(options: {
  cli: string;
  port?: number;
  uiPort?: number;
  dbFile?: string;
  logFile?: string;
  fastTimers?: boolean;
  timeoutMs?: number;
  onSpawn?: (child: ChildProcess) => void;
}): Promise<TemporalServer>;
