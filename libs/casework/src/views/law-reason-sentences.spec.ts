import { describe, expect, it } from 'vitest';
import { type LawOfInvoice, lawReasonSentence, lawReasonSentences } from './law-reason-sentences.js';

const CHOSEN: LawOfInvoice = { law: 'BE', lawKnown: true, lawReason: 'chosen', lawNote: null };

describe('the conflict-of-laws answer in words', () => {
  it('says which law and why, in French, Dutch and English', () => {
    expect(lawReasonSentences(CHOSEN)).toEqual({
      fr: 'Le droit belge s’applique\u202f: le contrat l’a choisi (règlement Rome I, art. 3).',
      nl: 'Het Belgische recht is van toepassing: de overeenkomst heeft het gekozen (Rome I-verordening, art. 3).',
      en: 'Belgian law applies: the contract chose it (Rome I Regulation, art. 3).',
    });
  });

  it('has its own sentence for every answer of the rules, each with its article', () => {
    const reasons = ['sameCountry', 'sellerResidence', 'chosen', 'consumerProtection'];
    const sentences = reasons.map((lawReason) => lawReasonSentence({ ...CHOSEN, lawReason }, 'fr'));
    expect(new Set(sentences).size).toBe(reasons.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^Le droit belge s’applique\u202f: .+\(règlement Rome I, art\. \d\)\.$/);
  });

  it('gives the note of whoever decided otherwise', () => {
    const decided: LawOfInvoice = { law: 'FR', lawKnown: true, lawReason: 'override', lawNote: 'avenant du 3 mars 2026. ' };
    expect(lawReasonSentence(decided, 'fr')).toBe(
      'Le droit français s’applique\u202f: le créancier en a décidé ainsi\u202f; avenant du 3 mars 2026.',
    );
    expect(lawReasonSentence({ ...decided, lawReason: 'decidedByPerson', lawNote: null }, 'en')).toBe(
      'French law applies: the creditor decided so.',
    );
  });

  it('A19: never names a law that nobody has settled', () => {
    for (const lawReason of ['applicableLawUnknown', 'lawNotCovered', 'sameCountry']) {
      for (const sentence of Object.values(lawReasonSentences({ ...CHOSEN, lawKnown: false, lawReason })))
        expect(sentence).not.toMatch(/s’applique|van toepassing:|applies/);
    }
    expect(lawReasonSentence({ ...CHOSEN, lawKnown: false, lawReason: 'lawNotCovered' }, 'fr')).toContain('ni française ni belge');
  });
});
