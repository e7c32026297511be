import { LAW_PROBLEMS } from './law-problems.js';

/** What a problem code means to whoever reads the answer. */
export interface ProblemEntry {
  readonly status: number;
  /** A French sentence, the same for every occurrence. */
  readonly title: string;
  /** True when a person of the creditor can do something about it. */
  readonly staffCanAct: boolean;
}

const NOT_FOUND: Readonly<Record<string, string>> = {
  apiKey: 'Cette clé d’accès n’existe pas.',
  approval: 'Cette demande d’accord n’existe pas.',
  brake: 'Ce frein n’existe pas.',
  call: 'Cet appel n’existe pas.',
  case: 'Ce dossier n’existe pas.',
  contact: 'Ce contact n’existe pas.',
  creditor: 'Ce créancier n’existe pas.',
  deadLetter: 'Cet abandon n’existe pas, ou une décision l’a déjà réglé.',
  debtor: 'Ce débiteur n’existe pas.',
  dispute: 'Ce litige n’existe pas.',
  document: 'Ce document n’existe pas.',
  handOver: 'Cette remise de dossier n’existe pas.',
  hold: 'Cette suspension n’existe pas.',
  import: 'Cet import n’existe pas.',
  invoice: 'Cette facture n’existe pas.',
  message: 'Ce message n’existe pas.',
  outgoingMessage: 'Aucun message de ce genre n’est à venir sur ce dossier.',
  payment: 'Ce paiement n’existe pas.',
  policy: 'Cette politique de relance n’existe pas.',
  postItem: 'Cet envoi postal n’existe pas.',
  promise: 'Cette promesse n’existe pas.',
  task: 'Cette tâche n’existe pas.',
  webhookEndpoint: 'Ce point d’entrée de webhook n’existe pas.',
};

