import { PROMISE_BROKEN_CALL_STAGE, type RecoveryFact, type RecoveryState } from '#domain';

/** What happens to a case and takes the cause of a task away. */
export type TaskEnding =
  /** The case closed, whatever closed it. */
  | 'caseClosed'
  /** It closed without a claim that anybody still pursues: settled, withdrawn, written off. */
  | 'claimGone'
  | 'caseReopened'
  /** What the provider refused is owed again. */
  | 'rejectionLifted'
  /** What was handed to a person is back on the ladder. */
  | 'handedBack'
  /** The late rung about which a person was asked left, or never will. */
  | 'lateRungDecided'
  /** Nothing holds the ladder any more. */
  | 'unblocked'
  | 'ladderChanged'
  /** After a broken promise: the debtor was called, promised anew, or is insolvent. */
  | 'promiseFollowedUp';

interface RuleOfCause {
  /** Each takes the cause away: the task ends in the transaction that records the event. */
  readonly endsWith: readonly [TaskEnding, ...TaskEnding[]];
  /** A task of the whole invoice or debtor (its key is `kind:id`) ends once none of their cases is open. */
  readonly of?: 'invoice' | 'debtor';
  /** What else ends it: the command that it asks for, or a person's tick. */
  readonly by: 'command' | 'person';
}

interface RuleOfOne {
  /** No event of a case ends it: the command that it asks for, a person alone, or the reader that raised it. */
  readonly onlyBy: 'command' | 'person' | 'reader';
  readonly because: string;
}

const answered = (because: string): RuleOfOne => ({ onlyBy: 'command', because });
const personOnly = (because: string): RuleOfOne => ({ onlyBy: 'person', because });

/** With what each kind of task ends: the one table, complete by type (`NewTask.kind`) and by test. */
export const TASK_RULES = {
  answerDispute: { endsWith: ['caseClosed'], by: 'command' },
  approvalExpired: { endsWith: ['caseClosed'], by: 'person' },
  approveStage: { endsWith: ['caseClosed'], by: 'command' },
  call: answered('Closed with its call: a call may be about several cases, and ends when the last one left it.'),
  checkStatutes: { onlyBy: 'reader', because: 'The daily look at the legal values cancels what is no longer due.' },
  confirmContact: personOnly('That an address is left aside is nothing the system could see.'),
  creditNoteParked: answered('The note stays unallocated until a person says to which invoice it belongs.'),
  debtorKindNotServed: answered('The answer counts for what comes back and for what comes next.'),
  decideAccessories: { endsWith: ['caseReopened'], by: 'command' },
  decideDebtorKind: answered('The answer counts for what comes back and for what comes next.'),
  decideLaw: answered('The answer counts for a case that comes back.'),
  declareClaim: { endsWith: ['claimGone'], by: 'person' },
  declareClaimSoon: { endsWith: ['claimGone'], by: 'person' },
  declareToCommission: personOnly('One declaration covers all claims on the debtor, whatever becomes of one of them.'),
  disputeOverdue: { endsWith: ['caseClosed'], by: 'command' },
  documentDoubt: { endsWith: ['caseClosed'], of: 'invoice', by: 'command' },
  eventParked: personOnly('What came in is not applied: retried or dismissed by a person, whatever became of its case.'),
  findContact: { endsWith: ['caseClosed'], of: 'debtor', by: 'person' },
  ibanMismatch: { endsWith: ['caseClosed'], of: 'invoice', by: 'person' },
  informImpossible: { endsWith: ['caseClosed'], by: 'person' },
  interestUnknown: { endsWith: ['caseClosed'], of: 'invoice', by: 'person' },
  invoiceConflict: personOnly('Two documents disagree until a person has compared them, paid or not.'),
  lateStage: { endsWith: ['caseClosed', 'handedBack', 'lateRungDecided'], by: 'command' },
  letterImpossible: { endsWith: ['caseClosed', 'handedBack'], by: 'person' },
  limitationNear: { endsWith: ['claimGone'], by: 'person' },
  messageCrossed: personOnly('Whether the debtor is owed a word about mail that crossed his money is a matter of judgement.'),
  messageRejected: { endsWith: ['caseClosed', 'rejectionLifted'], by: 'person' },
  messageUnknown: answered('Whether a message left must be known even after its case: it may come back.'),
  partialReversal: personOnly('The payment is corrected by hand, outside any case.'),
  paymentParked: answered('Ends with its money: allocated, returned, or taken back by the bank.'),
  paymentReversed: { endsWith: ['caseClosed'], by: 'person' },
  printLetter: answered('Ends with its letter: reported as posted, or withdrawn.'),
  promiseBroken: { endsWith: ['caseClosed', 'promiseFollowedUp'], by: 'person' },
  readContract: personOnly('It is about the contracts of the creditor; keeping what they say ends it.'),
  recallReferral: answered('The partner has the file until he confirmed that he stopped.'),
  reconcilerFinding: personOnly('What no row knows is looked at by an operator.'),
  regimeChanged: personOnly('Letters went out under another regime; a person reads again what they asked.'),
  review: { endsWith: ['caseClosed', 'unblocked', 'ladderChanged'], by: 'person' },
  sendHandOver: { endsWith: ['claimGone'], by: 'person' },
} as const satisfies Readonly<Record<string, RuleOfCause | RuleOfOne>>;

