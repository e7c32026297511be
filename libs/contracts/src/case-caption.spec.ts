import type { CaseSnapshot, Instant } from '#domain';
import { describe, expect, it } from 'vitest';
import { staticDetails, staticSummary } from './case-caption.js';

const at = '2026-03-02T08:00:00.000Z' as Instant;
const snapshot: CaseSnapshot = {
  caseId: 'case-1',
  creditorId: 'dupont',
  debtorRef: 'D-100',
  episode: 1,
  epoch: 1,
  factSeq: 1,
  state: 'scheduled',
  openPrincipal: '124000',
  currency: 'EUR',
  dueOn: '2026-01-31',
  disputed: false,
  plan: [{ stage: 'formalMail', round: 1, at, summary: 'formal mail' }],
  wake: { kind: 'mail', at },
};
const caption = { invoiceNumber: 'F-17', policy: 'standard@3' };

describe('what the Temporal UI shows above a case', () => {
  it('names invoice, term, due day, amount and policy in one line', () => {
    expect(staticSummary(snapshot, caption)).toBe('Invoice F-17 · due 2026-01-31 · 1240.00 EUR · policy standard@3');
    expect(staticSummary(snapshot, { ...caption, term: { index: 2, of: 3 } })).toContain('Invoice F-17 (term 2 of 3)');
  });

  it('lists the planned rungs as a table', () => {
    expect(staticDetails(snapshot, caption).split('\n').at(-1)).toBe('| 2026-03-02 | formalMail | formal mail |');
    expect(staticDetails({ ...snapshot, plan: [] }, caption)).toContain('None yet');
  });

  it('lets no invoice number break out of its cell or line, and bounds both texts', () => {
    const hostile = { invoiceNumber: `a|b\n# <img src=x> [x](javascript:1) ${'n'.repeat(500)}`, policy: 'p' };
    expect(staticSummary(snapshot, hostile)).not.toMatch(/\n|[^\\][|<[#]/);
    expect(staticSummary(snapshot, hostile).length).toBeLessThan(300);
    const plan = Array.from({ length: 200 }, (_, round) => ({ stage: 's'.repeat(80), round, at, summary: 't'.repeat(80) }));
    const details = staticDetails({ ...snapshot, plan }, hostile);
    expect(details).toContain('and 140 more');
    expect(details.length).toBeLessThan(15_000);
  });
});
