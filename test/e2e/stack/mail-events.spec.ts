import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Desk } from '../../scenarios/desk.js';
import { type Answer, Stack } from '../../support/stack.js';
import { StackClock } from '../../support/stack-clock.js';

/** What the receiving side does with the first mail, by the address that makes the local mail server do it, and the reason a contact then bears. */
const FATES = [
  { fate: 'bounce', siren: '000000414', proof: 'bounced' },
  { fate: 'dropped', siren: '000000422', proof: 'dropped' },
  { fate: 'spam', siren: '000000430', proof: 'spamReport' },
  { fate: 'unsubscribe', siren: '000000448', proof: 'unsubscribed' },
] as const;

interface Contact {
  readonly contactId: string;
  readonly channel: string;
  readonly address: string;
  readonly usable: boolean;
  readonly proof: string;
  readonly version: number;
}

interface Communication {
  readonly messageId: string;
  readonly act: string;
  readonly channel: string;
  readonly state: string;
  readonly recipient: string;
}

let stack: Stack;
let desk: Desk;
let clock: StackClock;

beforeAll(async () => {
  stack = await Stack.open({ pgBase: inject('pgBase'), temporalAddress: inject('temporalAddress') });
  desk = await Desk.open(stack, 'A', 'postmaster');
  await desk.ask('finance', 'POST', '/go-live');
  clock = new StackClock(stack, 'postmaster', people);
  for (const { fate, siren } of FATES) await desk.ask('integrator', 'PUT', `/invoices/${fate}`, invoiceFor(fate, siren));
  // Calls on the first day, mails on the second: every fate has come true by then.
  await clock.runUntil('2026-03-04' as never, '18:00');
}, 180_000);
afterAll(() => stack.close());

function invoiceFor(fate: string, siren: string): Record<string, unknown> {
  const amount = { amount: '1500.00', currency: 'EUR' };
  const place = { street: '9 rue des Essais', postcode: '59800', city: 'Lille', country: 'FR', language: 'fr' };
  const debtor = { name: `Ateliers ${fate}`, siren, kind: 'business', email: `${fate}@essais.example`, phone: '+33199000888', ...place };
  return { number: `M-${fate}`, issuedOn: '2026-01-27', dueOn: '2026-02-26', gross: amount, payable: amount, debtor };
}

/** Calls are made and notices approved as soon as they are asked for. */
async function people(): Promise<boolean> {
  const calls = await desk.ask<{ items: { callId: string }[] }>('auditor', 'GET', '/calls?state=open');
  for (const { callId } of calls.items) await desk.ask('controller', 'POST', `/calls/${callId}/report`, { outcome: 'attempted' });
  const asked = await desk.ask<{ items: { approvalId: string; basis: string }[] }>('auditor', 'GET', '/approvals?state=pending');
  for (const { approvalId, basis } of asked.items)
    await desk.ask('finance', 'POST', `/approvals/${approvalId}/decision`, { verdict: 'approved', basis });
  return calls.items.length + asked.items.length > 0;
}

async function debtorOf(fate: string): Promise<{ debtorId: string; caseId: string; contacts: Contact[] }> {
  const { debtor, caseId } = await desk.caseOf(`M-${fate}`);
  const { contacts } = await desk.ask<{ contacts: Contact[] }>('auditor', 'GET', `/debtors/${debtor.debtorId}`);
  return { debtorId: debtor.debtorId, caseId, contacts };
}

async function mailContact(fate: string): Promise<Contact> {
  const found = (await debtorOf(fate)).contacts.find(({ address }) => address === `${fate}@essais.example`);
  if (!found) throw new Error(`No contact of ${fate}`);
  return found;
}

async function sentTo(fate: string): Promise<Communication[]> {
  const { caseId } = await debtorOf(fate);
  const { items } = await desk.ask<{ items: Communication[] }>(
    'auditor',
    'GET',
    `/communications?caseId=${caseId}&purpose=chase&sort=createdAt&direction=asc`,
  );
  return items;
}

async function findContactTasks(fate: string, state: string): Promise<{ taskId: string; title: string }[]> {
  const { debtorId } = await debtorOf(fate);
  const { items } = await desk.ask<{ items: { taskId: string; title: string; debtorId: string }[] }>(
    'auditor',
    'GET',
    `/tasks?kind=findContact&state=${state}`,
  );
  return items.filter((task) => task.debtorId === debtorId);
}

