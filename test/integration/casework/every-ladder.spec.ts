import { decideDebtorKind, sumAsked } from '#casework';
import { day, type DebtorKind, type GoverningLaw } from '#domain';
import { loadPresets } from '#policies';
import { describe, expect, it } from 'vitest';
import { FINANCE } from '../../support/town.js';
import { BELGIAN } from '../../support/town-creditor.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();

const LADDERS = loadPresets().flatMap((policy) =>
  policy.appliesTo.laws.flatMap((law) => policy.appliesTo.debtorKinds.map((kind) => ({ ladder: policy.id, law, kind }))),
);
const PRINCIPAL = 21_500n;

/** The whole ladder of one invoice whose mails fall into the holidays of spring; nobody pays. Each letter with the sum that it asks. */
async function climb(ladder: string, law: GoverningLaw, kind: DebtorKind) {
  const creditorId = await town.addCreditor({ ...(law === 'BE' ? BELGIAN : {}), creditorId: `${ladder}-${law}-${kind}`, policyId: ladder });
  const { caseIds } = await town.addInvoice(
    creditorId,
    {
      number: 'L-1',
      orderReference: 'commande 77',
      description: 'cours de piano',
      terms: [{ dueOn: day('2026-04-16') }],
      grossMinor: PRINCIPAL,
      payableMinor: PRINCIPAL,
      buyer: { name: 'Solène Brindavoine', siren: kind === 'business' ? '000000208' : undefined, country: law },
    },
    { kind: { kind, reason: 'column' } },
  );
  const caseId = caseIds[0] ?? '';
  const { debtorId } = await town.caseRow(creditorId, caseId);
  if (kind === 'coOwners')
    await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, debtorId, kind, undefined, FINANCE));
  await town.run(creditorId, '2026-08-15', { calls: 'attempted', approve: true, post: true });
  const messages = await town.read((tx) => tx.messages.all({ creditorId, purpose: 'chase' }, { by: 'slotOn' }));
  const closed = (await town.caseRow(creditorId, caseId)).closedKind;
  return { creditorId, messages, closed, asked: messages.map((message) => [message.act, sumAsked(message)?.amountMinor]) };
}

describe('every ladder that is published, under each law it serves', () => {
  it.each(LADDERS)(
    'C20–C25, N21: $ladder, $law, $kind: no letter is refused to the end, and each says for how much',
    async ({ ladder, law, kind }) => {
      const { creditorId, messages, closed, asked } = await climb(ladder, law, kind);
      expect((await town.tasks(creditorId, 'letterImpossible')).map(({ detail }) => detail)).toEqual([]);
      expect(messages.map(({ state }) => state)).toEqual(messages.map(() => 'ACCEPTED'));
      expect(closed).toBe('handedOver');
      for (const message of messages.filter(({ channel }) => channel !== 'file')) {
        const claim = (message.statement as { members: { statement: { claimTotalMinor: string } | null }[] }).members[0]?.statement;
        const asksAll = message.act === 'firmMail' || message.act === 'indemnityMail' || message.act === 'formalNotice';
        // Where the rate of the day is not known yet the letter reserves the interest and asks for the principal.
        const sum = asksAll && claim ? BigInt(claim.claimTotalMinor) : PRINCIPAL;
        expect([message.act, sumAsked(message)]).toEqual([message.act, { amountMinor: sum, currency: 'EUR' }]);
      }
      if (ladder === 'consumer-be')
        expect(asked.slice(0, 2)).toEqual([
          ['firstReminder', 21_500n],
          ['indemnityMail', 25_150n],
        ]);
    },
  );
});
