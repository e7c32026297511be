import { applyFacts, workflowActor } from '#casework';
import { addDays, type Day, day } from '#domain';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

const base = '/api/v1/creditors/atelier';
const EUR = (amount: string) => ({ amount, currency: 'EUR' });
const SECOND = { name: 'Roulottes du Midi SAS', siren: '552100554', email: 'compta@roulottes.example', country: 'FR' };

let run: RunningApi;
let finance = '';
let controller = '';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
  controller = await run.key('controller', 'atelier');
});
afterAll(() => run?.stop());

async function put(number: string, more: Record<string, unknown> = {}): Promise<{ invoiceId: string; caseId: string; debtorId: string }> {
  const { body } = await run.put(`${base}/invoices/${number}`, finance, invoice(number, more));
  return { invoiceId: body.invoice.invoiceId, caseId: body.caseIds[0], debtorId: body.invoice.debtorId };
}

const creditNote = (number: string, amount: string, more: Record<string, unknown> = {}) =>
  put(number, { documentKind: 'creditNote', dueOn: undefined, gross: EUR(amount), ...more });

const openOf = async (caseId: string): Promise<string> =>
  (await run.get(`${base}/cases/${caseId}`, finance).expect(200)).body.openPrincipal.amount;

describe('a parked credit note', () => {
  it('is taken off the invoice that a person names, once, and its task is done', async () => {
    const one = await put('F-1');
    const note = await creditNote('AV-1', '240.00');
    const task = (await run.get(`${base}/tasks?kind=creditNoteParked`, controller).expect(200)).body.items[0];
    expect(task).toMatchObject({ subjectId: note.invoiceId, endsBy: 'invoices/{creditNoteId}/allocate' });
    const tick = await run.post(`${base}/tasks/${task.taskId}/done`, controller).expect(409);
    expect(tick.body.detail).toContain(`POST invoices/${note.invoiceId}/allocate.`);
    const allocate = (path: string, body: object, token = controller) => run.post(`${base}/invoices/${path}/allocate`, token, body);
    expect((await allocate('AV-1', { invoiceId: 'F-1' }, await run.key('integrator', 'atelier')).expect(403)).body.code).toBe('forbidden');
    expect((await allocate('AV-1', { invoiceId: 'AV-1' }).expect(404)).body.code).toBe('invoiceNotFound');
    expect((await allocate('F-1', { invoiceId: 'F-1' }).expect(404)).body.code).toBe('invoiceNotFound');
    expect((await allocate('AV-1', {}).expect(400)).body.errors[0].pointer).toBe('/invoiceId');
    const body = { invoiceId: 'F-1', reason: 'avoir du 3 mars' };
    const first = await allocate('AV-1', body).set('Idempotency-Key', 'av-1').expect(200);
    expect(first.body).toMatchObject({
      creditNote: { invoiceId: note.invoiceId, creditState: 'allocated' },
      invoice: { invoiceId: one.invoiceId },
      caseIds: [one.caseId],
    });
    expect((await allocate('AV-1', body).set('Idempotency-Key', 'av-1').expect(200)).body).toEqual(first.body);
    expect(await openOf(one.caseId)).toBe('1000.00');
    expect((await allocate('AV-1', body).expect(409)).body.code).toBe('creditNoteNotParked');
    expect(await openOf(one.caseId)).toBe('1000.00');
    expect((await run.get(`${base}/tasks?kind=creditNoteParked`, controller)).body.items).toEqual([]);
    const rows = await run.api.backend.plain((tx) => tx.journal.all({ creditorId: 'atelier', streamId: `invoice:${note.invoiceId}` }));
    expect(rows.at(-1)).toMatchObject({ kind: 'creditNoteAllocatedByPerson', reason: 'avoir du 3 mars', cause: { amountMinor: '24000' } });
  });

  it('of another currency settles nothing', async () => {
    await put('F-2');
    await creditNote('AV-2', '10.00', { gross: { amount: '10.00', currency: 'USD' } });
    const refused = await run.post(`${base}/invoices/AV-2/allocate`, controller, { invoiceId: 'F-2' }).expect(422);
    expect(refused.body.code).toBe('allocationOtherCurrency');
  });
});

describe('the statement of a case that the books settled', () => {
  it('is a plain zero, not a refusal', async () => {
    const one = await put('F-3');
    await put('F-3', { openAmount: { ...EUR('0.00'), asOf: '2026-03-01' } });
    expect(await openOf(one.caseId)).toBe('0.00');
    const { body } = await run.get(`${base}/cases/${one.caseId}/statement?on=2026-04-30`, finance).expect(200);
    expect(body).toMatchObject({
      caseId: one.caseId,
      on: '2026-04-30',
      law: 'FR',
      principal: { face: EUR('0.00'), openPrincipal: EUR('0.00'), debtorKind: 'business', entries: [] },
      interest: { accrued: EUR('0.00'), lines: [], daily: null },
      compensation: { amount: EUR('0.00') },
      entries: [],
      claimTotal: EUR('0.00'),
      surplus: null,
    });
  });

  it('still reckons what was paid before the books closed it', async () => {
    const one = await put('F-4');
    await run.post(`${base}/payments`, finance, { amount: EUR('1000.00'), paidOn: '2026-02-20', reference: 'f4', caseId: one.caseId });
    await put('F-4', { openAmount: { ...EUR('0.00'), asOf: '2026-03-01' } });
    const { body } = await run.get(`${base}/cases/${one.caseId}/statement`, finance).expect(200);
    expect(body.principal).toMatchObject({ face: EUR('1000.00'), payments: EUR('1000.00'), openPrincipal: EUR('0.00') });
    expect(body.compensation.amount).toEqual(EUR('40.00'));
  });
});

