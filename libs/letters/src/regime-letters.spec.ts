import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { checkMentions } from './check-wording.js';
import { formalNoticeText, renderFormalNotice } from './formal-notice.js';
import type { Language, LetterContent } from './letter-content.js';
import { postLetterText, renderPostLetter } from './post-letter.js';
import { mailWords } from './render-mail.js';
import { REGIMES } from './sample-cases.js';
import { statementOf } from './sample-claims.js';
import { ACTS, postedFirstReminder, sampleOf } from './sample-regimes.js';

const LANGUAGES: readonly Language[] = ['fr', 'nl', 'en'];
/** Reads as a person does: one kind of space and apostrophe. */
const read = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'");
const actsOf = (regime: (typeof REGIMES)[number]) =>
  ACTS.filter((act) => act !== (regime === 'BE.consumer' ? 'courtesyMail' : 'firstReminder'));

describe.each(REGIMES)('letters under %s', (regime) => {
  it.each(LANGUAGES)('C20–C25, N21: hold every mention and no forbidden word, on every act, in %s', async (language) => {
    for (const act of actsOf(regime)) {
      const content = sampleOf(regime, act, language);
      const mail = mailWords(content);
      const text = act === 'formalNotice' ? formalNoticeText(content) : `${mail.subject}\n\n${mail.text}`;
      expect([act, checkMentions(text, content)]).toEqual([act, []]);
    }
  });

  it('on paper say the same and are drawn as one page', async () => {
    for (const act of actsOf(regime).filter((candidate) => candidate !== 'formalNotice' && candidate !== 'recall')) {
      const content = sampleOf(regime, act, 'fr');
      const mail = mailWords(content);
      const paper = postLetterText(content);
      expect(checkMentions(paper, content)).toEqual([]);
      for (const amount of mail.text.match(/\d[\d\u202f]*,\d\d\u00a0€/g) ?? []) expect(paper).toContain(amount);
    }
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const content = sampleOf(regime, 'firmMail', 'fr');
    expect((await PDFDocument.load(renderPostLetter(content))).getPageCount()).toBe(1);
    expect((await PDFDocument.load(renderFormalNotice(sampleOf(regime, 'formalNotice', 'fr')))).getPageCount()).toBe(1);
  });
});

describe('T2, A18: a French consumer', () => {
  const consumer = (act: LetterContent['act'], more: Partial<LetterContent> = {}) => ({ ...sampleOf('FR.consumer', act, 'fr'), ...more });

  it('K8: is never told of 40 €, interest or fees before the notice, in any language', async () => {
    for (const language of LANGUAGES)
      for (const act of ['courtesyMail', 'formalMail', 'firmMail', 'promiseConfirmation', 'plan'] as const) {
        const { text, subject } = mailWords(sampleOf('FR.consumer', act, language));
        expect(`${subject}${text}`).not.toMatch(/(?<!\d)40[,.]00|intérêt|interest|indemnité|vergoeding|compensation|L441|D441|pénalit/i);
      }
  });

  it('gets a notice over the principal, with interest from receipt, fifteen days and the mediator', () => {
    const text = read(formalNoticeText(consumer('formalNotice')));
    expect(text).toContain('Nous vous mettons en demeure de payer 640,00 €, sous quinze jours à compter de la réception.');
    expect(text).toContain('cette somme porte intérêt au taux légal (C. civ. art. 1231-6 et 1344-1).');
    expect(text).toContain('Médiation Val de Loire');
    expect(text).not.toMatch(/(?<!\d)40,00|Indemnité|Intérêts de retard/);
  });

  it('a claim with 40 €, or with interest before a served notice, is refused', async () => {
    const bare = statementOf('FR.consumer', '2026-04-01');
    const forty = { ...bare, compensationOpenMinor: 4_000n, claimTotalMinor: 68_000n };
    expect(() => mailWords(consumer('firmMail', { statement: forty }))).toThrow(
      expect.objectContaining({
        code: 'contentInconsistent',
        facts: { field: 'statement.compensation' },
      }),
    );
    const early = { ...bare, interestOpenMinor: 100n, claimTotalMinor: 64_100n };
    expect(() => formalNoticeText(consumer('formalNotice', { statement: early }))).toThrow(
      expect.objectContaining({ facts: { field: 'statement.interest', needs: 'conduct.noticeServedOn' } }),
    );
  });

  it('without a named mediator none is promised', () => {
    const { mediator: _none, ...creditor } = consumer('formalNotice').creditor;
    expect(formalNoticeText(consumer('formalNotice', { creditor }))).not.toContain('médiateur');
  });

  it('a second notice claims the interest that ran since the first was served', () => {
    const [line] = statementOf('FR.publicBody', '2026-03-30').lines;
    if (line === undefined) throw new Error('sample without line');
    const source = { article: 'C. civ. art. 1231-6', title: 'Code civil' };
    const interest = {
      ...line,
      firstDay: day('2026-04-02'),
      lastDay: day('2026-04-21'),
      days: 20,
      baseMinor: 64_000n,
      ratePercent: '2.62',
      formula: { kind: 'legalRate' as const, percent: '2.62', creditor: 'professional' as const, since: day('2026-01-01') },
      interestMinor: 92n,
      source,
    };
    const statement = {
      ...statementOf('FR.consumer', '2026-04-21'),
      interestAccruedMinor: 92n,
      interestOpenMinor: 92n,
      claimTotalMinor: 64_092n,
      lines: [interest],
    };
    const content = consumer('formalNotice', {
      on: day('2026-04-21'),
      statement,
      conduct: { noticeServedOn: day('2026-04-01') },
      invoices: consumer('formalNotice').invoices.map((invoice) => ({ ...invoice, daysOverdue: 50 })),
      payment: { ...consumer('formalNotice').payment, amountMinor: 64_092n },
    });
    const text = read(formalNoticeText(content));
    expect(text).toContain('Les intérêts au taux légal courent depuis la réception de notre mise en demeure, le 1er avril 2026');
    expect(text).toContain('Total | 640,92 €');
    expect(checkMentions(formalNoticeText(content), content)).toEqual([]);
  });
});

