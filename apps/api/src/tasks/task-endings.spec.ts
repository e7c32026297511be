import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TASK_RULES } from '#casework';
import { describe, expect, it } from 'vitest';
import { CONTROLLERS } from '../api.module.js';
import { openApiDocument } from '../http/open-api.js';
import { ENDS_BY_COMMAND, ENDS_BY_HAND, howToEnd } from './task-endings.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The calls that raise a task, and the kinds they name. */
function raising(): { calls: number; kinds: string[] } {
  const sources = ['libs/casework/src', 'apps/api/src'].flatMap((area) =>
    readdirSync(path.join(root, area), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(path.join(root, area, file), 'utf8')),
  );
  const matches = (pattern: RegExp) => sources.flatMap((text) => [...text.matchAll(pattern)]);
  return {
    calls: matches(/(?<!function )\braiseTask\(/g).length,
    kinds: matches(/(?<!function )\braiseTask\((?:(?!raiseTask\()[\s\S]){0,300}?\bkind: '(\w+)'/g).map(([, kind]) => kind ?? ''),
  };
}

const shape = (route: string) => route.replace(/\{\w+\}/g, '{}');

describe('how tasks end', () => {
  it('is said once for every kind that is raised, and for no other', () => {
    const { calls, kinds } = raising();
    // A kind that is no literal could not be seen here.
    expect(kinds).toHaveLength(calls);
    const raised = [...new Set(kinds)].sort();
    expect(raised.length).toBeGreaterThan(20);
    expect([...Object.keys(ENDS_BY_COMMAND), ...ENDS_BY_HAND].sort()).toEqual(raised);
    expect(Object.keys(TASK_RULES).sort()).toEqual(raised);
  });

  it('is the same in the table of causes: what asks for a command there is refused a tick here', () => {
    const byCommand = Object.entries(TASK_RULES).flatMap(([kind, rule]) =>
      ('by' in rule ? rule.by : rule.onlyBy) === 'command' ? [kind] : [],
    );
    expect(byCommand.sort()).toEqual(Object.keys(ENDS_BY_COMMAND).sort());
  });

  it('names routes that are there', () => {
    const posts = Object.entries(openApiDocument(CONTROLLERS).paths)
      .filter(([, methods]) => 'post' in methods)
      .map(([route]) => shape(route.replace('/api/v1/creditors/{creditorId}/', '')));
    expect(Object.values(ENDS_BY_COMMAND).filter(({ route }) => !posts.includes(shape(route)))).toEqual([]);
  });

  it('gives the route of the very task, in French', () => {
    const task = { caseId: 'case-1', debtorId: 'debtor-1', subjectId: 'subject-1' };
    const said = Object.values(ENDS_BY_COMMAND).map((ending) => howToEnd(ending, task));
    for (const sentence of said) {
      expect(sentence).toMatch(/^Pour terminer cette tâche, il faut .+\u202f: POST [\w/-]+\.$/);
      expect(sentence).not.toMatch(/[{}]/);
    }
    expect(said).toContain(
      'Pour terminer cette tâche, il faut affecter le paiement (ou le rendre\u202f: payments/subject-1/return)\u202f: POST payments/subject-1/allocate.',
    );
  });

  it('leaves a name in its place where the task has none to give', () => {
    const task = { caseId: 'case-1', debtorId: null, subjectId: null };
    const { recallReferral } = ENDS_BY_COMMAND;
    expect(recallReferral && howToEnd(recallReferral, task)).toMatch(/POST handovers\/\{handOverId\}\/recalled\.$/);
  });
});
