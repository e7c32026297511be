import { describe, expect, it } from 'vitest';
import { formalNoticeText } from './formal-notice.js';
import type { CreditorParty, Language } from './letter-content.js';
import { companyMentions } from './parties.js';
import { postLetterText } from './post-letter.js';
import { mailWords, renderMail } from './render-mail.js';
import { letterA2, letterB11, MIRANDOLE, noticeA2, ZEPHYRINE } from './sample-letters.js';

const FRENCH: CreditorParty = { ...MIRANDOLE, shareCapital: { amountMinor: 5_000_000n, currency: 'EUR' }, register: 'Lyon' };
const BELGIAN: CreditorParty = { ...ZEPHYRINE, register: 'Liège, division Namur' };
const FRENCH_FOOT = 'SAS au capital de 50\u202f000\u00a0€, SIREN\u00a0000\u00a0000\u00a0109, RCS\u00a0Lyon, TVA\u00a0FR48000000109';

const foot = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';

describe('what a letter says of its sender at the foot', () => {
  it('C. com. R123-237 and R123-238: form, capital, number and the register’s town, in mail, plain letter and notice', async () => {
    const mail = letterA2('courtesyMail', '2026-03-06', 8, { creditor: FRENCH });
    expect(foot(mailWords(mail).text)).toBe(FRENCH_FOOT);
    expect((await renderMail(mail)).html).toContain('RCS\u00a0Lyon');
    for (const text of [postLetterText(mail), formalNoticeText(noticeA2({ creditor: FRENCH }))]) {
      expect(foot(text)).toBe(`Menuiserie Mirandole SAS, 12 quai des Copeaux, 69002 Lyon, ${FRENCH_FOOT}`);
    }
  });

  it.each<[Language, string]>([
    ['fr', 'RPM\u00a0Liège, division Namur'],
    ['nl', 'RPR\u00a0Liège, division Namur'],
    ['en', 'RPM\u00a0Liège, division Namur'],
  ])('CSA 2:20, in %s: the name with its form, the enterprise number, the register with its court', (language, register) => {
    const text = foot(postLetterText(letterB11('courtesyMail', language, { creditor: BELGIAN })));
    expect(text).toContain('Imprimerie Zéphyrine SRL');
    expect(text).toContain('0000.000.196');
    expect(text).toContain(register);
  });

  it('cents of a capital are printed where there are some, and never asked of the debtor as a sum', () => {
    const [capital] = companyMentions({ ...FRENCH, shareCapital: { amountMinor: 762_245n, currency: 'EUR' } }, 'fr');
    expect(capital).toBe('SAS au capital de 7\u202f622,45\u00a0€');
    expect(companyMentions(FRENCH, 'nl')[0]).toBe('SAS met een kapitaal van €\u00a050.000');
    expect(companyMentions(FRENCH, 'en')[0]).toBe('SAS with a share capital of €50,000');
  });

  it('what the creditor did not give is left out, and what it gave stays one line', () => {
    expect(companyMentions(MIRANDOLE, 'fr')).toEqual(['SIREN\u00a0000\u00a0000\u00a0109', 'TVA\u00a0FR48000000109']);
    expect(companyMentions({ ...MIRANDOLE, register: 'Lyon\nhuissier' }, 'fr')[1]).toBe('RCS\u00a0Lyon huissier');
  });
});
