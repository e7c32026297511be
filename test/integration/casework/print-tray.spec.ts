import { createRecoveryActs, type ActivityPorts } from '#activities';
import { currentSnapshot, heldBackLetters, openDispute, openPostItem, placeHold, reportPost, resolveDispute } from '#casework';
import { day, type WakeKind } from '#domain';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FINANCE, PERSON, Town } from '../../support/town.js';
import { faultsIn } from '../../support/town-books.js';

let town: Town;
let serial = 0;
let creditorId = '';
let caseId = '';

/** Nobody takes letters but the tray: every one waits to be printed. */
const printed = ({ post: _provider, ...ports }: ActivityPorts): ActivityPorts => ports;

beforeAll(async () => {
  town = await Town.open(inject('pgBase'), printed);
});
afterAll(() => town.close());

/** A consumer without address for mails: her reminders go by plain post, into the tray. */
async function reminderInTray(): Promise<void> {
  creditorId = await town.addCreditor({ creditorId: `tray-${++serial}` });
  const { caseIds } = await town.addInvoice(
    creditorId,
    {
      number: `T-${serial}`,
      issuedOn: day('2026-01-31'),
      terms: [{ dueOn: day('2026-03-02') }],
      grossMinor: 64_000n,
      payableMinor: 64_000n,
      buyer: {
        name: 'Solène Brindavoine',
        siren: undefined,
        email: undefined,
        phone: '+33639980606',
        street: '5 rue du Goéland',
        postcode: '35000',
        city: 'Rennes',
        country: 'FR',
      },
    },
    { kind: { kind: 'consumer', reason: 'given' } },
  );
  caseId = caseIds[0] ?? '';
  await town.upTo(creditorId, caseId, 'mail', 'courtesyMail', { calls: 'attempted' });
}

async function letterWaits(): Promise<void> {
  await reminderInTray();
  await town.act(creditorId, caseId);
}

const items = () => town.read((tx) => tx.postItems.all({ creditorId, caseId }));
const held = () =>
  town.read(async (tx) => [...(await heldBackLetters(tx, creditorId, await items())).values()].map(({ sentence }) => sentence));
const openTasks = () => town.tasks(creditorId, 'printLetter');
const pay = (minor: bigint) => town.pay(creditorId, minor, '2026-03-11', { invoiceNumber: `T-${serial}` });
const letters = () => town.read((tx) => tx.messages.all({ creditorId, channel: ['post', 'registeredPost'] }));

