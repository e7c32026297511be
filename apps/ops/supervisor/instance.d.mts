export function identityOf(pid: number): string | undefined;
export class AlreadyRunning extends Error {}
export class Instance {
  constructor(data: string);
  claim(): Promise<string[]>;
  note(name: string, pid: number): void;
  release(): void;
}
