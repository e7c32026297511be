const LONGEST_PART = 200;

/**
 * Makes an outside id fit for a workflow id: letters, digits and `-._` are kept, every other byte of its UTF-8 form is percent-encoded, and what is
 * longer than 200 characters is cut and ends in `~~` and 16 hexadecimal digits of its hash. `%`, `~` and `/` never survive, so that two different
 * ids cannot meet in one (`"F 1/2"` → `F%201%2F2`). Throws a RangeError for empty text.
 */
export function safePart(text: string): string {
  if (text === '') throw new RangeError('An id must not be empty');
  const safe = encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd')).replace(
    /[!'()*~]/g,
    (kept) => `%${kept.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (safe.length <= LONGEST_PART) return safe;
  const suffix = `~~${hash64(text)}`;
  return safe.slice(0, LONGEST_PART - suffix.length).replace(/%[0-9A-F]?$/, '') + suffix;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * FNV-1a, 64 bits, over UTF-16 code units: 16 hexadecimal digits. A few lines that run alike in the workflow sandbox and in Node, which has no
 * shared crypto with it. It need not resist an attacker: the workflow id is a unique column, so a collision is refused and never silent.
 */
export function hash64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    for (const byte of [unit & 0xff, unit >> 8]) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
