import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import type { CaseworkDeps } from '../casework-deps.js';
import { openLawBook } from '../law-book.js';
import { limitationOf } from './case-file.js';

const law = openLawBook();
const row = { creditorId: 'c', caseId: 'k', law: 'FR' as const, dueOn: day('2026-03-10') };

/** Casework whose file holds these payments of the case and nothing else. */
function depsWith(paidOn: readonly string[] = []): Pick<CaseworkDeps, 'law' | 'unitOfWork'> {
  const tx = {
    allocations: { all: async () => paidOn.map((on) => ({ paidOn: day(on) })) },
    promises: { all: async () => [] },
  };
  return { law, unitOfWork: { plain: (run: (tables: unknown) => unknown) => run(tx) } } as unknown as CaseworkDeps;
}

describe('the limitation that a hand-over file states', () => {
  it('A21: is two years towards a French consumer, five between professionals', async () => {
    expect(await limitationOf(depsWith(), row, 'consumer', day('2026-05-04'))).toMatchObject({
      on: '2028-03-10',
      basis: expect.stringContaining('L218-2'),
    });
    expect(await limitationOf(depsWith(), row, 'business', day('2026-05-04'))).toMatchObject({ on: '2031-03-10' });
  });

  it('A21: begins anew with a part payment', async () => {
    expect(await limitationOf(depsWith(['2027-06-01']), row, 'business', day('2027-07-01'))).toMatchObject({ on: '2032-06-01' });
  });

  it('is left out while nobody knows what the debtor is', async () => {
    expect(await limitationOf(depsWith(), row, 'unknown', day('2026-05-04'))).toBeUndefined();
  });
});