describe('T8, A27: a Belgian consumer', () => {
  const belgian = (act: LetterContent['act'], more: Partial<LetterContent> = {}) => ({ ...sampleOf('BE.consumer', act, 'fr'), ...more });

  it.each(LANGUAGES)('first gets the free reminder with all its mentions, in %s', async (language) => {
    const content = sampleOf('BE.consumer', 'firstReminder', language);
    const { text } = mailWords(content);
    for (const part of ['0000.000.196', 'Imprimerie Zéphyrine SRL', '36', '215', content.firstReminder?.description ?? '?', 'B13'])
      expect(text).toContain(part);
    expect(read(text)).toContain(
      { fr: 'au plus tard le 24 mars 2026', nl: 'uiterlijk op 24 maart 2026', en: 'no later than 24 March 2026' }[language],
    );
  });

  it.each([
    ['enterpriseNumber', /0000\.000\.196/g],
    ['futureIndemnity', /36,50\u00a0€/g],
    ['productDescription', /faire-part/g],
    ['freePeriod', /quatorze/g],
    ['claimFrom', /25\u00a0mars\u00a02026/g],
    ['dueDate', /2\u00a0mars\u00a02026/g],
    ['freeOfCharge', /gratuit/gi],
    ['remainingPrincipal', /215,00/g],
  ])('A27: %s is missed when its words are taken out, with the article', async (mention, words) => {
    const content = belgian('firstReminder');
    const { text } = mailWords(content);
    const finding = checkMentions(text.replace(words, ''), content).find((candidate) => candidate.mention === mention);
    expect([finding?.kind, finding?.article]).toEqual(['missing', 'CDE art. XIX.2']);
  });

  it('A27: is refused without the enterprise number or the indemnity to come', async () => {
    const { enterpriseNumber: _none, ...creditor } = belgian('firstReminder').creditor;
    expect(() => mailWords(belgian('firstReminder', { creditor }))).toThrow(
      expect.objectContaining({
        facts: { field: 'creditor.enterpriseNumber' },
      }),
    );
    const { firstReminder: _nothing, ...bare } = belgian('firstReminder');
    expect(() => mailWords(bare)).toThrow(expect.objectContaining({ facts: { field: 'firstReminder' } }));
  });

  it('by post reckons the free period from the post: BE-7', () => {
    const text = read(postLetterText(postedFirstReminder('fr')));
    expect(text).toContain("augmenté du temps d'acheminement de cette lettre : si vous payez 215,00 € au plus tard le 29 novembre 2026");
    expect(text).toContain('à partir du 30 novembre 2026');
  });

  it('is told that nothing more will be claimed when the contract holds no clause', async () => {
    const first = {
      by: 'electronic',
      claimFromOn: day('2026-03-25'),
      freeDays: 14,
      indemnityMinor: 0n,
      description: 'faire-part',
    } as const;
    expect(read(mailWords(belgian('firstReminder', { firstReminder: first })).text)).toContain(
      'Passé ce délai, aucune indemnité forfaitaire ne vous sera réclamée',
    );
  });

  it('gets no courtesy mail, and no indemnity before the free days are over', async () => {
    expect(() => mailWords(belgian('courtesyMail'))).toThrow(expect.objectContaining({ code: 'actNotForRegime' }));
    const early = {
      firstReminder: { sentOn: day('2026-03-10'), by: 'electronic' as const, claimFrom: day('2026-03-26'), isComplete: true },
    };
    expect(() => mailWords(belgian('firmMail', { conduct: early }))).toThrow(expect.objectContaining({ code: 'contentInconsistent' }));
    const spoilt = { firstReminder: { ...early.firstReminder, claimFrom: day('2026-03-25'), isComplete: false } };
    expect(() => mailWords(belgian('firmMail', { conduct: spoilt }))).toThrow(expect.objectContaining({ code: 'contentInconsistent' }));
  });

  it('B13: then owes 251.50, each part with its article, and nothing else', async () => {
    const text = read(mailWords(belgian('firmMail')).text);
    expect(text).toContain('principal 215,00 €, indemnité forfaitaire 36,50 € (Code de droit économique, art. XIX.4), soit 251,50 €.');
    expect(text).toContain('le délai de paiement sans frais a pris fin le 24 mars 2026');
    expect(read(formalNoticeText(belgian('formalNotice')))).toContain('Indemnité : 30,00 € + 10 % de 65,00 €');
  });
});