describe('a letter that waits to be printed', () => {
  it('I1: is withdrawn with its task when the debt is paid meanwhile: nobody prints it, and the file says that it never left', async () => {
    await letterWaits();
    expect([(await items()).map(({ state, channel }) => [state, channel]), (await openTasks()).length]).toEqual([
      [['toPrint', 'print']],
      1,
    ]);
    await pay(64_000n);
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('settled');
    expect([(await items()).map(({ state }) => state), (await openTasks()).length]).toEqual([['cancelled'], 0]);
    expect((await letters()).map(({ state }) => state)).toEqual(['CONFIRMED_NOT_SENT']);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('courtesyMail NOT_SENT settled');
    const journal = await town.read((tx) => tx.journal.all({ creditorId, kind: 'post.cancelled' }));
    expect(journal.map(({ actor }) => actor)).toEqual(['system']);
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });

  it('I1: paid between the claim and the tray: it is never put there, nothing is posted, and the rung has not been climbed', async () => {
    await reminderInTray();
    const { unitOfWork } = town.deps;
    let isPaid = false;
    const racing = {
      // The claim is the only exclusive look that leaves a claimed message behind: the money comes right after it.
      run: async <T>(id: string, mode: 'shared' | 'exclusive', work: Parameters<typeof unitOfWork.run<T>>[2]) => {
        const [claimed] = await town.read((tx) => tx.messages.all({ creditorId, state: 'CLAIMED' }));
        if (claimed && !isPaid) {
          isPaid = true;
          await pay(64_000n);
        }
        return unitOfWork.run(id, mode, work);
      },
      plain: <T>(work: Parameters<typeof unitOfWork.plain<T>>[0]) => unitOfWork.plain(work),
    };
    const { wake, factSeq, epoch } = await currentSnapshot(town.deps, creditorId, caseId);
    const acts = createRecoveryActs({ ...town.ports, casework: { ...town.deps, unitOfWork: racing } });
    await acts.sendMail({ creditorId, caseId, wake, factSeq, epoch });
    expect([isPaid, (await items()).map(({ state }) => state), (await openTasks()).length]).toEqual([true, ['cancelled'], 0]);
    expect((await letters()).map(({ state }) => state)).toEqual(['ABANDONED']);
    const outcomes = await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId, stage: 'courtesyMail' }));
    expect(outcomes).toEqual([]);
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });

  it('posted all the same by somebody who had it in hand: what happened counts', async () => {
    await letterWaits();
    await pay(64_000n);
    const [item] = await items();
    const report = { state: 'deposited' as const, on: day('2026-03-10') };
    await town.shared(creditorId, (tx) => reportPost(tx, town.deps, creditorId, { postItemId: item?.postItemId ?? '' }, report, PERSON));
    expect([(await items()).map(({ state }) => state), (await letters()).map(({ state }) => state)]).toEqual([
      ['deposited'],
      ['CONFIRMED_SENT'],
    ]);
  });

  it('I16: stays in the tray through a dispute or a hold, marked as not to be posted; the mark goes with the cause', async () => {
    await letterWaits();
    expect(await held()).toEqual([]);
    await town.shared(creditorId, (tx) => openDispute(tx, town.deps, creditorId, caseId, { reason: 'price' }, PERSON));
    expect(await held()).toEqual(['Ne pas poster cette lettre\u202f: la facture est contestée.']);
    await town.shared(creditorId, (tx) => resolveDispute(tx, town.deps, creditorId, caseId, { verdict: 'withdrawn' }, FINANCE));
    expect(await held()).toEqual([]);
    await town.shared(creditorId, (tx) =>
      placeHold(tx, town.deps, creditorId, caseId, { until: day('2026-04-02'), reason: 'debtorRequest' }, PERSON),
    );
    expect(await held()).toEqual(['Ne pas poster cette lettre\u202f: le dossier est suspendu jusqu’au 2 avril 2026.']);
    expect((await items()).map(({ state }) => state)).toEqual(['toPrint']);
  });

  it('paid in part: it asks for what is no longer owed, and says so', async () => {
    await letterWaits();
    await pay(24_000n);
    expect(await held()).toEqual([
      'Ne pas poster cette lettre\u202f: elle a été écrite pour 640,00\u00a0€ de principal, il en reste 400,00\u00a0€.',
    ]);
  });

  it('put into the tray twice is one letter and one task', async () => {
    await letterWaits();
    const [message] = await letters();
    if (!message) throw new Error('No letter');
    const again = await openPostItem(town.deps, message, caseId, 'print', 'plain');
    expect([again.state, (await items()).length, (await openTasks()).length]).toEqual(['toPrint', 1, 1]);
  });

  it('I1: a notice in the tray is withdrawn too; its copy by mail did leave and stays told', async () => {
    creditorId = await town.addCreditor({ creditorId: `tray-${++serial}` });
    ({
      caseIds: [caseId = ''],
    } = await town.addInvoice(creditorId, { number: `T-${serial}` }));
    const kind: WakeKind = 'formalNotice';
    await town.upTo(creditorId, caseId, kind, 'formalNotice', { calls: 'attempted', approve: true });
    await town.act(creditorId, caseId);
    expect((await items()).map(({ state, service }) => [state, service])).toEqual([['toPrint', 'registered']]);
    await town.pay(creditorId, 486_000n, '2026-03-30', { invoiceNumber: `T-${serial}` });
    expect([(await items()).map(({ state }) => state), (await openTasks()).length]).toEqual([['cancelled'], 0]);
    expect((await town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' }))).map(({ state }) => state)).toEqual(['ACCEPTED']);
    expect(await faultsIn(town, creditorId)).toEqual([]);
  });
});
