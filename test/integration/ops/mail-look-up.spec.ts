import { createRecoveryActs } from '#activities';
import { currentSnapshot, decideByPerson, handUnknownToPerson } from '#casework';
import { addSeconds } from '#domain';
import { createSendGridActivity } from '#mail';
import type { MailActivityPort, MailLookUp as Answer, OutboundMessageRow } from '#ports';
import { createLogger } from '#telemetry';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Backend } from '../../../apps/api/src/backend.js';
import { MailLookUp } from '../../../apps/api/src/operations/sweep/mail-look-up.js';
import { faultsIn } from '../../support/town-books.js';
import { PERSON, Town } from '../../support/town.js';

const VERENDELLE = { name: 'Transports Vérendelle', siren: '000000208', phone: '+33199000001', country: 'FR' };
const QUARTER = 15 * 60 + 1;
const HOUR = 3_600;

let town: Town;
let serial = 0;
let creditorId = '';

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
});
afterAll(() => town.close());
afterEach(async () => {
  town.local.lagActivity(0);
  expect(await faultsIn(town, creditorId)).toEqual([]);
  // The next test is alone with its own uncertain messages.
  for (const { creditorId: owner, messageId } of await town.read((tx) => tx.messages.all({ state: ['UNKNOWN', 'HUMAN'] })))
    await town.shared(owner, (tx) => decideByPerson(tx, town.deps, owner, messageId, 'sent', PERSON));
});

async function atFormalMail(email?: string): Promise<string> {
  creditorId = await town.addCreditor({ creditorId: `look-up-${++serial}` });
  const { caseIds } = await town.addInvoice(creditorId, email === undefined ? {} : { buyer: { ...VERENDELLE, email } });
  await town.upTo(creditorId, caseIds[0] ?? '', 'mail', 'formalMail', { calls: 'attempted' });
  return caseIds[0] ?? '';
}

/** A mail that the provider took while its answer and its webhooks were lost; returns its case. */
async function takenUnheard(): Promise<string> {
  const caseId = await atFormalMail();
  town.local.script([{ acceptThenDrop: true }]);
  await town.act(creditorId, caseId);
  return caseId;
}

const ofAct = (act: string): Promise<OutboundMessageRow[]> => town.read((tx) => tx.messages.all({ creditorId, act }, { by: 'createdAt' }));
const states = async (act = 'formalMail') => (await ofAct(act)).map(({ state }) => state);
const events = (messageId: string) => town.read((tx) => tx.deliveryEvents.all({ creditorId, messageId }, { by: 'at' }));

/** The look-up of a process that lives through `at(seconds)`; every question to the provider is counted. */
function lookingUp(config: Partial<Backend['config']> = {}) {
  const real = createSendGridActivity({ localMailbox: { baseUrl: town.local.url }, timeoutMs: 1_500 });
  const asked: string[] = [];
  const answers: Answer[] = [];
  const activity: MailActivityPort = {
    lookUp: async (message) => {
      asked.push(message.mid);
      const answer = await real.lookUp(message);
      answers.push(answer);
      return answer;
    },
  };
  let seconds = 0;
  const deps = { ...town.deps, clock: { now: () => addSeconds(town.deps.clock.now(), seconds) } };
  const backend = {
    config: { SENDGRID_SANDBOX_URL: town.local.url, ...config },
    deps,
    logger: createLogger({ name: 'look-up', level: 'silent' }),
    plain: deps.unitOfWork.plain.bind(deps.unitOfWork),
    run: (id: string, work: Parameters<typeof deps.unitOfWork.run>[2]) => deps.unitOfWork.run(id, 'shared', work),
  } as unknown as Backend;
  const lookUp = new MailLookUp(backend, activity);
  const age = (value: number): void => {
    seconds = value;
  };
  const at = (value: number) => {
    age(value);
    return lookUp.round();
  };
  return { at, age, asked, answers, deps, lookUp };
}

const sweepRow = () => town.read((tx) => tx.providerSweeps.one({ creditorId: '*', provider: 'sendgrid', account: 'sandbox' }));

