import { z } from 'zod';
import { type Finding, oneLine, refused } from './finding.js';

type Issue = Pick<z.core.$ZodIssue, 'code' | 'path' | 'message'> & {
  readonly keys?: readonly string[];
  readonly params?: Record<string, unknown>;
};

const IN_FRENCH = z.locales.fr().localeError;
const KINDS: Readonly<Record<string, string>> = {
  string: 'un texte entre guillemets',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  array: 'une liste',
  object: 'un objet',
  record: 'un objet',
};

/** Second argument of `parse` and `safeParse`: the issues that have no sentence of their own get a French one. */
export const inFrench = { error: sentenceOf };

function sentenceOf(issue: z.core.$ZodRawIssue): ReturnType<typeof IN_FRENCH> {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return 'il manque';
  if (issue.code === 'invalid_type')
    return `${KINDS[issue.expected] ?? issue.expected} est attendu`.replace(/^une(.*)attendu$/, 'une$1attendue');
  if (issue.code === 'invalid_value') return `une de ces valeurs est attendue\u202f: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return issue.origin === 'number' ? `au moins ${issue.minimum}` : 'il est vide ou trop court';
  if (issue.code === 'too_big') return `${issue.maximum} au plus${issue.origin === 'string' ? ', en caractères' : ''}`;
  return IN_FRENCH(issue);
}

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
    const subject = field === '' ? 'Le corps de la demande' : `Le champ ${shown(field)}`;
    return [refused(code, `${subject} n’est pas acceptable\u202f: ${message}.`, { field })];
  });
}

/** JSON pointer (RFC 6901) of a path. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function shown(field: string): string {
  return `«\u202f${oneLine(field).slice(0, 120)}\u202f»`;
}
