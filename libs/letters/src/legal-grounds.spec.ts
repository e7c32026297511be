import { day, type StatementOfClaim } from '#domain';
import { describe, expect, it } from 'vitest';
import { checkWording, factsOf } from './check-wording.js';
import { formalNoticeText } from './formal-notice.js';
import { handOverSummaryText } from './hand-over-summary.js';
import { groundsOf } from './legal-grounds.js';
import type { LetterContent } from './letter-content.js';
import { mailWords } from './render-mail.js';
import { REGIMES } from './sample-cases.js';
import { handOverA2, noticeA2 } from './sample-letters.js';
import { ACTS, sampleOf } from './sample-regimes.js';
import { statementWithPayment } from './sample-statements.js';

/** Reads as a person does: one kind of space and apostrophe. */
const read = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'");
const statementOf = (content: LetterContent): StatementOfClaim => {
  if (content.statement === undefined) throw new Error('sample without statement');
  return content.statement;
};

describe('legal grounds', () => {
  it('come from the lines of the statement: every rate, the article, in the letter’s language', () => {
    const content = { ...noticeA2(), statement: statementWithPayment() };
    expect(read(groundsOf(content).interestBasis ?? '')).toBe('taux annuels de 12,15 % et 12,40 %, C. com. art. L441-10 II');
    expect(read(groundsOf({ ...content, language: 'en' }).interestBasis ?? '')).toBe(
      'annual rates of 12.15% and 12.40%, French Commercial Code, art. L441-10 II',
    );
    expect(read(groundsOf(sampleOf('BE.business', 'formalNotice', 'nl')).interestBasis ?? '')).toBe(
      'jaarlijkse rentevoet van 10,5 %, wet van 2 augustus 2002, art. 5',
    );
  });

  it('T3: a rate agreed by contract is cited as its line cites it', () => {
    const content = sampleOf('BE.business', 'formalNotice', 'fr');
    const statement = statementOf(content);
    const lines = statement.lines.map((line) => ({
      ...line,
      source: { article: 'Loi du 2 août 2002, art. 7', title: 'Loi' },
      formula: { kind: 'clause' as const, percent: '12' },
    }));
    expect(read(groundsOf({ ...content, statement: { ...statement, lines } }).interestBasis ?? '')).toBe(
      'taux annuel de 10,5 %, loi du 2 août 2002, art. 7',
    );
  });

  it('are those of the caller where he names them', () => {
    const mine = { compensationBasis: 'article 4 du contrat', noticeBasis: ' ' };
    expect(groundsOf(noticeA2({ legalMentions: mine }))).toMatchObject({
      compensationBasis: 'article 4 du contrat',
      noticeBasis: 'C. civ. art. 1344',
    });
  });

  it('T1: the notice shows how each rate was made, rounding included', () => {
    expect(read(formalNoticeText(noticeA2()))).toContain('Taux : 12,15 % (BCE 2,15 % au 1er janvier 2026 + 10).');
    expect(read(formalNoticeText(sampleOf('BE.business', 'formalNotice', 'nl')))).toContain(
      'Rentevoet: 10,5 % (ECB 2,15 % op 1 januari 2026 + 8 = 10,15 %, naar boven afgerond op het halve punt).',
    );
    expect(read(formalNoticeText(sampleOf('FR.publicBody', 'formalNotice', 'fr')))).toContain('taux figé pour tout le retard');
    expect(formalNoticeText(sampleOf('BE.publicBody', 'formalNotice', 'fr'))).not.toMatch(/figé|fixé|mandatement/);
  });

  it('the amount per day is said to hold until the half-year ends', () => {
    const content = noticeA2();
    const statement = { ...statementOf(content), dailyUntil: day('2026-06-30') };
    expect(read(formalNoticeText({ ...content, statement }))).toContain("Le montant par jour vaut jusqu'au 30 juin 2026, fin du semestre.");
    const open = { ...statementOf(content), dailyUntil: day('2099-12-31') };
    expect(formalNoticeText({ ...content, statement: open })).not.toContain('2099');
  });

  it('no French stands in a Dutch or English letter but names, codes and the words mise en demeure and commissaire de justice', () => {
    const french =
      /\b(?:Loi|loi du|taux|art\. \S+ et|majoré|arrondi|août|intérêts?|facture|échéance|règlement|livre \d|Code de (?!commerce|la commande)|BCE|jours|calculée|restant)\b/u;
    for (const regime of REGIMES)
      for (const language of ['nl', 'en'] as const)
        for (const act of ACTS.filter((one) => one !== (regime === 'BE.consumer' ? 'courtesyMail' : 'firstReminder'))) {
          const content = sampleOf(regime, act, language);
          const text = act === 'formalNotice' ? formalNoticeText(content) : mailWords(content).text;
          expect([regime, language, act, french.exec(text)?.[0]]).toEqual([regime, language, act, undefined]);
        }
    const { history: _staff, grounds: _papers, debtorContacts: _contacts, ...summary } = handOverA2({ language: 'en' });
    expect(
      french.exec(
        handOverSummaryText({ ...summary, history: [], grounds: [], debtorContacts: [], signatory: { name: 'X', title: 'Y' } }).replaceAll(
          /^facture-.*|^mise-en.*/gm,
          '',
        ),
      ),
    ).toBeNull();
  });
});

