import { renderCallSheet } from '#activities';
import { callSheetFacts, closeCase, makePromise, openDispute, resolveDispute, reversePayment } from '#casework';
import { type Day, day, type DebtorKind } from '#domain';
import { lastCallSheetText } from '#letters';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { callSheetContent } from '../../../activities/calls/render-call-sheet.js';
import { FINANCE, PERSON } from '../../support/town.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

interface Given {
  readonly kind?: DebtorKind;
  readonly country?: 'FR' | 'BE';
  readonly number?: string;
  readonly dueOn?: Day;
  readonly same?: boolean;
}

async function given({ kind = 'business', number = 'S-1', dueOn = day('2026-02-26'), same = false }: Given = {}): Promise<string> {
  if (!same) creditorId = await town.addCreditor({ creditorId: `sheet-${++serial}` });
  const { caseIds } = await town.addInvoice(
    creditorId,
    { number, terms: [{ dueOn }], ...(kind === 'consumer' ? { buyer: { name: 'Solène Brindavoine', siren: undefined } } : {}) },
    { kind: { kind, reason: 'given' } },
  );
  caseId = caseIds[0] ?? '';
  return caseId;
}

async function openCallId(): Promise<string> {
  const [call] = await town.read((tx) => tx.calls.all({ creditorId, state: 'open' }));
  if (!call) throw new Error('No call is open');
  return call.callId;
}

/** The words of the sheet, with one kind of space. */
async function sheet(about: { caseId?: string; language?: 'fr' | 'nl' | 'en' } = {}): Promise<string> {
  const callId = await openCallId();
  const facts = await town.read((tx) => callSheetFacts(tx, town.deps, { creditorId, callId, language: 'fr', ...about }));
  return lastCallSheetText(callSheetContent(facts)).replace(/[\u00a0\u202f]/g, ' ');
}

const toFirstCall = async () => {
  await town.upTo(creditorId, caseId, 'call', 'courtesyCall');
  await town.act(creditorId, caseId);
};
const toLastCall = async () => {
  await town.upTo(creditorId, caseId, 'call', 'lastCall', { calls: 'attempted', approve: true, post: true });
  await town.act(creditorId, caseId);
};

