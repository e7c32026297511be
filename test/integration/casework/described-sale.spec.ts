import { correctInvoice, found, type InvoiceFacts } from '#casework';
import { currency, type Day, day, decodeState } from '#domain';
import type { InvoiceRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { PERSON } from '../../support/town.js';
import { BELGIAN } from '../../support/town-creditor.js';
import { townOfStories } from '../../support/town-stories.js';

// What was sold, from the invoice to the free first reminder of a Belgian consumer.

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';
let number = '';

const facts = (more: Partial<InvoiceFacts> = {}): InvoiceFacts => ({
  documentKind: 'invoice',
  number,
  issuedOn: day('2026-01-31'),
  terms: [{ dueOn: day('2026-03-02') as Day }],
  currency: currency('EUR'),
  grossMinor: 21_500n,
  prepaidMinor: 0n,
  payableMinor: 21_500n,
  precedingNumbers: [],
  buyer: {
    name: 'Lieve Zonderland',
    siren: undefined as never,
    email: 'lieve.zonderland@post.example',
    phone: '+3216000013',
    street: 'Naamsestraat 113',
    postcode: '3000',
    city: 'Leuven',
    country: 'BE',
    language: 'nl',
  },
  ...more,
});

async function given(more: Partial<InvoiceFacts> = {}): Promise<void> {
  number = `D-${++serial}`;
  creditorId = await town.addCreditor({ ...BELGIAN, creditorId: `described-${serial}` });
  caseId = (await put(facts(more))).caseIds[0] ?? '';
}

const put = (document: InvoiceFacts) => town.addInvoice(creditorId, document, { kind: { kind: 'consumer', reason: 'column' } });
const invoice = async (): Promise<InvoiceRow> => found(await town.read((tx) => tx.invoices.one({ creditorId, number })), 'invoice', number);
const state = async () => decodeState((await town.caseRow(creditorId, caseId)).recovery);
const correct = async (more: Partial<InvoiceFacts>) => {
  const known = await invoice();
  return town.shared(creditorId, (tx) => correctInvoice(tx, town.deps, known, facts(more), known.version, PERSON));
};
const reminders = async () =>
  (await town.read((tx) => tx.messages.all({ creditorId, act: 'firstReminder' }, { by: 'slotOn' }))).map(({ slotOn }) => slotOn);
const reminderText = async () => town.local.rawMail((await town.mailsOf(creditorId))[0]?.id ?? '').toString('utf8');

describe('what was sold', () => {
  it('A26: stands in the free first reminder, with the order beside it', async () => {
    await given({ description: 'geboortekaartjes, 150 stuks', orderReference: 'WK-560' });
    await town.run(creditorId, '2026-03-12', { calls: 'attempted' });
    expect(await reminders()).toEqual(['2026-03-10']);
    expect(await reminderText()).toContain(`factuur ${number}, geboortekaartjes, 150 stuks (WK-560)`);
  });

  it.each([undefined, 'PO-88120'])(
    'A27: where it is missing (order %s) no first reminder leaves; told by a correction that moves no money, the ladder goes on alone',
    async (orderReference) => {
      const order = orderReference === undefined ? {} : { orderReference };
      await given(order);
      await town.run(creditorId, '2026-03-13', { calls: 'attempted' });
      expect([await reminders(), (await state()).firstReminder, (await state()).blockers]).toEqual([[], undefined, ['handedToPerson']]);
      const [task] = await town.tasks(creditorId, 'letterImpossible');
      expect(task?.title).toContain('la facture ne dit pas ce qui a été vendu');
      const [before, postings] = [await invoice(), await town.read((tx) => tx.postings.count({ creditorId }))];

      await correct({ ...order, description: 'geboortekaartjes, 150 stuks' });

      expect(await invoice()).toEqual({ ...before, description: 'geboortekaartjes, 150 stuks', version: before.version + 1 });
      expect(await town.read((tx) => tx.postings.count({ creditorId }))).toBe(postings);
      expect([await town.tasks(creditorId, 'letterImpossible'), (await state()).blockers]).toEqual([[], []]);
      await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
      expect(await reminders()).toHaveLength(1);
      expect((await state()).firstReminder).toMatchObject({ by: 'electronic', isComplete: true });
      expect(await reminderText()).toContain('geboortekaartjes, 150 stuks');
    },
  );

  it('A27: words that describe nothing are asked for again', async () => {
    await given();
    await town.run(creditorId, '2026-03-13', { calls: 'attempted' });
    await correct({ description: 'bestelling 4471' });
    await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
    expect([await reminders(), (await town.tasks(creditorId, 'letterImpossible')).length]).toEqual([[], 1]);
  });

  it('is filled in by the same invoice in a format that says it: no conflict, and the reminder follows', async () => {
    await given();
    await town.run(creditorId, '2026-03-13', { calls: 'attempted' });
    const again = await put(facts({ description: 'geboortekaartjes' }));
    expect([again.result, again.notes]).toEqual(['updated', ['Ce qui a été vendu est maintenant connu.']]);
    await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
    expect([await reminders(), await town.tasks(creditorId, 'invoiceConflict')]).toMatchObject([{ length: 1 }, []]);
    const journal = await town.read((tx) => tx.journal.all({ creditorId, kind: 'invoiceDescribed' }));
    expect(journal).toHaveLength(1);
  });

  it('once known it stays: other words or none for the same invoice change nothing', async () => {
    await given({ description: 'geboortekaartjes' });
    expect([(await put(facts())).result, (await put(facts({ description: 'faire-part' }))).result]).toEqual(['unchanged', 'unchanged']);
    await correct({});
    expect((await invoice()).description).toBe('geboortekaartjes');
  });

  it('told while a person looks at something else, the case goes on waiting for that', async () => {
    await given();
    await town.run(creditorId, '2026-03-13', { calls: 'attempted' });
    const [asked] = await town.tasks(creditorId, 'letterImpossible');
    await town.shared(creditorId, (tx) =>
      tx.tasks.insertOnce({
        ...found(asked, 'task', ''),
        taskId: town.deps.ids.next(),
        kind: 'review',
        dedupeKey: `review:${caseId}`,
        detail: {},
      }),
    );
    await correct({ description: 'geboortekaartjes' });
    expect([await town.tasks(creditorId, 'letterImpossible'), (await state()).blockers]).toEqual([[], ['handedToPerson']]);
  });
});