describe('the provider’s own record of an uncertain message', () => {
  it('I8: taken by the provider, its answer and its webhooks lost: recorded as sent with the provider’s id and events, once', async () => {
    const caseId = await takenUnheard();
    const messageId = (await ofAct('formalMail'))[0]?.messageId ?? '';
    const { at, asked } = lookingUp();
    // Events come first: a message that is minutes old is not asked for.
    expect([await at(600), asked, await states()]).toEqual([[], [], ['UNKNOWN']]);
    expect(await at(QUARTER)).toEqual(['sent']);
    const stored = town.local.mails().find(({ mid }) => mid === messageId);
    const [message] = await ofAct('formalMail');
    expect([message?.state, message?.providerMessageId]).toEqual(['CONFIRMED_SENT', `${stored?.id}.local-0`]);
    expect((await events(messageId)).map(({ kind, detail }) => [kind, detail['from']])).toEqual([
      ['processed', 'activity'],
      ['delivered', 'activity'],
    ]);
    expect((await town.caseRow(creditorId, caseId)).wakeStage).toBe('firmMail');
    expect(await at(40 * HOUR)).toEqual([]);
    expect(asked).toEqual([messageId]);
    // The webhooks that come after all change nothing.
    const { factSeq } = await town.caseRow(creditorId, caseId);
    for (const kind of ['processed', 'delivered'] as const) expect(await town.news(creditorId, messageId, kind)).toBe('applied');
    expect((await town.caseRow(creditorId, caseId)).factSeq).toBe(factSeq);
    expect(await town.mailsOf(creditorId)).toHaveLength(2);
  });

  it('I21: a bounce whose webhook never came makes the address unusable, and the webhook that comes late does nothing a second time', async () => {
    const caseId = await atFormalMail('bounce@verendelle.example');
    town.local.script([{ acceptThenDrop: true }]);
    await town.act(creditorId, caseId);
    const messageId = (await ofAct('formalMail'))[0]?.messageId ?? '';
    const { debtorId } = await town.caseRow(creditorId, caseId);
    const usable = () => town.read((tx) => tx.contacts.count({ creditorId, debtorId, channel: 'email', usable: true }));
    await town.shared(creditorId, (tx) => tx.contacts.update({ creditorId, debtorId }, { usable: true }));
    expect(await lookingUp().at(QUARTER)).toEqual(['sent']);
    expect([await states(), await usable()]).toEqual([['CONFIRMED_SENT'], 0]);
    const { factSeq, wakeAt } = await town.caseRow(creditorId, caseId);
    const tasks = await town.read((tx) => tx.tasks.count({ creditorId }));
    await town.news(creditorId, messageId, 'bounce');
    const after = await town.caseRow(creditorId, caseId);
    expect([after.factSeq, after.wakeAt]).toEqual([factSeq, wakeAt]);
    expect(await town.read((tx) => tx.tasks.count({ creditorId }))).toBe(tasks);
  });

  it('I8: not in the record: proves nothing, asked again ever more rarely, and a person has it after 26 hours', async () => {
    const caseId = await atFormalMail();
    town.local.script([{ status: 500 }]);
    await town.act(creditorId, caseId);
    const { at, age, asked, deps } = lookingUp();
    for (const seconds of [QUARTER, QUARTER + 60, QUARTER + 120]) await at(seconds);
    expect(asked).toHaveLength(1);
    for (let seconds = QUARTER; seconds < 26 * HOUR; seconds += 600) await at(seconds);
    expect([asked.length, await states()]).toEqual([8, ['UNKNOWN']]);
    const messageId = asked[0] ?? '';
    age(26 * HOUR + 1);
    await town.shared(creditorId, (tx) => handUnknownToPerson(tx, deps, creditorId, messageId));
    for (let seconds = 26 * HOUR; seconds < 200 * HOUR; seconds += HOUR) await at(seconds);
    expect([asked.length, await states()]).toEqual([10, ['HUMAN']]);
    expect(await town.mailsOf(creditorId)).toHaveLength(1);
  });

  it('I8: what a person has already been asked about is still found, and his task closes', async () => {
    await takenUnheard();
    town.local.lagActivity(10 * HOUR * 1_000);
    const { at, deps, asked } = lookingUp();
    expect(await at(QUARTER)).toEqual(['notFound']);
    await at(27 * HOUR);
    await town.shared(creditorId, (tx) => handUnknownToPerson(tx, deps, creditorId, asked[0] ?? ''));
    expect(await town.tasks(creditorId, 'messageUnknown')).toHaveLength(1);
    town.local.lagActivity(0);
    expect(await at(50 * HOUR)).toEqual(['sent']);
    expect([await states(), await town.tasks(creditorId, 'messageUnknown')]).toEqual([['CONFIRMED_SENT'], []]);
  });
});

