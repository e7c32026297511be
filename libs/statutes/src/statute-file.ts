import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

type Path = readonly (string | number)[];

/** A YAML file with its lines, so that a finding can say where to look. */
export interface StatuteFile {
  /** Relative to the data folder, with `/`. */
  readonly name: string;
  readonly raw: unknown;
  /** `fr/a.yaml:12`: the file and the line of a path, or of the nearest thing around it that exists. */
  at(path: Path): string;
}

/** Reads one file; what YAML itself refuses is added to the findings, and nothing is returned. */
export function readStatuteFile(name: string, text: string, findings: string[]): StatuteFile | undefined {
  const counter = new LineCounter();
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, lineCounter: counter });
  if (document.errors.length > 0) {
    findings.push(...document.errors.map((problem) => `${name}:${counter.linePos(problem.pos[0]).line}: ${problem.message}`));
    return undefined;
  }
  const at = (path: Path): string => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      const start = startOf(node);
      if (start !== undefined) return `${name}:${counter.linePos(start).line}`;
    }
    return `${name}:1`;
  };
  return { name, raw: document.toJS(), at };
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start] = node.range as readonly unknown[];
  return typeof start === 'number' ? start : undefined;
}

/** What a file says, in the wanted shape; each fault of shape becomes one finding with file, line and path. */
export function shapeOf<T>(file: StatuteFile, schema: z.ZodType<T>, findings: string[]): T | undefined {
  const parsed = schema.safeParse(file.raw);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const keys = path.filter((part): part is string | number => typeof part !== 'symbol');
    findings.push(`${file.at(keys)} at /${keys.join('/')}: ${message}`);
  }
  return undefined;
}
