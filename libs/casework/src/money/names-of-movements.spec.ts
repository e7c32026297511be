import type { AllocationRow, CreditAllocationRow, Tables } from '#ports';
import { describe, expect, it } from 'vitest';
import { namesOfMovements, payersWords } from './names-of-movements.js';

const KEY = '01a20496-73db-7785-88ab-6eb718289a4a';

function tables(remittance: string | null): Tables {
  return {
    payments: { all: () => Promise.resolve([{ paymentId: KEY, remittance }]) },
    invoices: { all: () => Promise.resolve([{ invoiceId: 'note-1', number: 'AV-A9' }]) },
  } as unknown as Tables;
}

const PAID = [{ paymentId: KEY }] as AllocationRow[];
const NOTES = [{ creditNoteId: 'note-1' }] as CreditAllocationRow[];

describe('by what a debtor knows his payments', () => {
  it('it is what he wrote, and the number of a credit note', async () => {
    const named = await namesOfMovements(tables('facture A9, mars'), 'mirandole', PAID, NOTES);
    expect([named.get(KEY), named.get('note-1')]).toEqual(['facture A9, mars', 'AV-A9']);
  });

  it('a payment without a word has no name: our own key is never one', async () => {
    for (const nothing of [null, '', ' \n ']) expect((await namesOfMovements(tables(nothing), 'mirandole', PAID, [])).size).toBe(0);
  });

  it('is one short line, cut at a word', () => {
    expect(payersWords(' VIR  facture\nA9 ')).toBe('VIR facture A9');
    expect(payersWords('règlement de la facture A9 et de quelques autres encore')).toBe('règlement de la facture A9 et de…');
    expect(payersWords('9'.repeat(60))).toBe(`${'9'.repeat(40)}…`);
  });
});
