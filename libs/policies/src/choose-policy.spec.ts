import type { DebtorKind, GoverningLaw } from '#domain';
import { describe, expect, it } from 'vitest';
import { choosePolicy, fitsRegime, presetOfRegime } from './choose-policy.js';
import { loadPresets } from './load-presets.js';

const presets = loadPresets();
const preset = (id: string) => {
  const policy = presets.find((known) => known.id === id);
  if (!policy) throw new Error(`No preset ${id}`);
  return { policy };
};
const creditor = preset('standard');
const debtor = preset('calm');
const invoice = preset('persistent');
const business = { law: 'FR', kind: 'business' } as const;

describe('the ladder of a case', () => {
  it('R12: the most specific choice wins and says where it comes from', () => {
    expect(choosePolicy({ creditor }, business, presets)).toMatchObject({ policyId: 'standard', from: 'creditor' });
    expect(choosePolicy({ creditor, debtor }, business, presets)).toMatchObject({ policyId: 'calm', version: 1, from: 'debtor' });
    expect(choosePolicy({ creditor, debtor, invoice }, business, presets)).toEqual({
      policyId: 'persistent',
      version: 1,
      from: 'invoice',
      because: 'Politique persistent@1\u202f: fixée pour cette facture.',
    });
  });

  it('a ladder for businesses never reaches a consumer, however specific: the preset of the regime takes its place and says so', () => {
    const forConsumer = choosePolicy({ creditor, debtor, invoice }, { law: 'FR', kind: 'consumer' }, presets);
    expect(forConsumer).toEqual({
      policyId: 'consumer-fr',
      version: 1,
      from: 'regime',
      because: 'Politique consumer-fr@1\u202f: celle du régime (droit français, consommateur), aucune autre ne s’y appliquant.',
    });
    const gentler = { policy: { ...preset('consumer-be').policy, id: 'gentle-be' } };
    expect(choosePolicy({ creditor, debtor: gentler, invoice }, { law: 'BE', kind: 'consumer' }, presets)).toMatchObject({
      policyId: 'gentle-be',
      from: 'debtor',
    });
  });

  it('A19: while law or kind is unknown the case keeps its most specific setting, and waits', () => {
    expect(choosePolicy({ creditor, debtor }, { law: 'FR', kind: 'unknown' }, presets)).toMatchObject({ policyId: 'calm', from: 'debtor' });
    expect(choosePolicy({ creditor }, { law: null, kind: 'consumer' }, presets)).toMatchObject({ policyId: 'standard', from: 'creditor' });
  });

  it('every regime that can be served has exactly one preset that fits it, business three', () => {
    const kinds: DebtorKind[] = ['business', 'consumer', 'publicBody', 'coOwners'];
    const found = (['FR', 'BE'] as GoverningLaw[]).flatMap((law) =>
      kinds.map((kind) => {
        const fitting = presets.filter((known) => fitsRegime(known, { law, kind })).length;
        return `${law}.${kind} ${presetOfRegime(presets, { law, kind })?.id} of ${fitting}`;
      }),
    );
    expect(found).toEqual([
      'FR.business standard of 3',
      'FR.consumer consumer-fr of 1',
      'FR.publicBody public-body of 1',
      'FR.coOwners co-owners of 1',
      'BE.business standard of 3',
      'BE.consumer consumer-be of 1',
      'BE.publicBody public-body of 1',
      'BE.coOwners co-owners of 1',
    ]);
    expect(presetOfRegime(presets, { law: 'FR', kind: 'unknown' })).toBeUndefined();
    expect(presetOfRegime(presets, { law: null, kind: 'business' })).toBeUndefined();
  });
});
