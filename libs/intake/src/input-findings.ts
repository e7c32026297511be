import { z } from 'zod';
import { type Finding, oneLine, refused } from './finding.js';

type Issue = Pick<z.core.$ZodIssue, 'code' | 'path' | 'message'> & {
  readonly keys?: readonly string[];
  readonly params?: Record<string, unknown>;
};

/** Second argument of `parse` and `safeParse`: the issues that have no sentence of their own get a French one. */
export const inFrench = { error: z.locales.fr().localeError };

/** Validation issues as findings, one per wrong or unknown field, each with its JSON pointer. */
export function inputFindings(issues: readonly z.core.$ZodIssue[]): Finding[] {
  return (issues as readonly Issue[]).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return (issue.keys ?? []).map((key) => {
        const field = pointer([...issue.path, key]);
        return refused('fieldUnknown', `Le champ ${shown(field)} n’est pas connu\u202f; retirez-le ou corrigez son nom.`, { field });
      });
    }
    const field = pointer(issue.path);
    const code = typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'fieldInvalid';
    const message = oneLine(issue.message).replace(/[.\s]*$/, '');
    return [refused(code, `Le champ ${shown(field)} n’est pas acceptable\u202f: ${message}.`, { field })];
  });
}

/** JSON pointer (RFC 6901) of a path. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function shown(field: string): string {
  return `«\u202f${oneLine(field).slice(0, 120)}\u202f»`;
}