/** What the mail provider posts: one event about a message of ours, signed with `key`. */
function tell(mid: string, event: string, eventId: string, key: KeyObject = stack.mailEventKey, signed?: string): Promise<Answer> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = JSON.stringify([{ email: 'x@essais.example', timestamp: Number(timestamp), event, sg_event_id: eventId, mid }]);
  const signature = sign('sha256', Buffer.from(timestamp + (signed ?? body)), key).toString('base64');
  return stack.call('nobody', 'POST', '/webhooks/sendgrid', body, {
    'x-twilio-email-event-webhook-signature': signature,
    'x-twilio-email-event-webhook-timestamp': timestamp,
  });
}

async function eventsOf(messageId: string): Promise<string[]> {
  const { events } = await desk.ask<{ events: { eventId: string }[] }>('auditor', 'GET', `/communications/${messageId}`);
  return events.map(({ eventId }) => eventId);
}

describe('what the mail provider reports of a mail', () => {
  it.each(FATES)('N20: $fate: the contact is unusable and says why, and a person is asked to find another', async ({ fate, proof }) => {
    expect((await sentTo(fate)).map(({ act, channel }) => `${act} ${channel}`)).toEqual(['courtesyMail email']);
    expect(await mailContact(fate)).toMatchObject({ channel: 'email', usable: false, proof });
    const tasks = await findContactTasks(fate, 'open');
    expect(tasks.map(({ title }) => title)).toEqual([expect.stringContaining('en trouver une')]);
    // The other way to reach him is untouched: he is still called.
    expect((await debtorOf(fate)).contacts.filter(({ channel, usable }) => channel === 'phone' && usable)).toHaveLength(1);
  });

  it('I18: an event told again, or by a stranger, changes nothing, whatever a person has decided since', async () => {
    const [mail] = await sentTo('spam');
    const { debtorId } = await debtorOf('spam');
    const messageId = mail?.messageId ?? '';
    const before = await eventsOf(messageId);
    const [known] = before.filter((id) => id.startsWith('sendgrid:')).slice(-1);
    const contact = await mailContact('spam');
    await desk.ask(
      'controller',
      'PATCH',
      `/debtors/${debtorId}/contacts/${contact.contactId}`,
      { usable: true, proof: 'givenByPerson' },
      {
        'if-match': `"${contact.version}"`,
      },
    );
    expect((await tell(messageId, 'spamreport', known?.slice('sendgrid:'.length) ?? '')).status).toBe(200);
    expect([(await mailContact('spam')).usable, await eventsOf(messageId)]).toEqual([true, before]);

    const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const forged = await tell(messageId, 'spamreport', randomUUID(), stranger);
    const altered = await tell(messageId, 'spamreport', randomUUID(), stack.mailEventKey, '[]');
    expect([forged.status, altered.status]).toEqual([401, 401]);
    expect({ ...forged.body, requestId: '', instance: '' }).toEqual({ ...altered.body, requestId: '', instance: '' });
    expect([(await mailContact('spam')).usable, await eventsOf(messageId)]).toEqual([true, before]);

    // The same event under an id of its own, rightly signed, is heard: what was refused above was refused for its signature.
    expect((await tell(messageId, 'spamreport', randomUUID())).status).toBe(200);
    expect([await mailContact('spam'), (await eventsOf(messageId)).length]).toEqual([
      expect.objectContaining({ usable: false, proof: 'spamReport' }),
      before.length + 1,
    ]);
  });

  it('C17: without another address the reminders are passed over and the notice goes by registered post; with one, mail goes on there', async () => {
    const { debtorId } = await debtorOf('dropped');
    const contact = { role: 'accounting', channel: 'email', address: 'relances@essais.example' };
    await desk.ask('controller', 'POST', `/debtors/${debtorId}/contacts`, contact);
    expect(await Promise.all([findContactTasks('dropped', 'open'), findContactTasks('dropped', 'done')])).toEqual([
      [],
      [expect.anything()],
    ]);

    await clock.runUntil('2026-04-10' as never, '18:00');
    const bounced = await sentTo('bounce');
    expect(bounced.map(({ act, channel }) => `${act} ${channel}`)).toEqual(['courtesyMail email', 'formalNotice registeredPost']);
    const notice = bounced.find(({ act }) => act === 'formalNotice');
    expect(stack.local.letters().map(({ mid }) => mid)).toContain(notice?.messageId);
    const { caseId } = await debtorOf('bounce');
    const timeline = JSON.stringify(await desk.ask('auditor', 'GET', `/cases/${caseId}/timeline?limit=200`));
    expect(timeline).toContain('contactMissing');

    const elsewhere = (await sentTo('dropped')).filter(({ channel }) => channel === 'email').slice(1);
    // The courtesy mail that reached nobody is written again first.
    expect(elsewhere.map(({ act }) => act)).toEqual(['courtesyMail', 'formalMail', 'firmMail', 'formalNotice']);
    expect(new Set(elsewhere.map(({ recipient }) => recipient))).toEqual(new Set(['relances@essais.example']));
  });
});
