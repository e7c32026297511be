import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawTransitions } from '#domain';

const README = 'workflows/README.md';
const MARK = '<!-- transitions -->';

/** `GOLDEN=write npx vitest run --project unit test/drawn-states.spec.ts` draws it anew. */
describe('the states of a case', () => {
  it('are drawn in workflows/README.md as the table has them', () => {
    const text = readFileSync(README, 'utf8');
    const before = text.slice(0, text.indexOf(MARK) + MARK.length);
    const drawn = `${before}\n\n\`\`\`mermaid\n${drawTransitions().trim()}\n\`\`\`\n`;
    if (process.env.GOLDEN === 'write') writeFileSync(README, drawn);
    expect(readFileSync(README, 'utf8')).toBe(drawn);
  });
});
