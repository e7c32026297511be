import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { addDays, dayIn, instantFromEpochMs } from '#domain';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Desk } from '../../scenarios/desk.js';
import { Stack } from '../../support/stack.js';
import { StackClock } from '../../support/stack-clock.js';

/** Words that only personal data holds: none may reach what Temporal stores. */
const CANARIES = [
  'Zybelline',
  'zybelline',
  'Quartzel',
  'quartzel',
  '0199000777',
  '199000777',
  'FR7630006000011234567890189',
  '30006000011234567890189',
  'impasse des Opales',
];

type Event = NonNullable<Awaited<ReturnType<ReturnType<Stack['temporal']['workflow']['getHandle']>['fetchHistory']>>['events']>[number];

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.open({ pgBase: inject('pgBase'), temporalAddress: inject('temporalAddress') });
}, 120_000);
afterAll(() => stack.close());

/** Everything the server keeps of a workflow, payloads decoded, as one text. */
async function storedText(workflowId: string): Promise<string> {
  const handle = stack.temporal.workflow.getHandle(workflowId);
  const json = historyToJSON(await handle.fetchHistory());
  const described = await handle.describe();
  const rest = JSON.stringify([
    described.memo,
    described.searchAttributes,
    await described.staticSummary(),
    await described.staticDetails(),
    workflowId,
  ]);
  const decoded = json.replace(
    /"data":\s*"([A-Za-z0-9+/=]+)"/g,
    (_, data: string) => `"data": ${Buffer.from(data, 'base64').toString('utf8')}`,
  );
  return `${json}\n${decoded}\n${rest}`;
}

async function eventsOf(workflowId: string): Promise<Event[]> {
  return (await stack.temporal.workflow.getHandle(workflowId).fetchHistory()).events ?? [];
}

function plain(payload: { data?: Uint8Array | null } | null | undefined): unknown {
  return payload?.data ? (JSON.parse(Buffer.from(payload.data).toString('utf8')) as unknown) : undefined;
}

function summariesOf(events: readonly Event[], kind: 'timerStartedEventAttributes' | 'activityTaskScheduledEventAttributes'): unknown[] {
  return events.filter((event) => event[kind]).map((event) => plain(event.userMetadata?.summary));
}

function signalsOf(events: readonly Event[]): { name: string; cause: Record<string, unknown> }[] {
  return events.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    if (!signal || signal.signalName === 'sandboxClockMoved') return [];
    const { cause } = plain(signal.input?.payloads?.[0]) as { cause: Record<string, unknown> };
    return [{ name: signal.signalName ?? '', cause }];
  });
}

const debtor = {
  name: 'Atelier Zybelline Quartzel',
  siren: '000000406',
  kind: 'business',
  email: 'ana.zybelline@quartzel.example',
  phone: '+33199000777',
  street: '7 impasse des Opales',
  postcode: '59800',
  city: 'Lille',
  country: 'FR',
  language: 'fr',
};

function invoice(number: string, issuedOn: string, dueOn: string): Record<string, unknown> {
  const amount = { amount: '1500.00', currency: 'EUR' };
  return { number, issuedOn, dueOn, gross: amount, payable: amount, debtor, iban: 'FR7630006000011234567890189' };
}

const people = { calls: [] as string[] };

async function sandbox(creditorId: string): Promise<{ desk: Desk; clock: StackClock }> {
  const desk = await Desk.open(stack, 'A', creditorId);
  await desk.ask('finance', 'POST', '/go-live');
  const clock = new StackClock(stack, creditorId, async () => {
    const { items } = await desk.ask<{ items: { callId: string }[] }>('auditor', 'GET', '/calls?state=open');
    for (const { callId } of items) {
      people.calls.push(callId);
      await desk.ask('controller', 'POST', `/calls/${callId}/report`, {
        outcome: 'reached',
        contactName: 'Ana Zybelline',
        note: 'Mme Quartzel rappelle',
      });
    }
    return items.length > 0;
  });
  return { desk, clock };
}

