import { decideDebtorKind, makePromise } from '#casework';
import { day, type DebtorKind } from '#domain';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();

const KINDS: readonly DebtorKind[] = ['business', 'consumer', 'publicBody', 'coOwners'];
const SAID = { fr: /9\s?mars/, nl: /9\s?maart/, en: /9\s?March/ } as const;

describe('a promise recorded', () => {
  it.each(KINDS.flatMap((kind) => (['fr', 'nl', 'en'] as const).map((language) => [kind, language] as const)))(
    'C48, K8: is confirmed by mail the same day to a %s in %s, with sum and day, and without a word of interest',
    async (kind, language) => {
      const creditorId = await town.addCreditor({ creditorId: `promise-${kind}-${language}` });
      const buyer = { name: 'Solène Brindavoine', siren: kind === 'business' ? '000000208' : undefined, language };
      const { caseIds } = await town.addInvoice(creditorId, { number: 'P-1', buyer }, { kind: { kind, reason: 'column' } });
      const caseId = caseIds[0] ?? '';
      const { debtorId } = await town.caseRow(creditorId, caseId);
      if (kind === 'coOwners')
        await town.shared(creditorId, (tx) => decideDebtorKind(tx, town.deps, creditorId, debtorId, kind, undefined, FINANCE));
      await town.shared(creditorId, (tx) =>
        makePromise(tx, town.deps, creditorId, caseId, { amountMinor: 486_000n, dueOn: day('2026-03-09'), channel: 'phone' }, PERSON),
      );
      await town.moveTo(creditorId, '2026-03-02T13:00:00.000Z');
      await town.run(creditorId, '2026-03-02');
      const sent = await town.read((tx) => tx.messages.all({ creditorId, purpose: 'inform' }));
      expect(sent.map((message) => [message.act, message.state, message.language])).toEqual([
        ['promiseConfirmation', 'ACCEPTED', language],
      ]);
      const [mail] = await town.mailsOf(creditorId);
      const bytes = JSON.parse(town.local.rawMail(mail?.id ?? '').toString('utf8')) as { content: { type: string; value: string }[] };
      const text = bytes.content.find(({ type }) => type === 'text/plain')?.value ?? '';
      expect(text).toMatch(SAID[language]);
      expect(text).toMatch(/4[\s.,]?860[.,]00/);
      expect(text).not.toMatch(/intérêt|indemnité|interest|vergoeding|compensation|frais|kosten/i);
    },
  );
});
