import type { StageVerdictRow } from '#ports';

type Language = 'fr' | 'en' | 'nl';
type Sentence = Readonly<Record<Language, string>>;

/** What each code of a verdict means to a reader; the codes of `judgeSend` and of the acts. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  allChecksPassed: {
    fr: 'Envoyé : toutes les vérifications étaient bonnes au moment de l’envoi.',
    en: 'Sent: every check was good at the moment of sending.',
    nl: 'Verzonden: alle controles waren in orde op het moment van verzending.',
  },
  closed: { fr: 'Non envoyé : le dossier est clos.', en: 'Not sent: the case is closed.', nl: 'Niet verzonden: het dossier is gesloten.' },
  settled: {
    fr: 'Non envoyé : le principal est réglé.',
    en: 'Not sent: the principal is paid.',
    nl: 'Niet verzonden: de hoofdsom is betaald.',
  },
  disputed: {
    fr: 'Non envoyé : la facture est contestée.',
    en: 'Not sent: the invoice is disputed.',
    nl: 'Niet verzonden: de factuur wordt betwist.',
  },
  promised: {
    fr: 'Non envoyé : une promesse de paiement court.',
    en: 'Not sent: a promise to pay is running.',
    nl: 'Niet verzonden: er loopt een betalingsbelofte.',
  },
  onHold: {
    fr: 'Non envoyé : le dossier est suspendu.',
    en: 'Not sent: the case is on hold.',
    nl: 'Niet verzonden: het dossier is opgeschort.',
  },
  insolvent: {
    fr: 'Non envoyé : une procédure collective est ouverte.',
    en: 'Not sent: insolvency proceedings are open.',
    nl: 'Niet verzonden: er loopt een insolventieprocedure.',
  },
  debtorKindUnknown: {
    fr: 'Non envoyé : la qualité du débiteur (entreprise, consommateur, organisme public) reste à préciser.',
    en: 'Not sent: what the debtor is (business, consumer, public body) is still to be decided.',
    nl: 'Niet verzonden: de hoedanigheid van de schuldenaar moet nog bepaald worden.',
  },
  debtorKindNotServed: {
    fr: 'Non envoyé : ce genre de débiteur est suivi par une personne.',
    en: 'Not sent: this kind of debtor is followed by a person.',
    nl: 'Niet verzonden: dit soort schuldenaar wordt door een persoon opgevolgd.',
  },
  creditorNotLive: {
    fr: 'Non envoyé : le créancier n’est pas encore en service.',
    en: 'Not sent: the creditor is not live yet.',
    nl: 'Niet verzonden: de schuldeiser is nog niet in dienst.',
  },
  documentDoubt: {
    fr: 'Non envoyé : un doute sur le document reste à lever.',
    en: 'Not sent: a doubt about the document is still open.',
    nl: 'Niet verzonden: er is nog twijfel over het document.',
  },
  withPerson: {
    fr: 'Non envoyé : une personne doit d’abord décider.',
    en: 'Not sent: a person has to decide first.',
    nl: 'Niet verzonden: eerst moet een persoon beslissen.',
  },
  lawUnknown: {
    fr: 'Non envoyé\u202f: le droit applicable à la facture reste à fixer.',
    en: 'Not sent: the law that governs the invoice is still to be settled.',
    nl: 'Niet verzonden: het recht dat op de factuur van toepassing is, moet nog worden vastgelegd.',
  },
  contactOutsideSphere: {
    fr: 'Non envoyé\u202f: ce contact est étranger au débiteur, il n’est jamais écrit à un tiers.',
    en: 'Not sent: this contact is outside the debtor’s own sphere, and third parties are never written to.',
    nl: 'Niet verzonden: dit contact staat buiten de schuldenaar; aan derden wordt nooit geschreven.',
  },
  freeDays: {
    fr: 'Reporté\u202f: les jours gratuits du premier rappel ne sont pas écoulés (CDE XIX.2).',
    en: 'Postponed: the free days of the first reminder are not over (CDE XIX.2).',
    nl: 'Uitgesteld: de kosteloze dagen van de eerste herinnering zijn niet voorbij (WER XIX.2).',
  },
  limitationNear: {
    fr: 'Étape laissée de côté\u202f: la prescription est proche, seule une voie judiciaire reste utile.',
    en: 'Step left out: limitation is near, only a court route is of use now.',
    nl: 'Stap overgeslagen: de verjaring is nabij, enkel een gerechtelijke weg heeft nog zin.',
  },
  contactMissing: {
    fr: 'Non envoyé : aucun contact utilisable.',
    en: 'Not sent: no usable contact.',
    nl: 'Niet verzonden: geen bruikbaar contact.',
  },
  tooLate: {
    fr: 'Non envoyé\u202f: trop tard, la politique laisse cette étape de côté et passe à la suivante.',
    en: 'Not sent: too late, the policy leaves this step out and goes on to the next one.',
    nl: 'Niet verzonden: te laat, het beleid slaat deze stap over en gaat naar de volgende.',
  },
  tooLateAsked: {
    fr: 'Non envoyé\u202f: l’étape a pris du retard, une personne dit si elle a encore lieu.',
    en: 'Not sent: the step is late, a person says whether it still takes place.',
    nl: 'Niet verzonden: de stap is vertraagd, een medewerker beslist of hij nog doorgaat.',
  },
  cancelled: {
    fr: 'Non envoyé\u202f: annulé par une personne avant son départ.',
    en: 'Not sent: cancelled by a person before it left.',
    nl: 'Niet verzonden: vóór vertrek door een medewerker geannuleerd.',
  },
  needsCancelled: {
    fr: 'Étape laissée de côté\u202f: celle qui la fonde a été annulée par une personne.',
    en: 'Step left out: the one it stands on was cancelled by a person.',
    nl: 'Stap overgeslagen: de stap waarop hij steunt, werd door een medewerker geannuleerd.',
  },
  heldByPerson: {
    fr: 'Reporté\u202f: une personne retient ce message.',
    en: 'Postponed: a person keeps this message back.',
    nl: 'Uitgesteld: een medewerker houdt dit bericht tegen.',
  },
  oneVoice: {
    fr: 'Reporté\u202f: ce débiteur a déjà reçu un courrier aujourd’hui\u202f; celui-ci part le prochain jour ouvré.',
    en: 'Postponed: this debtor has already been written to today; this one leaves on the next working day.',
    nl: 'Uitgesteld: deze schuldenaar werd vandaag al aangeschreven; dit bericht vertrekt op de volgende werkdag.',
  },
  notDueYet: { fr: 'Reporté : l’échéance n’est pas passée.', en: 'Postponed: not overdue yet.', nl: 'Uitgesteld: nog niet vervallen.' },
  belowThreshold: {
    fr: 'Reporté : le solde est inférieur au seuil de relance.',
    en: 'Postponed: the balance is below the threshold.',
    nl: 'Uitgesteld: het saldo ligt onder de drempel.',
  },
  unreadPayment: {
    fr: 'Reporté : un paiement vient d’arriver et n’est pas encore affecté.',
    en: 'Postponed: a payment has just come in and is not allocated yet.',
    nl: 'Uitgesteld: er kwam net een betaling binnen die nog niet toegewezen is.',
  },
  parkedPayment: {
    fr: 'Reporté : un paiement en attente d’affectation est peut-être le sien.',
    en: 'Postponed: a parked payment may be his.',
    nl: 'Uitgesteld: een betaling in de wacht is misschien van hem.',
  },
  parkedCredit: {
    fr: 'Reporté : un avoir en attente d’affectation le concerne peut-être.',
    en: 'Postponed: a parked credit note may concern him.',
    nl: 'Uitgesteld: een creditnota in de wacht betreft hem misschien.',
  },
  outsideWindow: {
    fr: 'Reporté : hors des heures d’envoi.',
    en: 'Postponed: outside the sending hours.',
    nl: 'Uitgesteld: buiten de verzenduren.',
  },
  pace: {
    fr: 'Reporté : le dernier message est trop récent.',
    en: 'Postponed: the last message is too recent.',
    nl: 'Uitgesteld: het laatste bericht is te recent.',
  },
  contactCap: {
    fr: 'Reporté : ce débiteur a reçu le nombre de messages permis en une semaine.',
    en: 'Postponed: this debtor has had the messages allowed in one week.',
    nl: 'Uitgesteld: deze schuldenaar kreeg al het toegestane aantal berichten van een week.',
  },
  approvalMissing: {
    fr: 'Reporté : l’accord d’une personne habilitée manque.',
    en: 'Postponed: the approval of an authorised person is missing.',
    nl: 'Uitgesteld: de goedkeuring van een bevoegde persoon ontbreekt.',
  },
  basisMoved: {
    fr: 'Reporté\u202f: les sommes, le destinataire ou le texte changent encore pendant la préparation.',
    en: 'Postponed: the sums, the recipient or the wording keep changing while it is prepared.',
    nl: 'Uitgesteld: de bedragen, de ontvanger of de tekst veranderen nog tijdens de voorbereiding.',
  },
  brakeOn: {
    fr: 'Reporté : les envois de ce créancier sont arrêtés.',
    en: 'Postponed: a brake stops these messages.',
    nl: 'Uitgesteld: een rem houdt deze verzendingen tegen.',
  },
  providerUnavailable: {
    fr: 'Reporté : le transporteur n’a pas pris le message ; il n’est pas parti.',
    en: 'Postponed: the provider did not take the message; it did not leave.',
    nl: 'Uitgesteld: de vervoerder nam het bericht niet aan; het is niet vertrokken.',
  },
  noUsablePhone: {
    fr: 'Appel sauté : aucun numéro utilisable.',
    en: 'Call skipped: no usable number.',
    nl: 'Oproep overgeslagen: geen bruikbaar nummer.',
  },
  callTaskOpened: { fr: 'Appel confié à une personne.', en: 'Call given to a person.', nl: 'Oproep aan een persoon toevertrouwd.' },
  joinedOpenCall: {
    fr: 'Joint à l’appel déjà ouvert pour ce débiteur.',
    en: 'Joined the call already open for this debtor.',
    nl: 'Gevoegd bij de al geopende oproep voor deze schuldenaar.',
  },
  recentCallCounts: {
    fr: 'L’appel fait la veille ou le jour même compte pour cette facture.',
    en: 'The call made today or yesterday counts for this invoice.',
    nl: 'De oproep van vandaag of gisteren telt voor deze factuur.',
  },
  'call.attempted': { fr: 'Appel tenté, sans réponse.', en: 'Call attempted, no answer.', nl: 'Oproep geprobeerd, geen antwoord.' },
  'call.reached': { fr: 'Appel abouti.', en: 'Call answered.', nl: 'Oproep beantwoord.' },
  callNotMade: {
    fr: 'Appel non fait ; l’étape suivante prend le relais.',
    en: 'Call not made; the next step takes its place.',
    nl: 'Oproep niet gedaan; de volgende stap neemt over.',
  },
};

/** A letter that contradicts the law, the books or its own font is not written; the task names the field. */
const LETTER_IMPOSSIBLE: Sentence = {
  fr: 'Non envoyé\u202f: la lettre ne peut pas être écrite, une personne corrige d’abord la fiche ou la facture.',
  en: 'Not sent: the letter cannot be written, a person corrects the debtor or the invoice first.',
  nl: 'Niet verzonden: de brief kan niet worden opgesteld, een persoon verbetert eerst de fiche of de factuur.',
};

const UNNAMED: Readonly<Record<StageVerdictRow['verdict'], Sentence>> = {
  SENT: { fr: 'Envoyé ({code}).', en: 'Sent ({code}).', nl: 'Verzonden ({code}).' },
  NOT_SENT: { fr: 'Non envoyé ({code}).', en: 'Not sent ({code}).', nl: 'Niet verzonden ({code}).' },
  POSTPONED: { fr: 'Reporté ({code}).', en: 'Postponed ({code}).', nl: 'Uitgesteld ({code}).' },
  DONE: { fr: 'Fait ({code}).', en: 'Done ({code}).', nl: 'Gedaan ({code}).' },
  SKIPPED: { fr: 'Étape sautée ({code}).', en: 'Step skipped ({code}).', nl: 'Stap overgeslagen ({code}).' },
};

/** A verdict in words. A code without a sentence of its own is shown as it is, never hidden. */
export function verdictSentence(verdict: Pick<StageVerdictRow, 'verdict' | 'code'>, language: Language): string {
  const known = SENTENCES[verdict.code] ?? (verdict.code.startsWith('letter.') ? LETTER_IMPOSSIBLE : undefined);
  return known ? known[language] : UNNAMED[verdict.verdict][language].replace('{code}', () => verdict.code);
}