describe('CDE XIX.2: the free days of a Belgian consumer', () => {
  const on = day('2026-03-12');
  const early = (act: 'formalMail' | 'firmMail' | 'formalNotice', more: Partial<LetterContent>): LetterContent => {
    const { statement: _claim, nextStep: _step, ...content } = sampleOf('BE.consumer', act, 'fr');
    return {
      ...content,
      on,
      invoices: content.invoices.map((invoice) => ({ ...invoice, daysOverdue: 10 })),
      payment: { ...content.payment, amountMinor: 21_500n },
      ...more,
    };
  };

  it('A27: a mail whose deadline lies inside them is refused, one that leaves them whole is written', () => {
    for (const deadlineOn of [day('2026-03-13'), day('2026-03-24')])
      expect(() => mailWords(early('formalMail', { deadlineOn }))).toThrow(
        expect.objectContaining({ code: 'contentInconsistent', facts: { field: 'deadlineOn', needs: 'conduct.firstReminder' } }),
      );
    expect(mailWords(early('formalMail', { deadlineOn: day('2026-03-25') })).text).toContain('25\u00a0mars');
  });

  it('A27: a mail that asks for payment at once is refused while they run', () => {
    const { deadlineOn: _none, ...content } = early('firmMail', {});
    expect(() => mailWords(content)).toThrow(expect.objectContaining({ code: 'wordingForbidden' }));
  });

  it('A27: a notice whose days could end inside them is refused', () => {
    expect(() => mailWords(early('formalNotice', { deadlineDays: 12, interestUnknown: true }))).toThrow(
      expect.objectContaining({ facts: { field: 'deadlineDays', needs: 'conduct.firstReminder' } }),
    );
    expect(mailWords(early('formalNotice', { deadlineDays: 15, interestUnknown: true })).subject).toContain('Mise en demeure');
  });

  it('the free reminder itself knows one limit, the last free day', () => {
    const content = { ...sampleOf('BE.consumer', 'firstReminder', 'fr'), deadlineOn: day('2026-03-17') };
    const found = (text: string) =>
      checkWording(text, {
        act: 'firstReminder',
        regime: 'BE.consumer',
        language: 'fr',
        facts: { knownDays: factsOf(content).knownDays ?? [] },
      });
    expect(factsOf(content).deadlineOn).toBeUndefined();
    expect(found('Merci de payer au plus tard le 17 mars.').map(({ mention }) => mention)).toEqual(['fakeDeadline']);
    expect(found('Merci de payer au plus tard le 24 mars.')).toEqual([]);
  });
});
