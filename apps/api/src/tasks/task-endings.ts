/** How a task ends that asks for a command: the route, with the identifiers of the task in it, and what it does in French. */
interface CommandEnding {
  /** Below `/api/v1/creditors/{creditorId}/`; `{caseId}` and `{debtorId}` are the task's own, any other name is its subject. */
  readonly route: string;
  readonly does: string;
  /** The command is refused once the case is closed: the task may then be ended by hand. */
  readonly needsOpenCase?: true;
}

/** Kinds of task that end with what they ask for, not with a tick. */
export const ENDS_BY_COMMAND: Readonly<Record<string, CommandEnding>> = {
  answerDispute: { route: 'cases/{caseId}/dispute/resolve', does: 'trancher le litige', needsOpenCase: true },
  approveStage: { route: 'approvals/{approvalId}/decision', does: 'accorder ou refuser l’étape' },
  call: { route: 'calls/{callId}/report', does: 'consigner l’appel' },
  creditNoteParked: { route: 'invoices/{creditNoteId}/allocate', does: 'affecter l’avoir à sa facture' },
  decideAccessories: { route: 'cases/{caseId}/accessories', does: 'réclamer les intérêts et l’indemnité, ou y renoncer' },
  decideDebtorKind: { route: 'debtors/{debtorId}/kind', does: 'préciser la qualité du débiteur' },
  debtorKindNotServed: { route: 'debtors/{debtorId}/kind', does: 'confirmer ou préciser la qualité du débiteur' },
  decideLaw: { route: 'invoices/{invoiceId}/law', does: 'fixer la loi qui régit la facture' },
  disputeOverdue: { route: 'cases/{caseId}/dispute/resolve', does: 'trancher le litige', needsOpenCase: true },
  documentDoubt: { route: 'cases/{caseId}/doubts/clear', does: 'lever le doute sur le document', needsOpenCase: true },
  lateStage: { route: 'cases/{caseId}/resume', does: 'reprendre les relances\u202f: l’étape en retard a lieu', needsOpenCase: true },
  messageUnknown: { route: 'communications/{messageId}/decision', does: 'dire si le message est parti' },
  paymentParked: { route: 'payments/{paymentId}/allocate', does: 'affecter le paiement (ou le rendre\u202f: payments/{paymentId}/return)' },
  printLetter: { route: 'post-tray/{postItemId}/report', does: 'consigner le dépôt de la lettre' },
  recallReferral: { route: 'handovers/{handOverId}/recalled', does: 'consigner le rappel du dossier' },
};

/** Kinds that a person ends by hand: what they ask for happens outside, or through several commands. A test keeps both lists complete. */
export const ENDS_BY_HAND: ReadonlySet<string> = new Set([
  'approvalExpired',
  'checkStatutes',
  'confirmContact',
  'declareClaim',
  'declareClaimSoon',
  'declareToCommission',
  'eventParked',
  'findContact',
  'ibanMismatch',
  'informImpossible',
  'interestUnknown',
  'invoiceConflict',
  'letterImpossible',
  'limitationNear',
  'messageCrossed',
  'messageRejected',
  'partialReversal',
  'paymentReversed',
  'promiseBroken',
  'readContract',
  'reconcilerFinding',
  'regimeChanged',
  'review',
  'sendHandOver',
]);

/** The sentence of a refused tick: what to do, and by which route of this very task. */
export function howToEnd(
  { route, does }: CommandEnding,
  task: { readonly caseId: string | null; readonly debtorId: string | null; readonly subjectId: string | null },
): string {
  const own: Readonly<Record<string, string | null>> = { caseId: task.caseId, debtorId: task.debtorId };
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (place: string, name: string) => (name in own ? own[name] : task.subjectId) ?? place);
  return `Pour terminer cette tâche, il faut ${fill(does)}\u202f: POST ${fill(route)}.`;
}
