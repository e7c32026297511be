import type { Refusal } from '../refusal.js';
import { checkInterest, checkPrincipal } from './check-claim.js';
import type { ClaimInput } from './claim-input.js';
import { ClaimLedger } from './claim-ledger.js';
import type { StatementOfClaim } from './statement.js';

/**
 * What is claimed for one term on one day under its regime: principal, interest by period, lump sum, payments by their legal order.
 * Minor units of EUR; a line is rounded half-up once, then added. The first day counted is the day after the due date, after the notice
 * or after the free reminder; the last one is the day of payment (C. com. L441-10 II, D441-5; CCP L2192-13; C. civ. 1231-6; Belgian law
 * of 2 August 2002, art. 5 and 6; CDE XIX.2 and XIX.4).
 *
 * Refused, never partial: `rateUnknown` (a day without a known rate; use `principalOnly` for letters), `lawUnknown`, `debtorKindUnknown`,
 * `debtorKindUnconfirmed`, `currencyNotSupportedForInterest`, `contractUnchecked`, `clauseInvalid`, `clauseNotSupported`, `clauseUnfair`,
 * `procurementUnknown`,
 * `procurementNotCovered`, `imputationAgreementMissing`, `imputationUnknown`, `designationUnknown`,
 * `dayCountUnknown`, `dayOutOfRange`, `paymentBeforeIssue`, `firstReminderInvalid`, `claimAmountInvalid`, `claimMovementInvalid`,
 * `claimTooManyMovements`, `claimTooLong`, `statuteUnknown` (lump sum).
 *
 * Example: 15 000.00 due 2026-03-31, on 2026-04-30 under French law, business: 30 days × 12.15 % = 149.79, and 40.00.
 */
export function statementOfClaim(input: ClaimInput): StatementOfClaim | Refusal {
  const refused = checkPrincipal(input) ?? checkInterest(input);
  return refused ?? new ClaimLedger(input).draw();
}
