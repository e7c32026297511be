import { describe, expect, it } from 'vitest';
import { type ClaimInput, currency, day, isRefusal, type StatementOfClaim, statementOfClaim } from '#domain';
import { claimRules, loadStatutes } from '#statutes';
import { type StatementPage, statementPage } from './statement-page.js';
import { refusalHelp, statementView } from './statement-view.js';

const statutes = loadStatutes();

function stated(change: Partial<ClaimInput> = {}): StatementOfClaim {
  const statement = statementOfClaim({
    law: 'FR',
    kind: 'business',
    currency: currency('EUR'),
    faceMinor: 1_000_000n,
    dueOn: day('2026-01-31'),
    on: day('2026-08-10'),
    movements: [],
    contract: { checkedOn: day('2026-01-01') },
    rules: claimRules(statutes, 'FR.business'),
    ...change,
  });
  if (isRefusal(statement)) throw new Error(statement.refusal);
  return statement;
}

const part = (page: StatementPage, title: string) => page.parts.find((one) => one.title === title)?.sentences;

describe('a statement as a page', () => {
  const payment = { kind: 'payment' as const, on: day('2026-03-15'), amountMinor: 400_000n };

  it('FR-7: tells the invoice, how the part was imputed, every period, the lump sum and the total', () => {
    const page = statementPage(stated({ movements: [payment] }), 'fr');
    expect(page.heading).toBe('Décompte au 10 août 2026 (droit français, débiteur professionnel)');
    expect(page.parts.map(({ title }) => title)).toEqual(['Créance', 'Intérêts de retard', 'Indemnité', 'Total', 'Sources']);
    expect(part(page, 'Créance')).toEqual([
      'Facture de 10\u202f000,00\u00a0€ TTC, échéance le 31 janvier 2026.',
      'Paiement du 15 mars 2026\u202f: 4\u202f000,00\u00a0€, imputé sur les intérêts (143,14\u00a0€) et le principal (3\u202f856,86\u00a0€).',
      'Principal restant dû\u202f: 6\u202f143,14\u00a0€.',
    ]);
    expect(part(page, 'Intérêts de retard')).toHaveLength(4);
    expect(part(page, 'Intérêts de retard')?.at(-1)).toMatch(
      /^Intérêts courus\u202f: 447,52\u00a0€, dont 304,38\u00a0€ restent dus \(jours réels sur 365/,
    );
    expect(part(page, 'Total')?.[0]).toBe(
      'Total dû au 10 août 2026\u202f: 6\u202f487,52\u00a0€ (principal 6\u202f143,14\u00a0€, intérêts 304,38\u00a0€, indemnité 40,00\u00a0€).',
    );
  });

  it('says the same sums in Dutch and English', () => {
    const statement = stated({ movements: [payment, { kind: 'creditNote', on: day('2026-02-10'), amountMinor: 50_000n }] });
    expect(part(statementPage(statement, 'nl'), 'Schuld')).toEqual([
      'Factuur van €\u00a010.000,00 inclusief btw, vervaldag 31 januari 2026.',
      'Creditnota van 10 februari 2026: €\u00a0500,00; zij vermindert de schuld vanaf het begin.',
      'Betaling van 15 maart 2026: €\u00a04.000,00, toegerekend op de interest (€\u00a0135,98) en de hoofdsom (€\u00a03.864,02).',
      'Openstaande hoofdsom: €\u00a05.635,98.',
    ]);
    expect(part(statementPage(statement, 'en'), 'Claim')?.[2]).toBe(
      'Payment of 15 March 2026: €4,000.00, set against interest (€135.98) and principal (€3,864.02).',
    );
  });

  it('A28, A18: an empty part has no title; no interest is said, not left out', () => {
    const page = statementPage(stated({ on: day('2026-01-31') }), 'fr');
    expect(page.parts.map(({ title }) => title)).toEqual(['Créance', 'Intérêts de retard', 'Total']);
    expect(part(page, 'Intérêts de retard')).toEqual(['Aucun intérêt n’est dû au 31 janvier 2026.']);
  });

  it('never announces interest of a day whose rate is unknown', () => {
    const page = statementPage(stated({ on: day('2026-12-31') }), 'fr');
    expect(part(page, 'Total')?.[1]).toContain('Le taux qui s’appliquera à partir du 1er janvier 2027 n’est pas encore connu');
    expect(statementView(stated({ on: day('2026-12-31') }), 'fr').interest.daily).toBeNull();
  });

  it('what was received beyond the claim is told apart, the total being zero', () => {
    const page = statementPage(stated({ movements: [{ ...payment, amountMinor: 2_000_000n }] }), 'en');
    expect(part(page, 'Total')).toEqual([
      'Total due on 10 August 2026: €0.00 (principal €0.00, interest €0.00, lump sum €0.00).',
      'Received beyond all that is due: €9,816.86.',
    ]);
    expect(part(page, 'Lump sum')?.at(-1)).toBe('Of this, €0.00 is still due.');
  });

  it('a refusal for a missing value names the article of that value and what to supply', () => {
    const refused = statementOfClaim({ ...inputOf(day('2027-02-01')) });
    if (!isRefusal(refused)) throw new Error('A rate of 2027 is known');
    expect(refusalHelp(refused, statutes)).toEqual({ article: expect.stringContaining('Directive 2011/7/UE'), supply: expect.any(String) });
    expect(refusalHelp({ refusal: 'x', facts: { article: 'C. civ. 1343-1', supply: 'un accord' } }, statutes)).toEqual({
      article: 'C. civ. 1343-1',
      supply: 'un accord',
    });
    expect(refusalHelp({ refusal: 'x' }, statutes)).toEqual({});
  });
});

function inputOf(on: ClaimInput['on']): ClaimInput {
  const input = {
    law: 'FR',
    kind: 'business',
    currency: currency('EUR'),
    faceMinor: 1_000_000n,
    dueOn: day('2026-01-31'),
    movements: [],
  } as const;
  return { ...input, on, rules: claimRules(statutes, 'FR.business') };
}
