import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deadlines } from './chosen-deadlines.js';
import { notices } from './chosen-notices.js';

const text = (value: unknown) =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one} cents` : one), 1)
    .replaceAll('\u202f', '~')
    .replaceAll('\u00a0', '_');

/** `GOLDEN=write npx vitest run --project unit test/reference-claim/printed-deadlines.spec.ts` prints them anew; read what changed. */
it('A11, A12, A20, A21, A30 to A37: every legal day with its article and its steps', () => {
  const file = new URL('printed/deadlines.txt', import.meta.url);
  const printed = `${[...deadlines(), ...notices()].map(([title, answer]) => `${title}\n${text(answer)}`).join('\n\n')}\n`;
  if (process.env.GOLDEN === 'write') writeFileSync(file, printed);
  expect(printed).toBe(readFileSync(file, 'utf8'));
});