/** Called, written to, disputed, paid in part, promised and paid: with personal data in every free field. */
async function auditedLife(creditorId: string): Promise<Desk> {
  const { desk, clock } = await sandbox(creditorId);
  await desk.ask('integrator', 'PUT', '/invoices/ERP%2F1', invoice('F 2026/1', '2026-01-27', '2026-02-26'));
  await clock.runUntil('2026-03-04' as never, '12:00');
  await desk.command('F 2026/1', 'dispute', { reason: 'quality', note: 'Zybelline dit que le bois est fendu' });
  await clock.settle();
  await desk.command('F 2026/1', 'dispute/resolve', { verdict: 'withdrawn', note: 'Quartzel retire' });
  await clock.settle();
  await desk.paymentWebhook({
    paymentId: 'b-1',
    amount: { amount: '400.00', currency: 'EUR' },
    paidOn: '2026-03-04',
    invoiceNumber: 'F 2026/1',
    payerName: 'Ana Zybelline',
    payerIban: 'FR7630006000011234567890189',
  });
  await clock.settle();
  const promise = {
    amount: { amount: '1100.00', currency: 'EUR' },
    dueOn: '2026-03-12',
    channel: 'phone',
    madeBy: 'Ana Zybelline',
    wording: 'Quartzel paiera',
  };
  await desk.command('F 2026/1', 'promise', promise);
  await clock.runUntil('2026-03-12' as never, '08:00');
  await desk.paymentWebhook({
    paymentId: 'b-2',
    amount: { amount: '1100.00', currency: 'EUR' },
    paidOn: '2026-03-12',
    invoiceNumber: 'F 2026/1',
    payerName: 'Ana Zybelline',
  });
  await clock.runUntil('2026-03-13' as never, '12:00');
  return desk;
}

/** Searches everything that Temporal keeps of these workflows for personal data. */
async function findNoCanary(caseWorkflow: string, messageWorkflows: readonly string[]): Promise<void> {
  // The search itself works: what may be there is found.
  expect(await storedText(caseWorkflow)).toContain('"reason":"quality"');
  for (const id of [caseWorkflow, ...messageWorkflows]) {
    const stored = await storedText(id);
    for (const canary of CANARIES) expect({ id, canary, isThere: stored.includes(canary) }).toEqual({ id, canary, isThere: false });
  }
}

