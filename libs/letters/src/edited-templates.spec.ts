import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { checkWording, type WordingFor } from './check-wording.js';

// Whole templates as a creditor would edit them: HTML, Liquid and plain text, each unlawful one by a single sentence.

interface EditedTemplate extends WordingFor {
  readonly name: string;
  readonly text: string;
}

interface UnlawfulTemplate extends EditedTemplate {
  readonly rule: string;
  /** Part of the sentence that must be named. */
  readonly named: string;
}

const UNLAWFUL: readonly UnlawfulTemplate[] = [
  {
    name: 'postage of the letter, to a French consumer',
    rule: 'reminderFees',
    named: 'présent courrier',
    act: 'firmMail',
    regime: 'FR.consumer',
    language: 'fr',
    text: '<p>Bonjour {{ debtor.name }},</p><p>La facture {{ number }} reste due.<br>Les frais liés au présent courrier, soit 7,50 €, viendront en sus.</p>',
  },
  {
    name: 'a legal department behind a friendly first mail',
    rule: 'courtThreat',
    named: 'service juridique',
    act: 'courtesyMail',
    regime: 'FR.business',
    language: 'fr',
    text: 'Bonjour,\n\nSans doute un oubli. À défaut de virement, votre dossier passera à notre service juridique.\n\nBien cordialement,',
  },
  {
    name: 'a last opportunity that is none',
    rule: 'lastNotice',
    named: 'dernière possibilité',
    act: 'formalNotice',
    regime: 'FR.business',
    language: 'fr',
    text: 'La présente lettre vaut mise en demeure. Elle est votre dernière possibilité de règlement amiable.',
  },
  {
    name: 'a limit in figures that is not the letter’s',
    rule: 'fakeDeadline',
    named: '12/04/2026',
    act: 'formalMail',
    regime: 'FR.business',
    language: 'fr',
    facts: { deadlineOn: day('2026-04-07') },
    text: 'Merci de régler au plus tard le 07/04/2026. Tout retard au-delà serait fâcheux : payez avant le 12/04/2026.',
  },
  {
    name: 'ten days instead of the fourteen free ones',
    rule: 'shorterThanFreePeriod',
    named: 'binnen 10 dagen',
    act: 'firstReminder',
    regime: 'BE.consumer',
    language: 'nl',
    text: '<p>Deze eerste herinnering is kosteloos.</p><p>Betaal {{ amount }} binnen 10 dagen, dan bent u geen kosten verschuldigd.</p>',
  },
  {
    name: 'a bailiff said to have the file while he is only the next step',
    rule: 'bailiffAlreadyInstructed',
    named: 'bezorgd',
    act: 'formalNotice',
    regime: 'BE.business',
    language: 'nl',
    facts: { nextStep: 'bailiff' },
    text: 'Wij stellen u in gebreke. Uw dossier werd inmiddels bezorgd aan onze gerechtsdeurwaarder.',
  },
  {
    name: 'a price for the reminder, after the free days',
    rule: 'reminderFees',
    named: '€ 7,50',
    act: 'firmMail',
    regime: 'BE.consumer',
    language: 'nl',
    facts: { freePeriodOver: true },
    text: '{% if claim %}De hoofdsom bedraagt {{ principal }}.{% endif %} Voor deze aanmaning rekenen wij € 7,50 aan.',
  },
  {
    name: 'interest that has been running before the first notice',
    rule: 'pastInterestInNotice',
    named: 'accruing',
    act: 'formalNotice',
    regime: 'FR.consumer',
    language: 'en',
    text: 'This letter is a formal notice (mise en demeure). Interest has been accruing on this sum since 2 March.',
  },
  {
    name: 'a report to credit agencies',
    rule: 'blacklist',
    named: 'credit reference',
    act: 'firmMail',
    regime: 'FR.business',
    language: 'en',
    text: '<mj-text>Please pay {{ amount }}.</mj-text><mj-text>Unpaid invoices are reported to credit reference agencies.</mj-text>',
  },
  {
    name: 'the courts, in a polite turn of phrase',
    rule: 'courtThreat',
    named: 'the courts',
    act: 'firmMail',
    regime: 'FR.publicBody',
    language: 'en',
    text: 'We would regret having to bring the matter before the courts. Please arrange payment.',
  },
];

