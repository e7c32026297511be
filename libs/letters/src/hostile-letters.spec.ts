import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderFormalNotice } from './formal-notice.js';
import { renderLastCallSheet } from './last-call-sheet.js';
import type { LetterContent } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { postLetterText, renderPostLetter } from './post-letter.js';
import { renderMail } from './render-mail.js';
import { REGIMES, type SampleRegime } from './sample-cases.js';
import { ACTS, sampleOf, sampleSheet } from './sample-regimes.js';

const FRAGMENTS = [
  '<script>alert(1)</script>',
  '<mj-raw>',
  '</mj-text>',
  '{{ creditor.name }}',
  '{% raw %}',
  '#panic("x")',
  '$x$',
  '*gras*',
  '@ref',
  '<label>',
  '\\',
  '"]',
  '&amp;',
  '\r\nBcc: x@evil.example',
  '\u2028',
  '\u202e',
  '\u200b',
  '=HYPERLINK("http://evil")',
  'Zoé & Fils',
  'L’Étude Huissier',
  '% 5',
  '-- ',
  '| a | b |',
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 12 })), { minLength: 1, maxLength: 5 })
  .map((parts) => `N${parts.join(' ')}`);

/** Every free text of a letter taken from hostile input. */
function spoilt(content: LetterContent, [one, two, three]: readonly [string, string, string]): LetterContent {
  return {
    ...content,
    creditor: {
      ...content.creditor,
      legalName: one,
      addressLines: [two, three],
      ...(content.creditor.mediator ? { mediator: { name: three, website: two } } : {}),
    },
    signatory: { name: two, title: three },
    debtor: { ...content.debtor, legalName: two, addressLines: [one], contactName: three },
    invoices: content.invoices.map((invoice) => ({ ...invoice, number: three, orderReference: one })),
    payment: { ...content.payment, withoutQr: true, reference: one },
    ...(content.promise ? { promise: { ...content.promise, by: one } } : {}),
    ...(content.plan ? { plan: { ...content.plan, by: one } } : {}),
    ...(content.partner ? { partner: { ...content.partner, legalName: one, contactName: two, reference: three } } : {}),
    ...(content.firstReminder ? { firstReminder: { ...content.firstReminder, description: `cours de piano ${two}` } } : {}),
  };
}

const letter = fc
  .record({
    regime: fc.constantFrom<SampleRegime>(...REGIMES),
    act: fc.constantFrom(...ACTS),
    language: fc.constantFrom('fr' as const, 'nl' as const, 'en' as const),
    names: fc.tuple(hostile, hostile, hostile),
  })
  .filter(({ regime, act }) => act !== (regime === 'BE.consumer' ? 'courtesyMail' : 'firstReminder'))
  .map(({ regime, act, language, names }) => spoilt(sampleOf(regime, act, language), names));

/** What a letter from hostile input may do instead of being written: say why, by its code. */
function refusal(error: unknown): string {
  if (error instanceof LetterError) return error.code;
  throw error;
}

describe('hostile names, references and descriptions', () => {
  it('never become markup, template, header or a line of their own in a mail', async () => {
    await fc.assert(
      fc.asyncProperty(letter, async (content) => {
        const mail = await renderMail(content);
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect(mail.html).not.toMatch(/<script|<mj-|<label>|<title>[^<]*<(?!\/title)/);
        expect(mail.html.match(/(src|href)="(?!cid:)[^"]*"/g) ?? []).toEqual([]);
        expect(mail.text).not.toMatch(/^Bcc:/m);
        expect(mail.text).not.toMatch(/[\u2028\u202e]|(?!\n)\p{Cc}/u);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('are printed as they stand or refused by name, on paper too', () => {
    fc.assert(
      fc.property(letter, (content) => {
        try {
          const bytes =
            content.act === 'formalNotice'
              ? renderFormalNotice(content)
              : content.act === 'recall'
                ? renderLastCallSheet({ ...sampleSheet('FR.business', content.language), disputes: [content.creditor.legalName] })
                : renderPostLetter(content);
          expect(bytes.byteLength).toBeGreaterThan(5_000);
        } catch (error) {
          expect(refusal(error)).toBe('characterNotPrintable');
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('stay on their line in what is printed', () => {
    const text = postLetterText(spoilt(sampleOf('FR.consumer', 'formalMail', 'fr'), ['A\r\nB', 'C\u2028D', 'E\u202eF']));
    expect(text).toContain('A B');
    expect(text).toContain('C D');
    expect(text).not.toMatch(/[\r\u2028\u202e]/);
  });
});