describe('a record for whose completeness the operator vouches', () => {
  const VOUCHED = { SENDGRID_ACTIVITY_COMPLETE_HOURS: 6 };

  /** Another debtor of the same creditor gets a mail after the uncertain one. */
  async function laterMail(): Promise<void> {
    const { caseIds } = await town.addInvoice(creditorId, {
      number: 'F-LATER',
      buyer: { name: 'Bois du Nord', siren: '000000307', email: 'bois@nord.example', phone: '+33199000009' },
    });
    const before = (await town.mailsOf(creditorId)).length;
    for (let step = 0; step < 20 && (await town.mailsOf(creditorId)).length === before; step++) {
      await town.upTo(creditorId, caseIds[0] ?? '', 'mail', undefined, { calls: 'attempted' });
      await town.act(creditorId, caseIds[0] ?? '');
    }
    expect((await town.mailsOf(creditorId)).length).toBe(before + 1);
  }

  it('I8: absent from it, while it holds a later message of the same creditor: never left, and the rung leaves once', async () => {
    const caseId = await atFormalMail();
    town.local.script([{ status: 500 }]);
    await town.act(creditorId, caseId);
    await laterMail();
    const { at } = lookingUp(VOUCHED);
    expect(await at(QUARTER)).toEqual(['notFound']);
    expect(await at(6 * HOUR + 1)).toEqual(['neverLeft']);
    expect(await states()).toEqual(['CONFIRMED_NOT_SENT']);
    await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
    expect((await states()).slice(0, 2)).toEqual(['CONFIRMED_NOT_SENT', 'ACCEPTED']);
    expect(await at(7 * HOUR)).toEqual([]);
  });

  it('without a witness, or with a record that lags, its silence says nothing', async () => {
    await takenUnheard();
    town.local.lagActivity(48 * HOUR * 1_000);
    const { at } = lookingUp(VOUCHED);
    expect(await at(6 * HOUR + 1)).toEqual(['notFound']);
    await laterMail();
    expect(await at(8 * HOUR + 1)).toEqual(['notFound']);
    expect(await states()).toEqual(['UNKNOWN']);
    town.local.lagActivity(0);
    expect(await at(16 * HOUR + 1)).toEqual(['sent']);
  });

  it('I8: a formal notice is never sent again for that', async () => {
    creditorId = await town.addCreditor({ creditorId: `look-up-${++serial}` });
    const { caseIds } = await town.addInvoice(creditorId);
    const caseId = caseIds[0] ?? '';
    await town.upTo(creditorId, caseId, 'formalNotice', undefined, { calls: 'attempted', approve: true });
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    const acts = createRecoveryActs({
      ...town.ports,
      mail: { ...town.ports.mail, sendBytes: async () => ({ kind: 'unknown', reason: 'ECONNRESET' }) },
    });
    await acts.serveFormalNotice({ creditorId, caseId, wake, factSeq, epoch });
    const [before] = await town.read((tx) => tx.messages.all({ creditorId, stage: wake.stage ?? '' }));
    expect(before?.state).toBe('UNKNOWN');
    await laterMail();
    const { at, asked, answers } = lookingUp(VOUCHED);
    expect(await at(6 * HOUR + 1)).toEqual(['notFound']);
    // The witness was there: it is the act that forbids.
    expect([asked.length, answers.map(({ kind }) => kind)]).toEqual([2, ['notFound', 'found']]);
    expect(await at(26 * HOUR)).toEqual(['notFound']);
    expect((await town.read((tx) => tx.messages.all({ creditorId, stage: wake.stage ?? '' }))).map(({ state }) => state)).toEqual([
      'UNKNOWN',
    ]);
  });
});

