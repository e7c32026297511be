import { CASE_STATES, type CaseState } from './case-state.js';
import type { RecoveryFactType } from './recovery-fact.js';

export interface Transition {
  readonly from: CaseState;
  readonly to: CaseState;
  readonly by: readonly RecoveryFactType[];
}

type Exits = Partial<Record<CaseState, readonly RecoveryFactType[]>>;

/** Shown for nothing yet: the place of instalment plans in the order of precedence. */
export const STATES_WITHOUT_FACTS: readonly CaseState[] = ['inPlan'];

const CLOSINGS: Exits = {
  handedOver: ['caseClosed'],
  writtenOff: ['caseClosed'],
  withdrawn: ['caseClosed'],
};
const STOPS: Exits = {
  onHold: ['holdPlaced'],
  disputed: ['disputeOpened'],
  insolvency: ['insolvencyOpened', 'caseClosed'],
};
/** Back on the ladder: where it was left decides which of the three is shown. */
const onTheLadder = (...by: RecoveryFactType[]): Exits => ({ scheduled: by, reminding: by, formalNoticeServed: by });
const REOPENINGS: Exits = {
  ...onTheLadder('caseReopened'),
  onHold: ['caseReopened'],
  disputed: ['caseReopened'],
  insolvency: ['caseReopened'],
};

const TABLE: Readonly<Record<CaseState, Exits>> = {
  scheduled: {
    reminding: ['callTaskOpened', 'stageDone', 'stageSkipped', 'stageHandedToPerson'],
    promised: ['promiseMade'],
    settled: ['settled'],
    ...STOPS,
    ...CLOSINGS,
  },
  reminding: { formalNoticeServed: ['deliveryReported'], promised: ['promiseMade'], settled: ['settled'], ...STOPS, ...CLOSINGS },
  formalNoticeServed: { promised: ['promiseMade'], settled: ['settled'], ...STOPS, ...CLOSINGS },
  // A promise ends (kept) in the fact before `settled`, so no arrow leads from one to the other.
  promised: { ...onTheLadder('promiseEnded'), ...STOPS, ...CLOSINGS },
  inPlan: {},
  onHold: {
    ...onTheLadder('holdReleased'),
    promised: ['holdReleased'],
    disputed: ['disputeOpened'],
    insolvency: ['insolvencyOpened', 'caseClosed'],
    settled: ['settled'],
    ...CLOSINGS,
  },
  disputed: {
    ...onTheLadder('disputeResolved'),
    onHold: ['disputeResolved'],
    insolvency: ['insolvencyOpened', 'caseClosed'],
    settled: ['settled'],
    ...CLOSINGS,
  },
  insolvency: { ...onTheLadder('caseReopened'), onHold: ['caseReopened'], disputed: ['caseReopened'], settled: ['settled'], ...CLOSINGS },
  handedOver: { ...REOPENINGS, settled: ['settled'] },
  writtenOff: { ...REOPENINGS, settled: ['settled'] },
  settled: REOPENINGS,
  withdrawn: REOPENINGS,
};

/** Every change of the shown state that can occur, with the facts that cause it. Any other is a defect (I14). */
export const TRANSITIONS: readonly Transition[] = CASE_STATES.flatMap((from) =>
  CASE_STATES.flatMap((to) => {
    const by = TABLE[from][to];
    return by ? [{ from, to, by }] : [];
  }),
);

/** True when the table lets a fact of this type change the shown state from one to the other. Staying is always allowed. */
export function isTransition(from: CaseState, to: CaseState, by: RecoveryFactType): boolean {
  return from === to || (TABLE[from][to]?.includes(by) ?? false);
}

/** The table as a Mermaid state diagram, for a README. */
export function drawTransitions(): string {
  const arrows = TRANSITIONS.map(({ from, to, by }) => `  ${from} --> ${to}: ${by.join(', ')}`);
  return ['stateDiagram-v2', '  [*] --> scheduled: caseOpened', ...arrows].join('\n');
}