describe('a case as an auditor sees it in Temporal', () => {
  it('I36: id by invoice, plain words, causes with amounts, and no personal data in any history', async () => {
    const creditorId = 'auditee';
    const desk = await auditedLife(creditorId);
    const { workflowId, caseId } = await desk.caseOf('F 2026/1');
    expect(workflowId).toMatch(/^recovery\/auditee\/F%202026%2F1$/);
    const handle = stack.temporal.workflow.getHandle(workflowId);
    const described = await handle.describe();
    expect(described.status.name).toBe('COMPLETED');
    expect(await handle.result()).toMatchObject({ caseId, closed: 'settled', state: 'settled', openPrincipal: '0', currency: 'EUR' });
    expect(await described.staticSummary()).toBe('Invoice F 2026/1 · due 2026-02-26 · 1500.00 EUR · policy standard@1');
    expect(await described.staticDetails()).toContain('Planned rungs at the start');
    expect(described.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toEqual(
      expect.arrayContaining([
        ['CaseState', 'settled'],
        ['CreditorId', creditorId],
        ['Currency', 'EUR'],
        ['OpenBalanceMinor', 0],
        ['Disputed', false],
        ['CaseStage', 'courtesyMail'],
      ]),
    );
    const events = await eventsOf(workflowId);
    const told = signalsOf(events);
    expect(told.map(({ name }) => name)).toEqual([
      'callReported',
      'disputeOpened',
      'disputeResolved',
      'paymentReceived',
      'promiseMade',
      'paymentReceived',
    ]);
    expect(told.filter(({ name }) => name === 'paymentReceived').map(({ cause }) => String(cause.amountMinor))).toEqual([
      '40000',
      '110000',
    ]);
    expect(told.find(({ name }) => name === 'disputeOpened')?.cause).toMatchObject({ reason: 'quality' });
    expect(told.find(({ name }) => name === 'promiseMade')?.cause).toMatchObject({ amountMinor: '110000', dueOn: '2026-03-12' });
    expect(summariesOf(events, 'activityTaskScheduledEventAttributes')).toEqual([
      'courtesyCall: open the call task, 2026-03-02',
      'courtesyMail: send the mail, 2026-03-03',
    ]);
    const acts = events.flatMap(({ activityTaskScheduledEventAttributes: act }) => (act ? [act.activityType?.name] : []));
    expect(acts).toEqual(['openCallTask', 'sendMail']);

    const informs = await stack.api.backend.plain((tx) => tx.messages.all({ creditorId, purpose: 'inform' }));
    expect(informs.map(({ act, state }) => [act, state])).toEqual(
      expect.arrayContaining([
        ['promiseConfirmation', expect.stringMatching(/ACCEPTED|CONFIRMED_SENT/)],
        ['thankYou', expect.stringMatching(/ACCEPTED|CONFIRMED_SENT/)],
      ]),
    );
    await findNoCanary(
      workflowId,
      informs.map((row) => row.workflowId ?? ''),
    );
    expect(people.calls).toHaveLength(1);
  });

  it('money after the close is booked without a workflow, and a reversal starts the next episode', async () => {
    const { desk, clock } = await sandbox('reopener');
    await desk.ask('integrator', 'PUT', '/invoices/1', invoice('R-1', '2026-02-01', '2026-03-03'));
    await clock.settle();
    const pay = (paymentId: string, amount: string) =>
      desk.paymentWebhook({ paymentId, amount: { amount, currency: 'EUR' }, paidOn: '2026-03-02', invoiceNumber: 'R-1' });
    await pay('early', '1500.00');
    await clock.settle();
    await pay('again', '200.00');
    await clock.settle();
    const first = await desk.caseOf('R-1');
    expect([first.state, first.episode, first.workflowId]).toEqual(['settled', 1, 'recovery/reopener/R-1']);
    const late = await desk.ask<{ items: { reference: string; credit: { amount: string } }[] }>('auditor', 'GET', '/payments');
    expect(late.items.find(({ reference }) => reference.includes('again'))?.credit.amount).toBe('200.00');

    await desk.paymentWebhook(
      { paymentId: 'back', reverses: 'early', amount: { amount: '1500.00', currency: 'EUR' }, paidOn: '2026-03-02' },
      { type: 'payment.reversed' },
    );
    await clock.settle();
    const second = await desk.caseOf('R-1');
    expect([second.state, second.episode, second.workflowId]).toEqual(['scheduled', 2, 'recovery/reopener/R-1/2']);
    const statuses = await Promise.all(
      [first, second].map(async ({ workflowId }) => (await stack.temporal.workflow.getHandle(workflowId).describe()).status.name),
    );
    expect(statuses).toEqual(['COMPLETED', 'RUNNING']);
  });

  it('a real creditor waits on one timer named in plain words; the payment ends timer and workflow', async () => {
    const creditorId = 'real-time';
    const desk = await Desk.open(stack, 'A', creditorId, { sandbox: false });
    await desk.ask('finance', 'POST', '/go-live');
    const today = dayIn(instantFromEpochMs(Date.now()), 'Europe/Paris');
    await desk.ask('integrator', 'PUT', '/invoices/1', invoice('T-1', addDays(today, -20), addDays(today, 10)));
    const { workflowId } = await desk.caseOf('T-1');
    await expect
      .poll(async () => (await eventsOf(workflowId).catch(() => [])).some((event) => event.timerStartedEventAttributes), {
        timeout: 15_000,
      })
      .toBe(true);
    const [summary, ...others] = summariesOf(await eventsOf(workflowId), 'timerStartedEventAttributes');
    expect(summary).toMatch(/^courtesyCall opens \d{4}-\d\d-\d\d$/);
    expect(others).toEqual([]);
    const body = { amount: { amount: '1500.00', currency: 'EUR' }, paidOn: today, reference: 'bank-1', invoiceNumber: 'T-1' };
    await desk.ask('integrator', 'POST', '/payments', body);
    await expect
      .poll(async () => (await stack.temporal.workflow.getHandle(workflowId).describe()).status.name, { timeout: 15_000 })
      .toBe('COMPLETED');
    const events = await eventsOf(workflowId);
    expect(events.filter((event) => event.timerCanceledEventAttributes)).toHaveLength(1);
    expect(signalsOf(events).map(({ name }) => name)).toEqual(['paymentReceived']);
  });
});
