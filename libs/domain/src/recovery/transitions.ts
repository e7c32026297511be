import { CASE_STATES, type CaseState } from './case-state.js';
import type { RecoveryFactType } from './recovery-fact.js';

export interface Transition {
  readonly from: CaseState;
  readonly to: CaseState;
  readonly by: readonly RecoveryFactType[];
}

export const TRANSITIONS: readonly Transition[] = [];
