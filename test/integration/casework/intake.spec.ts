import {
  allocateCredit,
  clearDoubts,
  correctInvoice,
  createCreditor,
  decideDebtorKind,
  found,
  type IntakeOutcome,
  openBytes,
  updateCreditor,
} from '#casework';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON, Town } from '../../support/town.js';
import { townOfStories } from '../../support/town-stories.js';
import { creditorRow } from '../../support/town-creditor.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';

async function fresh(patch: Parameters<Town['addCreditor']>[0] = {}): Promise<void> {
  creditorId = await town.addCreditor({ creditorId: `intake-${++serial}`, ...patch });
}

function invoice(facts: Parameters<Town['addInvoice']>[1] = {}, more: Parameters<Town['addInvoice']>[2] = {}): Promise<IntakeOutcome> {
  return town.addInvoice(creditorId, facts, more);
}

const note = (facts: Parameters<Town['addInvoice']>[1] = {}) =>
  invoice({ documentKind: 'creditNote', number: 'AV-1', terms: [], grossMinor: 86_000n, payableMinor: 86_000n, ...facts });

const caseOf = async (outcome: IntakeOutcome, index = 0) => town.caseRow(creditorId, outcome.caseIds[index] ?? '');

describe('the same document again', () => {
  it('changes nothing', async () => {
    await fresh();
    const first = await invoice();
    const again = await invoice();
    expect([first.result, again.result, again.invoiceId, again.caseIds]).toEqual(['created', 'unchanged', first.invoiceId, first.caseIds]);
    expect(await town.read((tx) => tx.cases.count({ creditorId }))).toBe(1);
  });

  it('in another format is one invoice; its PDF is kept beside the original', async () => {
    await fresh();
    const xml = { bytes: new TextEncoder().encode('<Invoice/>'), mediaType: 'application/xml', fileName: 'a.xml' };
    const pdf = { bytes: new TextEncoder().encode('%PDF-1.7'), mediaType: 'application/pdf', fileName: 'a.pdf' };
    const first = await invoice({}, { original: xml });
    const again = await invoice({ externalId: 'ERP/17 é' }, { original: pdf });
    expect([again.result, again.invoiceId]).toEqual(['unchanged', first.invoiceId]);
    const row = found(await town.read((tx) => tx.invoices.one({ creditorId, invoiceId: first.invoiceId })), 'invoice', '');
    const open = async (id: string | null) =>
      Buffer.from((await town.read((tx) => openBytes(tx, town.deps, creditorId, id ?? ''))).bytes).toString();
    expect([await open(row.originalObjectId), await open(row.pdfObjectId)]).toEqual(['<Invoice/>', '%PDF-1.7']);
    expect(await town.read((tx) => tx.invoiceAliases.one({ creditorId, externalId: 'ERP/17 é' }))).toMatchObject({
      invoiceId: first.invoiceId,
    });
  });

  it('with other facts is a conflict for a person and changes nothing', async () => {
    await fresh();
    const first = await invoice();
    const before = await caseOf(first);
    const other = await invoice({ payableMinor: 500_000n, grossMinor: 500_000n });
    expect([other.result, await caseOf(first)]).toEqual(['conflict', before]);
    expect(await town.tasks(creditorId, 'invoiceConflict')).toHaveLength(1);
    await invoice({ payableMinor: 500_000n, grossMinor: 500_000n });
    expect(await town.tasks(creditorId, 'invoiceConflict')).toHaveLength(1);
  });

  it('said by the creditor with the version in hand is a correction that moves the case', async () => {
    await fresh();
    const first = await invoice();
    const known = found(await town.read((tx) => tx.invoices.one({ creditorId, invoiceId: first.invoiceId })), 'invoice', '');
    const facts = {
      documentKind: 'invoice' as const,
      number: known.number,
      issuedOn: known.issuedOn,
      terms: [{ dueOn: day('2026-03-05') }],
      currency: known.currency as never,
      grossMinor: 500_000n,
      prepaidMinor: 0n,
      payableMinor: 500_000n,
      precedingNumbers: [],
      buyer: { name: 'x' },
    };
    await town.shared(creditorId, (tx) => correctInvoice(tx, town.deps, known, facts, known.version, PERSON));
    expect(await caseOf(first)).toMatchObject({ openPrincipalMinor: 500_000n, faceMinor: 500_000n, dueOn: '2026-03-05' });
    await expect(town.shared(creditorId, (tx) => correctInvoice(tx, town.deps, known, facts, known.version, PERSON))).rejects.toThrow(
      'versionConflict',
    );
  });
});

describe('the debtor of a later invoice', () => {
  it('F11: another e-mail for a known debtor waits for a person; the address in use stays', async () => {
    await fresh();
    await invoice();
    await invoice({ number: 'F-2026-002', buyer: { name: 'Transports V.', email: 'autre@ailleurs.example' } });
    const contacts = await town.deps.unitOfWork.plain((tx) => tx.contacts.all({ creditorId, channel: 'email' }, { by: 'createdAt' }));
    expect(contacts.map(({ address, usable, proof }) => [address, usable, proof])).toEqual([
      ['compta@verendelle.example', true, 'imported'],
      ['autre@ailleurs.example', false, 'toConfirm'],
    ]);
    expect(await town.tasks(creditorId, 'confirmContact')).toHaveLength(1);
  });
});