describe('the ageing of the book', () => {
  const creditorId = 'balance';
  const path = `/api/v1/creditors/${creditorId}`;
  let token = '';
  beforeAll(async () => {
    await run.post('/api/v1/creditors', await run.key('operator', '*'), { ...CREDITOR, creditorId, siren: '000000109' }).expect(201);
    token = await run.key('finance', creditorId);
  });

  const ageing = async (on?: string) => (await run.get(`${path}/reports/ageing${on ? `?on=${on}` : ''}`, token).expect(200)).body;
  const pay = (amount: string, reference: string, more: object) =>
    run.post(`${path}/payments`, token, { amount: EUR(amount), paidOn: '2026-02-20', reference, ...more }).expect(201);
  const add = async (number: string, more: object = {}): Promise<string> =>
    (await run.put(`${path}/invoices/${number}`, token, invoice(number, { ...more })).expect(201)).body.caseIds[0];
  const handOver = (caseId: string) =>
    run.api.backend.run(creditorId, async (tx) => {
      const [row] = await tx.lockCases(creditorId, [caseId]);
      if (!row) throw new Error('No case');
      const closed = { type: 'caseClosed', kind: 'handedOver', reason: 'collectionAgency' } as const;
      await applyFacts(tx, run.api.backend.deps, row, [closed], workflowActor('referral'));
    });
  /** Buckets that hold something, by name. */
  const filled = ({
    currencies,
  }: {
    currencies: { currency: string; buckets: { bucket: string; cases: number; openPrincipal: object }[] }[];
  }) => currencies.flatMap(({ buckets }) => buckets.filter(({ cases }) => cases > 0).map(({ bucket }) => bucket));

  it('puts an amount in one bucket on each day, to the day', async () => {
    const due = day('2026-02-04');
    await add('B-1');
    const onDay = async (after: number): Promise<string[]> => filled(await ageing(addDays(due, after) as Day));
    expect(filled(await ageing('2026-01-04'))).toEqual([]);
    expect(await onDay(-30)).toEqual(['notDue']);
    const edges: [number, string][] = [
      [0, 'notDue'],
      [1, 'days1To15'],
      [15, 'days1To15'],
      [16, 'days16To30'],
      [30, 'days16To30'],
      [31, 'days31To60'],
      [60, 'days31To60'],
      [61, 'days61To90'],
      [90, 'days61To90'],
      [91, 'days91To180'],
      [180, 'days91To180'],
      [181, 'daysOver180'],
    ];
    for (const [after, bucket] of edges) expect([after, await onDay(after)]).toEqual([after, [bucket]]);
  });

  it('tells currencies, credit, parked money and closed cases apart, and agrees with the cases', async () => {
    const paid = await add('B-2', { debtor: SECOND });
    // 1 240.00, sixteen days late: 6.60 and 40.00 are owed besides, and 60.00 is too much.
    await pay('1346.60', 'b2', { caseId: paid });
    await pay('77.00', 'b3', { remittance: 'rien de connu' });
    await add('B-3', { debtor: SECOND, gross: { amount: '500.00', currency: 'USD' }, dueOn: '2026-03-20' });
    const lost = await add('B-4', { debtor: SECOND });
    await run.post(`${path}/cases/${lost}/write-off`, token, { reason: 'uncollectable' }).expect(200);
    await handOver(await add('B-5', { gross: EUR('10.00') }));
    const today = await ageing();
    expect(today.on).toBe('2026-03-02');
    expect(today.currencies.map((one: { currency: string }) => one.currency)).toEqual(['EUR', 'USD']);
    const [euro, dollar] = today.currencies;
    expect(euro).toMatchObject({ withOthers: EUR('10.00'), unallocated: EUR('60.00'), parked: EUR('77.00') });
    expect(dollar).toMatchObject({ openPrincipal: { amount: '500.00', currency: 'USD' }, parked: { amount: '0.00' } });
    expect(dollar.buckets[0]).toEqual({
      bucket: 'notDue',
      fromDays: null,
      toDays: 0,
      cases: 1,
      openPrincipal: { amount: '500.00', currency: 'USD' },
    });
    const cases = await run.api.backend.plain((tx) => tx.cases.all({ creditorId, currency: 'EUR', closedKind: null }));
    const openMinor = cases.reduce((sum, row) => sum + row.openPrincipalMinor, 0n);
    expect(openMinor).toBeGreaterThan(0n);
    expect(BigInt(euro.openPrincipal.amount.replace('.', ''))).toBe(openMinor);
  });

  it('I12: of a past day knows what was still owed then, and what was received since', async () => {
    const then = await ageing('2026-02-10');
    const [euro] = then.currencies;
    // B-1 and B-2 (paid on the 20th) were owed; B-4 is written off and told no more.
    expect(euro.openPrincipal).toEqual(EUR('2480.00'));
    expect(euro).toMatchObject({ withOthers: EUR('10.00'), unallocated: EUR('0.00'), parked: EUR('0.00') });
  });

  it('is read by the auditor, and refuses a day that is none', async () => {
    await run.get(`${path}/reports/ageing`, await run.key('auditor', creditorId)).expect(200);
    expect((await run.get(`${path}/reports/ageing?on=2026-02-30`, token).expect(400)).body.errors[0].pointer).toBe('on');
    await run.get(`${path}/reports/ageing`, controller).expect(404);
  });
});

describe('readiness', () => {
  it('is 200 with Temporal down, and says so', async () => {
    const { body } = await run.raw().get('/health/ready').expect(200);
    expect(body).toMatchObject({ status: 'ok', database: 'ok', temporal: 'unavailable', outboxPending: expect.any(Number) });
    expect(body.outboxPending).toBeGreaterThan(0);
  });
});