describe('other debtors', () => {
  it('a public body is written to in its register, with moratory interest and 40 €', () => {
    const text = read(formalNoticeText(sampleOf('FR.publicBody', 'formalNotice', 'fr')));
    expect(text).toContain("Nous avons l'honneur");
    expect(text).toContain("jusqu'à la date de mise en paiement incluse");
    expect(text).toContain('Intérêts moratoires | 32,76 €');
    expect(text).toContain('Total | 3 172,76 €');
  });

  it('a waiver towards a public body is not printed: it would be void', async () => {
    expect(mailWords(sampleOf('FR.publicBody', 'thankYou', 'fr')).text).not.toContain('renonçons');
    expect(mailWords(sampleOf('FR.publicBody', 'plan', 'fr')).text).not.toContain('renonçons');
  });

  it('A19: co-owners owe the principal, without consumer law; an unknown debtor gets no letter', async () => {
    const text = formalNoticeText(sampleOf('FR.coOwners', 'formalNotice', 'fr'));
    expect(text).not.toMatch(/L441|(?<!\d)40,00|consommat/);
    const unknown = { ...sampleOf('FR.consumer', 'formalMail', 'fr'), regime: 'FR.unknown' as const };
    expect(() => mailWords(unknown)).toThrow(expect.objectContaining({ code: 'contentIncomplete', facts: { field: 'regime' } }));
  });
});

describe('a plan', () => {
  const plan = sampleOf('FR.business', 'plan', 'fr');

  it('acknowledges the total, lists the instalments, says how they are imputed', async () => {
    const text = read(mailWords(plan).text);
    expect(text).toContain('reconnaît devoir à Menuiserie Mirandole SAS la somme de 4 860,00 €');
    expect(text).toContain('- 15 avril 2026 : 2 430,00 €');
    expect(text).toContain("imputé d'abord sur le principal");
    expect(text).toContain('dans les huit jours');
  });

  it('is refused when its instalments do not make the total, or the total is no figure of the claim', async () => {
    const broken = { ...plan, plan: { ...(plan.plan as NonNullable<typeof plan.plan>), totalMinor: 486_001n } };
    expect(() => mailWords(broken)).toThrow(expect.objectContaining({ facts: { field: 'plan.totalMinor' } }));
    expect(() => mailWords({ ...plan, payment: { ...plan.payment, amountMinor: 486_000n } })).toThrow(
      expect.objectContaining({
        facts: { field: 'payment.amountMinor' },
      }),
    );
  });

  it('on paper has a place for the debtor’s signature', () => {
    expect(postLetterText(plan)).toContain('[Transports Vérendelle SARL, bon pour accord (date et signature)]');
  });
});