const LAWFUL: readonly EditedTemplate[] = [
  {
    name: 'a bank that confirms the transfer',
    act: 'courtesyMail',
    regime: 'FR.business',
    language: 'fr',
    text: 'Bonjour,\n\nVotre banque vous informera de l’exécution du virement. Prévenez-nous si votre banque le refuse.',
  },
  {
    name: 'a reminder that costs nothing',
    act: 'firmMail',
    regime: 'FR.consumer',
    language: 'fr',
    text: '<p>Cette relance ne vous coûte rien : aucuns frais ne s’y ajoutent, ni pénalité, ni intérêts de retard.</p>',
  },
  {
    name: 'the lawyer, once decided',
    act: 'formalNotice',
    regime: 'FR.business',
    language: 'fr',
    facts: { nextStep: 'lawyer' },
    text: 'La présente lettre vaut mise en demeure. À défaut de règlement dans ce délai, nous confierons le dossier à notre avocat.',
  },
  {
    name: 'the free reminder in other words',
    act: 'firstReminder',
    regime: 'BE.consumer',
    language: 'fr',
    facts: { knownDays: [day('2026-03-24'), day('2026-03-25')] },
    text: 'Si vous réglez dans les quatorze jours calendrier, au plus tard le mardi 24 mars 2026, vous ne devrez ni indemnité, ni intérêts. Une indemnité de 36,50 € pourra vous être réclamée à partir du 25 mars.',
  },
  {
    name: 'a public accountant who lacks a document',
    act: 'formalMail',
    regime: 'FR.publicBody',
    language: 'fr',
    text: 'Si le comptable public a suspendu le paiement, nous transmettrons toute pièce utile à vos services. Les intérêts moratoires courent de plein droit.',
  },
  {
    name: 'fourteen days, said before the consequence',
    act: 'firstReminder',
    regime: 'BE.consumer',
    language: 'nl',
    text: 'Betaalt u binnen 14 kalenderdagen, dan vragen wij geen vergoeding en geen interest.',
  },
  {
    name: 'a transfer that the bank refused',
    act: 'formalMail',
    regime: 'BE.business',
    language: 'nl',
    text: 'Meld het ons als uw bank de overschrijving heeft geweigerd. Laat ons weten of uw leverancier een andere factuur bedoelde.',
  },
  {
    name: 'legal interest from the receipt of the notice',
    act: 'formalNotice',
    regime: 'FR.consumer',
    language: 'nl',
    text: 'Vanaf de ontvangst van deze brief is wettelijke rente verschuldigd. Er worden u geen kosten aangerekend.',
  },
  {
    name: 'a question about the bank',
    act: 'formalMail',
    regime: 'FR.consumer',
    language: 'en',
    text: 'Please let us know if your bank has rejected the transfer, and tell us when your bank can repeat it.',
  },
  {
    name: 'a plan without interest',
    act: 'plan',
    regime: 'FR.consumer',
    language: 'en',
    text: 'There is no interest and no fee on this plan. Each instalment is applied to the principal.',
  },
];

describe('templates that a creditor edited', () => {
  it.each(UNLAWFUL)('N21: unlawful by one sentence: $name', ({ text, rule, named, ...where }) => {
    const findings = checkWording(text, where);
    const hit = findings.find((finding) => finding.mention === rule);
    expect(findings.map((finding) => finding.mention)).toContain(rule);
    expect(hit?.sentence).toContain(named);
    expect(hit?.article).toMatch(/\S/);
  });

  it.each(LAWFUL)('lawful: $name', ({ text, ...where }) => {
    expect(checkWording(text, where)).toEqual([]);
  });
});
