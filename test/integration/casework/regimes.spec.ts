import {
  addContact,
  decideDebtorKind,
  openInsolvency,
  reportOverIndebtedness,
  reportPost,
  reversePayment,
  routesOfCase,
  settleLaw,
  settleTerms,
} from '#casework';
import { type Day, day, type DebtorKind, decodeState } from '#domain';
import type { CreditorRow, OutboundMessageRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { BELGIAN } from '../../support/town-creditor.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

interface Given {
  readonly law?: 'FR' | 'BE';
  readonly kind?: DebtorKind;
  readonly dueOn?: Day;
  readonly amountMinor?: bigint;
  readonly email?: string;
  readonly country?: string;
  readonly creditor?: Partial<CreditorRow>;
}

async function given({
  law = 'FR',
  kind = 'consumer',
  dueOn = day('2026-03-02'),
  amountMinor = 64_000n,
  ...more
}: Given = {}): Promise<void> {
  creditorId = await town.addCreditor({ ...(law === 'BE' ? BELGIAN : {}), ...more.creditor, creditorId: `regimes-${++serial}` });
  const place = law === 'BE' ? { country: 'BE', postcode: '3000', city: 'Leuven' } : { country: 'FR', postcode: '35000', city: 'Rennes' };
  const buyer = { name: 'Solène Brindavoine', phone: '+33639980606', street: '5 rue du Goéland', ...place };
  const { caseIds } = await town.addInvoice(
    creditorId,
    {
      number: `R-${serial}`,
      issuedOn: day('2026-01-31') < dueOn ? day('2026-01-31') : dueOn,
      terms: [{ dueOn }],
      grossMinor: amountMinor,
      payableMinor: amountMinor,
      description: 'cartes de visite, 200 exemplaires',
      buyer: {
        ...buyer,
        siren: kind === 'business' ? '000000208' : (undefined as never),
        email: more.email ?? 'solene@courrier.example',
        ...(more.country ? { country: more.country } : {}),
      },
    },
    { kind: { kind, reason: 'column' } },
  );
  caseId = caseIds[0] ?? '';
}

const row = () => town.caseRow(creditorId, caseId);
const state = async () => decodeState((await row()).recovery);
const sent = async () =>
  (await town.read((tx) => tx.messages.all({ creditorId, purpose: 'chase' }, { by: 'slotOn' }))).map(
    (m) => `${m.slotOn} ${m.act} ${m.channel}`,
  );
/** The sum claimed by the frozen statement of a letter. */
function claimOf(message: OutboundMessageRow | undefined): string | undefined {
  const kept = message?.statement as { members: { statement: { claimTotalMinor: string } }[] } | undefined;
  return kept?.members[0]?.statement.claimTotalMinor;
}
const titles = async (kind: string) => (await town.tasks(creditorId, kind)).map((task) => task.title);

describe('each kind of debtor on its own ladder', () => {
  it('A18: a French consumer is asked for the principal alone until the notice is served; no indemnity, ever', async () => {
    await given();
    expect(await row()).toMatchObject({ policyId: 'consumer-fr', law: 'FR', limitationOn: '2028-03-02' });
    await town.run(creditorId, '2026-05-20', { calls: 'attempted', approve: true, post: true });
    expect(await sent()).toEqual([
      '2026-03-10 courtesyMail email',
      '2026-03-18 formalMail email',
      '2026-04-01 formalNotice email',
      '2026-05-04 referral file',
    ]);
    const messages = await town.read((tx) => tx.messages.all({ creditorId, purpose: 'chase' }, { by: 'slotOn' }));
    const claims = messages.map(
      (m) => (m.statement as { members: { statement: { claimTotalMinor: string; compensationMinor: string } }[] }).members[0],
    );
    expect(claims.map((member) => member?.statement.claimTotalMinor)).toEqual(['64000', '64000', '64000', '64152']);
    expect(claims.every((member) => member?.statement.compensationMinor === '0')).toBe(true);
  });

  it('A26, BE-1: a Belgian consumer’s first written word is free; the indemnity of the scale comes the day after the free days', async () => {
    await given({ law: 'BE', amountMinor: 21_500n });
    await town.upTo(creditorId, caseId, 'mail', 'indemnityMail', { calls: 'attempted' });
    expect((await state()).firstReminder).toMatchObject({
      sentOn: '2026-03-10',
      by: 'electronic',
      claimFrom: '2026-03-25',
      isComplete: true,
    });
    expect((await town.clock(creditorId)).slice(0, 10)).toBe('2026-03-25');
    await town.act(creditorId, caseId);
    const [reminder, asked] = await town.read((tx) => tx.messages.all({ creditorId, purpose: 'chase' }, { by: 'slotOn' }));
    expect([claimOf(reminder), claimOf(asked)]).toEqual(['21500', '25150']);
    const text = town.local.rawMail((await town.mailsOf(creditorId))[0]?.id ?? '').toString('utf8');
    expect(text).toContain('36,50');
  });

  it('A19: co-owners wait until a person confirms that they are; then they climb, and a person may take it back', async () => {
    await given({ kind: 'coOwners' });
    await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
    expect([await sent(), (await state()).blockers]).toEqual([[], ['debtorKindNotServed']]);
    const { debtorId } = await row();
    await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, debtorId, 'coOwners', undefined, PERSON));
    expect([await row(), (await state()).blockers, await titles('debtorKindNotServed')]).toMatchObject([{ policyId: 'co-owners' }, [], []]);
    await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, debtorId, 'unknown', undefined, PERSON));
    expect([(await state()).blockers, (await titles('decideDebtorKind')).length]).toEqual([['debtorKindUnknown'], 1]);
  });

  it('a consumer who proves to be a business moves to its ladder, journaled, and back; letters of the other regime are put to a person', async () => {
    await given();
    const { debtorId } = await row();
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, debtorId, 'business', undefined, PERSON));
    expect(await row()).toMatchObject({ policyId: 'standard', limitationOn: '2031-03-02' });
    const journal = await town.read((tx) => tx.journal.all({ creditorId, streamId: caseId, kind: 'policyChanged' }));
    expect(journal.map(({ actor, cause }) => [actor, cause['policyId']])).toEqual([[PERSON.actor, 'standard']]);
    expect((await titles('regimeChanged'))[0]).toContain('le régime a changé après des envois');
    await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, debtorId, 'consumer', undefined, PERSON));
    expect(await row()).toMatchObject({ policyId: 'consumer-fr', limitationOn: '2028-03-02' });
  });

  it('a consumer of another country: nothing leaves until finance settles the law, with a note', async () => {
    await given({ country: 'BE', creditor: { contractTerms: BELGIAN.contractTerms ?? {} } });
    expect([(await state()).blockers, (await titles('decideLaw')).length]).toEqual([['lawUnknown'], 1]);
    await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
    expect(await sent()).toEqual([]);
    const { invoiceId } = await row();
    await town.shared(creditorId, (tx) =>
      settleLaw(tx, town.deps, creditorId, invoiceId, { law: 'BE', note: 'Boutique en ligne ouverte aux clients belges.' }, FINANCE),
    );
    expect([await row(), (await state()).blockers, await titles('decideLaw')]).toMatchObject([
      { law: 'BE', policyId: 'consumer-be' },
      [],
      [],
    ]);
    const invoice = await town.read((tx) => tx.invoices.one({ creditorId, invoiceId }));
    expect(invoice).toMatchObject({ lawKnown: true, lawReason: 'override', lawDecidedBy: FINANCE.actor });
  });

  it('A28: terms of one invoice replace those of the creditor; a silent contract gives no indemnity', async () => {
    await given({ law: 'BE', amountMinor: 21_500n });
    const { invoiceId } = await row();
    await town.shared(creditorId, (tx) =>
      settleTerms(tx, town.deps, creditorId, invoiceId, { checkedOn: day('2026-02-01'), waiver: { interest: true } }, FINANCE),
    );
    await town.upTo(creditorId, caseId, 'mail', 'indemnityMail', { calls: 'attempted' });
    await town.act(creditorId, caseId);
    const last = (await town.read((tx) => tx.messages.all({ creditorId, act: 'indemnityMail' })))[0];
    expect(claimOf(last)).toBe('21500');
  });
});