describe('a provider that does not answer the question', () => {
  it.each([401, 403, 404])(
    'I8: %i, not offered: left alone for an hour, the summary says so, and events and the person decide',
    async (status) => {
      await takenUnheard();
      town.local.script([{ status }], 'activity');
      const { at, age, asked, deps } = lookingUp();
      expect(await at(QUARTER)).toEqual(['notOffered']);
      expect(await sweepRow()).toMatchObject({ lastError: `SendGrid answered ${status}` });
      for (const seconds of [QUARTER + 60, QUARTER + 1_800, QUARTER + 3_500]) expect(await at(seconds)).toEqual([]);
      expect([asked.length, await states()]).toEqual([1, ['UNKNOWN']]);
      const messageId = asked[0] ?? '';
      age(27 * HOUR);
      expect(await town.shared(creditorId, (tx) => handUnknownToPerson(tx, deps, creditorId, messageId))).toBe(true);
      await town.news(creditorId, messageId, 'delivered');
      expect(await states()).toEqual(['CONFIRMED_SENT']);
    },
  );

  it('I21: 429: waits as long as asked, then longer from time to time, and decides in the end', async () => {
    await takenUnheard();
    town.local.script([{ status: 429, retryAfter: 300 }, { status: 429 }, { status: 503 }], 'activity');
    const { at, asked } = lookingUp();
    const open: number[] = [];
    for (let age = QUARTER; age < QUARTER + 2 * HOUR; age += 15) if ((await at(age)).length > 0) open.push(age - QUARTER);
    expect(open).toEqual([0, 300, 420, 660]);
    expect([asked.length, await states()]).toEqual([4, ['CONFIRMED_SENT']]);
    expect(await sweepRow()).toMatchObject({ lastError: null });
  });

  it('I21: many uncertain messages are asked for one a round, oldest first; one that fails holds up no other', async () => {
    await takenUnheard();
    const first = (await ofAct('formalMail'))[0]?.messageId ?? '';
    await atFormalMail();
    const [second = ''] = (await town.read((tx) => tx.cases.all({ creditorId }))).map((row) => row.caseId);
    town.local.script([{ acceptThenDrop: true }]);
    await town.act(creditorId, second);
    const other = (await ofAct('formalMail'))[0]?.messageId ?? '';
    // The list knows the first, its page does not come.
    town.local.script([{ pass: true }, { status: 500 }], 'activity');
    const { at, asked } = lookingUp();
    const outcomes = [];
    for (let age = QUARTER; age < QUARTER + 600; age += 45) outcomes.push(...(await at(age)));
    expect(outcomes).toEqual(['later', 'sent', 'sent']);
    expect(asked).toEqual([first, other, first]);
  });

  it('an account nobody configured is not asked, and nothing is noted against it', async () => {
    await takenUnheard();
    const { at, asked } = lookingUp({ SENDGRID_SANDBOX_URL: undefined, SENDGRID_ACTIVITY_KEY: 'SG.activity' });
    const before = await sweepRow();
    expect([await at(QUARTER), asked, await sweepRow()]).toEqual([[], [], before]);
  });

  it('takes turns with another process: while one asks, the other does not', async () => {
    await takenUnheard();
    town.local.lagActivity(HOUR * 1_000);
    const [one, two] = [lookingUp(), lookingUp()];
    for (const process of [one, two]) process.age(QUARTER);
    for (const process of [one, two, one, two]) await process.lookUp.ifDue();
    expect([one.asked.length, two.asked.length]).toEqual([1, 0]);
    two.age(QUARTER + 200);
    await two.lookUp.ifDue();
    expect(two.asked).toHaveLength(1);
  });
});
