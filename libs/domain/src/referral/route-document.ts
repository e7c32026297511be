import type { RouteName } from './route.js';

/** The documents of a hand-over dossier. */
export const ROUTE_DOCUMENTS = [
  'debtorIdentity',
  'debtorRegisterExtract',
  'insolvencyCheck',
  'contractOrOrder',
  'acceptedTerms',
  'proofOfDelivery',
  'invoices',
  'creditNotes',
  'invoiceStatuses',
  'guarantees',
  'accountStatement',
  'interestSheet',
  'limitationDay',
  'undisputedStatement',
  'reminders',
  'callNotes',
  'promises',
  'disputeExchange',
  'noticeWithProof',
  'acknowledgments',
  'creditorRegisterExtract',
  'power',
  'remittanceAccount',
  /** Written mandate of a collector: basis and amount per element, guarantee, fee, remittance (CPCE R124-3). */
  'collectionMandate',
  /** Proof of a conciliation, mediation or participative attempt. */
  'priorAttempt',
  /** List of the documents relied on (CPC 1407). */
  'documentList',
] as const;

export type RouteDocument = (typeof ROUTE_DOCUMENTS)[number];

const GROUND = ['debtorIdentity', 'contractOrOrder', 'proofOfDelivery', 'invoices', 'creditNotes', 'accountStatement'] as const;
const COURT = [...GROUND, 'acceptedTerms', 'interestSheet', 'limitationDay', 'reminders', 'noticeWithProof', 'acknowledgments'] as const;
const STANDING = ['debtorRegisterExtract', 'insolvencyCheck', 'creditorRegisterExtract', 'power'] as const;

const FILES: Readonly<Record<RouteName, readonly RouteDocument[]>> = {
  collectionAgency: [
    ...COURT,
    'debtorRegisterExtract',
    'insolvencyCheck',
    'invoiceStatuses',
    'guarantees',
    'callNotes',
    'promises',
    'undisputedStatement',
    'collectionMandate',
    'remittanceAccount',
  ],
  mediation: [...GROUND, 'reminders', 'disputeExchange'],
  smallClaims: [...GROUND, 'interestSheet', 'noticeWithProof', 'undisputedStatement', 'remittanceAccount'],
  orderToPay: [...COURT, ...STANDING, 'invoiceStatuses', 'documentList'],
  interimPayment: [...COURT, ...STANDING, 'invoiceStatuses', 'promises', 'undisputedStatement'],
  suit: [...COURT, ...STANDING, 'invoiceStatuses', 'guarantees', 'callNotes', 'promises', 'disputeExchange'],
  officialPayment: [
    ...GROUND,
    'interestSheet',
    'reminders',
    'noticeWithProof',
    'undisputedStatement',
    'creditorRegisterExtract',
    'remittanceAccount',
  ],
  administrativeInterim: [...COURT, 'creditorRegisterExtract', 'power', 'undisputedStatement'],
  euOrderForPayment: [...COURT, 'undisputedStatement'],
  euSmallClaims: [...COURT, 'disputeExchange'],
  undisputedDebt: [...COURT, ...STANDING, 'invoiceStatuses', 'undisputedStatement', 'remittanceAccount'],
  enterpriseCourt: [...COURT, ...STANDING, 'invoiceStatuses', 'guarantees', 'disputeExchange'],
  justiceOfPeace: [...COURT, 'power', 'disputeExchange'],
  firstInstanceCourt: [...COURT, ...STANDING, 'disputeExchange'],
};

/** What the file of a route must hold; `needsPriorAttempt` adds the proof that CPC 750-1 asks for. */
export function routeFile(route: RouteName, needsPriorAttempt = false): readonly RouteDocument[] {
  return needsPriorAttempt ? [...FILES[route], 'priorAttempt'] : FILES[route];
}
