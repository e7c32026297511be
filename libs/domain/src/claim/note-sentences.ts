import type { ClaimNoteCode } from './claim-note.js';
import type { ExplanationLanguage } from './figures.js';

type Sentence = (fact: (name: string) => string) => string;

/** One sentence per note and language, without article and full stop. */
export const NOTE_SENTENCES: Readonly<Record<ClaimNoteCode, Readonly<Record<ExplanationLanguage, Sentence>>>> = {
  noCompensationOutsideBusiness: {
    fr: () => 'Aucune indemnité de recouvrement ni aucun frais\u202f: le débiteur n’agit pas à titre professionnel',
    nl: () => 'Geen invorderingsvergoeding en geen kosten: de schuldenaar handelt niet beroepsmatig',
    en: () => 'No recovery compensation and no costs: the debtor does not act in the course of a business',
  },
  noCompensationInsolvency: {
    fr: (f) =>
      f('claimableFrom') === ''
        ? `Aucune indemnité\u202f: la procédure collective ouverte le ${f('openedOn')} a précédé le retard`
        : `Aucune indemnité\u202f: elle n’aurait pu être réclamée qu’à partir du ${f('claimableFrom')}, et la procédure collective a été ouverte le ${f('openedOn')}`,
    nl: (f) =>
      f('claimableFrom') === ''
        ? `Geen vergoeding: de insolventieprocedure, geopend op ${f('openedOn')}, ging aan de betalingsachterstand vooraf`
        : `Geen vergoeding: ze had pas vanaf ${f('claimableFrom')} gevorderd kunnen worden en de insolventieprocedure werd geopend op ${f('openedOn')}`,
    en: (f) =>
      f('claimableFrom') === ''
        ? `No lump sum: the insolvency opened on ${f('openedOn')}, before the payment was late`
        : `No lump sum: it could only have been claimed from ${f('claimableFrom')}, and the insolvency opened on ${f('openedOn')}`,
  },
  noCompensationAbolished: {
    fr: (f) => `Aucune indemnité forfaitaire n’était en vigueur pour l’échéance du ${f('dueOn')}`,
    nl: (f) => `Voor de vervaldag ${f('dueOn')} gold geen forfaitaire vergoeding`,
    en: (f) => `No fixed compensation was in force for the due date of ${f('dueOn')}`,
  },
  interestFromNotice: {
    fr: (f) => `Les intérêts courent depuis le ${f('from')}, lendemain de la mise en demeure reçue le ${f('servedOn')}`,
    nl: (f) => `De interest loopt vanaf ${f('from')}, de dag na de ingebrekestelling van ${f('servedOn')}`,
    en: (f) => `Interest runs from ${f('from')}, the day after the formal notice of ${f('servedOn')}`,
  },
  noInterestWithoutNotice: {
    fr: () => 'Aucun intérêt\u202f: aucune mise en demeure postérieure à l’échéance n’est prouvée à ce jour',
    nl: () => 'Geen interest: er is tot op heden geen ingebrekestelling van na de vervaldag bewezen',
    en: () => 'No interest: no formal notice after the due date is proven so far',
  },
  freeReminderRunning: {
    fr: (f) => `Rien ne s’ajoute au principal jusqu’au ${f('freeUntil')} inclus, fin du premier rappel gratuit`,
    nl: (f) => `Tot en met ${f('freeUntil')}, einde van de kosteloze eerste herinnering, is enkel de hoofdsom verschuldigd`,
    en: (f) => `Only the principal is due up to and including ${f('freeUntil')}, the end of the free first reminder`,
  },
  paidWithinFreeReminder: {
    fr: (f) =>
      `Payé pendant le délai du premier rappel gratuit, qui courait jusqu’au ${f('freeUntil')}\u202f: ni indemnité, ni intérêt, ni frais`,
    nl: (f) => `Betaald binnen de termijn van de kosteloze eerste herinnering (tot ${f('freeUntil')}): geen vergoeding, interest of kosten`,
    en: (f) => `Paid within the free first reminder, which ran until ${f('freeUntil')}: no indemnity, interest or cost`,
  },
  noCostWithoutReminder: {
    fr: () => 'Seul le principal est dû\u202f: aucun premier rappel gratuit n’est prouvé à ce jour',
    nl: () => 'Enkel de hoofdsom is verschuldigd: er is tot op heden geen kosteloze eerste herinnering bewezen',
    en: () => 'Only the principal is due: no free first reminder is proven so far',
  },
  firstReminderIncomplete: {
    fr: (f) => `Seul le principal est dû\u202f: il manque une mention obligatoire au premier rappel du ${f('sentOn')}`,
    nl: (f) => `Enkel de hoofdsom is verschuldigd: in de eerste herinnering van ${f('sentOn')} ontbreekt een verplichte vermelding`,
    en: (f) => `Only the principal is due: the first reminder of ${f('sentOn')} lacks a mandatory mention`,
  },
  interestAfterFreeReminder: {
    fr: (f) => `Les intérêts courent depuis le ${f('from')}, après le délai du premier rappel gratuit`,
    nl: (f) => `De interest loopt vanaf ${f('from')}, na de termijn van de kosteloze eerste herinnering`,
    en: (f) => `Interest runs from ${f('from')}, after the period of the free first reminder`,
  },
  interestSinceReminderSent: {
    fr: (f) =>
      `Le créancier est une PME\u202f: la dette étant restée impayée après le ${f('freeUntil')}, les intérêts courent depuis le ${f('from')}, lendemain de l’envoi du rappel`,
    nl: (f) =>
      `De schuldeiser is een kmo: nu na ${f('freeUntil')} nog niet is betaald, loopt de interest vanaf ${f('from')}, de dag na de verzending van de herinnering`,
    en: (f) =>
      `The creditor is an SME: as the debt stayed unpaid after ${f('freeUntil')}, interest runs from ${f('from')}, the day after the reminder was sent`,
  },
  interestSinceClauseValid: {
    fr: (f) =>
      `Le créancier est une PME\u202f: la dette étant restée impayée après le ${f('freeUntil')}, les intérêts courent depuis le ${f('from')}, premier jour où la clause ne dépasse plus le plafond`,
    nl: (f) =>
      `De schuldeiser is een kmo: nu na ${f('freeUntil')} nog niet is betaald, loopt de interest vanaf ${f('from')}, de eerste dag waarop het beding het maximum niet meer overschrijdt`,
    en: (f) =>
      `The creditor is an SME: as the debt stayed unpaid after ${f('freeUntil')}, interest runs from ${f('from')}, the first day on which the clause no longer exceeds the cap`,
  },
  noIndemnityClause: {
    fr: () => 'Aucune indemnité\u202f: aucune clause du contrat n’en prévoit',
    nl: () => 'Geen forfaitaire vergoeding: de overeenkomst bevat geen schadebeding',
    en: () => 'No indemnity: the contract holds no clause for one',
  },
  indemnityClauseVoid: {
    fr: (f) =>
      `Aucune indemnité\u202f: la clause en demande ${f('askedMinor')} quand le barème s’arrête à ${f('capMinor')} pour ${f('remainingMinor')} restant dus\u202f; elle est nulle`,
    nl: (f) =>
      `Geen forfaitaire vergoeding: het beding vraagt ${f('askedMinor')} terwijl de wettelijke grens ${f('capMinor')} is voor een openstaand bedrag van ${f('remainingMinor')}; het is nietig`,
    en: (f) =>
      `No indemnity: the clause asks for ${f('askedMinor')} where the scale ends at ${f('capMinor')} for ${f('remainingMinor')} still due; it is void`,
  },
  interestClauseVoid: {
    fr: (f) =>
      `La clause de ${f('clausePercent')} dépasse le plafond de ${f('capPercent')} en vigueur depuis le ${f('from')}\u202f: elle est nulle, seul le taux légal reste dû`,
    nl: (f) =>
      `Het beding van ${f('clausePercent')} overschrijdt het maximum van ${f('capPercent')} dat geldt sinds ${f('from')}: het is nietig, alleen de wettelijke interest blijft verschuldigd`,
    en: (f) =>
      `The clause of ${f('clausePercent')} exceeds the cap of ${f('capPercent')} in force since ${f('from')}: it is void and only the legal rate remains`,
  },
  clauseBelowFloor: {
    fr: (f) =>
      `La clause (${f('clausePercent')}) est inférieure au plancher de ${f('floorPercent')} du semestre ouvert le ${f('from')}\u202f: le plancher s’applique`,
    nl: (f) =>
      `Het beding (${f('clausePercent')}) ligt onder het wettelijke minimum van ${f('floorPercent')} van het halfjaar dat begon op ${f('from')}: het minimum geldt`,
    en: (f) =>
      `The clause (${f('clausePercent')}) lies below the floor of ${f('floorPercent')} of the half-year begun on ${f('from')}: the floor applies`,
  },
  clauseNeedsReview: {
    fr: (f) =>
      `La clause de ${f('clausePercent')} vise un débiteur non professionnel\u202f: une personne en vérifie l’équité avant toute réclamation`,
    nl: (f) =>
      `Het beding van ${f('clausePercent')} treft een schuldenaar die niet beroepsmatig handelt: een medewerker toetst de billijkheid vóór elke vordering`,
    en: (f) => `The clause of ${f('clausePercent')} binds a debtor outside business: a person checks its fairness before it is claimed`,
  },
  interestClauseLeftOut: {
    fr: () => 'La clause d’intérêts du contrat est laissée de côté\u202f: le taux est celui que la loi fixe pour ce débiteur',
    nl: () => 'Het rentebeding van de overeenkomst blijft buiten beschouwing: de wet bepaalt de rentevoet voor deze schuldenaar',
    en: () => 'The interest clause of the contract is left aside: the law sets the rate for this debtor',
  },
  penaltyClauseLeftOut: {
    fr: () => 'La clause pénale du contrat n’est pas comprise dans ce décompte',
    nl: () => 'Het schadebeding van de overeenkomst is niet in deze afrekening opgenomen',
    en: () => 'The penalty clause of the contract is not part of this statement',
  },
  contractNotRead: {
    fr: () => 'Personne n’a encore relevé les clauses du contrat\u202f: le décompte suit les règles d’un contrat sans clause',
    nl: () => 'Niemand heeft de bedingen van de overeenkomst al nagelezen: de afrekening volgt de regels zonder beding',
    en: () => 'Nobody has read the contract yet: the statement follows the rules for a contract without clauses',
  },
  rateFrozen: {
    fr: (f) => `Le taux est celui du semestre où les intérêts ont commencé (${f('since')})\u202f; il ne change pas jusqu’au paiement`,
    nl: (f) => `De rentevoet is die van het halfjaar waarin de interest begon (${f('since')}); hij blijft gelijk tot de betaling`,
    en: (f) => `The rate is that of the half-year in which interest began (${f('since')}); it does not change until payment`,
  },
  waiverVoid: {
    fr: () =>
      'La renonciation aux intérêts ou à l’indemnité envers un acheteur public est réputée non écrite\u202f: le décompte n’en tient pas compte',
    nl: () =>
      'Afstand van interest of vergoeding tegenover een overheidsafnemer is zonder gevolg: de afrekening houdt er geen rekening mee',
    en: () => 'A waiver of interest or compensation towards a public buyer has no effect: the statement leaves it aside',
  },
  waiverApplied: {
    fr: (f) => `Le créancier renonce ${given(f, 'aux intérêts', 'à l’indemnité', 'et')}`,
    nl: (f) => `De schuldeiser doet afstand van ${given(f, 'de interest', 'de vergoeding', 'en')}`,
    en: (f) => `The creditor waives ${given(f, 'the interest', 'the lump sum', 'and')}`,
  },
  interestEndedByInsolvency: {
    fr: (f) => `Les intérêts s’arrêtent au ${f('until')}, veille du jugement d’ouverture`,
    nl: (f) => `De interest stopt op ${f('until')}, de dag vóór het vonnis dat de procedure opende`,
    en: (f) => `Interest ends on ${f('until')}, the day before the opening judgment`,
  },
  noInterestInsolvency: {
    fr: (f) =>
      `Aucun intérêt n’a couru\u202f: la procédure collective a été ouverte le ${f('openedOn')}, et les intérêts n’auraient commencé que le ${f('from')}${after(f, ', lendemain de la mise en demeure reçue le ')}`,
    nl: (f) =>
      `Er heeft nooit interest gelopen: de insolventieprocedure werd geopend op ${f('openedOn')} en de interest zou pas zijn ingegaan op ${f('from')}${after(f, ', de dag na de ingebrekestelling van ')}`,
    en: (f) =>
      `Interest never ran: the insolvency opened on ${f('openedOn')}, and interest would only have begun on ${f('from')}${after(f, ', the day after the formal notice of ')}`,
  },
  principalFirstByAgreement: {
    fr: () => 'Par accord écrit, les paiements s’imputent d’abord sur le principal',
    nl: () => 'Volgens schriftelijk akkoord worden betalingen eerst op de hoofdsom aangerekend',
    en: () => 'By written agreement, payments go to the principal first',
  },
};

/** The notice that interest would have followed, where there was one. */
function after(fact: (name: string) => string, words: string): string {
  return fact('servedOn') === '' ? '' : `${words}${fact('servedOn')}`;
}

function given(fact: (name: string) => string, interest: string, lumpSum: string, and: string): string {
  const parts = [fact('interest') === 'true' ? interest : '', fact('lumpSum') === 'true' ? lumpSum : ''];
  return parts.filter(Boolean).join(` ${and} `);
}
