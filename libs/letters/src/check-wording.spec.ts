import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { checkWording, type WordingFacts } from './check-wording.js';
import { keptDeadline } from './deadline-wording.js';
import { renderFormalNotice } from './formal-notice.js';
import { INNOCENT } from './sample-innocent.js';
import { PLANTED } from './sample-phrases.js';
import type { LetterAct, LetterContent, LetterRegime } from './letter-content.js';
import { mailWords, renderMail } from './render-mail.js';
import { sampleOf } from './sample-regimes.js';

const found = (text: string, act: LetterAct, regime: LetterRegime, facts: WordingFacts = {}) =>
  checkWording(text, { act, regime, language: 'fr', facts }).map((finding) => finding.mention);

/** The planted sentence between two innocent ones, so that the report has something to choose from. */
const inLetter = (sentence: string) => `Bonjour,\n\nVotre facture reste ouverte.\n\n${sentence}\n\nBien cordialement,`;

describe('forbidden wording', () => {
  it.each(PLANTED)('A42, N21: $rule is caught: $text', ({ rule, text, act, regime }) => {
    const findings = checkWording(inLetter(text), { act: act ?? 'formalMail', regime: regime ?? 'FR.business', language: 'fr' });
    const hit = findings.find((finding) => finding.mention === rule);
    expect(findings.map((finding) => finding.mention)).toContain(rule);
    expect(hit?.sentence).toBe(text);
    expect(hit?.article).toMatch(/\S/);
    expect(hit?.why).toMatch(/^[A-ZÀÉ].*\.$/u);
    expect(hit?.whyInEnglish).toMatch(/^[A-Z].*\.$/u);
    expect(hit?.why).not.toBe(hit?.whyInEnglish);
  });

  it('every rule is planted in French, Dutch and English', () => {
    const rules = new Map<string, Set<string>>();
    for (const { rule, language } of PLANTED) rules.set(rule, (rules.get(rule) ?? new Set()).add(language));
    for (const [rule, languages] of rules) expect([rule, [...languages].sort()]).toEqual([rule, ['en', 'fr', 'nl']]);
    expect(rules.size).toBeGreaterThanOrEqual(26);
  });

  it.each(Object.entries(INNOCENT))('leaves innocent sentences alone, in %s, whatever the act and the regime', (_language, sentences) => {
    expect(sentences.length).toBeGreaterThanOrEqual(20);
    const acts = ['courtesyMail', 'formalMail', 'firmMail', 'promiseConfirmation', 'thankYou'] as const;
    const regimes = ['FR.business', 'FR.consumer', 'BE.consumer', 'BE.business', 'FR.publicBody', 'FR.coOwners'] as const;
    for (const sentence of sentences)
      for (const act of acts)
        for (const regime of regimes) expect([sentence, act, regime, found(sentence, act, regime)]).toEqual([sentence, act, regime, []]);
  });

  it.each([
    ['HTML entities and tags', 'Des frais&nbsp;de&nbsp;<b>rel</b>ance s&rsquo;ajouteront.'],
    ['numeric entities', 'Des frais de relanc&#101; s&#x2019;ajoutent.'],
    ['narrow and wide spaces', 'Des frais\u202fde\u2003relance s’ajoutent.'],
    ['soft hyphens', 'Des fr\u00adais de re\u00adlance s’ajoutent.'],
    ['zero-width signs', 'Des fra\u200bis de rel\u2060ance s’ajoutent.'],
    ['capitals', 'DES FRAIS DE RELANCE S’AJOUTENT.'],
    ['full-width letters', 'Des ｆｒａｉｓ de relance.'],
    ['Cyrillic look-alikes', 'Des frаis de rеlance.'],
    ['a wrapped line', 'Des frais\nde relance s’ajoutent.'],
    ['a Liquid tag inside', 'Des frais {% if a %}de relance{% endif %} s’ajoutent.'],
    ['decomposed accents', 'Pe\u0301nalite\u0301s et frais de relance.'],
  ])('sees through %s', (_name, text) => {
    expect(found(text, 'formalMail', 'FR.consumer')).toContain('reminderFees');
  });

  it('accents may be missing or added', () => {
    expect(found('Un huissier a ete mandate.', 'firmMail', 'FR.business')).toContain('bailiffAlreadyInstructed');
    expect(found('Vous etes de mauvaise foi', 'firmMail', 'FR.business')).toContain('badFaith');
    expect(found('GEVANGENISSTRAF dreigt', 'firmMail', 'BE.business')).toContain('prisonOrPolice');
  });

  it('reports the sentence and not the paragraph', () => {
    const text = 'Nous restons à votre écoute. Tous les frais seront à votre charge, cf. C. com. art. L441-10. Merci de votre virement.';
    const [finding] = checkWording(text, { act: 'firmMail', regime: 'FR.business', language: 'fr' });
    expect(finding?.sentence).toBe('Tous les frais seront à votre charge, cf. C. com. art. L441-10.');
  });

  it('A42: a bailiff may be named once that step is decided, and called instructed only after the hand-over', () => {
    const coming = 'À défaut, nous confierons le recouvrement à un huissier.';
    const instructed = 'Un huissier est déjà mandaté.';
    expect(found(coming, 'formalNotice', 'BE.business', { nextStep: 'bailiff' })).toEqual([]);
    expect(found(instructed, 'formalNotice', 'BE.business', { nextStep: 'bailiff' })).toEqual(['bailiffAlreadyInstructed']);
    expect(found(instructed, 'formalNotice', 'BE.business', { handedOver: 'bailiff' })).toEqual([]);
    expect(found(instructed, 'formalNotice', 'BE.business', { handedOver: 'lawyer' })).toContain('bailiffAlreadyInstructed');
  });

  it('a denied fee is no fee, unless another sentence claims one', () => {
    expect(found('Aucuns frais de recouvrement ne vous sont réclamés.', 'firmMail', 'FR.consumer')).toEqual([]);
    expect(found('Sans réponse, des frais de relance seront dus.', 'firmMail', 'FR.consumer')).toContain('reminderFees');
    expect(found('Aucun frais de relance, mais des frais de dossier.', 'firmMail', 'FR.consumer')).toContain('reminderFees');
  });

  it('names of the parties are not the letter’s own words', () => {
    const text = 'La facture de Huissier & Fils reste due.';
    expect(found(text, 'courtesyMail', 'FR.business')).toContain('bailiffNotDecided');
    expect(found(text, 'courtesyMail', 'FR.business', { names: ['Huissier & Fils'] })).toEqual([]);
    // Written otherwise than it is recorded, and with a full stop inside.
    expect(found('HUISSIER & FILS doit encore payer.', 'courtesyMail', 'FR.business', { names: ['Huissier & Fils'] })).toEqual([]);
    expect(found('Ets. Prison. Avocat SA doit payer.', 'courtesyMail', 'FR.business', { names: ['Ets. Prison. Avocat SA'] })).toEqual([]);
  });

  it('a name does not hide the sentence around it, and is shown again in the report', () => {
    const text = 'Un huissier est mandaté contre Huissier & Fils.';
    const [finding] = checkWording(text, { act: 'firmMail', regime: 'FR.business', language: 'fr', facts: { names: ['Huissier & Fils'] } });
    expect([finding?.mention, finding?.sentence]).toEqual(['bailiffAlreadyInstructed', text]);
  });
});