describe('terms and amounts', () => {
  it('three terms are three cases, each with its own clock; what the books say is still open lies on the latest', async () => {
    await fresh();
    const terms = [
      { dueOn: day('2026-02-25'), amountMinor: 200_000n },
      { dueOn: day('2026-03-27'), amountMinor: 200_000n },
      { dueOn: day('2026-04-27'), amountMinor: 100_000n },
    ];
    const outcome = await invoice({
      terms,
      grossMinor: 500_000n,
      payableMinor: 500_000n,
      openAmount: { amountMinor: 350_000n, asOf: day('2026-03-01') },
    });
    const rows = (await town.read((tx) => tx.cases.all({ creditorId }, { by: 'term' }))).map((row) => [
      row.term,
      row.dueOn,
      row.openPrincipalMinor,
      row.workflowId,
    ]);
    expect(rows).toEqual([
      [1, '2026-02-25', 50_000n, `recovery/${creditorId}/F-2026-001`],
      [2, '2026-03-27', 200_000n, `recovery/${creditorId}/F-2026-001~2`],
      [3, '2026-04-27', 100_000n, `recovery/${creditorId}/F-2026-001~3`],
    ]);
    await town.pay(creditorId, 60_000n, '2026-03-03', { invoiceNumber: 'F-2026-001' });
    expect([(await caseOf(outcome, 0)).closedKind, (await caseOf(outcome, 1)).openPrincipalMinor]).toEqual(['settled', 190_000n]);
  });

  it('without a due date the creditor’s default term applies, and it is said', async () => {
    await fresh();
    const outcome = await invoice({ terms: [] });
    expect((await caseOf(outcome)).dueOn).toBe('2026-02-26');
    expect(outcome.notes.join(' ')).toContain('30 jours');
  });

  it('nothing payable is never a case', async () => {
    await fresh();
    const outcome = await invoice({ prepaidMinor: 486_000n, payableMinor: 0n });
    expect([outcome.result, outcome.caseIds]).toEqual(['nothingDue', []]);
  });

  it('a lower figure of the books lowers the case, an older or a higher one changes nothing', async () => {
    await fresh();
    const first = await invoice();
    const books = (amountMinor: bigint, asOf: string) => invoice({ openAmount: { amountMinor, asOf: day(asOf) } });
    expect((await books(300_000n, '2026-03-01')).result).toBe('updated');
    expect((await books(200_000n, '2026-02-20')).result).toBe('unchanged');
    expect((await books(400_000n, '2026-03-02')).result).toBe('unchanged');
    expect((await caseOf(first)).openPrincipalMinor).toBe(300_000n);
    expect((await books(0n, '2026-03-03')).result).toBe('updated');
    expect((await caseOf(first)).closedKind).toBe('settled');
  });

  it('a number that comes back another year is another invoice with an id of its own', async () => {
    await fresh();
    await invoice({ issuedOn: day('2025-12-01'), terms: [{ dueOn: day('2025-12-31') }] });
    const second = await invoice();
    expect(second.result).toBe('created');
    expect((await caseOf(second)).workflowId).toBe(`recovery/${creditorId}/F-2026-001.2026`);
  });
});

describe('credit notes', () => {
  it('lower the invoice they name, after it or before it', async () => {
    await fresh();
    const first = await invoice();
    expect((await note({ precedingNumbers: ['F-2026-001'] })).result).toBe('creditAllocated');
    expect((await caseOf(first)).openPrincipalMinor).toBe(400_000n);
    expect((await note({ number: 'AV-2', precedingNumbers: ['F-2026-002'] })).result).toBe('creditParked');
    const second = await invoice({ number: 'F-2026-002' });
    expect((await caseOf(second)).openPrincipalMinor).toBe(400_000n);
    expect(await town.tasks(creditorId, 'creditNoteParked')).toEqual([]);
  });

  it('above what is open settle the case, the rest is the debtor’s credit', async () => {
    await fresh();
    const first = await invoice();
    await note({ precedingNumbers: ['F-2026-001'], grossMinor: 500_000n, payableMinor: 500_000n });
    const row = await caseOf(first);
    expect(row.closedKind).toBe('settled');
    const credit = await town.read((tx) => tx.postings.all({ creditorId, account: `credit:${row.debtorId}` }));
    expect(credit.map((p) => p.amountMinor)).toEqual([-14_000n]);
  });

  it('that name no invoice are parked and hold back the notice until a person allocates them, once', async () => {
    await fresh();
    const first = await invoice();
    const caseId = first.caseIds[0] ?? '';
    await town.upTo(creditorId, caseId, 'formalNotice', 'formalNotice', { calls: 'attempted', approve: true });
    const parked = await note();
    expect(parked.result).toBe('creditParked');
    await town.act(creditorId, caseId);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalNotice POSTPONED parkedCredit');
    const allocate = () =>
      town.shared(creditorId, async (tx) => {
        const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
        const paper = found(await tx.invoices.one({ creditorId, invoiceId: parked.invoiceId }), 'invoice', '');
        const target = found(await tx.invoices.one({ creditorId, invoiceId: first.invoiceId }), 'invoice', '');
        return allocateCredit(tx, town.deps, creditor, paper, target, PERSON);
      });
    expect(await allocate()).toEqual([caseId]);
    await expect(allocate()).rejects.toThrow('creditNoteNotParked');
    expect((await caseOf(first)).openPrincipalMinor).toBe(400_000n);
    await town.run(creditorId, '2026-04-10', { approve: true });
    expect(await town.verdictLines(creditorId, caseId)).toContain('formalNotice SENT allChecksPassed');
  });
});

