import type { LocalText } from '../policy/dunning-policy.js';
import type { Blocker } from './recovery-state.js';

export type ExplainCode =
  | 'closed.settled'
  | 'closed.handedOver'
  | 'closed.writtenOff'
  | 'closed.withdrawn'
  | 'closed.insolvency'
  | 'insolvency'
  | 'overIndebtedness'
  | 'disputed'
  | 'onHold'
  | 'promised'
  | 'promiseBroken'
  | 'belowThreshold'
  | 'notBegun'
  | 'lastStage'
  | 'callOpen'
  | 'approvalPending'
  | 'approvalRefused'
  | 'postponed'
  | 'waitsForService'
  | 'waitsForPosting'
  | 'late'
  | 'lateSkip'
  | 'lateAsk'
  | 'messageHeld'
  | 'next'
  | 'nextNeedsApproval'
  | 'nothingLeft'
  | 'review'
  | 'changes.payment'
  | 'changes.stops'
  | 'changes.dispute'
  | 'changes.hold'
  | 'changes.promise'
  | 'changes.reopening'
  | `blocker.${Blocker}`;

type Sentence = Required<LocalText>;

/** Sentences of `explainCase`. `{stage}`, `{on}`, `{reason}` are filled in; French takes a narrow no-break space before double punctuation. */
export const EXPLAIN_SENTENCES: Readonly<Record<ExplainCode, Sentence>> = {
  'closed.settled': {
    fr: 'Le principal est payé ; le dossier est soldé depuis le {on}.',
    en: 'The principal is paid; the case has been settled since {on}.',
    nl: 'De hoofdsom is betaald; het dossier is vereffend sinds {on}.',
  },
  'closed.handedOver': {
    fr: 'Le dossier a été remis pour recouvrement le {on} ; nous ne relançons plus.',
    en: 'The case was handed over for collection on {on}; we no longer chase it.',
    nl: 'Het dossier is op {on} overgedragen voor invordering; wij herinneren niet meer.',
  },
  'closed.writtenOff': {
    fr: 'La créance a été passée en perte le {on}.',
    en: 'The claim was written off on {on}.',
    nl: 'De vordering is op {on} afgeschreven.',
  },
  'closed.withdrawn': {
    fr: 'Le dossier a été retiré le {on}.',
    en: 'The case was withdrawn on {on}.',
    nl: 'Het dossier is op {on} ingetrokken.',
  },
  'closed.insolvency': {
    fr: 'Une procédure collective est ouverte ; une personne a repris le dossier le {on}.',
    en: 'Insolvency proceedings are open; a person took the case over on {on}.',
    nl: 'Er loopt een insolventieprocedure; een medewerker nam het dossier over op {on}.',
  },
  insolvency: {
    fr: 'Une procédure collective est ouverte depuis le {on} : rien ne part plus, une personne doit déclarer la créance.',
    en: 'Insolvency proceedings opened on {on}: nothing leaves any more, a person must file the claim.',
    nl: 'Sinds {on} loopt een insolventieprocedure: er vertrekt niets meer, een medewerker moet de vordering indienen.',
  },
  overIndebtedness: {
    fr: 'Le dossier de surendettement du client est recevable depuis le {on}\u202f: les relances sont arrêtées, une personne déclare la créance à la commission.',
    en: 'The customer’s over-indebtedness file has been admissible since {on}: reminders have stopped, a person files the claim with the commission.',
    nl: 'Sinds {on} is het schuldoverlastdossier van de klant ontvankelijk: de herinneringen zijn gestopt, een medewerker geeft de vordering aan bij de commissie.',
  },
  disputed: {
    fr: 'La facture est contestée : rien ne part tant que le litige n’est pas tranché ; une réponse est attendue pour le {on}.',
    en: 'The invoice is disputed: nothing leaves until the dispute is resolved; an answer is expected by {on}.',
    nl: 'De factuur wordt betwist: er vertrekt niets tot de betwisting is opgelost; een antwoord wordt verwacht tegen {on}.',
  },
  onHold: {
    fr: 'Le dossier est suspendu jusqu’au {on} inclus et reprendra seul.',
    en: 'The case is on hold up to and including {on} and resumes by itself.',
    nl: 'Het dossier is opgeschort tot en met {on} en herneemt vanzelf.',
  },
  promised: {
    fr: 'Le client a promis de payer au plus tard le {on} : nous attendons ce jour et le délai de banque.',
    en: 'The customer promised to pay by {on}: we wait for that day and the bank’s delay.',
    nl: 'De klant beloofde te betalen uiterlijk op {on}: wij wachten die dag en de banktermijn af.',
  },
  promiseBroken: {
    fr: 'La promesse n’a pas été tenue : un appel est dû depuis le {on}, puis l’étape suivante.',
    en: 'The promise was not kept: a call has been owed since {on}, then the next step.',
    nl: 'De belofte is niet nagekomen: sinds {on} moet gebeld worden, daarna volgt de volgende stap.',
  },
  belowThreshold: {
    fr: 'Le solde est inférieur au seuil de relance : rien ne part.',
    en: 'The balance is below the threshold for chasing: nothing leaves.',
    nl: 'Het saldo ligt onder de herinneringsdrempel: er vertrekt niets.',
  },
  notBegun: {
    fr: 'Aucune étape n’a encore eu lieu ; l’échéance est le {on}.',
    en: 'No step has been taken yet; the due date is {on}.',
    nl: 'Er is nog geen stap gezet; de vervaldag is {on}.',
  },
  lastStage: {
    fr: 'Dernière étape décidée : {stage}, le {on}.',
    en: 'Last step decided: {stage}, on {on}.',
    nl: 'Laatst besliste stap: {stage}, op {on}.',
  },
  callOpen: {
    fr: 'Un appel est à faire ({stage}) ; s’il n’est pas fait, il expire le {on} et l’étape suivante prend le relais.',
    en: 'A call is to be made ({stage}); if nobody makes it, it expires on {on} and the next step follows.',
    nl: 'Er moet gebeld worden ({stage}); gebeurt dat niet, dan vervalt de oproep op {on} en volgt de volgende stap.',
  },
  approvalPending: {
    fr: 'Un accord est attendu pour « {stage} », au plus tard le {on}.',
    en: 'An approval is awaited for “{stage}”, by {on} at the latest.',
    nl: 'Er wordt een goedkeuring verwacht voor “{stage}”, uiterlijk op {on}.',
  },
  approvalRefused: {
    fr: 'L’envoi de « {stage} » a été refusé : une personne doit décider de la suite.',
    en: 'Sending “{stage}” was refused: a person must decide what follows.',
    nl: 'De verzending van “{stage}” is geweigerd: een medewerker moet over het vervolg beslissen.',
  },
  postponed: {
    fr: '« {stage} » est reporté au {on} (motif : {reason}).',
    en: '“{stage}” is postponed to {on} (reason: {reason}).',
    nl: '“{stage}” is uitgesteld tot {on} (reden: {reason}).',
  },
  waitsForService: {
    fr: '« {stage} » attend la preuve de réception de la mise en demeure et la fin de son délai.',
    en: '“{stage}” waits for the proof that the formal notice was served and for its deadline to pass.',
    nl: '“{stage}” wacht op het bewijs van ontvangst van de ingebrekestelling en op het einde van haar termijn.',
  },
  waitsForPosting: {
    fr: '«\u202f{stage}\u202f» attend que le premier rappel gratuit soit déposé à la poste\u202f: son délai ne court qu’ensuite.',
    en: '“{stage}” waits until the free first reminder has been posted: its days only run from then on.',
    nl: '“{stage}” wacht tot de kosteloze eerste herinnering op de post is: haar termijn loopt pas vanaf dan.',
  },
  late: {
    fr: '« {stage} » a pris du retard et reste dû une seule fois.',
    en: '“{stage}” is late and is still owed, once.',
    nl: '“{stage}” is vertraagd en blijft één keer verschuldigd.',
  },
  lateSkip: {
    fr: '« {stage} » aurait dû avoir lieu le {on} : trop tard pour sa politique, l’étape sera laissée de côté.',
    en: '“{stage}” was due on {on}: too late for its policy, the step will be left out.',
    nl: '“{stage}” had op {on} moeten gebeuren: te laat volgens het beleid, de stap wordt overgeslagen.',
  },
  lateAsk: {
    fr: '« {stage} » aurait dû avoir lieu le {on} : une personne dira s’il part encore.',
    en: '“{stage}” was due on {on}: a person will say whether it still goes.',
    nl: '“{stage}” had op {on} moeten gebeuren: een medewerker beslist of hij nog doorgaat.',
  },
  messageHeld: {
    fr: '« {stage} » est retenu par une personne jusqu’au {on} inclus.',
    en: '“{stage}” is kept back by a person through {on}.',
    nl: '“{stage}” wordt door een medewerker tegengehouden tot en met {on}.',
  },
  next: { fr: 'Prochaine étape : {stage}, le {on}.', en: 'Next step: {stage}, on {on}.', nl: 'Volgende stap: {stage}, op {on}.' },
  nextNeedsApproval: {
    fr: 'Prochaine étape : {stage}, le {on}, après accord d’une personne habilitée.',
    en: 'Next step: {stage}, on {on}, once an authorised person approves it.',
    nl: 'Volgende stap: {stage}, op {on}, na goedkeuring door een bevoegde persoon.',
  },
  nothingLeft: {
    fr: 'Toutes les étapes prévues sont décidées.',
    en: 'All planned steps are decided.',
    nl: 'Over alle geplande stappen is beslist.',
  },
  review: {
    fr: 'Le dossier sera revu par une personne le {on}.',
    en: 'A person will review the case on {on}.',
    nl: 'Een medewerker bekijkt het dossier op {on}.',
  },
  'changes.payment': {
    fr: 'Un paiement du principal clôt le dossier ; un paiement partiel réduit le solde et la suite ne change pas.',
    en: 'Payment of the principal closes the case; a part payment lowers the balance and the rest stays as planned.',
    nl: 'Betaling van de hoofdsom sluit het dossier; een gedeeltelijke betaling verlaagt het saldo en de planning blijft.',
  },
  'changes.stops': {
    fr: 'Une promesse de paiement, un litige ou une suspension arrête les relances aussitôt.',
    en: 'A promise to pay, a dispute or a hold stops the reminders at once.',
    nl: 'Een betalingsbelofte, een betwisting of een opschorting stopt de herinneringen meteen.',
  },
  'changes.dispute': {
    fr: 'La réponse au litige le change : créance confirmée, avoir ou abandon.',
    en: 'Resolving the dispute changes this: claim confirmed, credit note or withdrawal.',
    nl: 'De afhandeling van de betwisting verandert dit: vordering bevestigd, creditnota of intrekking.',
  },
  'changes.hold': {
    fr: 'Lever la suspension fait reprendre les relances plus tôt.',
    en: 'Releasing the hold lets the reminders resume sooner.',
    nl: 'De opschorting opheffen laat de herinneringen vroeger hernemen.',
  },
  'changes.promise': {
    fr: 'Tenue, la promesse clôt le dossier ou réduit le solde ; rompue, elle mène à un appel le jour même.',
    en: 'Kept, the promise closes the case or lowers the balance; broken, it leads to a call the same day.',
    nl: 'Nagekomen sluit de belofte het dossier of verlaagt ze het saldo; verbroken leidt ze dezelfde dag tot een oproep.',
  },
  'changes.reopening': {
    fr: 'Si le paiement est repris par la banque, le dossier rouvre à l’étape qui suit la dernière faite.',
    en: 'If the bank takes the payment back, the case reopens at the step after the last one done.',
    nl: 'Neemt de bank de betaling terug, dan heropent het dossier bij de stap na de laatst gezette.',
  },
  'blocker.debtorKindUnknown': {
    fr: 'Rien ne part : une personne doit dire ce qu’est le débiteur (entreprise, consommateur, organisme public, copropriété).',
    en: 'Nothing leaves: a person must say what the debtor is (business, consumer, public body, co-owners).',
    nl: 'Er vertrekt niets: een medewerker moet aangeven wat de schuldenaar is (onderneming, consument, overheid, mede-eigendom).',
  },
  'blocker.debtorKindNotServed': {
    fr: 'Rien ne part : ce genre de débiteur est suivi par une personne.',
    en: 'Nothing leaves: this kind of debtor is handled by a person.',
    nl: 'Er vertrekt niets: dit soort schuldenaar wordt door een medewerker opgevolgd.',
  },
  'blocker.lawUnknown': {
    fr: 'Rien ne part\u202f: le droit applicable à la facture est inconnu, la finance doit le fixer.',
    en: 'Nothing leaves: the law that governs the invoice is unknown, finance must settle it.',
    nl: 'Er vertrekt niets: het recht dat op de factuur van toepassing is, is onbekend; de financiële dienst moet het vastleggen.',
  },
  'blocker.creditorNotLive': {
    fr: 'Rien ne part : le créancier n’est pas encore en service.',
    en: 'Nothing leaves: the creditor is not live yet.',
    nl: 'Er vertrekt niets: de schuldeiser is nog niet actief.',
  },
  'blocker.contactMissing': {
    fr: 'Rien ne part : il manque un contact utilisable, il faut en trouver un.',
    en: 'Nothing leaves: there is no usable contact, one must be found.',
    nl: 'Er vertrekt niets: er is geen bruikbaar contact, er moet een gevonden worden.',
  },
  'blocker.documentDoubt': {
    fr: 'Rien ne part : une personne doit lever le doute sur le document.',
    en: 'Nothing leaves: a person must clear the doubt about the document.',
    nl: 'Er vertrekt niets: een medewerker moet de twijfel over het document wegnemen.',
  },
  'blocker.messageUnknown': {
    fr: 'L’étape suivante attend de savoir si le dernier message est vraiment parti.',
    en: 'The next step waits to learn whether the last message really left.',
    nl: 'De volgende stap wacht tot bekend is of het laatste bericht echt vertrokken is.',
  },
  'blocker.messageRejected': {
    fr: 'Le dernier message a été refusé par le transporteur : une personne doit corriger.',
    en: 'The carrier rejected the last message: a person must mend it.',
    nl: 'Het laatste bericht is door de vervoerder geweigerd: een medewerker moet het rechtzetten.',
  },
  'blocker.handedToPerson': {
    fr: 'Une étape a été confiée à une personne : la suite attend sa décision.',
    en: 'A step was handed to a person: the rest waits for that decision.',
    nl: 'Een stap is aan een medewerker toevertrouwd: het vervolg wacht op die beslissing.',
  },
  'blocker.parkedMoney': {
    fr: 'Un paiement reçu attend d’être affecté\u202f: l’étape reprend ensuite.',
    en: 'A payment received waits to be allocated; the step goes on afterwards.',
    nl: 'Een ontvangen betaling moet nog worden toegewezen; de stap volgt daarna.',
  },
  'blocker.brake': {
    fr: 'Les envois du créancier sont suspendus.',
    en: 'The creditor’s sending is paused.',
    nl: 'De verzendingen van de schuldeiser zijn onderbroken.',
  },
  'blocker.referralRefused': {
    fr: 'La remise du dossier a été refusée : une personne décide de la suite.',
    en: 'The hand-over was refused: a person decides what follows.',
    nl: 'De overdracht is geweigerd: een medewerker beslist over het vervolg.',
  },
};