describe('T2, A18: a French consumer', () => {
  const regime = 'FR.consumer';

  it.each([
    ['lumpSumOutsideBusiness', 'L’indemnité forfaitaire de 40 € est due.'],
    ['lumpSumOutsideBusiness', 'S’y ajoutent 40,00 € de frais.'],
    ['reminderFees', 'Frais de relance : 12 €.'],
    ['reminderFees', 'Le coût de la lettre recommandée vous sera facturé.'],
    ['reminderFees', 'Frais de société de recouvrement : 60 €.'],
    ['recoveryCosts', 'Les frais de recouvrement sont de 25 €.'],
    ['businessLawOutsideBusiness', 'Pénalités de retard : C. com. L441-10.'],
    ['interestBeforeNotice', 'Des intérêts de retard courent depuis l’échéance.'],
  ])('%s: %s', (rule, text) => {
    expect(found(text, 'firmMail', regime)).toContain(rule);
  });

  it('an invoice of forty euros is not the lump sum', () => {
    expect(found('La facture de 40,00 € reste ouverte.', 'courtesyMail', regime)).toEqual([]);
  });

  it('interest may be announced by the notice, claimed by it only after a first one was served', () => {
    expect(found('Cette somme porte intérêt au taux légal à compter de la réception.', 'formalNotice', regime)).toEqual([]);
    expect(found('Intérêts de retard : 4,12 €.', 'formalNotice', regime)).toContain('pastInterestInNotice');
    expect(found('Intérêts de retard : 4,12 €.', 'formalNotice', regime, { noticeServed: true })).toEqual([]);
  });
});

describe('T8: the Belgian free first reminder', () => {
  const regime = 'BE.consumer';

  it('may announce the indemnity to come, in the future and from when', () => {
    expect(
      found('À défaut de paiement dans ce délai, une indemnité de 36,50 € sera réclamée à partir du 25 mars.', 'firstReminder', regime),
    ).toEqual([]);
    expect(found('Een vergoeding van € 36,50 wordt gevorderd vanaf 25 maart.', 'firstReminder', regime)).toEqual([]);
    expect(found('An indemnity of €36.50 will be claimed from 25 March on.', 'firstReminder', regime)).toEqual([]);
  });

  it.each([
    'Une indemnité de 36,50 € est due.',
    'Intérêts : 1,20 €.',
    'U bent een vergoeding van € 36,50 verschuldigd.',
    'Verwijlinterest: € 1,20.',
    'An indemnity of €36.50 is owed.',
    'Interest: €1.20.',
  ])('may not claim it: %s', (text) => {
    expect(found(text, 'firstReminder', regime)).toContain('claimInFreePeriod');
    expect(found(text, 'firmMail', regime, { freePeriodOver: true })).not.toContain('claimInFreePeriod');
  });
});

