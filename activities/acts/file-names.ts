import type { Language } from '#letters';

/** What a reader finds in his folder of downloads: the word of the document in his language, and the number. */
const WORDS = {
  formalNotice: { fr: 'mise-en-demeure', nl: 'ingebrekestelling', en: 'formal-notice' },
  reminder: { fr: 'rappel', nl: 'herinnering', en: 'reminder' },
  invoice: { fr: 'facture', nl: 'factuur', en: 'invoice' },
  callSheet: { fr: 'appel', nl: 'telefoonfiche', en: 'call-sheet' },
} as const satisfies Record<string, Record<Language, string>>;

/** For example `mise-en-demeure-F-2026-001.pdf`, `factuur-B13.pdf`. */
export function pdfName(document: keyof typeof WORDS, language: Language, reference: string): string {
  return `${WORDS[document][language]}-${safeName(reference)}.pdf`;
}

/** Letters, digits and `._-`, 60 characters at most: what every file system and mail header takes. */
export function safeName(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
}