describe('a reminder by plain post', () => {
  it('A6: the mail comes back and the letter goes the next working day; without any address of mail it goes at once by post', async () => {
    await given({ email: 'bounce@courrier.example' });
    await town.upTo(creditorId, caseId, 'mail', 'courtesyMail', { calls: 'attempted' });
    await town.act(creditorId, caseId);
    const [mail] = await town.read((tx) => tx.messages.all({ creditorId, act: 'courtesyMail' }));
    await town.news(creditorId, mail?.messageId ?? '', 'bounce');
    expect((await row()).wakeAt?.slice(0, 10)).toBe('2026-03-11');
    await town.run(creditorId, '2026-03-19', { calls: 'attempted' });
    expect(await sent()).toEqual(['2026-03-10 courtesyMail email', '2026-03-11 courtesyMail post', '2026-03-18 formalMail post']);
    const tray = await town.read((tx) => tx.postItems.all({ creditorId }));
    expect(tray.map(({ service, state: known }) => [service, known])).toEqual([
      ['plain', 'sentToProvider'],
      ['plain', 'sentToProvider'],
    ]);
  });

  it('A25: a first reminder by post counts from the day it was posted; until then nothing that costs may go', async () => {
    await given({ law: 'BE', email: 'bounce@post.example', amountMinor: 21_500n });
    await town.upTo(creditorId, caseId, 'mail', 'firstReminder', { calls: 'attempted' });
    await town.act(creditorId, caseId);
    const [mail] = await town.read((tx) => tx.messages.all({ creditorId, act: 'firstReminder' }));
    await town.news(creditorId, mail?.messageId ?? '', 'bounce');
    expect((await state()).firstReminder).toBeUndefined();
    await town.run(creditorId, '2026-03-12', { calls: 'attempted' });
    expect((await row()).wakeKind).toBe('review');
    await town.moveTo(creditorId, '2026-03-12T09:00:00.000Z');
    const [item] = await town.read((tx) => tx.postItems.all({ creditorId }));
    const report = { state: 'deposited', on: day('2026-03-12') } as const;
    await town.shared(creditorId, (tx) => reportPost(tx, town.deps, creditorId, { postItemId: item?.postItemId ?? '' }, report, PERSON));
    // Posted Thursday 12 March: third working day Tuesday 17, fourteen days with it, claim from Tuesday 31.
    expect((await state()).firstReminder).toMatchObject({ sentOn: '2026-03-12', by: 'post', claimFrom: '2026-03-31' });
    expect(await row()).toMatchObject({ wakeKind: 'mail', wakeStage: 'indemnityMail' });
    expect((await row()).wakeAt?.slice(0, 10)).toBe('2026-03-31');
  });

  it('A40: a payment taken back after the first reminder reopens the case and never owes a second one', async () => {
    await given({ law: 'BE', amountMinor: 21_500n });
    await town.upTo(creditorId, caseId, 'mail', 'indemnityMail', { calls: 'attempted' });
    await town.pay(creditorId, 21_500n, '2026-03-25', { caseId }, 'debit-1');
    expect((await row()).closedKind).toBe('settled');
    await town.shared(creditorId, (tx) =>
      reversePayment(
        tx,
        town.deps,
        creditorId,
        { provider: 'rest', providerRef: 'back-1', reverses: 'debit-1', amountMinor: 21_500n, reversedOn: day('2026-03-25') } as never,
        PERSON,
      ),
    );
    await town.run(creditorId, '2026-05-30', { calls: 'attempted', approve: true, post: true });
    expect((await sent()).filter((line) => line.includes('firstReminder'))).toHaveLength(1);
  });
});

