import { describe, expect, it } from 'vitest';
import { checkWording } from './check-wording.js';

const cents = Array.from({ length: 100 }, (_, cent) => String(cent).padStart(2, '0'));
const words = (text: string, regime: 'FR.business' | 'FR.consumer' | 'BE.consumer') =>
  checkWording(text, { act: 'formalNotice', regime, language: 'fr' }).map(({ mention }) => mention);

describe('sums that only look like the lump sum', () => {
  it('A42: a sum that ends in 40 cents, followed by the interest of a day, is no lump sum a day', () => {
    for (const cent of cents) {
      const demand = [
        `Nous vous mettons en demeure de payer 3\u202f627,${cent}\u00a0€, plus 1,18\u00a0€ par jour à partir du 31 mars, sous quinze jours.`,
        `Wij stellen u in gebreke om 3.627,${cent} euro te betalen, plus 1,18 euro per dag vanaf 31 maart.`,
        `We give you formal notice to pay 3,627.${cent} euros, plus 1.18 euros per day from 31 March.`,
      ];
      for (const text of demand) expect([text, words(text, 'FR.business')]).toEqual([text, []]);
    }
  });

  it('A42: interest of forty euros and some cents a day is no lump sum a day', () => {
    for (const cent of cents.slice(1)) {
      const aDay = [
        `plus € 40,${cent} per dag vanaf 31 maart`,
        `plus €40.${cent} per day from 31 March`,
        `plus 40,${cent} € par jour à partir du 31 mars`,
      ];
      for (const text of aDay) expect([text, words(text, 'FR.business')]).toEqual([text, []]);
    }
  });

  it('A42: what a consumer owes may end in 40 cents in a sentence about costs', () => {
    const innocent = ['Vous devez 627,40 €, sans frais supplémentaires.', 'U bent € 40,62 verschuldigd, zonder extra kosten.'];
    for (const text of innocent) expect([text, words(text, 'FR.consumer')]).toEqual([text, []]);
  });

  it('A42: the lump sum itself is still caught', () => {
    for (const text of [
      '40 € par relance',
      '40,00 € par rappel',
      '€ 40 per herinnering',
      '40 euro per aanmaning',
      '€40 per reminder',
      '€ 40,00 per maand',
    ])
      expect([text, words(text, 'FR.business')]).toEqual([text, ['compensationPerReminder']]);
  });
});
