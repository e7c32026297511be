import { addBusinessDays, type BusinessCalendar } from '../calendar/business-calendar.js';
import type { Day } from '../calendar/day.js';

/** What a status of the French e-invoicing platforms does to a case. */
export type EInvoiceEffect =
  | 'none'
  /** Availability or receipt is proven: answers "never received". */
  | 'proofOfReceipt'
  /** The buyer approved: strong evidence of a certain debt. */
  | 'evidenceOfDebt'
  /** Open a dispute, pause dunning, give a person a task with the reason code. */
  | 'openDispute'
  | 'resume'
  /** The buyer says a payment left: wait some working days, then verify; nothing is paid yet. */
  | 'pauseForPayment'
  /** Set by the seller himself: proves nothing about the bank account. */
  | 'saidBySeller'
  /** Never validly issued: no dunning, re-issue, the due date may shift. */
  | 'noDunning'
  /** Kept as received, without effect. */
  | 'unknown';

interface EInvoiceStatus {
  readonly code: string;
  readonly name: string;
  readonly effect: EInvoiceEffect;
}

/** The life cycle of an invoice on the French platforms. Further codes exist and are tolerated. */
export const E_INVOICE_STATUSES: readonly EInvoiceStatus[] = [
  { code: '200', name: 'Déposée', effect: 'none' },
  { code: '201', name: 'Émise', effect: 'none' },
  { code: '202', name: 'Reçue', effect: 'none' },
  { code: '203', name: 'Mise à disposition', effect: 'proofOfReceipt' },
  { code: '204', name: 'Prise en charge', effect: 'proofOfReceipt' },
  { code: '205', name: 'Approuvée', effect: 'evidenceOfDebt' },
  { code: '206', name: 'Approuvée partiellement', effect: 'evidenceOfDebt' },
  { code: '207', name: 'En litige', effect: 'openDispute' },
  { code: '208', name: 'Suspendue', effect: 'openDispute' },
  { code: '209', name: 'Complétée', effect: 'resume' },
  { code: '210', name: 'Refusée', effect: 'openDispute' },
  { code: '211', name: 'Paiement transmis', effect: 'pauseForPayment' },
  { code: '212', name: 'Encaissée', effect: 'saidBySeller' },
  { code: '213', name: 'Rejetée', effect: 'noDunning' },
];

export interface EInvoiceConsequence {
  /** As received, unknown ones included. */
  readonly code: string;
  /** Absent for an unknown code. */
  readonly name?: string;
  readonly effect: EInvoiceEffect;
  /** Last day of the pause that a payment under way opens. */
  readonly pauseUntil?: Day;
}

/** What a status received on a day means. No status settles an invoice: only money on the creditor's account does. */
export function eInvoiceConsequence(
  code: string,
  received: { on: Day; pauseWorkingDays: number; calendar: BusinessCalendar },
): EInvoiceConsequence {
  const status = E_INVOICE_STATUSES.find((known) => known.code === code);
  if (!status) return { code, effect: 'unknown' };
  const { name, effect } = status;
  if (effect !== 'pauseForPayment') return { code, name, effect };
  return { code, name, effect, pauseUntil: addBusinessDays(received.on, received.pauseWorkingDays, received.calendar) };
}
