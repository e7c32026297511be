export { allowedFields, safeError, safeText } from './allow-list.js';
export { correlationIdFrom, currentCorrelationId, withCorrelationId } from './correlation.js';
export { type FrameworkLogger, frameworkLogger, type TemporalLogger, temporalLogger } from './framework-loggers.js';
export { createLogger, type Logger, type LoggerOptions } from './logger.js';
export { type CurrentNumber, type Durations, type GrowingNumber, Metrics } from './metrics.js';
