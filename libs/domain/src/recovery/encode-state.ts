import type { RecoveryState } from './recovery-state.js';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The state as the row keeps it: plain JSON, amounts as digit strings, absent facts left out. `decodeState` reads it back unchanged. */
export function encodeState(state: RecoveryState): JsonObject {
  return JSON.parse(JSON.stringify(state, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))) as JsonObject;
}

/** Reads a state written by `encodeState`. Throws when an amount is no digit string or the identity of the case is missing. */
export function decodeState(json: JsonObject): RecoveryState {
  if (typeof json.caseId !== 'string' || typeof json.creditorId !== 'string') throw new TypeError('Not the state of a case');
  const state = json as unknown as RecoveryState;
  return {
    ...state,
    openPrincipalMinor: minor(json.openPrincipalMinor, 'openPrincipalMinor'),
    toleranceMinor: minor(json.toleranceMinor, 'toleranceMinor'),
    thresholdMinor: minor(json.thresholdMinor, 'thresholdMinor'),
    ...(state.promise
      ? { promise: { ...state.promise, amountMinor: minor(String(state.promise.amountMinor), 'promise.amountMinor') } }
      : {}),
  };
}

function minor(value: JsonValue | undefined, field: string): bigint {
  if (typeof value !== 'string' || !/^\d+$/.test(value)) throw new TypeError(`Not a digit string: ${field}`);
  return BigInt(value);
}