describe('A33, T7, T10: procedure in words', () => {
  it('an electronic registered letter is named only with consent and a qualified provider', () => {
    expect(found('Par lettre recommandée électronique.', 'formalNotice', 'FR.consumer')).toContain('electronicRegisteredLetter');
    expect(found('Par lettre recommandée électronique.', 'formalNotice', 'FR.consumer', { electronicRegisteredConsent: true })).toEqual([]);
  });

  it('no letter says that it interrupts limitation', () => {
    expect(found('La présente interrompt la prescription.', 'formalNotice', 'FR.business')).toEqual(['noticeInterruptsLimitation']);
  });

  it('T10: nobody is asked to pay while the small-claims procedure runs, and no conciliation is called mandatory', () => {
    expect(found('Merci de régler 640 €.', 'firmMail', 'FR.consumer', { smallClaimsPending: true })).toContain('paymentDuringSmallClaims');
    expect(found('Merci de régler 640 €.', 'firmMail', 'FR.consumer')).toEqual([]);
    expect(found('Une conciliation préalable est obligatoire.', 'firmMail', 'FR.business')).toContain('conciliationNotNeeded');
  });
});

describe('deadlines nobody will keep', () => {
  const text = 'Merci de payer au plus tard le 25 mars.';
  const deadlineOn = day('2026-03-25');

  it.each([
    ['the day after it', day('2026-03-26'), []],
    ['on the same day', day('2026-03-25'), []],
    ['before it', day('2026-03-20'), ['fakeDeadline']],
    ['long after it', day('2026-04-20'), ['fakeDeadline']],
    ['never', null, ['fakeDeadline']],
  ])('next act %s', (_name, nextActOn, expected) => {
    expect(found(text, 'firmMail', 'FR.business', { deadlineOn, nextActOn })).toEqual(expected);
  });

  it('a day in the text that is not the letter’s own is reported with its sentence', () => {
    const [finding] = checkWording('Merci. Payez avant le 12 avril.', {
      act: 'firmMail',
      regime: 'FR.business',
      language: 'fr',
      facts: { deadlineOn },
    });
    expect([finding?.mention, finding?.sentence]).toEqual(['fakeDeadline', 'Payez avant le 12 avril.']);
    expect(found('Betaal uiterlijk op 25 maart 2026.', 'firmMail', 'BE.business', { deadlineOn })).toEqual([]);
    expect(found('Pay no later than 26 March.', 'firmMail', 'BE.business', { deadlineOn })).toEqual(['fakeDeadline']);
  });

  it('N21: how late the next act may be is a matter of the regime: a public body is given its own time', () => {
    const nextActOn = day('2026-04-15');
    expect(found(text, 'firmMail', 'FR.business', { deadlineOn, nextActOn })).toEqual(['fakeDeadline']);
    expect(found(text, 'formalMail', 'FR.publicBody', { deadlineOn, nextActOn })).toEqual([]);
    expect(keptDeadline(deadlineOn, nextActOn, 'firmMail', 'FR.business')).toBeUndefined();
    expect(keptDeadline(deadlineOn, nextActOn, 'formalMail', 'FR.publicBody')).toBe('2026-03-25');
    expect(keptDeadline(deadlineOn, day('2026-03-23'), 'firmMail', 'FR.business')).toBe('2026-03-23');
    expect(keptDeadline(deadlineOn, null, 'firmMail', 'FR.business')).toBeUndefined();
  });

  it('a letter whose day nobody keeps is refused with the sentence and the article; the same letter without the day is not', async () => {
    const kept = sampleOf('FR.business', 'firmMail', 'fr');
    const idle = { ...kept, act: 'firmMail' as const, nextActOn: null };
    await expect(renderMail(idle)).rejects.toMatchObject({
      code: 'wordingForbidden',
      facts: { rules: 'fakeDeadline', sentence: expect.stringMatching(/8\savril/), article: expect.stringContaining('L121-6') },
    });
    const { deadlineOn: _none, ...dayless } = idle;
    await expect(renderMail(dayless)).resolves.toMatchObject({ templateId: 'fr/firmMail' });
    await expect(renderMail({ ...idle, nextActOn: day('2026-04-10') })).resolves.toMatchObject({ templateId: 'fr/firmMail' });
  });

  it.each([
    ['firmMail', 'formalNotice', 'noticeNotDecided', 'mise en demeure'],
    ['formalNotice', 'bailiff', 'bailiffNotDecided', 'commissaire de justice'],
  ] as const)('K7: a %s that announces %s is refused with its sentence where the ladder does not hold it', (act, nextStep, rule, words) => {
    const announced = { ...sampleOf('FR.business', act, 'fr'), act, nextStep };
    const write = (content: LetterContent) => () => (act === 'formalNotice' ? renderFormalNotice(content) : mailWords({ ...content, act }));
    expect(write({ ...announced, comingSteps: [nextStep] })).not.toThrow();
    const facts = { rules: rule, sentence: expect.stringContaining(words), article: expect.stringContaining('L121-6') };
    expect(write({ ...announced, comingSteps: ['call'] })).toThrow(expect.objectContaining({ code: 'wordingForbidden', facts }));
  });
});
