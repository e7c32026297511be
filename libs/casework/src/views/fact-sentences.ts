import { type Day, frenchAmount, frenchDay, isCurrency, parseDay } from '#domain';
import { blockerInFrench } from './blocker-names.js';

type Cause = Readonly<Record<string, unknown>>;
type Words = (about: { cause: Cause; amount: string; on: (name: string) => string; stage: string }) => string;

const plain =
  (sentence: string): Words =>
  () =>
    sentence;

const isPlain = (cause: Cause): boolean => cause['service'] === 'plain';

/** What each kind of journal row says to a French reader. */
const FACTS: Readonly<Record<string, Words>> = {
  caseOpened: ({ on }) => `Dossier ouvert, échéance le ${on('dueOn')}.`,
  caseReopened: plain('Dossier rouvert.'),
  epochRaisingBegun: plain('Reprise des numéros des dossiers ouverts\u202f: commencée.'),
  epochRaisingEnded: plain('Reprise des numéros des dossiers ouverts\u202f: achevée.'),
  epochRaised: ({ cause }) => `Les numéros du dossier valent de nouveau pour son processus (époque ${String(cause['epoch'] ?? '')}).`,
  caseClosed: ({ cause }) => CLOSED[String(cause['kind'])] ?? 'Dossier clos.',
  settled: plain('Principal réglé\u202f: le dossier est soldé.'),
  paymentAllocated: ({ amount, on }) => `Paiement de ${amount} affecté, valeur du ${on('paidOn')}.`,
  paymentReversed: ({ amount, on }) => `Paiement de ${amount} repris le ${on('reversedOn')}.`,
  paymentRecorded: ({ amount }) => `Paiement de ${amount} enregistré.`,
  paymentParked: ({ amount }) => `Paiement de ${amount} mis en attente d’affectation.`,
  balanceCorrected: ({ amount }) => `Solde corrigé\u202f: ${amount}.`,
  dueDateCorrected: ({ on }) => `Échéance corrigée\u202f: ${on('dueOn')}.`,
  promiseMade: ({ amount, on }) => `Promesse de ${amount} pour le ${on('dueOn')}.`,
  promiseEnded: ({ cause }) => PROMISE[String(cause['verdict'])] ?? 'Promesse terminée.',
  disputeOpened: ({ on }) => `Facture contestée\u202f: réponse attendue pour le ${on('dueOn')}.`,
  disputeEscalated: ({ on }) => `Litige sans réponse\u202f: nouvelle échéance le ${on('dueOn')}.`,
  disputeResolved: ({ cause }) => DISPUTE[String(cause['verdict'])] ?? 'Litige tranché.',
  holdPlaced: ({ on }) => `Dossier suspendu jusqu’au ${on('until')}.`,
  holdReleased: ({ cause }) => (cause['by'] === 'end' ? 'La suspension a pris fin.' : 'Suspension levée par une personne.'),
  insolvencyOpened: ({ on, cause }) =>
    cause['procedure'] === 'overIndebtedness'
      ? `Surendettement, dossier recevable le ${on('openedOn')}\u202f: tout est arrêté.`
      : `Procédure collective ouverte le ${on('openedOn')}\u202f: tout est arrêté.`,
  callTaskOpened: ({ on, stage }) => `${stage}\u202f: appel à faire avant le ${on('expiresOn')}.`,
  callReported: ({ cause }) => CALL[String(cause['outcome'])] ?? 'Appel consigné.',
  stagePrepared: ({ stage }) => `${stage}\u202f: lettre préparée.`,
  approvalRequested: ({ on, stage }) => `${stage}\u202f: accord demandé, au plus tard le ${on('until')}.`,
  approvalDecided: ({ cause }) => (cause['verdict'] === 'approved' ? 'Accord donné.' : 'Accord refusé.'),
  approvalExpired: plain('Demande d’accord expirée.'),
  stageDone: ({ stage }) => `${stage}\u202f: fait.`,
  stageSkipped: ({ stage, cause }) => `${stage}\u202f: étape sautée, ${SKIPPED[String(cause['reason'])] ?? String(cause['reason'] ?? '')}.`,
  stageHandedToPerson: ({ stage }) => `${stage}\u202f: confié à une personne.`,
  stagePostponed: ({ stage, on }) => `${stage}\u202f: reporté au ${on('until')}.`,
  deliveryReported: ({ cause }) =>
    cause['again']
      ? againByMail(cause['again'])
        ? 'E-mail revenu\u202f: le rappel part à une autre adresse.'
        : 'E-mail revenu\u202f: une lettre part le prochain jour ouvré.'
      : (DELIVERY[String(cause['kind'])] ?? 'Acheminement connu.'),
  messageHeld: ({ stage, on }) => `${stage}\u202f: retenu par une personne jusqu’au ${on('until')} inclus.`,
  messageReleased: ({ stage }) => `${stage}\u202f: n’est plus retenu.`,
  messageEdited: ({ stage, cause }) => `${stage}\u202f: texte modifié par une personne, révision ${String(cause['revision'] ?? '')}.`,
  blockerRaised: ({ cause }) => `Relances bloquées\u202f: ${blockerInFrench(String(cause['blocker'] ?? ''))}.`,
  blockerLifted: ({ cause }) => `Blocage levé\u202f: ${blockerInFrench(String(cause['blocker'] ?? ''))}.`,
  policyChanged: ({ cause }) =>
    typeof cause['because'] === 'string'
      ? `Politique de relance changée. ${cause['because']}`
      : `Politique de relance changée\u202f: ${String(cause['policyId'] ?? '')}@${String(cause['version'] ?? '')}.`,
  reviewed: ({ on }) => `Dossier revu\u202f; prochaine revue le ${on('nextReviewOn')}.`,
  brakeSet: plain('Frein posé\u202f: rien ne part de ce qu’il couvre.'),
  brakeReleased: plain('Frein levé.'),
  deadLetterRetried: plain('Nouvelle mise en échec remise en route.'),
  deadLetterDismissed: plain('Nouvelle mise en échec classée sans suite.'),
  creditorCreated: plain('Créancier créé.'),
  creditorChanged: plain('Réglages du créancier modifiés.'),
  sandboxClockMoved: plain('Horloge du bac à sable avancée.'),
  debtorMade: plain('Débiteur créé.'),
  debtorKindDecided: plain('Qualité du débiteur décidée par une personne.'),
  debtorChanged: plain('Fiche du débiteur corrigée.'),
  contactAdded: plain('Contact ajouté.'),
  contactUsable: plain('Contact dit utilisable.'),
  contactUnusable: plain('Contact dit inutilisable.'),
  invoiceRegistered: plain('Facture enregistrée.'),
  invoiceDescribed: plain('Ce qui a été vendu est précisé sur la facture.'),
  lawSettled: ({ cause }) => `Loi applicable fixée par la finance\u202f: ${cause['law'] === 'BE' ? 'droit belge' : 'droit français'}.`,
  contractTermsSettled: plain('Clauses du contrat consignées par la finance.'),
  creditNoteAllocatedByPerson: ({ amount }) => `Avoir de ${amount} affecté par une personne.`,
  accessoriesReceived: ({ amount, cause }) => `Accessoires reçus\u202f: ${amount}${headsOf(cause)}.`,
  accessoriesTakenBack: ({ amount, cause }) => `Accessoires repris avec leur paiement\u202f: ${amount}${headsOf(cause)}.`,
  accessoriesWaived: ({ cause }) =>
    cause['because'] === 'decidedByPerson'
      ? 'Intérêts et indemnité restants abandonnés par la finance.'
      : 'Intérêts et indemnité restants abandonnés, sous le seuil de la politique.',
  accessoriesPursued: plain('Intérêts et indemnité restants à réclamer, décision de la finance.'),
  handOverRecalled: plain('Le prestataire a confirmé le rappel du dossier.'),
  'post.cancelled': ({ cause }) =>
    `Lettre ${isPlain(cause) ? 'simple' : 'recommandée'} retirée du bac\u202f: le dossier est clos, elle n’est pas postée.`,
  'post.deposited': ({ cause }) => (isPlain(cause) ? 'Lettre simple déposée à la poste.' : 'Lettre recommandée déposée.'),
  'post.presented': plain('Lettre recommandée présentée.'),
  'post.delivered': ({ cause }) => (isPlain(cause) ? 'Lettre simple remise.' : 'Lettre recommandée remise.'),
  'post.unclaimed': plain('Lettre recommandée non réclamée.'),
  'post.refused': plain('Lettre recommandée refusée par le destinataire.'),
  'post.returnedUnknown': ({ cause }) => `Lettre ${isPlain(cause) ? 'simple' : 'recommandée'} retournée, destinataire inconnu à l’adresse.`,
};

