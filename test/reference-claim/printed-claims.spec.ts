import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUSINESS, CONSUMERS, REFUSED } from './chosen-claims.js';
import { printedClaim } from './printed-claims.js';
import type { ReferenceCase } from './reference-case.js';

/** `GOLDEN=write npx vitest run --project unit test/reference-claim/printed-claims.spec.ts` prints them anew; read what changed. */
function expectPrint(name: string, chosen: readonly (readonly [string, ReferenceCase])[]): void {
  const file = new URL(`printed/${name}.txt`, import.meta.url);
  const printed = `${chosen.map(([title, c]) => printedClaim(title, c)).join('\n\n')}\n`;
  if (process.env.GOLDEN === 'write') writeFileSync(file, printed);
  expect(printed).toBe(readFileSync(file, 'utf8'));
}

describe('everything a statement says, in three languages', () => {
  it('F6: business and public debtors', () => expectPrint('business', BUSINESS));
  it('F6: consumers and co-owners', () => expectPrint('consumers', CONSUMERS));
  it('what is refused, with what to supply', () => expectPrint('refused', REFUSED));
});
