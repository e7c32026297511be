import { EVERYBODY, liftBraked, type NewBrake, releaseBrake, setBrake } from '#casework';
import type { BrakeRow } from '#ports';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FINANCE, Town } from '../../support/town.js';

let town: Town;
let serial = 0;

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
});
afterAll(() => town.close());

interface Ready {
  readonly creditorId: string;
  readonly caseId: string;
  readonly debtorId: string;
  readonly policyId: string;
}

/** Up to the formal mail of an invoice, whose turn it is now. */
async function atFormalMail(): Promise<Ready> {
  const creditorId = await town.addCreditor({ creditorId: `brake-${++serial}` });
  const { caseIds } = await town.addInvoice(creditorId);
  const caseId = caseIds[0] ?? '';
  await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
  const row = await town.read((tx) => tx.cases.one({ creditorId, caseId }));
  return { creditorId, caseId, debtorId: row?.debtorId ?? '', policyId: row?.policyId ?? '' };
}

const set = (brake: NewBrake): Promise<BrakeRow> => town.shared(brake.creditorId, (tx) => setBrake(tx, town.deps, brake, FINANCE));
const release = (row: BrakeRow) => town.shared(row.creditorId, (tx) => releaseBrake(tx, town.deps, row, 'fini', FINANCE));
const lastVerdict = async ({ creditorId, caseId }: Ready) => (await town.verdictLines(creditorId, caseId)).at(-1);
const left = async ({ creditorId }: Ready) =>
  town.read((tx) => tx.messages.count({ creditorId, act: 'formalMail', state: ['CLAIMED', 'ACCEPTED'] }));

describe('brakes', () => {
  it.each(['product', 'creditor', 'policy', 'debtor', 'channel'] as const)(
    'I29: a brake on the %s stops the claim; released, what waited looks again at once and leaves',
    async (scope) => {
      const ready = await atFormalMail();
      const keys = { product: undefined, creditor: undefined, policy: ready.policyId, debtor: ready.debtorId, channel: 'email' };
      const key = keys[scope];
      const creditorId = scope === 'product' ? EVERYBODY : ready.creditorId;
      const brake = await set({ creditorId, scope, reason: 'essai', ...(key ? { key } : {}) });
      await town.act(ready.creditorId, ready.caseId);
      expect(await lastVerdict(ready)).toBe('formalMail POSTPONED brakeOn');
      expect(await left(ready)).toBe(0);
      const braked = await town.read((tx) => tx.cases.one({ creditorId: ready.creditorId, caseId: ready.caseId }));
      expect(await release(brake)).toBe(true);
      if (scope === 'product') await town.shared(ready.creditorId, (tx) => liftBraked(tx, town.deps, ready.creditorId, FINANCE));
      const lifted = await town.read((tx) => tx.cases.one({ creditorId: ready.creditorId, caseId: ready.caseId }));
      expect(String(lifted?.wakeAt) < String(braked?.wakeAt)).toBe(true);
      const [told] = await town.read((tx) =>
        tx.journal.all({ creditorId: ready.creditorId, streamId: ready.caseId }, { by: 'seq', direction: 'desc', limit: 1 }),
      );
      expect(told).toMatchObject({ kind: 'blockerLifted', actor: FINANCE.actor });
      await town.run(ready.creditorId, '2026-03-09');
      expect(await lastVerdict(ready)).toBe('formalMail SENT allChecksPassed');
      expect(await release(brake)).toBe(false);
    },
  );

  it('I29: a brake on another policy, debtor or channel stops nobody here, nor does one that is over', async () => {
    const ready = await atFormalMail();
    const { creditorId } = ready;
    await set({ creditorId, scope: 'policy', key: 'other', reason: 'essai' });
    await set({ creditorId, scope: 'channel', key: 'registeredPost', reason: 'essai' });
    const over = await set({ creditorId, scope: 'creditor', reason: 'essai' });
    await town.sql(`update brake set until = now() - interval '1 second' where brake_id = $1`, [over.brakeId]);
    await town.run(creditorId, '2026-03-09');
    expect(await lastVerdict(ready)).toBe('formalMail SENT allChecksPassed');
  });

  it('I30: setting and releasing are journaled with who and why; the same again is the same brake', async () => {
    const { creditorId } = await atFormalMail();
    const brake = await set({ creditorId, scope: 'creditor', reason: 'campagne emballée' });
    expect((await set({ creditorId, scope: 'creditor', reason: 'campagne emballée' })).brakeId).toBe(brake.brakeId);
    await expect(set({ creditorId, scope: 'creditor', reason: 'autre' })).rejects.toThrow('brakeOnAlready');
    await expect(set({ creditorId, scope: 'debtor', key: 'nobody', reason: 'autre' })).rejects.toThrow('debtorNotFound');
    await release(brake);
    const rows = await town.read((tx) => tx.journal.all({ creditorId, streamId: `brake:${brake.brakeId}` }, { by: 'seq' }));
    expect(rows.map((row) => [row.kind, row.reason, row.actor])).toEqual([
      ['brakeSet', 'campagne emballée', FINANCE.actor],
      ['brakeReleased', 'fini', FINANCE.actor],
    ]);
  });

  it('I29, I16: racing with a claim, no claim commits once the brake has answered', async () => {
    for (let round = 0; round < 12; round++) {
      const ready = await atFormalMail();
      const act = town.act(ready.creditorId, ready.caseId);
      await new Promise((done) => setTimeout(done, round * 4));
      await set({ creditorId: ready.creditorId, scope: 'creditor', reason: 'course' });
      const wasClaimed = (await left(ready)) > 0;
      await act;
      const isClaimed = (await left(ready)) > 0;
      expect([round, isClaimed]).toEqual([round, wasClaimed]);
    }
  }, 120_000);
});
