export interface PostgresServer {
  readonly port: number;
  /** Connection string of the named database. */
  url(database: string): string;
  stop(): void;
}
export function startPostgres(dir: string, options?: { fast?: boolean; password?: string; port?: number }): Promise<PostgresServer>;
export function freePort(): Promise<number>;
export function portIsFree(port: number, host?: string): Promise<boolean>;