describe('what stops, what warns, which way out', () => {
  it('A37: an insolvency stops everything, shows the last day to declare, and warns on its days', async () => {
    await given({ kind: 'business' });
    await town.moveTo(creditorId, '2026-03-16T08:00:00.000Z');
    const report = { openedOn: day('2026-03-10'), publishedOn: day('2026-03-13') };
    await town.shared(creditorId, (tx) => openInsolvency(tx, town.deps, creditorId, caseId, report, PERSON));
    const [task] = await town.tasks(creditorId, 'declareClaim');
    expect(task).toMatchObject({ dueOn: '2026-05-13', detail: { warnOn: ['2026-04-13', '2026-04-28', '2026-05-08'] } });
    await town.run(creditorId, '2026-05-20', { calls: 'attempted', approve: true });
    const warned = (await town.tasks(creditorId, 'declareClaimSoon'))
      .map((one) => one.dedupeKey.slice(-10))
      .toSorted((a, b) => a.localeCompare(b));
    expect([warned, await sent()]).toEqual([['2026-04-13', '2026-04-28', '2026-05-08'], []]);
  });

  it('A20: an over-indebted consumer is no longer chased and the claim goes to the commission; a business is refused', async () => {
    await given();
    await town.shared(creditorId, (tx) => reportOverIndebtedness(tx, town.deps, creditorId, caseId, day('2026-03-02'), PERSON));
    await town.run(creditorId, '2026-05-20', { calls: 'attempted', approve: true });
    expect([(await row()).state, await sent(), (await titles('declareToCommission')).length]).toEqual(['insolvency', [], 1]);
    await given({ kind: 'business' });
    const refused = town.shared(creditorId, (tx) => reportOverIndebtedness(tx, town.deps, creditorId, caseId, day('2026-03-02'), PERSON));
    await expect(refused).rejects.toThrow('notAConsumer');
  });

  it('A38: less than ninety days before limitation the lower steps are left out, and the court route is put to finance', async () => {
    await given({ dueOn: day('2024-05-10') });
    expect(await row()).toMatchObject({ limitationOn: '2026-05-10', wakeKind: 'prepare', wakeStage: 'referral' });
    await town.run(creditorId, '2026-03-20', { calls: 'attempted', approve: true });
    const lines = await town.verdictLines(creditorId, caseId);
    expect(lines.filter((line) => line.endsWith('SKIPPED limitationNear')).map((line) => line.split(' ')[0])).toEqual([
      'courtesyCall',
      'courtesyMail',
      'formalMail',
      'formalNotice',
      'lastCall',
    ]);
    expect(await sent()).toEqual([expect.stringContaining('referral file')]);
    expect((await titles('limitationNear'))[0]).toMatch(/se prescrit le 10 mai 2026.*Voie proposée/);
  });

  it('A21: a part payment of a consumer restarts the limitation; a closed route says why', async () => {
    await given();
    await town.pay(creditorId, 10_000n, '2026-03-02', { caseId });
    expect((await row()).limitationOn).toBe('2028-03-02');
    const routes = await town.read(async (tx) => routesOfCase(tx, town.deps, await row()));
    expect(routes.find(({ route }) => route === 'orderToPay')).toMatchObject({ isEligible: true });
    expect(routes.filter(({ isEligible }) => !isEligible).every(({ closedBecause }) => closedBecause !== undefined)).toBe(true);
    expect(routes.some(({ isEligible }) => !isEligible)).toBe(true);
  });

  it('A42: no path stores a contact outside the debtor’s own sphere', async () => {
    await given();
    const { debtorId } = await row();
    const contact = { role: 'employer', channel: 'email', address: 'chef@bureau.example' } as never;
    await expect(town.shared(creditorId, (tx) => addContact(tx, town.deps, creditorId, debtorId, contact, PERSON))).rejects.toThrow();
    expect(await town.read((tx) => tx.contacts.count({ creditorId, debtorId, role: 'employer' as never }))).toBe(0);
  });
});