/** The business says no in the state things are in: 409. */
const CONFLICTS: Readonly<Record<string, string>> = {
  nothingToResume: 'Rien ne retient ce dossier\u202f: il n’y a rien à reprendre.',
  creditNoteNotParked: 'Cet avoir n’est pas en attente d’affectation.',
  accessoriesNotAsked: 'Aucune décision sur les intérêts et l’indemnité n’est attendue pour ce dossier.',
  taskOfFinance: 'Cette tâche revient à la finance.',
  taskEndsByCommand: 'Cette tâche se termine par la commande qu’elle demande, pas à la main.',
  noDocumentDoubt: 'Aucun doute n’est en suspens sur ce document.',
  messageNotUncertain: 'L’issue de ce message est connue\u202f: il n’y a rien à décider.',
  handOverNotGiven: 'Ce dossier n’a pas encore été remis.',
  allocationTooLarge: 'Le montant affecté dépasse ce qui reste dû.',
  approvalBasisChanged: 'Ce qui devait être approuvé a changé\u202f: relisez la nouvelle version.',
  approvalExpired: 'La demande d’accord a expiré.',
  approvalNotPending: 'Cette demande d’accord est déjà tranchée.',
  approvalTooLate: 'L’accord arrive après sa date limite.',
  balanceNegative: 'Le solde deviendrait négatif.',
  brakeOnAlready: 'Ce frein est déjà serré, pour un autre motif.',
  callNotOpen: 'Cet appel n’est plus à faire.',
  callOpen: 'Un appel est déjà à faire pour ce débiteur.',
  callSheetImpossible: 'La fiche ne peut pas être écrite\u202f: les données se contredisent ou manquent.',
  caseClosed: 'Le dossier est clos.',
  caseNotClosed: 'Le dossier n’est pas clos.',
  creditorExists: 'Ce créancier existe déjà.',
  creditorNotReady: 'Le créancier ne peut pas être mis en service\u202f: il manque des éléments.',
  disputeNotRunning: 'Aucun litige n’est en cours sur ce dossier.',
  disputeRunning: 'Un litige est déjà en cours sur ce dossier.',
  duplicateKey: 'Un élément de même identité existe déjà.',
  holdNotRunning: 'Aucune suspension n’est en cours sur ce dossier.',
  holdRunning: 'Une suspension est déjà en cours sur ce dossier.',
  idempotencyInProgress: 'La même demande est en cours de traitement\u202f: réessayez dans un instant.',
  idempotencyOutcomeUnknown:
    'L’issue de la première demande n’est pas connue\u202f: vérifiez l’état avant d’en refaire une avec une autre clé.',
  importAlreadyCommitted: 'Cet import est déjà enregistré.',
  importHasRefusedRows: 'Des lignes sont refusées\u202f: corrigez le fichier, ou demandez expressément l’import des seules bonnes lignes.',
  importRefused: 'Ce fichier a été refusé à la lecture et ne peut pas être enregistré.',
  insolvencyKnown: 'La procédure collective est déjà enregistrée.',
  invoiceConflict: 'Cette facture existe déjà avec d’autres données\u202f: rien n’a été changé.',
  invoiceNotOpen: 'Cette facture ne peut plus être corrigée.',
  letterHeldBack: 'Cette lettre ne doit pas être postée en l’état\u202f: ce qui a été dit ou payé depuis l’interdit.',
  messageLeft: 'Ce message est déjà parti, ou en train de partir\u202f: rien n’a été changé.',
  messageNotComing: 'Aucun message de ce genre n’est à venir sur ce dossier.',
  messageNotHeld: 'Ce message n’est pas retenu.',
  messageOfFinance: 'Une lettre soumise à accord ne s’annule que par la finance.',
  migrationsPending: 'La base de données n’est pas à jour.',
  noDisputeOpen: 'Aucun litige n’est ouvert sur ce dossier.',
  noHoldRunning: 'Aucune suspension n’est en cours sur ce dossier.',
  noPromiseRunning: 'Aucune promesse n’est en cours sur ce dossier.',
  notASandbox: 'Ce créancier est réel\u202f: son horloge ne se déplace pas.',
  nothingOpen: 'Il ne reste rien à payer sur ce dossier.',
  paymentNotParked: 'Ce paiement n’est pas en attente d’affectation.',
  paymentNotReversible: 'Ce paiement ne peut plus être annulé.',
  policyVersionExists: 'Cette version de la politique est déjà publiée et ne change plus.',
  principalOpen: 'Le principal n’est pas réglé.',
  promiseNotPossible: 'Une promesse n’est pas possible dans l’état du dossier.',
  promiseNotRunning: 'Aucune promesse n’est en cours sur ce dossier.',
  promiseRunning: 'Une promesse est déjà en cours sur ce dossier.',
  stageDecided: 'Cette étape est déjà décidée.',
  statuteAbolished: 'Le texte de loi n’est plus en vigueur à cette date.',
  taskNotOpen: 'Cette tâche est déjà terminée.',
  versionConflict: 'Quelqu’un d’autre a modifié cet élément\u202f: relisez-le puis recommencez.',
};

/** What is asked can be read, and cannot be: 422. */
const UNPROCESSABLE: Readonly<Record<string, string>> = {
  allocationOtherCurrency: 'Un paiement dans une autre devise ne règle pas cette facture.',
  amountNotPositive: 'Le montant doit être positif.',
  clockOnlyForward: 'L’horloge du bac à sable n’avance que vers l’avenir.',
  brakeAlreadyOver: 'La fin de ce frein est déjà passée.',
  correctionNotPossible: 'Une correction ne change ni l’identité, ni la devise, ni le nombre d’échéances d’une facture.',
  dayInFuture: 'Ce jour est dans l’avenir.',
  earlierStageUnknown: 'Cette étape n’existe pas dans la politique de relance.',
  fieldsInvalid: 'Des champs ne sont pas acceptables.',
  fileRefused: 'Le fichier ne peut pas être lu.',
  holdInPast: 'La suspension finirait dans le passé.',
  holdTooLong: 'La suspension dépasse la durée permise.',
  idempotencyKeyReused: 'Cette clé d’idempotence a déjà servi pour une autre demande.',
  letterImpossible: 'La lettre ne peut pas être écrite\u202f: corriger d’abord la fiche ou la facture.',
  messageNotEditable: 'Le texte de cette lettre ne se modifie pas.',
  notAPdf: 'Le document n’est pas un PDF.',
  policyInvalid: 'La politique de relance a des défauts.',
  promiseAboveBalance: 'La promesse dépasse ce qui reste dû.',
  promiseInPast: 'La promesse est dans le passé.',
  promiseNeedsManager: 'Cette promesse demande l’accord d’un responsable.',
  promiseTooLate: 'La promesse est trop lointaine.',
  promiseTooMany: 'Le nombre de promesses permis est atteint.',
  reasonMissing: 'Un motif est demandé.',
  sellerNotCreditor: 'Le vendeur du document n’est pas ce créancier.',
  stageUnknown: 'Cette étape n’existe pas dans la politique de relance.',
  wordingRefused: 'Ce texte ne peut pas partir.',
};

