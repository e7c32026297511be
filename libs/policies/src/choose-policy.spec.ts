import { describe, expect, it } from 'vitest';
import { choosePolicy } from './choose-policy.js';

const creditor = { policyId: 'standard', version: 1 };
const debtor = { policyId: 'calm', version: 2 };
const invoice = { policyId: 'persistent', version: 3 };

describe('the ladder of a case', () => {
  it('R12: the most specific choice wins and says where it comes from', () => {
    expect(choosePolicy({ creditor })).toMatchObject({ policyId: 'standard', from: 'creditor' });
    expect(choosePolicy({ creditor, debtor })).toMatchObject({ policyId: 'calm', version: 2, from: 'debtor' });
    expect(choosePolicy({ creditor, debtor, invoice })).toEqual({
      policyId: 'persistent',
      version: 3,
      from: 'invoice',
      because: 'Politique persistent@3\u202f: fixée pour cette facture.',
    });
  });
});
