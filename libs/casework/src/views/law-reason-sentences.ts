import type { ExplanationLanguage, GoverningLaw } from '#domain';
import type { InvoiceRow } from '#ports';

type InLanguages = Readonly<Record<ExplanationLanguage, string>>;

/** What an invoice keeps of the conflict-of-laws answer. */
export type LawOfInvoice = Pick<InvoiceRow, 'law' | 'lawKnown' | 'lawReason' | 'lawNote'>;

const LAWS: Readonly<Record<GoverningLaw, InLanguages>> = {
  FR: { fr: 'Le droit français s’applique', nl: 'Het Franse recht is van toepassing', en: 'French law applies' },
  BE: { fr: 'Le droit belge s’applique', nl: 'Het Belgische recht is van toepassing', en: 'Belgian law applies' },
};

const SELLER: InLanguages = {
  fr: 'aucune loi n’a été choisie, et c’est alors celle du pays où réside le vendeur (règlement Rome I, art. 4)',
  nl: 'er is geen rechtskeuze, zodat het recht van het land van de verkoper geldt (Rome I-verordening, art. 4)',
  en: 'no law was chosen, so that of the seller’s country governs (Rome I Regulation, art. 4)',
};

/** Why, by the code that the intake or a person recorded. */
const REASONS: Readonly<Record<string, InLanguages>> = {
  creditorResidence: SELLER,
  sellerResidence: SELLER,
  sameCountry: {
    fr: 'le vendeur et l’acheteur sont établis dans le même pays et aucune autre loi n’a été choisie (règlement Rome I, art. 4)',
    nl: 'verkoper en koper zijn in hetzelfde land gevestigd en er is geen ander recht gekozen (Rome I-verordening, art. 4)',
    en: 'seller and buyer are in the same country and no other law was chosen (Rome I Regulation, art. 4)',
  },
  chosen: {
    fr: 'le contrat l’a choisi (règlement Rome I, art. 3)',
    nl: 'de overeenkomst heeft het gekozen (Rome I-verordening, art. 3)',
    en: 'the contract chose it (Rome I Regulation, art. 3)',
  },
  consumerProtection: {
    fr: 'l’acheteur est un consommateur de ce pays, vers lequel le vendeur dirigeait son activité (règlement Rome I, art. 6)',
    nl: 'de koper is een consument uit dat land, waarop de verkoper zijn activiteit richtte (Rome I-verordening, art. 6)',
    en: 'the buyer is a consumer of that country, to which the seller directed its activity (Rome I Regulation, art. 6)',
  },
  decidedByPerson: {
    fr: 'le créancier en a décidé ainsi',
    nl: 'de schuldeiser heeft zo beslist',
    en: 'the creditor decided so',
  },
};

const UNKNOWN: InLanguages = {
  fr: 'La loi applicable n’est pas encore établie\u202f: rien n’est calculé, écrit ni envoyé avant (règlement Rome I, art. 3, 4 et 6).',
  nl: 'Het toepasselijke recht staat nog niet vast: tot dan wordt niets berekend, geschreven of verzonden (Rome I-verordening, art. 3, 4 en 6).',
  en: 'The governing law is not settled yet: until then nothing is computed, written or sent (Rome I Regulation, arts 3, 4 and 6).',
};

const NOT_COVERED: InLanguages = {
  fr: 'La loi de cette facture n’est ni française ni belge\u202f: rien n’est calculé, écrit ni envoyé tant que la finance n’a pas décidé.',
  nl: 'Het recht van deze factuur is noch Frans noch Belgisch: zolang de financiële dienst niet beslist, wordt niets berekend, geschreven of verzonden.',
  en: 'The law of this invoice is neither French nor Belgian: nothing is computed, written or sent until finance has decided.',
};

const GAPS: InLanguages = { fr: '\u202f', nl: '', en: '' };

/**
 * The conflict-of-laws answer of an invoice as a sentence, the note of whoever decided it included:
 * `Le droit français s’applique : le contrat l’a choisi (règlement Rome I, art. 3).`
 */
export function lawReasonSentence({ law, lawKnown, lawReason, lawNote }: LawOfInvoice, language: ExplanationLanguage): string {
  if (!lawKnown) return (lawReason === 'lawNotCovered' ? NOT_COVERED : UNKNOWN)[language];
  const reason = (REASONS[lawReason === 'override' ? 'decidedByPerson' : lawReason] ?? REASONS['decidedByPerson'])?.[language] ?? '';
  const gap = GAPS[language];
  const note = lawNote ? `${gap}; ${lawNote.replace(/[\s.]+$/, '')}` : '';
  return `${LAWS[law][language]}${gap}: ${reason}${note}.`;
}

/** The sentence in every language, for answers that are not in one. */
export function lawReasonSentences(invoice: LawOfInvoice): Record<ExplanationLanguage, string> {
  return { fr: lawReasonSentence(invoice, 'fr'), nl: lawReasonSentence(invoice, 'nl'), en: lawReasonSentence(invoice, 'en') };
}