describe('nothing leaves blindly', () => {
  it('a doubt about the document holds the ladder until a person clears it', async () => {
    await fresh();
    const first = await invoice({}, { doubts: [{ code: 'dueBeforeIssue', message: 'Échéance avant émission.' }] });
    const caseId = first.caseIds[0] ?? '';
    await town.run(creditorId, '2026-03-13', { calls: 'attempted' });
    expect([await town.mailsOf(creditorId), (await town.tasks(creditorId, 'documentDoubt')).length]).toEqual([[], 1]);
    await town.shared(creditorId, (tx) => clearDoubts(tx, town.deps, creditorId, caseId, PERSON));
    expect(await town.tasks(creditorId, 'documentDoubt')).toEqual([]);
    await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
    expect((await town.mailsOf(creditorId)).length).toBeGreaterThan(0);
  });

  it.each(['unknown', 'coOwners'] as const)(
    'A19: %s: a case and a task, nothing leaves; decided as business, the ladder starts',
    async (kind) => {
      await fresh();
      const first = await invoice({}, { kind: { kind, reason: 'test' } });
      const row = await caseOf(first);
      const diary = await town.run(creditorId, '2026-05-15', { calls: 'attempted', approve: true });
      expect([await town.mailsOf(creditorId), await town.read((tx) => tx.calls.count({ creditorId }))]).toEqual([[], 0]);
      expect(diary.every((line) => line.includes('review'))).toBe(true);
      const [task] = await town.tasks(creditorId, kind === 'unknown' ? 'decideDebtorKind' : 'debtorKindNotServed');
      expect(task?.debtorId).toBe(row.debtorId);
      await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, row.debtorId, 'business', undefined, PERSON));
      await town.run(creditorId, '2026-05-22', { calls: 'attempted' });
      expect((await town.mailsOf(creditorId)).length).toBeGreaterThan(0);
      expect(await town.tasks(creditorId, 'decideDebtorKind')).toEqual([]);
      await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, row.debtorId, 'unknown', undefined, PERSON));
      const before = (await town.mailsOf(creditorId)).length;
      await town.run(creditorId, '2026-07-15', { calls: 'attempted', approve: true });
      expect((await town.mailsOf(creditorId)).length).toBe(before);
    },
  );

  it('a creditor that is not live sends nothing; live, the ladder starts', async () => {
    creditorId = `intake-${++serial}`;
    const row = creditorRow({ creditorId, sandbox: false, clockAt: null });
    await town.deps.unitOfWork.run(creditorId, 'exclusive', (tx) => createCreditor(tx, town.deps, row, FINANCE));
    const first = await invoice({ terms: [{ dueOn: day('2026-09-01') }] });
    const before = await caseOf(first);
    expect([before.wakeKind, await town.mailsOf(creditorId)]).toEqual(['review', []]);
    await town.shared(creditorId, (tx) => updateCreditor(tx, town.deps, creditorId, { live: true }, 1, FINANCE));
    expect((await caseOf(first)).wakeKind).toBe('call');
  });

  it('an account on the invoice that is not the creditor’s: a task, and no code to scan', async () => {
    await fresh();
    const first = await invoice({ iban: 'BE68539007547034' });
    await town.upTo(creditorId, first.caseIds[0] ?? '', 'mail', 'formalMail', { calls: 'attempted' });
    expect(await town.tasks(creditorId, 'ibanMismatch')).toHaveLength(1);
    expect((await town.mailsOf(creditorId)).flatMap((mail) => mail.attachments.map((a) => a.cid))).not.toContain('qr');
  });

  it('an unknown rate: « intérêts pour mémoire » and a task; nothing else stops', async () => {
    await fresh();
    const first = await invoice({ number: 'F-2026-900', issuedOn: day('2026-11-20'), terms: [{ dueOn: day('2026-12-21') }] });
    const caseId = first.caseIds[0] ?? '';
    await town.run(creditorId, '2027-01-20', { calls: 'attempted' });
    const lines = await town.verdictLines(creditorId, caseId);
    expect(lines).toContain('firmMail SENT allChecksPassed');
    expect(await town.tasks(creditorId, 'interestUnknown')).toHaveLength(1);
    const [mail] = (await town.mailsOf(creditorId)).slice(-1);
    const raw = JSON.parse(town.local.rawMail(mail?.id ?? '').toString('utf8')) as { content: { value: string }[] };
    expect(raw.content[0]?.value).toMatch(/pour mémoire/);
  });
});
