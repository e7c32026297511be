import type { WakeKind } from '#domain';

const ACTS: Readonly<Record<WakeKind | 'served', (title: string) => string>> = {
  call: (title) => `${title}\u202f: un appel est confié à une personne.`,
  mail: (title) => `${title}\u202f: un message part.`,
  formalNotice: (title) => `${title}\u202f: la mise en demeure part.`,
  referral: (title) => `${title}\u202f: le dossier est remis.`,
  prepare: (title) => `${title}\u202f: la lettre est préparée et l’accord demandé.`,
  promiseEnds: () => 'La promesse est jugée\u202f: tenue ou rompue.',
  holdEnds: () => 'La suspension prend fin.',
  disputeDue: () => 'Le litige attend une réponse\u202f: une personne est prévenue.',
  callExpires: () => 'L’appel non fait expire\u202f; l’étape suivante prend le relais.',
  approvalExpires: () => 'La demande d’accord expire.',
  review: () => 'Une personne revoit le dossier.',
  served: () => 'La mise en demeure est remise.',
};

const ASSUMED: Readonly<Record<string, string>> = {
  callAttempted: 'appel supposé tenté',
  callOpened: 'appel supposé ouvert',
  sent: 'envoi supposé accepté',
  handedOver: 'remise supposée faite',
  approved: 'accord supposé donné',
  served: 'remise supposée trois jours après le dépôt',
  promiseBroken: 'promesse supposée rompue',
  holdEnded: 'fin prévue',
  disputeEscalated: 'litige supposé sans réponse',
  callNotMade: 'appel supposé non fait',
  approvalExpired: 'accord supposé non donné',
  reviewed: 'revue supposée faite',
  tooLate: 'trop tard pour la politique\u202f: étape laissée de côté',
};

/** What happens at a wake, in French; `title` is the rung's name. */
export function actSentence(kind: WakeKind | 'served', title: string): string {
  return ACTS[kind](title);
}

/** What the simulation supposes at a line of its diary, in French. */
export function assumptionSentence(assumed: string): string {
  return ASSUMED[assumed] ?? assumed;
}
