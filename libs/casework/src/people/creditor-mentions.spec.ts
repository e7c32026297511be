import type { CreditorRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { missingMentions } from './creditor-mentions.js';

const creditor = (more: Partial<CreditorRow> = {}) =>
  ({
    address: { lines: [], country: 'FR' },
    legalForm: 'SAS',
    siren: '000000109',
    standing: {},
    mentions: {},
    ...more,
  }) as unknown as CreditorRow;
const belgian = { address: { lines: [], country: 'BE' }, legalForm: 'SRL', siren: null, enterpriseNumber: '0000000196' };
const fields = (row: CreditorRow, consumers = false) => missingMentions(row, consumers).map(({ field }) => field);

describe('what a creditor’s letters should say of it and cannot', () => {
  it('C. com. R123-237 and R123-238: form, capital and town of the register of a French company', () => {
    expect(fields(creditor())).toEqual(['shareCapital', 'register']);
    expect(fields(creditor({ legalForm: null }))).toEqual(['legalForm', 'register']);
    const mentions = { shareCapital: { minor: '5000000', currency: 'EUR' }, register: 'Lyon' };
    expect(fields(creditor({ mentions }))).toEqual([]);
    expect(missingMentions(creditor(), false)[1]?.sentence).toBe(
      'Ville du greffe du RCS\u202f: à compléter, les lettres doivent le porter (C.\u00a0com., art.\u00a0R.\u00a0123-237 et R.\u00a0123-238).',
    );
  });

  it('asks no capital of a form that has none, and nothing of a natural person', () => {
    expect(fields(creditor({ legalForm: 'GIE' }))).toEqual(['register']);
    expect(fields(creditor({ legalForm: 'S.A.R.L.' }))).toEqual(['shareCapital', 'register']);
    expect(fields(creditor({ legalForm: null, standing: { isNaturalPerson: true } }))).toEqual([]);
  });

  it('CSA 2:20: the register of a Belgian company, with its court', () => {
    expect(fields(creditor(belgian))).toEqual(['register']);
    expect(fields(creditor({ ...belgian, mentions: { register: 'Liège, division Namur' } }))).toEqual([]);
    expect(missingMentions(creditor(belgian), false)[0]?.sentence).toContain('CSA, art.\u00a02:20');
  });

  it('C. conso. L612-1: the mediator, once French consumers are written to', () => {
    expect(fields(creditor(), true)).toContain('mediator');
    expect(fields(creditor({ mentions: { mediator: { name: 'Médiation' } } }), true)).not.toContain('mediator');
  });
});