/** Which head an amount beyond the principal was for; two are told apart by their sums. */
function headsOf(cause: Cause): string {
  const sum = (name: string) => amountIn({ amountMinor: cause[name], currency: cause['currency'] }, undefined);
  const has = (name: string) => Number(cause[name] ?? 0) > 0;
  if (has('interestMinor') && has('indemnityMinor'))
    return `, dont ${sum('interestMinor')} d’intérêts et ${sum('indemnityMinor')} d’indemnité`;
  return has('interestMinor') ? ' d’intérêts' : has('indemnityMinor') ? ' d’indemnité' : '';
}

function againByMail(again: unknown): boolean {
  return typeof again === 'object' && again !== null && 'by' in again && again.by === 'email';
}

const SKIPPED: Readonly<Record<string, string>> = {
  limitationNear: 'la prescription est proche',
  noUsablePhone: 'aucun numéro utilisable',
  callNotMade: 'appel non fait à temps',
  contactMissing: 'aucune adresse utilisable',
  tooLate: 'trop tard pour la politique de relance',
  cancelled: 'annulée par une personne',
  needsCancelled: 'sans fondement depuis qu’une étape précédente a été annulée',
  alreadySentElsewhere: 'déjà faite avant l’import',
};
const CLOSED: Readonly<Record<string, string>> = {
  handedOver: 'Dossier remis pour recouvrement.',
  writtenOff: 'Créance passée en perte.',
  withdrawn: 'Dossier retiré.',
  insolvency: 'Dossier clos\u202f: procédure collective suivie par une personne.',
};
const PROMISE: Readonly<Record<string, string>> = { kept: 'Promesse tenue.', broken: 'Promesse rompue.', withdrawn: 'Promesse retirée.' };
const DISPUTE: Readonly<Record<string, string>> = {
  confirmed: 'Litige tranché\u202f: la créance est confirmée.',
  creditNote: 'Litige tranché\u202f: un avoir est accordé.',
  withdrawn: 'Contestation retirée.',
};
const CALL: Readonly<Record<string, string>> = {
  attempted: 'Appel tenté, sans réponse.',
  reached: 'Appel abouti.',
  notMade: 'Appel non fait.',
  noPhone: 'Pas de numéro utilisable.',
};
const DELIVERY: Readonly<Record<string, string>> = {
  posted: 'Lettre de relance déposée à la poste.',
  bounced: 'Message revenu\u202f: adresse inutilisable.',
  served: 'Lettre recommandée\u202f: remise prouvée.',
  returned: 'Lettre retournée.',
};

