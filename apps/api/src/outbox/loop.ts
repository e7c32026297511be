import type { Logger } from '#telemetry';

const ERROR_PAUSE_MS = 2_000;

/** Does one piece of work again and again until stopped: after each round it waits as long as the round said, or until woken. */
export class Loop {
  private isStopping = false;
  private isWoken = false;
  private endPause: (() => void) | undefined;
  private readonly running: Promise<void>;

  /** `work` returns the pause in milliseconds before its next round. */
  constructor(
    private readonly name: string,
    private readonly work: () => Promise<number>,
    private readonly logger: Logger,
    private readonly ended: (name: string, outcome: 'ok' | 'failed', seconds: number) => void = () => undefined,
  ) {
    this.running = this.run();
  }

  wake(): void {
    this.isWoken = true;
    this.endPause?.();
  }

  /** Ends after the round in progress. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.endPause?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      this.isWoken = false;
      const pauseMs = await this.round();
      if (pauseMs > 0 && !this.isWoken && !this.isStopping) await this.pause(pauseMs);
    }
  }

  private async round(): Promise<number> {
    const from = performance.now();
    try {
      const pauseMs = await this.work();
      this.ended(this.name, 'ok', (performance.now() - from) / 1000);
      return pauseMs;
    } catch (error) {
      this.ended(this.name, 'failed', (performance.now() - from) / 1000);
      if (!this.isStopping) this.logger.warn({ err: error, job: this.name }, 'A background round failed and is tried again');
      return ERROR_PAUSE_MS;
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      this.endPause = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}