describe('the sheet of a call', () => {
  it('C43, C24: of the courtesy call asks for the balance and a date, and is a page with the number to dial', async () => {
    await given();
    await toFirstCall();
    const text = await sheet();
    expect(text).toContain('Appel de courtoisie : fiche');
    expect(text).toContain('Transports Vérendelle : 4 860,00 € à recevoir. Dossier S-1');
    expect(text).toContain('+33199000001');
    expect(text).toContain('Aucun acte enregistré.');
    expect(text).toContain('cet appel ne demande qu’une date');
    expect(text).not.toMatch(/Intérêts de retard|Indemnité|société de recouvrement/);
    const { pdf, fileName } = await renderCallSheet(town.deps, { creditorId, callId: await openCallId(), language: 'fr' });
    const document = await PDFDocument.load(pdf);
    expect([document.getPageCount(), document.getTitle(), fileName]).toEqual([1, 'Appel de courtoisie\u202f: fiche', 'appel-S-1.pdf']);
  });

  it('C43–C45, K7: of the last call states the claim of the day, what was sent and when, how to pay, and the step that the notice announced', async () => {
    await given();
    await toLastCall();
    const text = await sheet();
    const [item] = await town.read((tx) => tx.postItems.all({ creditorId, caseId }));
    const notice = (await town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' })))[0];
    const printed = (on: Day | undefined | null) => on?.split('-').reverse().join('/');
    expect(text).toContain('Dernier appel : fiche');
    expect(text).toMatch(
      /Principal restant dû \| 4 860,00 €\nIntérêts de retard \| \d+,\d\d €\nIndemnité forfaitaire \| 40,00 €\nTotal \| 4 9\d\d,\d\d €/,
    );
    expect(text).toContain(`${printed(notice?.slotOn)} | Mise en demeure | recommandé | remis ${printed(item?.servedOn)}`);
    expect(text).toMatch(/Et \d actes? plus anciens?, dans le dossier\./);
    expect(text).toMatch(/À dicter pour payer : 4 9\d\d,\d\d € à .+, IBAN FR/);
    expect(text).toContain('La suite décidée, à dire sans appuyer : le dossier part à une société de recouvrement.');
    expect(text).toContain('Rien à un tiers');
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it('K7: announces no step when the plan holds none any more', async () => {
    await given();
    await toLastCall();
    await town.sql(`update recovery_case set plan = '[]'::jsonb where creditor_id = $1`, [creditorId]);
    expect(await sheet()).toContain('Aucune suite n’est décidée : n’en annoncer aucune.');
  });

  it('K8: for a French consumer names the principal alone with what may not be asked, before any notice', async () => {
    await given({ kind: 'consumer', dueOn: day('2026-03-02') });
    await toFirstCall();
    const text = await sheet();
    expect(text).toContain('Solène Brindavoine en personne');
    expect(text).toContain('les réclamer à un consommateur est un délit');
    expect(text).not.toMatch(/40,00 €|Intérêts de retard/);
  });

  it('is of this moment: a part payment of today is on the next one, a promise broken before leaves none to accept', async () => {
    await given();
    await town.shared(creditorId, (tx) =>
      makePromise(tx, town.deps, creditorId, caseId, { amountMinor: 486_000n, dueOn: day('2026-03-09'), channel: 'phone' }, PERSON),
    );
    await town.upTo(creditorId, caseId, 'call', 'promiseBrokenCall');
    await town.act(creditorId, caseId);
    const before = await sheet();
    expect(before).toContain('Appel après promesse rompue : fiche');
    expect(before).toContain('Promesse de paiement | téléphone | 4 860,00 €, 09/03/2026, non tenue');
    expect(before).toContain('Plus de promesse à accepter');
    await town.pay(creditorId, 100_000n, '2026-03-12', { invoiceNumber: 'S-1' });
    const after = await sheet();
    expect(after).toContain('3 860,00 € à recevoir');
    expect(after).toContain('12/03/2026 | Paiement reçu | compte | 1 000,00 €');
  });

  it('A40: tells that money came and went back, so that nobody says that nothing was ever paid', async () => {
    await given();
    await town.pay(creditorId, 486_000n, '2026-03-02', { caseId }, 'debit-1');
    await town.moveTo(creditorId, '2026-03-23T07:00:00.000Z');
    const back = { provider: 'rest', providerRef: 'debit-1', on: day('2026-03-23') };
    await town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, back, PERSON));
    await toFirstCall();
    const words = await sheet();
    expect(words).toContain('02/03/2026 | Paiement reçu | compte | 4 860,00 €');
    expect(words).toContain('23/03/2026 | Paiement rejeté ou remboursé | compte | 4 860,00 €');
    expect(await sheet({ language: 'nl' })).toContain('Betaling geweigerd of terugbetaald');
  });

  it('is one for the invoices of a business at the same step', async () => {
    const old = await given({ number: 'S-1' });
    const second = await given({ number: 'S-2', dueOn: day('2026-02-27'), same: true });
    caseId = old;
    await toFirstCall();
    caseId = second;
    await toFirstCall();
    const both = await sheet();
    expect(both).toContain('9 720,00 € à recevoir. Dossier S-1, S-2');
    expect(both).not.toContain('Le même appel');
  });

  it('is one for each invoice of a consumer, to whom each due date owes what was done for it; each names the other', async () => {
    const old = await given({ kind: 'consumer', number: 'S-1', dueOn: day('2026-03-02') });
    const second = await given({ kind: 'consumer', number: 'S-2', dueOn: day('2026-03-02'), same: true });
    for (const id of [old, second]) {
      caseId = id;
      await toFirstCall();
    }
    const [first, other] = [await sheet({ caseId: old }), await sheet({ caseId: second })];
    expect(first).toContain('4 860,00 € à recevoir. Dossier S-1\n');
    expect(first).toContain('Le même appel porte aussi sur S-2 : voir leur propre fiche.');
    expect(other).toContain('Le même appel porte aussi sur S-1 : voir leur propre fiche.');
  });

  it('tells what the debtor objected, and what was noted of the last call', async () => {
    await given();
    await town.shared(creditorId, (tx) =>
      openDispute(tx, town.deps, creditorId, caseId, { reason: 'delivery', note: 'Deux palettes manquent' }, PERSON),
    );
    await town.shared(creditorId, (tx) => resolveDispute(tx, town.deps, creditorId, caseId, { verdict: 'confirmed' }, FINANCE));
    await toFirstCall();
    expect(await sheet()).toMatch(/## Remarques du débiteur\n\n?- \d+(er)? \S+ 2026 : contestation, livraison\. Deux palettes manquent/);
    expect(await sheet({ language: 'nl' })).toContain('betwisting, levering. Deux palettes manquent');
    expect(await sheet({ language: 'en' })).toContain('Courtesy call: sheet');
  });

  it('is refused once the call is no longer to be made, and for a case that it is not about', async () => {
    await given();
    await toFirstCall();
    const callId = await openCallId();
    const draw = (about = {}) => renderCallSheet(town.deps, { creditorId, callId, language: 'fr', ...about });
    await expect(draw({ caseId: 'another' })).rejects.toThrow('caseNotFound');
    await town.shared(creditorId, (tx) =>
      closeCase(tx, town.deps, creditorId, caseId, { kind: 'withdrawn', reason: 'duplicate' }, FINANCE),
    );
    await expect(draw()).rejects.toThrow('callNotOpen');
    await expect(renderCallSheet(town.deps, { creditorId: 'stranger', callId, language: 'fr' })).rejects.toThrow('callNotFound');
  });
});