const AMOUNT_FIELDS = ['amountMinor', 'openPrincipalMinor', 'faceMinor'];

/** A journal row in French. A kind without a sentence is shown by its name. `titleOf` names a rung; amounts need the currency of their stream. */
export function factSentence(kind: string, cause: Cause, about: { currency?: string; titleOf?: (stage: string) => string } = {}): string {
  const words = FACTS[kind];
  if (!words) return `${kind}.`;
  const stage = typeof cause['stage'] === 'string' ? cause['stage'] : '';
  return words({
    cause,
    amount: amountIn(cause, about.currency),
    on: (name) => dayIn(cause[name]),
    stage: about.titleOf?.(stage) ?? stage,
  });
}

function amountIn(cause: Cause, currency: string | undefined): string {
  const text = AMOUNT_FIELDS.map((field) => cause[field]).find((value) => typeof value === 'string' || typeof value === 'number');
  const digits = String(text ?? '');
  if (!/^-?\d{1,18}$/.test(digits)) return 'un montant';
  const code = typeof cause['currency'] === 'string' ? cause['currency'] : currency;
  return code && isCurrency(code) ? frenchAmount(BigInt(digits), code) : `${digits} (plus petite unité)`;
}

function dayIn(value: unknown): string {
  const on: Day | undefined = typeof value === 'string' ? parseDay(value.slice(0, 10)) : undefined;
  return on ? frenchDay(on) : 'jour non précisé';
}
