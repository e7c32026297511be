import type { Day } from '../calendar/day.js';
import type { GoverningLaw } from '../claim/statement.js';

export type LimitationEventType =
  | 'acknowledgment'
  | 'signedPlan'
  | 'writtenPromise'
  | 'partPayment'
  | 'courtClaim'
  | 'enforcementMeasure'
  | 'enforceableTitle'
  /** Registered notice of a lawyer or a bailiff; restarts nothing in France. */
  | 'lawyerNotice'
  | 'bailiffNotice'
  /** Mediation or conciliation both parties agreed to. */
  | 'mediation'
  /** The debtor accepted the simplified procedure for small claims. */
  | 'smallClaimsAgreement'
  | 'creditorNotice'
  | 'email'
  | 'call'
  | 'reminder';

/** Something that happened to a claim and may bear on its limitation. A reversed payment is left out by the caller: it never happened. */
export interface LimitationEvent {
  readonly type: LimitationEventType;
  readonly on: Day;
  /** When a proceeding, a mediation or a procedure ended; absent while it runs. */
  readonly endedOn?: Day;
  /** A claim in court that was withdrawn or dismissed: it interrupted nothing. */
  readonly wasWithdrawn?: boolean;
  /** Notice of a Belgian lawyer or bailiff: registered with receipt, debtor in Belgium, every mandatory mention. */
  readonly isComplete?: boolean;
}

export type LimitationEffect = 'restarts' | 'title' | 'extends' | 'suspends' | 'none';

interface EventRule {
  readonly effect: LimitationEffect;
  readonly article: string;
  /** The event and why it counts or not, in French. */
  readonly because: string;
}

const NO_LIST = 'la loi ne lui donne aucun effet sur la prescription';

const FRENCH_NONE = 'C. civ. 2240, 2241, 2244';
const BELGIAN_NONE = 'Ancien C. civ. 2244, 2248';

const FRENCH: Readonly<Record<LimitationEventType, EventRule>> = {
  acknowledgment: { effect: 'restarts', article: 'C. civ. 2240', because: 'reconnaissance de la dette' },
  signedPlan: { effect: 'restarts', article: 'C. civ. 2240', because: 'échéancier signé, qui reconnaît la dette' },
  writtenPromise: { effect: 'restarts', article: 'C. civ. 2240', because: 'promesse écrite, qui reconnaît la dette' },
  partPayment: { effect: 'restarts', article: 'C. civ. 2240', because: 'paiement partiel, qui reconnaît la dette' },
  courtClaim: { effect: 'restarts', article: 'C. civ. 2241', because: 'demande en justice' },
  enforcementMeasure: { effect: 'restarts', article: 'C. civ. 2244', because: 'mesure conservatoire ou d’exécution' },
  enforceableTitle: { effect: 'title', article: 'CPCE L111-4', because: 'titre exécutoire' },
  lawyerNotice: { effect: 'none', article: FRENCH_NONE, because: `mise en demeure d’un avocat\u202f: ${NO_LIST}` },
  bailiffNotice: { effect: 'none', article: FRENCH_NONE, because: `sommation d’un commissaire de justice\u202f: ${NO_LIST}` },
  mediation: { effect: 'suspends', article: 'C. civ. 2238', because: 'médiation ou conciliation convenue' },
  smallClaimsAgreement: { effect: 'suspends', article: 'C. civ. 2238', because: 'accord du débiteur à la procédure simplifiée' },
  creditorNotice: { effect: 'none', article: FRENCH_NONE, because: `mise en demeure recommandée\u202f: ${NO_LIST}` },
  email: { effect: 'none', article: FRENCH_NONE, because: `courriel\u202f: ${NO_LIST}` },
  call: { effect: 'none', article: FRENCH_NONE, because: `appel\u202f: ${NO_LIST}` },
  reminder: { effect: 'none', article: FRENCH_NONE, because: `relance\u202f: ${NO_LIST}` },
};

const BELGIAN: Readonly<Record<LimitationEventType, EventRule>> = {
  acknowledgment: { ...FRENCH.acknowledgment, article: 'Ancien C. civ. 2248' },
  signedPlan: { ...FRENCH.signedPlan, article: 'Ancien C. civ. 2248' },
  writtenPromise: { ...FRENCH.writtenPromise, article: 'Ancien C. civ. 2248' },
  partPayment: { ...FRENCH.partPayment, article: 'Ancien C. civ. 2248' },
  courtClaim: { ...FRENCH.courtClaim, article: 'Ancien C. civ. 2244, § 1er' },
  enforcementMeasure: { ...FRENCH.enforcementMeasure, article: 'Ancien C. civ. 2244, § 1er' },
  enforceableTitle: { ...FRENCH.enforceableTitle, article: 'Ancien C. civ. 2262bis' },
  lawyerNotice: { effect: 'extends', article: 'Ancien C. civ. 2244, § 2', because: 'mise en demeure recommandée d’un avocat' },
  bailiffNotice: {
    effect: 'extends',
    article: 'Ancien C. civ. 2244, § 2',
    because: 'mise en demeure recommandée d’un huissier de justice',
  },
  // Whether and how long it suspends under Belgian law has not been read: counting nothing gives the earlier, safer day.
  mediation: { effect: 'none', article: BELGIAN_NONE, because: 'médiation\u202f: suspension non retenue, par prudence' },
  smallClaimsAgreement: { effect: 'none', article: BELGIAN_NONE, because: 'procédure simplifiée française\u202f: inconnue du droit belge' },
  creditorNotice: { effect: 'none', article: BELGIAN_NONE, because: `mise en demeure recommandée du créancier\u202f: ${NO_LIST}` },
  email: { ...FRENCH.email, article: BELGIAN_NONE },
  call: { ...FRENCH.call, article: BELGIAN_NONE },
  reminder: { ...FRENCH.reminder, article: BELGIAN_NONE },
};

/** What an event does to limitation under a law, before the days are looked at. */
export function limitationEventRule(law: GoverningLaw, type: LimitationEventType): EventRule {
  return (law === 'FR' ? FRENCH : BELGIAN)[type];
}
