import {
  type ClaimNote,
  day,
  type ExplanationLanguage,
  explainLine,
  explainLumpSum,
  explainNote,
  NOTE_CODES,
  type StatementOfClaim,
} from '#domain';
import { describe, expect, it } from 'vitest';
import { type ClaimStory, statementFor } from './test-claim.js';

/** Spaces that do not break are written as plain ones, so that the sentences can be read here. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const LANGUAGES: readonly ExplanationLanguage[] = ['fr', 'nl', 'en'];

function firstLine(story: ClaimStory): string[] {
  const [line] = statementFor(story).lines;
  return line ? LANGUAGES.map((language) => plain(explainLine(line, language))) : [];
}

function notes(made: StatementOfClaim, language: ExplanationLanguage): string[] {
  return made.notes.map((note) => plain(explainNote(note, language)));
}

const consumerStory: ClaimStory = {
  law: 'BE',
  kind: 'consumer',
  face: '215',
  dueOn: '2026-02-02',
  on: '2026-03-06',
  more: {
    contract: { checkedOn: day('2025-01-02'), indemnity: { kind: 'legalScale' }, interest: { kind: 'rate', percent: '12' } },
    conduct: { firstReminder: { sentOn: day('2026-02-10'), by: 'electronic', claimFrom: day('2026-02-25'), isComplete: true } },
  },
};

describe('a line as a sentence', () => {
  it('business in France: rate, base, days, article and the rate of the ECB', () => {
    expect(firstLine({ face: '12000', dueOn: '2026-05-15', on: '2026-07-20' })).toEqual([
      '46 jours × 12,15 % sur 12 000,00 € = 183,75 € (C. com. L441-10 II ; BCE 2,15 % au 1er janvier 2026 + 10)',
      '46 dagen × 12,15 % op € 12.000,00 = € 183,75 (C. com. L441-10 II; ECB 2,15 % op 1 januari 2026 + 10)',
      '46 days × 12.15% on €12,000.00 = €183.75 (C. com. L441-10 II; ECB 2.15% on 1 January 2026 + 10)',
    ]);
  });

  it('business in Belgium: rounded up to the half point, cited in the language of the reader', () => {
    expect(firstLine({ law: 'BE', face: '12000', dueOn: '2026-07-14', on: '2026-07-15' })).toEqual([
      '1 jour × 10,50 % sur 12 000,00 € = 3,45 € (Loi du 2 août 2002, art. 5 ; BCE 2,40 % au 1er juillet 2026 + 8 = 10,40 %, arrondi au demi-point supérieur)',
      '1 dag × 10,50 % op € 12.000,00 = € 3,45 (Wet van 2 augustus 2002, art. 5; ECB 2,40 % op 1 juli 2026 + 8 = 10,40 %, naar boven afgerond op het halve punt)',
      '1 day × 10.50% on €12,000.00 = €3.45 (Act of 2 August 2002, art. 5; ECB 2.40% on 1 July 2026 + 8 = 10.40%, rounded up to the half point)',
    ]);
  });

  it('public buyer: says that the rate is frozen', () => {
    expect(firstLine({ kind: 'publicBody', face: '20000', dueOn: '2026-05-31', on: '2026-08-31' })[0]).toBe(
      '92 jours × 10,15 % sur 20 000,00 € = 511,67 € (CCP R2192-31 ; BCE 2,15 % au 1er janvier 2026 + 8, taux figé pour tout le retard)',
    );
  });

  it('consumer in France: the legal rate of a professional creditor', () => {
    const story: ClaimStory = { kind: 'consumer', face: '1200', dueOn: '2025-01-31', on: '2025-06-30' };
    expect(firstLine({ ...story, more: { conduct: { noticeServedOn: day('2025-03-03') } } })).toEqual([
      '119 jours × 3,71 % sur 1 200,00 € = 14,51 € (C. mon. fin. L313-2 et D313-1-A ; taux de l’intérêt légal 3,71 % depuis le 1er janvier 2025, créances des professionnels (« autres cas »))',
      '119 dagen × 3,71 % op € 1.200,00 = € 14,51 (C. mon. fin. L313-2 en D313-1-A; wettelijke rentevoet 3,71 % sinds 1 januari 2025, beroepsmatige schuldeiser)',
      '119 days × 3.71% on €1,200.00 = €14.51 (C. mon. fin. L313-2 and D313-1-A; legal interest rate 3.71% since 1 January 2025, professional creditor)',
    ]);
  });

  it('clauses: above the floor, as a multiple, below the floor', () => {
    const story: ClaimStory = { face: '10000', dueOn: '2024-01-31', on: '2024-03-01' };
    const clause = (interest: { kind: 'rate'; percent: string } | { kind: 'multipleOfLegalRate'; multiple: string }) =>
      firstLine({ ...story, more: { contract: { checkedOn: day('2024-01-02'), interest } } });
    expect(clause({ kind: 'rate', percent: '16' })[0]).toContain('(C. com. L441-10 II ; clause 16,00 %)');
    expect(clause({ kind: 'multipleOfLegalRate', multiple: '3' })[2]).toContain('clause 3 × legal rate 5.07%');
    expect(clause({ kind: 'rate', percent: '10' })[0]).toContain('clause 10,00 % sous le plancher, 3 × taux légal 5,07 %');
    expect(clause({ kind: 'multipleOfLegalRate', multiple: '2' })[1]).toContain(
      'beding 2 × wettelijke rentevoet onder het wettelijke minimum, 3 × wettelijke rentevoet 5,07 %',
    );
  });

  it('a frozen copy without formula falls back on its derivation', () => {
    const [line] = statementFor({ face: '12000', dueOn: '2026-05-15', on: '2026-07-20' }).lines;
    if (!line) throw new Error('no line');
    const { formula: _, ...old } = line;
    expect(explainLine(old, 'fr')).toBe(explainLine(line, 'fr'));
  });
});

describe('the lump sum as a sentence', () => {
  it('40 € once an invoice', () => {
    const { lumpSum } = statementFor({ face: '12000', dueOn: '2026-05-15', on: '2026-07-20' });
    expect(lumpSum && LANGUAGES.map((language) => plain(explainLumpSum(lumpSum, language)))).toEqual([
      'Indemnité forfaitaire pour frais de recouvrement : 40,00 €, due une seule fois par facture payée en retard (C. com. D441-5).',
      'Forfaitaire vergoeding voor invorderingskosten: € 40,00, één keer verschuldigd per laattijdig betaalde factuur (C. com. D441-5).',
      'Fixed recovery compensation: €40.00, due once for each invoice paid late (C. com. D441-5).',
    ]);
  });

  it('BE-1: the slice, its share and its article', () => {
    const { lumpSum } = statementFor(consumerStory);
    expect(lumpSum && LANGUAGES.map((language) => plain(explainLumpSum(lumpSum, language)))).toEqual([
      'Indemnité : 30,00 € + 10 % de 65,00 € (part au-delà de 150,00 €) = 36,50 €, calculée sur 215,00 € restant dus (CDE XIX.4).',
      'Forfaitaire vergoeding: € 30,00 + 10 % van € 65,00 (deel boven € 150,00) = € 36,50, berekend op het openstaande bedrag van € 215,00 (WER XIX.4).',
      'Indemnity: €30.00 + 10% of €65.00 (the part above €150.00) = €36.50, on the €215.00 that remained due (CEL XIX.4).',
    ]);
  });

  it('the ceiling, the lowest slice, and a sum fixed by the contract', () => {
    const high = statementFor({ ...consumerStory, face: '50000' }).lumpSum;
    expect(high && plain(explainLumpSum(high))).toContain('(part au-delà de 500,00 €), plafonné à 2 000,00 €, = 2 000,00 €');
    const low = statementFor({ ...consumerStory, face: '100' }).lumpSum;
    expect(low && plain(explainLumpSum(low))).toBe('Indemnité : 20,00 €, calculée sur 100,00 € restant dus (CDE XIX.4).');
    const contract = { checkedOn: day('2025-01-02'), indemnity: { kind: 'fixed', amountMinor: 1500n } } as const;
    const fixed = statementFor({ ...consumerStory, more: { ...consumerStory.more, contract } }).lumpSum;
    expect(fixed && plain(explainLumpSum(fixed))).toBe(
      'Indemnité prévue au contrat : 15,00 €, dans la limite du barème légal (CDE XIX.4).',
    );
  });
});

describe('notes as sentences', () => {
  it('a void clause and the free reminder', () => {
    expect(notes(statementFor(consumerStory), 'fr')).toEqual([
      'Les intérêts courent depuis le 25 février 2026, après le délai du premier rappel gratuit (CDE XIX.2 et XIX.4).',
      'La clause de 12,00 % dépasse le plafond de 10,50 % en vigueur depuis le 1er janvier 2026 : elle est nulle, seul le taux légal reste dû (CDE XIX.4).',
    ]);
    expect(notes(statementFor(consumerStory), 'nl')[0]).toBe(
      'De interest loopt vanaf 25 februari 2026, na de termijn van de kosteloze eerste herinnering (WER XIX.2 en XIX.4).',
    );
  });

  it('why a consumer pays no 40 € and interest from the notice only', () => {
    const made = statementFor({
      kind: 'consumer',
      face: '1200',
      dueOn: '2025-01-31',
      on: '2025-06-30',
      more: { conduct: { noticeServedOn: day('2025-03-03') } },
    });
    expect(notes(made, 'fr')).toEqual([
      'Les intérêts courent depuis le 4 mars 2025, lendemain de la mise en demeure reçue le 3 mars 2025 (C. civ. 1231-6, 1344-1).',
      'Aucune indemnité de recouvrement ni aucun frais : le débiteur n’agit pas à titre professionnel (C. com. D441-5 ; CPCE L111-8).',
    ]);
  });

  it('why interest of an insolvent consumer never ran, with the notice that came too late', () => {
    const conduct = { noticeServedOn: day('2025-03-03'), insolvencyOpenedOn: day('2025-03-01') };
    const made = statementFor({ kind: 'consumer', face: '1200', dueOn: '2025-01-31', on: '2025-06-30', more: { conduct } });
    expect(LANGUAGES.map((language) => notes(made, language)[0])).toEqual([
      'Aucun intérêt n’a couru : la procédure collective a été ouverte le 1er mars 2025, et les intérêts n’auraient commencé que le 4 mars 2025, lendemain de la mise en demeure reçue le 3 mars 2025 (C. com. L622-28).',
      'Er heeft nooit interest gelopen: de insolventieprocedure werd geopend op 1 maart 2025 en de interest zou pas zijn ingegaan op 4 maart 2025, de dag na de ingebrekestelling van 3 maart 2025 (C. com. L622-28).',
      'Interest never ran: the insolvency opened on 1 March 2025, and interest would only have begun on 4 March 2025, the day after the formal notice of 3 March 2025 (C. com. L622-28).',
    ]);
    const business = statementFor({
      face: '100',
      dueOn: '2025-11-30',
      on: '2026-01-31',
      more: { conduct: { insolvencyOpenedOn: day('2025-11-15') } },
    });
    expect(notes(business, 'fr')).toEqual([
      'Aucun intérêt n’a couru : la procédure collective a été ouverte le 15 novembre 2025, et les intérêts n’auraient commencé que le 1er décembre 2025 (C. com. L622-28).',
      'Aucune indemnité : la procédure collective ouverte le 15 novembre 2025 a précédé le retard (C. com. L622-7, D441-5).',
    ]);
  });

  it('why an insolvent Belgian consumer owes no indemnity, and from when a small creditor’s clause holds', () => {
    const { contract, conduct } = consumerStory.more ?? {};
    const insolvent = { ...conduct, insolvencyOpenedOn: day('2026-02-20') };
    expect(notes(statementFor({ ...consumerStory, more: { contract, conduct: insolvent } as ClaimStory['more'] }), 'fr')).toEqual([
      'Aucun intérêt n’a couru : la procédure collective a été ouverte le 20 février 2026, et les intérêts n’auraient commencé que le 25 février 2026 (CDE livre XX).',
      'Aucune indemnité : elle n’aurait pu être réclamée qu’à partir du 25 février 2026, et la procédure collective a été ouverte le 20 février 2026 (CDE livre XX).',
    ]);
    const note: ClaimNote = {
      code: 'interestSinceClauseValid',
      article: 'CDE XIX.2 et XIX.4',
      facts: { freeUntil: '2024-01-04', from: '2024-01-01' },
    };
    expect(plain(explainNote(note))).toBe(
      'Le créancier est une PME : la dette étant restée impayée après le 4 janvier 2024, les intérêts courent depuis le 1er janvier 2024, premier jour où la clause ne dépasse plus le plafond (CDE XIX.2 et XIX.4).',
    );
  });

  it('French sentences have no plain space before a semicolon or a colon, articles included', () => {
    const facts = { interest: 'true', askedMinor: '1', capMinor: '1', remainingMinor: '1' };
    for (const code of NOTE_CODES) {
      expect(explainNote({ code, article: 'C. com. D441-5 ; CPCE L111-8', facts })).not.toMatch(/ [;:!?»]|« /);
    }
    const cited = { code: 'contractNotRead', article: 'C. com. D441-5\u202f; CPCE L111-8' } as const;
    expect([explainNote(cited, 'nl'), explainNote(cited, 'en')].every((said) => said.includes('D441-5; CPCE'))).toBe(true);
  });

  it('a waiver names what is given up', () => {
    const waived = (waiver: { interest?: boolean; lumpSum?: boolean }) =>
      notes(statementFor({ face: '100', dueOn: '2026-01-31', on: '2026-02-10', more: { waiver } }), 'fr');
    expect(waived({ interest: true })).toEqual(['Le créancier renonce aux intérêts (décision du créancier).']);
    expect(waived({ interest: true, lumpSum: true })[0]).toContain('aux intérêts et à l’indemnité');
  });

  it('every code has a whole sentence in three languages, without a hole', () => {
    const facts = Object.fromEntries([
      ...['openedOn', 'dueOn', 'from', 'servedOn', 'freeUntil', 'sentOn', 'until', 'since'].map((name) => [name, '2026-03-02']),
      ...['clausePercent', 'capPercent', 'floorPercent'].map((name) => [name, '12.00']),
      ...['askedMinor', 'capMinor', 'remainingMinor'].map((name) => [name, '15000']),
      ['interest', 'true'],
      ['lumpSum', 'true'],
    ]);
    for (const code of NOTE_CODES) {
      const note: ClaimNote = { code, article: 'CDE XIX.4', facts };
      for (const language of LANGUAGES) {
        const sentence = explainNote(note, language);
        expect(sentence).toMatch(/^\p{Lu}.{20,}\.$/u);
        expect(sentence).not.toMatch(/undefined|NaN| {2}|\(\)/);
      }
    }
    expect(NOTE_CODES.length).toBeGreaterThan(20);
  });
});
