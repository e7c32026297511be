import type { Day } from '../calendar/day.js';
import type { DebtorKind } from '../claim/statement.js';
import { type Refusal, refuse } from '../refusal.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay } from './legal-delay.js';

export interface ElectronicLetterInput {
  readonly recipient: DebtorKind;
  /** The day a non-professional recipient agreed to electronic registered letters; absent when nobody recorded it. */
  readonly consentedOn?: Day;
  /** The provider is qualified under article 44 of the eIDAS regulation. */
  readonly isProviderQualified: boolean;
  readonly sentOn: Day;
}

/**
 * Whether an electronic registered letter may leave; `undefined` when it may. Refused: `providerNotQualified` (CPost L100, L101),
 * `consentMissing` (CPost L100: a recipient who is no professional must have agreed beforehand), `kindUnknown`. Facts name what to send instead.
 */
export function checkElectronicLetter(input: ElectronicLetterInput): Refusal | undefined {
  const alternative = 'registeredPost';
  if (!input.isProviderQualified) return refuse('providerNotQualified', { facts: { article: 'CPost L100, L101', alternative } });
  if (input.recipient === 'unknown') return refuse('kindUnknown', { field: '/kind', facts: { article: 'CPost L100', alternative } });
  const isProfessional = input.recipient === 'business' || input.recipient === 'publicBody';
  const hasConsent = input.consentedOn !== undefined && input.consentedOn <= input.sentOn;
  if (isProfessional || hasConsent) return undefined;
  return refuse('consentMissing', { field: '/consentedOn', facts: { article: 'CPost L100', alternative } });
}

/**
 * How long the recipient may accept or refuse, from the day after the provider's notice (CPost R53-3), and the day by which the provider
 * issues the proof that nobody did. The proofs are kept by the provider for a limited time only: download them.
 */
export function electronicLetterDeadlines(input: {
  providerNoticeOn: Day;
  rules: { acceptance: LegalDelay; nonClaimProof: LegalDelay };
}): Deadline & { nonClaimProofBy: Day } {
  const { acceptance, nonClaimProof } = input.rules;
  const on = endOfDelay(input.providerNoticeOn, acceptance);
  const nonClaimProofBy = endOfDelay(on, nonClaimProof);
  const how = [delayStep(input.providerNoticeOn, acceptance, on), delayStep(on, nonClaimProof, nonClaimProofBy)];
  return { on, nonClaimProofBy, article: acceptance.source.article, how };
}
