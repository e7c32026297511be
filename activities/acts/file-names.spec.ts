import { describe, expect, it } from 'vitest';
import { pdfName, safeName } from './file-names.js';

describe('names of files', () => {
  it.each([
    ['formalNotice', 'fr', 'mise-en-demeure-F-2026-001.pdf'],
    ['formalNotice', 'nl', 'ingebrekestelling-F-2026-001.pdf'],
    ['invoice', 'nl', 'factuur-F-2026-001.pdf'],
    ['reminder', 'en', 'reminder-F-2026-001.pdf'],
  ] as const)('a %s to a reader of %s is %s', (document, language, name) => {
    expect(pdfName(document, language, 'F-2026-001')).toBe(name);
  });

  it('a number with a path, quotes or a line end in it names a file and nothing else', () => {
    expect(safeName('../../é"\r\nBcc: x')).toBe('..-..-é-Bcc-x');
    expect(safeName('x'.repeat(300))).toHaveLength(60);
  });
});
