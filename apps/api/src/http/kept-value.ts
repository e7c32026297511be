/** What a transaction answered, as JSON. `isOpaque`: it holds something that JSON cannot give back. */
export interface KeptValue {
  readonly value?: unknown;
  readonly isOpaque?: true;
}

const BIGINT = '$bigint';

/** Encodes plain data: objects, lists, texts, numbers, booleans, null and bigint. Anything else (bytes, maps, dates) makes it opaque. */
export function kept(value: unknown): KeptValue {
  if (value === undefined) return {};
  try {
    return { value: encode(value) };
  } catch (error) {
    if (error instanceof NotPlain) return { isOpaque: true };
    throw error;
  }
}

/** The value that was kept; fields that were undefined are absent. */
export function revived({ value }: KeptValue): unknown {
  return decode(value);
}

class NotPlain extends Error {}

function encode(value: unknown): unknown {
  if (typeof value === 'bigint') return { [BIGINT]: value.toString() };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || !isPlain(value)) throw new NotPlain();
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, encode(field)]),
  );
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  const [first] = fields;
  if (fields.length === 1 && first?.[0] === BIGINT && typeof first[1] === 'string') return BigInt(first[1]);
  return Object.fromEntries(fields.map(([name, field]) => [name, decode(field)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
