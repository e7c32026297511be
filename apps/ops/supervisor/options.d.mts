export interface StartOptions {
  readonly root: string;
  readonly data: string;
  readonly ports: Readonly<Record<'api' | 'temporal' | 'temporalUi' | 'local' | 'workerHealth', number>>;
  readonly empty: boolean;
  readonly help: boolean;
  /** The flag that bounds the worker's V8 heap. */
  readonly workerHeap: string;
}
export const USAGE: string;
export class UsageError extends Error {}
export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>, root: string): StartOptions;
export function busyPortSentence(name: string, port: number, holder?: string): string;
export function portHolder(port: number): Promise<string | undefined>;
export const WORKER_HEAP_MB: number;
