import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { LETTERS_ROOT } from './asset.js';
import { formalNoticeText } from './formal-notice.js';
import { handOverSummaryText } from './hand-over-summary.js';
import type { InvoiceEvent, Language, LetterContent } from './letter-content.js';
import { mailWords } from './render-mail.js';
import { lastCallSheetText } from './last-call-sheet.js';
import { postLetterText } from './post-letter.js';
import { REGIMES, type SampleRegime } from './sample-cases.js';
import { ACTS, postedFirstReminder, sampleOf, sampleSheet } from './sample-regimes.js';
import { handOverA2, letterA2, letterB11, noticeA2, noticeWithPayment } from './sample-letters.js';
import { statementA2 } from './sample-statements.js';

const FOLDER = `${LETTERS_ROOT}/../../test/golden/letters`;
const rewrite = process.env.GOLDEN === 'write';
const LANGUAGES: readonly Language[] = ['fr', 'nl', 'en'];

const promise = { on: day('2026-03-12'), amountMinor: 486_000n, madeOn: day('2026-03-02'), by: 'M. Lenoir' };
const settledA2 = {
  ...letterA2('thankYou', '2026-04-20', 53).invoices[0],
  paidMinor: 486_000n,
  openMinor: 0n,
} as LetterContent['invoices'][number];
const received = { amountMinor: 486_000n, on: day('2026-04-20') };
const partner = {
  kind: 'collectionAgency' as const,
  legalName: 'Agence Tilleul',
  contactName: 'Mme Aubry',
  reference: 'T-77',
  handedOverOn: day('2026-04-13'),
};
const withClaim = { iban: 'FR1420041010050500013M02606', reference: 'RF18 5390 0754 7034', amountMinor: 493_236n };

const returned = { kind: 'paymentReversed', paidOn: day('2026-03-04'), on: day('2026-03-23'), amountMinor: 486_000n } as const;
const answered = { kind: 'disputeAnswered', openedOn: day('2026-03-09'), maintained: false } as const;
const note = { kind: 'creditNote', number: 'AV-A2', on: day('2026-03-26'), amountMinor: 18_000n } as const;
const broken = { kind: 'promiseBroken', madeOn: day('2026-03-09'), on: day('2026-03-19'), amountMinor: 486_000n } as const;
const dollars = { amountMinor: 486_000n, currency: 'USD' } as const;
const sentBack = { kind: 'paymentSentBack', paidOn: day('2026-03-13'), on: day('2026-03-18'), ...dollars } as const;

/** A2 after what the debtor did about it. */
function withPast(daysOverdue: number, past: readonly InvoiceEvent[]): LetterContent['invoices'][number] {
  const [invoice] = letterA2('courtesyMail', '2026-03-24', daysOverdue).invoices as [LetterContent['invoices'][number]];
  return { ...invoice, past };
}

/** One letter of each act, in each language, on the days of invoice A2. */
function mails(language: Language): Readonly<Record<string, LetterContent>> {
  const of = (content: LetterContent): LetterContent => ({ ...content, language });
  return {
    courtesyMailAfterCall: of(
      letterA2('courtesyMail', '2026-03-06', 8, {
        call: { on: day('2026-03-02'), outcome: 'reached', contactName: 'M. Lenoir' },
        deadlineOn: day('2026-03-20'),
        invoiceCopyAttached: true,
      }),
    ),
    courtesyMail: of(letterA2('courtesyMail', '2026-03-06', 8, { deadlineOn: day('2026-03-20'), nextStep: 'call' })),
    formalMail: of(letterA2('formalMail', '2026-03-11', 13, { deadlineOn: day('2026-03-18'), nextStep: 'reminder' })),
    firmMail: of(
      letterA2('firmMail', '2026-03-18', 20, {
        statement: statementA2('2026-03-18', 20, 3_236n, '2026-03-19'),
        payment: withClaim,
        deadlineOn: day('2026-03-25'),
        nextStep: 'formalNotice',
        earlierReminders: [
          { on: day('2026-03-06'), channel: 'email' },
          { on: day('2026-03-11'), channel: 'email' },
        ],
      }),
    ),
    courtesyMailAfterReturn: of(
      letterA2('courtesyMail', '2026-03-24', 26, { invoices: [withPast(26, [returned])], deadlineOn: day('2026-03-31') }),
    ),
    courtesyMailAfterDispute: of(
      letterA2('courtesyMail', '2026-03-26', 28, {
        invoices: [{ ...withPast(28, [answered, note]), creditedMinor: 18_000n, paidMinor: 18_000n, openMinor: 468_000n }],
        payment: { ...withClaim, amountMinor: 468_000n },
      }),
    ),
    formalMailAfterPromise: of(letterA2('formalMail', '2026-03-25', 27, { invoices: [withPast(27, [sentBack, broken])] })),
    formalNotice: of(noticeA2()),
    promiseConfirmation: of(letterA2('promiseConfirmation', '2026-03-02', 4, { promise })),
    thankYou: of(letterA2('thankYou', '2026-04-20', 53, { invoices: [settledA2], received, accessories: 'waived' })),
    recall: of({ ...letterA2('thankYou', '2026-04-20', 53, { invoices: [settledA2], received, partner }), act: 'recall' }),
  };
}

function letters(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const language of LANGUAGES) {
    for (const [name, content] of Object.entries(mails(language))) {
      const mail = mailWords(content);
      texts.set(`${language}-${name}.mail.txt`, `Subject: ${mail.subject}\n\n${mail.text}`);
    }
    texts.set(`${language}-formalNotice-BE.pdf.txt`, formalNoticeText(letterB11('formalNotice', language, { nextStep: 'bailiff' })));
    texts.set(`${language}-handOverSummary.pdf.txt`, handOverSummaryText(handOverA2({ language })));
  }
  for (const regime of REGIMES) for (const language of LANGUAGES) texts.set(`${regime}-${language}.txt`, lettersOf(regime, language));
  texts.set('fr-formalNotice-FR.pdf.txt', formalNoticeText(noticeA2()));
  texts.set('fr-formalNotice-FR-partPayment.pdf.txt', formalNoticeText(noticeWithPayment()));
  return texts;
}

/** Every act of a regime in one language, one after the other. */
function lettersOf(regime: SampleRegime, language: Language): string {
  const parts: string[] = [];
  const free = regime === 'BE.consumer';
  for (const act of ACTS.filter((candidate) => candidate !== (free ? 'courtesyMail' : 'firstReminder'))) {
    const content = sampleOf(regime, act, language);
    const mail = mailWords(content);
    parts.push(`===== ${act}, mail\n\nSubject: ${mail.subject}\n\n${mail.text}`);
    if (act === 'formalNotice') parts.push(`===== ${act}, PDF\n\n${formalNoticeText(content)}`);
    if (act === 'plan' || act === 'firmMail') parts.push(`===== ${act}, on paper\n\n${postLetterText(content)}`);
  }
  if (free) parts.push(`===== firstReminder, on paper\n\n${postLetterText(postedFirstReminder(language))}`);
  parts.push(`===== lastCallSheet\n\n${lastCallSheetText(sampleSheet(regime, language))}`);
  return parts.join('\n');
}

describe('letters as they read', () => {
  it('are those in test/golden/letters (GOLDEN=write rewrites them)', () => {
    const texts = letters();
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, text] of texts) {
      const path = `${FOLDER}/${name}`;
      if (rewrite) writeFileSync(path, text);
      expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined, name).toBe(text);
    }
    expect(readdirSync(FOLDER).sort()).toEqual([...texts.keys()].sort());
  }, 60_000);
});
