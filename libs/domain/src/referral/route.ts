import type { Day } from '../calendar/day.js';
import type { DebtorKind, GoverningLaw, LegalSource } from '../claim/statement.js';
import type { LegalDelay } from '../deadlines/legal-delay.js';
import type { RouteDocument } from './route-document.js';

export type RouteName =
  | 'collectionAgency'
  | 'mediation'
  /** French simplified procedure before a commissaire de justice. */
  | 'smallClaims'
  /** Injonction de payer. */
  | 'orderToPay'
  /** Référé-provision. */
  | 'interimPayment'
  | 'suit'
  /** The prefect orders the payment in the place of a French local authority (mandatement d'office). */
  | 'officialPayment'
  /** Référé-provision before the French administrative judge. */
  | 'administrativeInterim'
  | 'euOrderForPayment'
  | 'euSmallClaims'
  /** Belgian RCI / IOS. */
  | 'undisputedDebt'
  | 'enterpriseCourt'
  | 'justiceOfPeace'
  | 'firstInstanceCourt';

export type RouteClosure =
  | 'kindUnknown'
  | 'debtorInsolvent'
  | 'overIndebted'
  | 'limitationExpired'
  /** Less time is left than a route takes that does not interrupt limitation. */
  | 'limitationTooClose'
  | 'disputed'
  | 'aboveCeiling'
  | 'belowCeiling'
  | 'currencyNotEuro'
  | 'notAnEnterprise'
  | 'betweenEnterprises'
  | 'notBothRegistered'
  | 'accessoriesAboveCap'
  | 'administrativeCourt'
  | 'domesticDebtor'
  /** A conciliation, mediation or participative attempt must come first (CPC 750-1). */
  | 'priorAttemptMissing';

/** What must be known of a case before a route is chosen. Amounts in minor units of `currency`. */
export interface ReferralCase {
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly currency: string;
  readonly principalMinor: bigint;
  /** Interest, indemnity and penalty together. */
  readonly accessoriesMinor: bigint;
  /** The part of the accessories that is interest. */
  readonly interestMinor: bigint;
  readonly isDisputed: boolean;
  readonly debtorInsolvent: boolean;
  /** French consumers: a commission found the file admissible. */
  readonly isOverIndebted?: boolean;
  /** Both parties stand in the Belgian enterprise register. */
  readonly bothRegistered: boolean;
  /** The debtor lives or sits in another state of the Union. */
  readonly isCrossBorder: boolean;
  readonly hasNotice: boolean;
  /** A conciliation, mediation or participative attempt was made. */
  readonly hadPriorAttempt?: boolean;
  /** The simplified procedure was tried and failed: it stands in for the prior attempt. */
  readonly smallClaimsFailed?: boolean;
  readonly limitationOn: Day;
  readonly today: Day;
}

export interface RouteCost {
  /** In French; amounts only where they have a source. */
  readonly note: string;
  readonly sources: readonly LegalSource[];
}

export interface RouteDelay {
  readonly what: 'answer' | 'consignation' | 'service' | 'opposition' | 'report' | 'wait';
  /** The event it counts from. */
  readonly from: 'sending' | 'request' | 'order' | 'service' | 'summons' | 'endOfAnswer' | 'notice';
  readonly delay: LegalDelay;
}

export interface RouteAnswer {
  readonly route: RouteName;
  readonly isEligible: boolean;
  /** Present exactly when the route is closed. */
  readonly closedBecause?: RouteClosure;
  readonly article: string;
  readonly cost: RouteCost;
  /** What the file must hold. */
  readonly file: readonly RouteDocument[];
  /** Of these, what the case is known to lack. */
  readonly missing: readonly RouteDocument[];
  /** The act of this route that interrupts limitation; `none` where nothing in it does. */
  readonly interruptsBy: 'service' | 'summons' | 'request' | 'none';
  readonly nextDelays: readonly RouteDelay[];
}
