import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { allowedFields, safeError, safeText } from './allow-list.js';
import { currentCorrelationId } from './correlation.js';

export type Logger = PinoLogger;

export interface LoggerOptions {
  /** Which process writes: `api`, `worker`, … */
  readonly name: string;
  /** fatal, error, warn, info, debug, trace or silent */
  readonly level?: string;
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
}

/** A logger of JSON lines with UTC times, the current correlation id and only the fields of the allow-list. */
export function createLogger({ name, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { pid: process.pid, name },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'message',
    mixin: () => {
      const correlationId = currentCorrelationId();
      return correlationId === undefined ? {} : { correlationId };
    },
    formatters: { level: (label: string) => ({ level: label }), log: (fields: Record<string, unknown>) => allowedFields(fields) },
    // The formatter has already turned errors into plain fields; `req` and `res` of HTTP loggers never get through whole.
    serializers: { err: (error: unknown) => (error instanceof Error ? safeError(error) : error) },
    hooks: {
      logMethod(this: Logger, inputs: Parameters<PinoLogger['info']>, method: (...args: Parameters<PinoLogger['info']>) => void) {
        const cleaned = inputs.map((input: unknown) => (typeof input === 'string' ? safeText(input) : input));
        method.apply(this, cleaned as Parameters<PinoLogger['info']>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