export type TaskKind = keyof typeof TASK_RULES;

/** The kinds that a set of endings ends, by what their tasks are about. */
export interface EndedKinds {
  readonly ofCase: readonly TaskKind[];
  readonly ofInvoice: readonly TaskKind[];
  readonly ofDebtor: readonly TaskKind[];
}

export function kindsEndedBy(endings: readonly TaskEnding[]): EndedKinds {
  const wanted = new Set<TaskEnding>(endings);
  const rules: [string, RuleOfCause | RuleOfOne][] = Object.entries(TASK_RULES);
  const of = (about: RuleOfCause['of']) =>
    rules.flatMap(([kind, rule]) =>
      'endsWith' in rule && rule.of === about && rule.endsWith.some((ending) => wanted.has(ending)) ? [kind as TaskKind] : [],
    );
  return { ofCase: of(undefined), ofInvoice: of('invoice'), ofDebtor: of('debtor') };
}

/** What the facts of one transaction did to a case that may take the cause of a task away; most facts answer none, and ask the database nothing. */
export function endingsOf(before: RecoveryState, after: RecoveryState, events: readonly RecoveryFact[]): TaskEnding[] {
  if (after.closed) {
    // A case that was handed over is closed again when the money comes.
    if (after.closed.kind === before.closed?.kind) return lifted(before, after);
    const isClaimGone = after.closed.kind !== 'handedOver' && after.closed.kind !== 'insolvency';
    return isClaimGone ? ['caseClosed', 'claimGone'] : ['caseClosed'];
  }
  return [
    ...(before.closed ? (['caseReopened'] as const) : []),
    ...lifted(before, after),
    ...(before.askedLate && !after.askedLate ? (['lateRungDecided'] as const) : []),
    ...(isUnblocked(before, after) ? (['unblocked'] as const) : []),
    ...(before.nextReviewOn && events.some(({ type }) => type === 'policyChanged') ? (['ladderChanged'] as const) : []),
    ...(before.brokenPromises > 0 && events.some(followsUp) ? (['promiseFollowedUp'] as const) : []),
  ];
}

/** Also on a closed case: it still takes the answer to what held it. */
function lifted(before: RecoveryState, after: RecoveryState): TaskEnding[] {
  const isLifted = (blocker: 'messageRejected' | 'handedToPerson') =>
    before.blockers.includes(blocker) && !after.blockers.includes(blocker);
  return [
    ...(isLifted('messageRejected') ? (['rejectionLifted'] as const) : []),
    ...(isLifted('handedToPerson') ? (['handedBack'] as const) : []),
  ];
}

/** The last thing that held the ladder is gone: a blocker, or a refused approval. */
function isUnblocked(before: RecoveryState, after: RecoveryState): boolean {
  return isBlocked(before) && !isBlocked(after);
}

function isBlocked({ blockers, approval }: RecoveryState): boolean {
  return blockers.length > 0 || approval?.state === 'refused';
}

function followsUp(event: RecoveryFact): boolean {
  if (event.type === 'stageDone') return event.stage === PROMISE_BROKEN_CALL_STAGE;
  return event.type === 'promiseMade' || event.type === 'insolvencyOpened';
}
