/** What becomes of a row: `refused` is not imported, `task` is imported and a person is asked, `warning` is imported and shown. */
export type Severity = 'refused' | 'task' | 'warning';

/** One remark about a file, a row or an invoice, written for the person who can mend it. */
export interface Finding {
  readonly severity: Severity;
  /** Stable code for machines. */
  readonly code: string;
  /** A French sentence: what, where, how to mend it. */
  readonly message: string;
  /** Column header, JSON pointer or XML element path. */
  readonly field?: string;
  /** Line of the file, counted from 1. */
  readonly line?: number;
}

type Where = { readonly field?: string; readonly line?: number };

export function refused(code: string, message: string, where: Where = {}): Finding {
  return { severity: 'refused', code, message, ...where };
}

export function task(code: string, message: string, where: Where = {}): Finding {
  return { severity: 'task', code, message, ...where };
}

export function warning(code: string, message: string, where: Where = {}): Finding {
  return { severity: 'warning', code, message, ...where };
}

/** True when at least one finding keeps the row or file out. */
export function isRefusedBy(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'refused');
}

/** Printed text inside a French sentence: `« … »`, one line, at most 60 characters. */
export function quoted(text: string): string {
  const line = oneLine(text);
  return `«\u202f${line.length > 60 ? `${line.slice(0, 59)}…` : line}\u202f»`;
}

/** Control characters, direction marks and runs of white space become one space; nothing can break out of a line with it. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu, ' ').trim();
}

/** Tells a finding from the value that could not be had. */
export function isFinding(value: object): value is Finding {
  return 'severity' in value && typeof value.severity === 'string';
}
