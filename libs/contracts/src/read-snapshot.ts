import { type CaseSnapshot, parseInstant, type SandboxClock } from '#domain';

/**
 * A snapshot that came over the wire, or `undefined` when a field the loop lives by is missing or of another kind. A signal can be sent by hand:
 * what is no snapshot must be ignored, because an error thrown in a handler would block the case until the next release. States and kinds are not
 * compared with the known ones: a newer release may know more, and a case must not go deaf because workers were rolled back.
 */
export function readSnapshot(value: unknown): CaseSnapshot | undefined {
  if (!isRecord(value)) return undefined;
  const whole = [value.episode, value.epoch, value.factSeq].every((number) => Number.isSafeInteger(number));
  const texts = [value.caseId, value.creditorId, value.debtorRef, value.currency, value.state].every(
    (text) => typeof text === 'string' && text !== '',
  );
  const money = typeof value.openPrincipal === 'string' && /^-?\d{1,16}$/.test(value.openPrincipal);
  const due = typeof value.dueOn === 'string' && parseInstant(`${value.dueOn}T00:00:00Z`) !== undefined;
  const stage = value.lastStage === undefined || typeof value.lastStage === 'string';
  const clock = value.clock === undefined || readClock(value.clock) !== undefined;
  const closed = value.closed === undefined || typeof value.closed === 'string';
  const read = whole && texts && money && due && stage && clock && closed;
  return read && typeof value.disputed === 'boolean' && Array.isArray(value.plan) && isWake(value.wake)
    ? (value as unknown as CaseSnapshot)
    : undefined;
}

/** A sandbox clock that came over the wire, or `undefined`. */
export function readClock(value: unknown): SandboxClock | undefined {
  if (!isRecord(value) || !Number.isSafeInteger(value.version) || !isInstant(value.at)) return undefined;
  return value as unknown as SandboxClock;
}

function isWake(value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string' || !isInstant(value.at)) return false;
  return (value.stage === undefined || typeof value.stage === 'string') && (value.round === undefined || Number.isSafeInteger(value.round));
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && parseInstant(value) === value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