const OTHERS: Readonly<Record<string, ProblemEntry>> = {
  authenticationRequired: { status: 401, title: 'Une clé d’accès valable est demandée.', staffCanAct: true },
  badRequest: { status: 400, title: 'La demande n’est pas lisible.', staffCanAct: true },
  bodyMalformed: { status: 400, title: 'Le corps de la demande n’est pas du JSON valide.', staffCanAct: true },
  bodyTooLarge: { status: 413, title: 'Le corps de la demande est trop grand.', staffCanAct: true },
  cursorInvalid: { status: 400, title: 'Le curseur de page n’est pas valable.', staffCanAct: true },
  documentErased: { status: 410, title: 'Ce document a été effacé.', staffCanAct: false },
  fieldInvalid: { status: 400, title: 'Un champ n’est pas acceptable.', staffCanAct: true },
  forbidden: { status: 403, title: 'Votre rôle ne permet pas cette action.', staffCanAct: true },
  idempotencyKeyInvalid: { status: 400, title: 'La clé d’idempotence n’est pas valable.', staffCanAct: true },
  ifMatchRequired: { status: 428, title: 'Donnez la version que vous avez lue (If-Match).', staffCanAct: true },
  internalError: { status: 500, title: 'Une erreur inattendue est survenue\u202f; elle est enregistrée.', staffCanAct: false },
  mediaTypeUnsupported: { status: 415, title: 'Ce type de contenu n’est pas accepté ici.', staffCanAct: true },
  methodNotAllowed: { status: 405, title: 'Cette méthode n’est pas prévue ici.', staffCanAct: true },
  pathInvalid: { status: 400, title: 'Le chemin contient une valeur impossible.', staffCanAct: true },
  routeNotFound: { status: 404, title: 'Cette adresse n’existe pas.', staffCanAct: true },
  subjectErased: { status: 410, title: 'La personne concernée a été effacée.', staffCanAct: false },
  tooBusy: { status: 503, title: 'Le service est occupé\u202f: réessayez dans un instant.', staffCanAct: true },
  uploadInvalid: { status: 400, title: 'L’envoi de fichier n’est pas lisible.', staffCanAct: true },
  webhookRefused: { status: 401, title: 'Refusé.', staffCanAct: false },
};

function entries(titles: Readonly<Record<string, string>>, status: number, suffix = ''): [string, ProblemEntry][] {
  return Object.entries(titles).map(([code, title]) => [`${code}${suffix}`, { status, title, staffCanAct: true }]);
}

/** The single registry of problem codes. */
export const PROBLEMS: ReadonlyMap<string, ProblemEntry> = new Map([
  ...entries(NOT_FOUND, 404, 'NotFound'),
  ...entries(CONFLICTS, 409),
  ...entries(UNPROCESSABLE, 422),
  ...entries(LAW_PROBLEMS, 422),
  ...Object.entries(OTHERS),
]);

/** `/problems/invoice-conflict`: the RFC 9457 type of a code. */
export function problemType(code: string): string {
  return `/problems/${code.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
