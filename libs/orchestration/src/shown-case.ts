import { CaseStateKey, NextActionAt, OpenBalanceMinor } from '#contracts';
import { parseInstant } from '#domain';
import type { ShownCase } from '#ports';

type Fields = Readonly<Record<string, { readonly data?: Uint8Array | null }>>;

/** What a workflow shows of its case, read from its search attributes as the server gives them (JSON payloads). What cannot be read is left out. */
export function shownCase(fields: Fields | null | undefined): ShownCase {
  const state = valueOf(fields, CaseStateKey.name);
  const open = valueOf(fields, OpenBalanceMinor.name);
  const next = valueOf(fields, NextActionAt.name);
  const nextActionAt = typeof next === 'string' ? parseInstant(next) : undefined;
  return {
    ...(typeof state === 'string' ? { state } : {}),
    ...(typeof open === 'number' && Number.isSafeInteger(open) ? { openPrincipal: String(open) } : {}),
    ...(nextActionAt === undefined ? {} : { nextActionAt }),
  };
}

function valueOf(fields: Fields | null | undefined, name: string): unknown {
  const data = fields?.[name]?.data;
  if (!data) return undefined;
  try {
    return JSON.parse(Buffer.from(data).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
