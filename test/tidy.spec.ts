import { readdirSync, readFileSync, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const AREAS = ['apps', 'libs', 'workflows', 'activities', 'test'];
const SKIPPED = /(^|\/)(node_modules|dist|fixtures|golden|histories)(\/|$)/;
const FILE_LINES = 300;
const FUNCTION_LINES = 60;
const README_LINES = 60;
const VAGUE_NAMES = ['util', 'utils', 'helper', 'helpers', 'manager', 'common', 'misc', 'stuff'];

const files = AREAS.filter((area) => existsSync(path.join(root, area)))
  .flatMap((area) => readdirSync(path.join(root, area), { recursive: true }).map((name) => path.posix.join(area, String(name))))
  .filter((file) => !SKIPPED.test(file) && statSync(path.join(root, file)).isFile());
const sources = files.filter((file) => /\.(ts|mjs|cjs)$/.test(file)).map((file) => ({ file, text: read(file) }));
const allowed: Record<string, string> = JSON.parse(read('test/tidy.allow.json'));

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function lines(text: string): number {
  return text.trimEnd().split('\n').length;
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  if (node.name) return node.name.getText();
  const holder = node.parent;
  if (ts.isVariableDeclaration(holder) || ts.isPropertyAssignment(holder)) return holder.name.getText();
  return ts.isConstructorDeclaration(node) ? 'constructor' : 'anonymous';
}

/** A `describe` holds tests; it is a chapter and not a function. */
function isChapter(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());
}

function parsed(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, file.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function longFunctions(file: string, text: string): { name: string; lines: number }[] {
  const source = parsed(file, text);
  const found: { name: string; lines: number }[] = [];
  walk(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isChapter(node)) return;
    const from = source.getLineAndCharacterOfPosition(node.getStart()).line;
    const count = source.getLineAndCharacterOfPosition(node.end).line - from + 1;
    if (count > FUNCTION_LINES) found.push({ name: nameOf(node as ts.FunctionLikeDeclaration), lines: count });
  });
  return found;
}

/** Places where the type `any` is written, in whatever form. */
function untyped(file: string, text: string): string[] {
  if (!/\bany\b/.test(text)) return [];
  const source = parsed(file, text);
  const found: string[] = [];
  walk(source, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
  });
  return found;
}

const tooLong = [
  ...sources.filter(({ text }) => lines(text) > FILE_LINES).map(({ file, text }) => ({ key: file, lines: lines(text) })),
  ...sources.flatMap(({ file, text }) => longFunctions(file, text).map((found) => ({ key: `${file}#${found.name}`, lines: found.lines }))),
];

/** Lines of the sources that match, with their place; this file names what it forbids and is left out. */
function offences(pattern: RegExp, except: RegExp = /^$/): string[] {
  return sources
    .filter(({ file }) => file !== 'test/tidy.spec.ts' && !except.test(file))
    .flatMap(({ file, text }) =>
      text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 90)}`] : [])),
    );
}

describe('size', () => {
  it(`keeps files to ${FILE_LINES} lines and functions to ${FUNCTION_LINES}, or says why not in tidy.allow.json`, () => {
    expect(tooLong.filter(({ key }) => !allowed[key]).map(({ key, lines: count }) => `${key} has ${count} lines`)).toEqual([]);
  });

  it('keeps no exception that is not needed any more or gives no reason', () => {
    const needed = new Set(tooLong.map(({ key }) => key));
    expect(Object.keys(allowed).filter((key) => !needed.has(key))).toEqual([]);
    expect(Object.values(allowed).filter((reason) => reason.trim().length < 15)).toEqual([]);
  });
});

describe('names', () => {
  it('says what a file is about, in kebab-case', () => {
    const names = sources.map(({ file }) => ({ file, base: path.basename(file) }));
    expect(names.filter(({ base }) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(base)).map(({ file }) => file)).toEqual([]);
    expect(sources.filter(({ file }) => file.split(/[/.-]/).some((part) => VAGUE_NAMES.includes(part))).map(({ file }) => file)).toEqual(
      [],
    );
  });

  it('uses the words of the trade as the glossary writes them', () => {
    expect(offences(/\b(legalLetter|miseEnDemeure|huissier[A-Z]\w*|tenantId)\b/)).toEqual([]);
  });

  it('lists the exports of an area one by one', () => {
    expect(offences(/^\s*export \* /)).toEqual([]);
  });
});

describe('leftovers', () => {
  it('has no focused or skipped test', () => {
    expect(offences(/^\s*(it|test|describe)\.(skip|todo)\(|\.only\(/)).toEqual([]);
  });

  it('has nothing put off and nothing untyped', () => {
    expect(offences(/\b(TODO|FIXME|HACK)\b/)).toEqual([]);
    expect(sources.flatMap(({ file, text }) => untyped(file, text))).toEqual([]);
  });

  it('names no folder of one machine', () => {
    expect(offences(/(^|[\s'"`(])\/(work|root|home)\/[a-z]/)).toEqual([]);
  });

  it('reads the environment in libs/config, at the mains and in the command line only', () => {
    expect(offences(/\bprocess\.env\b/, /^(libs\/config|apps\/ops|test)\/|\/main\.ts$|\.spec\.ts$/)).toEqual([]);
  });
});

describe('areas', () => {
  const areas = [
    ...['apps', 'libs'].flatMap((group) =>
      existsSync(path.join(root, group)) ? readdirSync(path.join(root, group)).map((name) => `${group}/${name}`) : [],
    ),
    ...['workflows', 'activities', 'test'].filter((name) => existsSync(path.join(root, name))),
  ];

  it('say in at most a page what lives there', () => {
    const readmes = areas.map((area) => path.posix.join(area, 'README.md'));
    expect(readmes.filter((readme) => !existsSync(path.join(root, readme)))).toEqual([]);
    expect(readmes.filter((readme) => lines(withoutDrawings(read(readme))) > README_LINES)).toEqual([]);
  });
});

/** A drawn diagram is looked at, not read: it does not count as lines of a page. */
function withoutDrawings(markdown: string): string {
  return markdown.replace(/```mermaid[\s\S]*?```/g, '');
}
