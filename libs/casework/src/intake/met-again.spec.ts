import { day } from '#domain';
import type { CaseRow, InvoiceRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { changesMetAgain } from './met-again.js';

const invoice = (more: Partial<InvoiceRow> = {}) => ({ description: null, openAsOf: null, ...more }) as InvoiceRow;
const term = (number: number, openMinor: bigint, more: Partial<CaseRow> = {}) =>
  ({ term: number, faceMinor: 60_000n, openPrincipalMinor: openMinor, closedKind: null, ...more }) as CaseRow;
const books = (amountMinor: bigint, asOf = '2026-03-02') => ({ openAmount: { amountMinor, asOf: day(asOf) } });

describe('what the same invoice changes when it comes again', () => {
  it('A27: what was sold is filled in where nobody said it, and only then', () => {
    expect(changesMetAgain(invoice(), [], { description: 'Escalier' })).toEqual(['description']);
    expect(changesMetAgain(invoice({ description: 'Rampe' }), [], { description: 'Escalier' })).toEqual([]);
    expect(changesMetAgain(invoice(), [], {})).toEqual([]);
  });

  it('a lower figure of the books lowers an open term, latest first; the same, a higher or an older one does not', () => {
    const terms = [term(2, 60_000n), term(1, 60_000n)];
    expect(changesMetAgain(invoice(), terms, books(90_000n))).toEqual(['openAmount']);
    expect(changesMetAgain(invoice(), terms, books(120_000n))).toEqual([]);
    expect(changesMetAgain(invoice({ openAsOf: day('2026-03-02') }), terms, books(90_000n))).toEqual([]);
    expect(changesMetAgain(invoice(), [term(1, 60_000n, { closedKind: 'withdrawn' })], books(0n))).toEqual([]);
  });
});
