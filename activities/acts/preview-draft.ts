import type { MessageDraft } from '#casework';
import { checkMentions, formalNoticeText, LetterError, type LetterErrorCode, mailWords, postLetterText, renderMail } from '#letters';
import { actOf, letterContent } from './letter-content.js';

/** What a draft would say, without making the letter: the very words of the renderers, and the sum that is asked. */
export interface DraftWords {
  readonly subject: string;
  /** The mail as plain text; of a notice the registered letter, of a reminder by post the letter. */
  readonly text: string;
  /** Interest and indemnity of the day included where the law lets them be asked. Minor units. */
  readonly askedMinor: bigint;
  readonly language: 'fr' | 'nl' | 'en';
}

/** Words of a coming mail or notice, checked as the renderer checks them. Throws `LetterError` where the letter could not be written. */
export function wordsOfDraft(draft: MessageDraft): DraftWords {
  const content = letterContent(draft);
  const { language, payment } = content;
  const act = actOf(draft.template);
  if (act === 'handOverSummary' || act === 'lastCallSheet')
    throw new LetterError('contentIncomplete', 'No letter to a debtor', { field: 'act' });
  const { subject, text: mail } = mailWords({ ...content, act });
  const text = act === 'formalNotice' ? formalNoticeText(content) : draft.channel === 'post' ? postLetterText(content) : mail;
  return { subject, text, askedMinor: payment.amountMinor, language };
}

/** Why a letter could not be written: what is wrong, the sentence in which it stands, and the article that forbids or asks for it. */
export interface WordsRefusal {
  readonly code: LetterErrorCode;
  readonly sentence?: string;
  readonly article?: string;
  readonly why?: string;
}

/** Reads a draft as the renderer will; undefined when it can be written as it stands. */
export function refusalOfDraft(draft: MessageDraft): WordsRefusal | undefined {
  try {
    wordsOfDraft(draft);
    return undefined;
  } catch (error) {
    if (!(error instanceof LetterError)) throw error;
    const { sentence, article, articles } = error.facts;
    const why = sentence && checkMentions(sentence, letterContent(draft)).find(({ kind }) => kind === 'forbidden')?.why;
    const source = article ?? articles;
    return { code: error.code, ...(sentence ? { sentence } : {}), ...(source ? { article: source } : {}), ...(why ? { why } : {}) };
  }
}

/** The coming mail as it will read, its payment code set in. Throws as `wordsOfDraft` does. */
export async function pageOfDraft(draft: MessageDraft): Promise<string> {
  const { html, inlineImages } = await renderMail({ ...letterContent(draft), act: actOf(draft.template) });
  return inlineImages.reduce(
    (page, { cid, contentType, base64 }) => page.replaceAll(`cid:${cid}`, () => `data:${contentType};base64,${base64}`),
    html,
  );
}
