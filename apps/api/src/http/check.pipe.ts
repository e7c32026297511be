import { inFrench, inputFindings } from '#intake';
import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { type FieldProblem, Problem } from './problem.js';

/** Parses a body or query with its schema. What is wrong is answered field by field: 400, with a JSON pointer and a French sentence each. */
export class CheckPipe<T extends z.ZodType> implements PipeTransform<unknown, z.output<T>> {
  constructor(
    private readonly schema: T,
    private readonly where: 'body' | 'query',
  ) {}

  transform(value: unknown): z.output<T> {
    return checked(this.schema, value, this.where);
  }
}

/** The value as its schema reads it; throws the problem otherwise. */
export function checked<T extends z.ZodType>(schema: T, value: unknown, where: 'body' | 'query'): z.output<T> {
  const given = value ?? {};
  const forbidden = where === 'body' ? forbiddenKeys(given) : [];
  const parsed = schema.safeParse(given, inFrench);
  if (parsed.success && forbidden.length === 0) return parsed.data;
  const errors = [...forbidden, ...(parsed.success ? [] : fieldProblems(parsed.error.issues, where))];
  throw new Problem('fieldInvalid', { detail: errors[0]?.detail ?? '', errors: errors.slice(0, 50) });
}

function fieldProblems(issues: readonly z.core.$ZodIssue[], where: 'body' | 'query'): FieldProblem[] {
  return inputFindings(issues).map((finding) => ({
    pointer: where === 'query' ? (finding.field ?? '').replace(/^\//, '') : (finding.field ?? ''),
    code: finding.code,
    detail: finding.message,
  }));
}

/** `__proto__` is an own key after `JSON.parse`, and the one key that an object schema cannot see. */
function forbiddenKeys(value: unknown, pointer = '', depth = 0): FieldProblem[] {
  if (typeof value !== 'object' || value === null || depth > 20) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = `${pointer}/${key}`;
    if (key === '__proto__') return [{ pointer: at, code: 'fieldUnknown', detail: `Le champ «\u202f${at}\u202f» n’est pas permis.` }];
    return forbiddenKeys(inner, at, depth + 1);
  });
}
