import { type Blocker, type Day, encodeState, type Instant, openState, type RecoveryState, shownState } from '#domain';
import { recoveryWorkflowId } from '#contracts';
import type { CaseRow, CreditorRow, DebtorRow, InvoiceRow, JournalRow, Tx } from '#ports';
import { canonicalHash, sha256Hex } from '../canonical-hash.js';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { type CaseEnvironment, environmentFrom } from '../facts/case-environment.js';
import { CHAIN_START, journalRow, stateHash } from '../facts/journal-entry.js';
import { type CaseView, look, snapshotFor } from '../facts/apply-facts.js';
import { postEntry } from '../money/postings.js';
import { amountFor } from '../policy-book.js';
import { limitationFrom } from '../regime/limitation-of-case.js';
import { todayFor } from '../moment.js';

export interface NewCase {
  readonly creditor: CreditorRow;
  readonly debtor: DebtorRow;
  readonly invoice: InvoiceRow;
  readonly policy: { readonly id: string; readonly version: number };
  readonly term: number;
  readonly terms: number;
  readonly dueOn: Day;
  readonly faceMinor: bigint;
  readonly openMinor: bigint;
  readonly blockers: readonly Blocker[];
  readonly earlierStages: readonly string[];
}

/** Makes the case of one due term: row, first journal line, ledger entry, and the start of its workflow in the outbox, all in this transaction. */
export async function openCase(tx: Tx, deps: CaseworkDeps, input: NewCase, by: Actor): Promise<CaseRow> {
  const { creditor, debtor, invoice } = input;
  const policy = await deps.policies.find(tx, creditor.creditorId, input.policy.id, input.policy.version);
  const { law } = invoice;
  const today = todayFor(creditor, deps.clock, debtor.zone);
  const limitation = limitationFrom(deps.law, { law, kind: debtor.kind, dueOn: input.dueOn, asOf: today }, []);
  const limitationOn = invoice.lawKnown ? (limitation?.on ?? null) : null;
  const env = environmentFrom(deps, creditor, debtor, policy, { law, limitationOn });
  const caseId = deps.ids.next();
  const state = stateOf(input, caseId, env);
  const view = look(state, env);
  const recordedAt = deps.clock.now();
  const journal = firstEntry(input, state, env, recordedAt, by);
  const row = caseRow(input, state, view, {
    workflowId: await freeWorkflowId(tx, invoice, input.term),
    chainHash: journal.hash,
    recordedAt,
    limitationOn,
  });
  await tx.cases.insert(row);
  await tx.journal.insert(journal);
  await postEntry(tx, deps, {
    creditorId: creditor.creditorId,
    currency: invoice.currency,
    effectiveOn: invoice.issuedOn,
    cause: `invoice:${invoice.invoiceId}~${input.term}`,
    lines: [
      { account: `receivable:${caseId}`, amountMinor: input.openMinor },
      { account: 'sales', amountMinor: -input.openMinor },
    ],
  });
  await tx.enqueue({
    creditorId: creditor.creditorId,
    workflowId: row.workflowId,
    kind: 'startRecovery',
    name: 'recoverInvoice',
    payload: {
      caseId,
      snapshot: snapshotFor(row, state, view, env),
      caption: { invoiceNumber: invoice.number, policy: `${policy.id}@${policy.version}`, term: { index: input.term, of: input.terms } },
      recordedAt,
    },
    createdAt: recordedAt,
  });
  return row;
}

function stateOf({ creditor, debtor, invoice, ...input }: NewCase, caseId: string, { policy, today }: CaseEnvironment): RecoveryState {
  return openState({
    caseId,
    creditorId: creditor.creditorId,
    debtorId: debtor.debtorId,
    currency: invoice.currency,
    dueOn: input.dueOn,
    openedOn: today,
    openPrincipalMinor: input.openMinor,
    toleranceMinor: amountFor(policy.tolerance, invoice.currency),
    thresholdMinor: amountFor(policy.threshold, invoice.currency),
    policy: { id: policy.id, version: policy.version },
    blockers: [...input.blockers],
    earlierStages: [...input.earlierStages],
  });
}

/** The chain of a case begins here. */
function firstEntry(input: NewCase, state: RecoveryState, env: CaseEnvironment, recordedAt: Instant, by: Actor): JournalRow {
  const { term, faceMinor, openMinor, dueOn } = input;
  return journalRow(
    {
      creditorId: state.creditorId,
      streamId: state.caseId,
      seq: 1,
      kind: 'caseOpened',
      recordedAt,
      effectiveOn: env.today,
      cause: {
        invoiceId: input.invoice.invoiceId,
        term,
        faceMinor,
        openPrincipalMinor: openMinor,
        dueOn,
        policy: `${state.policy.id}@${state.policy.version}`,
      },
      beforeHash: canonicalHash(null),
      afterHash: stateHash(state),
      previousHash: CHAIN_START,
    },
    by,
  );
}

function caseRow(
  input: NewCase,
  state: RecoveryState,
  view: CaseView,
  made: { workflowId: string; chainHash: string; recordedAt: Instant; limitationOn: Day | null },
): CaseRow {
  const { creditor, invoice } = input;
  return {
    creditorId: creditor.creditorId,
    caseId: state.caseId,
    invoiceId: invoice.invoiceId,
    term: input.term,
    debtorId: state.debtorId,
    workflowId: made.workflowId,
    episode: 1,
    epoch: creditor.epoch,
    factSeq: 1,
    state: shownState(state),
    currency: invoice.currency,
    law: invoice.law,
    dueOn: input.dueOn,
    limitationOn: made.limitationOn,
    faceMinor: input.faceMinor,
    openPrincipalMinor: input.openMinor,
    policyId: state.policy.id,
    policyVersion: state.policy.version,
    recovery: encodeState(state),
    plan: view.plan.map((stage) => ({ ...stage })),
    wakeKind: view.wake?.kind ?? null,
    wakeAt: view.wake?.at ?? null,
    wakeStage: view.wake?.stage ?? null,
    wakeRound: view.wake?.round ?? null,
    closedKind: null,
    closedAt: null,
    chainHash: made.chainHash,
    createdAt: made.recordedAt,
    updatedAt: made.recordedAt,
  };
}

/** The id an auditor sees: by invoice number; the year is added where a number repeats, a hash where that is taken too. */
async function freeWorkflowId(tx: Tx, invoice: InvoiceRow, term: number): Promise<string> {
  const candidates = [
    invoice.number,
    `${invoice.number}.${invoice.issueYear}`,
    `${invoice.number}.${sha256Hex(new TextEncoder().encode(invoice.invoiceId)).slice(0, 12)}`,
  ];
  for (const candidate of candidates) {
    const workflowId = recoveryWorkflowId(invoice.creditorId, candidate, term);
    if (!(await tx.cases.one({ workflowId }))) return workflowId;
  }
  return recoveryWorkflowId(invoice.creditorId, invoice.invoiceId, term);
}
