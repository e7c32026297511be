import { describe, expect, it } from 'vitest';
import { formalNoticeText } from './formal-notice.js';
import { checkMentions } from './check-wording.js';
import { requiredMentions } from './mandatory-mentions.js';
import type { LetterAct, LetterRegime } from './letter-content.js';
import { letterA2, noticeA2 } from './sample-letters.js';

const required = (act: LetterAct, regime: LetterRegime) => requiredMentions(act, regime).map((mention) => mention.id);
const ids = (text: string, content = noticeA2()) => checkMentions(text, content).map((finding) => finding.mention);

describe('mandatory mentions', () => {
  it('are all in the notice as it is', () => {
    expect(checkMentions(formalNoticeText(noticeA2()), noticeA2())).toEqual([]);
  });

  it.each([
    ['noticeWords', /mise en demeure/gi],
    ['invoiceList', /26\/02\/2026/g],
    ['interest', /12,15\u00a0%/g],
    ['dailyInterest', /1,62\u00a0€/g],
    ['deadline', /huit/g],
    ['meansOfPayment', /RF18 5390 0754 7034/g],
    ['earlierReminders', /16\u00a0mars/g],
    ['debtorIdentity', /SIREN\u00a0000\u00a0000\u00a0307/g],
    ['creditorIdentity', /12 quai des Copeaux/g],
    ['signature', /Responsable du recouvrement/g],
    ['contact', /claire\.aubin@mirandole\.example/g],
    ['compensation', /40,00\u00a0€/g],
    ['total', /4\u202f951,77\u00a0€/g],
  ])('%s is missed when its words are taken out', (mention, words) => {
    expect(ids(formalNoticeText(noticeA2()).replace(words, ''))).toContain(mention);
  });

  it('grow with the act and are the same in both laws', () => {
    expect(required('courtesyMail', 'FR.business')).not.toContain('interest');
    expect(required('firmMail', 'FR.business')).toContain('interest');
    expect(required('formalNotice', 'BE.business')).toEqual(required('formalNotice', 'FR.business'));
    // The same mention is asked for by the debtor's own law.
    const article = (regime: LetterRegime) => requiredMentions('formalNotice', regime).find(({ id }) => id === 'interest')?.article;
    expect(article('FR.business')).toBe('C. com. art. L441-10 II');
    expect(article('BE.publicBody')).toBe('Loi du 2 août 2002, art. 5');
  });
});

describe('forbidden phrases', () => {
  it.each([
    ['bailiffAlreadyInstructed', 'Un huissier est déjà mandaté pour ce dossier.'],
    ['allCostsOnDebtor', 'Tous les frais seront à votre charge.'],
    ['badFaith', 'Votre mauvaise foi est manifeste.'],
    ['zeroBalance', 'Solde dû : 0,00 €'],
    ['doNotReply', 'Merci de ne pas répondre à ce courriel.'],
    ['lastNotice', 'Dernier avis avant poursuites.'],
    ['courtThreat', 'Dernier avis avant poursuites.'],
    ['blacklist', 'Vous figurerez sur la liste des mauvais payeurs.'],
    ['thirdPartyPressure', 'Nous en informerons vos clients.'],
    ['reminderFees', 'Des frais de relance de 15 € s’ajoutent.'],
    ['unsubscribe', 'Cliquez ici pour vous désabonner.'],
    ['bailiffNotDecided', 'Un commissaire de justice prendra le relais.'],
  ])('%s is found with the sentence it stands in', (mention, sentence) => {
    const finding = checkMentions(`${formalNoticeText(noticeA2())}\n${sentence}`, noticeA2()).find((found) => found.mention === mention);
    expect(finding?.kind).toBe('forbidden');
    expect(finding?.sentence).toBe(sentence);
    expect(finding?.article).not.toBe('');
  });

  it('C24: a first letter that threatens is caught', () => {
    const mail = letterA2('courtesyMail', '2026-03-06', 8);
    expect(ids('Sans paiement, une mise en demeure suivra.', mail)).toContain('earlyMenace');
    expect(ids('Une indemnité forfaitaire est due.', mail)).toContain('earlyAccessories');
  });

  it('do not hold a name against a debtor', () => {
    const debtor = { ...noticeA2().debtor, legalName: 'Étude Mauvaise Foi, huissier et avocat' };
    expect(checkMentions(formalNoticeText(noticeA2({ debtor })), noticeA2({ debtor }))).toEqual([]);
  });

  it('let a decided step be named, and an amount of nothing paid stand in a table', () => {
    expect(ids(formalNoticeText(noticeA2({ nextStep: 'bailiff' })), noticeA2({ nextStep: 'bailiff' }))).toEqual([]);
    expect(formalNoticeText(noticeA2())).toContain('0,00');
  });
});
