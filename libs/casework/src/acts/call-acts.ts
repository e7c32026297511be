import { addBusinessDays, addDays, type CaseSnapshot, type Day, decodeState } from '#domain';
import type { CallRow, CaseRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { chooseContact } from '../messages/choose-contact.js';
import { capFreeOn } from '../messages/pace.js';
import { slot } from '../messages/sending-hours.js';
import { askForContact } from '../people/ask-for-contact.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { closeTask, raiseTask } from '../people/tasks.js';
import { lawfulBecause } from '../views/lawful-because.js';
import { found, refusal } from '../refused-error.js';
import { type ActRequest, type ActScope, runAct } from './begin-act.js';
import { isCallTooLate } from './late-call.js';

/** Opens the courtesy call of a debtor, or joins the one that is open; a call made since yesterday counts. Without a usable number the rung is skipped. */
export async function openCallTask(deps: CaseworkDeps, request: ActRequest): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async (scope) => {
    const { tx, row } = scope;
    const stage = request.wake.stage ?? 'courtesyCall';
    const round = request.wake.round ?? 1;
    if (await isCallTooLate(deps, scope, stage, round)) return;
    const phone = await chooseContact(tx, row.creditorId, row.debtorId, 'phone');
    if (!phone) return skipWithoutPhone(deps, scope, stage, round);
    const freeOn = scope.env.constraints.contactsPerWeek === undefined ? undefined : await capFreeOn(tx, row, scope.env);
    if (freeOn) return postponeCall(deps, scope, stage, round, freeOn);
    const recent = await recentCall(tx, row, scope.env.today);
    if (recent) return countRecent(deps, scope, recent, stage, round);
    await joinOrOpen(deps, scope, stage, round);
  });
}

/** His week is full over all his cases: a person who is no trader is called later. */
async function postponeCall(
  deps: CaseworkDeps,
  { tx, row, env, apply }: ActScope,
  stage: string,
  round: number,
  freeOn: Day,
): Promise<void> {
  const until = slot(env, freeOn);
  await recordVerdict(tx, deps, row, { stage, round, verdict: 'POSTPONED', code: 'contactCap', until, at: env.now });
  await apply([{ type: 'stagePostponed', stage, round, until, reason: 'contactCap' }]);
}

async function skipWithoutPhone(deps: CaseworkDeps, { tx, row, env, apply }: ActScope, stage: string, round: number): Promise<void> {
  const { creditorId, caseId } = row;
  await tx.stageOutcomes.insertOnce({
    creditorId,
    caseId,
    stage,
    round,
    outcome: 'skipped',
    reason: 'noUsablePhone',
    messageId: null,
    decidedAt: deps.clock.now(),
  });
  await recordVerdict(tx, deps, row, { stage, round, verdict: 'SKIPPED', code: 'noUsablePhone', at: env.now });
  const email = await chooseContact(tx, creditorId, row.debtorId, 'email');
  if (!email) await askForContact(tx, deps, row);
  await apply([{ type: 'stageSkipped', stage, round, reason: 'noUsablePhone' }]);
}

async function recentCall(tx: Tx, row: CaseRow, today: Day): Promise<CallRow | undefined> {
  const [last] = await tx.calls.all(
    { creditorId: row.creditorId, debtorId: row.debtorId, state: 'reported' },
    { by: 'reportedAt', direction: 'desc', limit: 1 },
  );
  return last && (last.outcome === 'attempted' || last.outcome === 'reached') && last.openedOn >= addDays(today, -1) ? last : undefined;
}

async function countRecent(
  deps: CaseworkDeps,
  { tx, row, env, apply }: ActScope,
  call: CallRow,
  stage: string,
  round: number,
): Promise<void> {
  const { creditorId, caseId } = row;
  await tx.callCases.insertOnce({ creditorId, callId: call.callId, caseId, stage, round, left: false });
  await tx.stageOutcomes.insertOnce({
    creditorId,
    caseId,
    stage,
    round,
    outcome: 'done',
    reason: 'recentCallCounts',
    messageId: null,
    decidedAt: deps.clock.now(),
  });
  await recordVerdict(tx, deps, row, {
    stage,
    round,
    verdict: 'DONE',
    code: 'recentCallCounts',
    at: env.now,
    because: { callId: call.callId },
  });
  await apply([
    { type: 'callTaskOpened', callId: call.callId, stage, round, expiresOn: call.expiresOn },
    { type: 'callReported', callId: call.callId, outcome: call.outcome === 'reached' ? 'reached' : 'attempted', on: env.today },
    { type: 'stageDone', stage, round, contact: 'call' },
  ]);
}

async function joinOrOpen(deps: CaseworkDeps, { tx, row, env, apply }: ActScope, stage: string, round: number): Promise<void> {
  const { creditorId, debtorId, caseId } = row;
  const expiresOn = addBusinessDays(env.today, env.policy.call.expiresBusinessDays, env.calendar);
  const [open] = await tx.calls.all({ creditorId, debtorId, state: 'open' }, { by: 'openedOn', limit: 1 });
  const call = open ? await stillTimeFor(tx, open, env.today, expiresOn) : await openCall(tx, deps, row, env, expiresOn);
  const link = { stage, round, left: false };
  // A pause may have taken the case off this very call: it comes back, for the rung it owes now.
  if (!(await tx.callCases.insertOnce({ creditorId, callId: call.callId, caseId, ...link })))
    await tx.callCases.update({ creditorId, callId: call.callId, caseId }, link);
  await recordVerdict(tx, deps, row, {
    stage,
    round,
    verdict: 'DONE',
    code: open ? 'joinedOpenCall' : 'callTaskOpened',
    at: env.now,
    because: { callId: call.callId, ...lawfulBecause({ id: stage, act: { type: 'call' } }, row.law, env.debtor.kind) },
  });
  await apply([{ type: 'callTaskOpened', callId: call.callId, stage, round, expiresOn: call.expiresOn }]);
}

/** A call left over from a pause has had its days: who joins it now gives it new ones, or it would expire before anybody could make it. */
async function stillTimeFor(tx: Tx, open: CallRow, today: Day, expiresOn: Day): Promise<CallRow> {
  if (open.expiresOn > today) return open;
  await tx.calls.update({ creditorId: open.creditorId, callId: open.callId }, { expiresOn });
  await tx.tasks.update({ creditorId: open.creditorId, taskId: open.taskId, state: 'open' }, { dueOn: expiresOn });
  return { ...open, expiresOn };
}

async function openCall(tx: Tx, deps: CaseworkDeps, row: CaseRow, env: CaseEnvironment, expiresOn: Day): Promise<CallRow> {
  const { creditorId, debtorId } = row;
  const { today } = env;
  const debtorName = env.debtor.name;
  const hours = hoursToCall(env.constraints.callWindows);
  const callId = deps.ids.next();
  const taskId =
    (await raiseTask(tx, deps, {
      creditorId,
      kind: 'call',
      dedupeKey: `call:${callId}`,
      title: `Appeler ${debtorName}\u202f: demander une date de paiement, avec courtoisie.${hours ? ` ${hours}` : ''}`,
      caseId: row.caseId,
      debtorId,
      subjectId: callId,
      dueOn: expiresOn,
    })) ?? callId;
  const call: CallRow = {
    creditorId,
    callId,
    debtorId,
    taskId,
    state: 'open',
    openedOn: today,
    expiresOn,
    outcome: null,
    note: null,
    contactName: null,
    reportedBy: null,
    reportedAt: null,
  };
  await tx.calls.insert(call);
  return call;
}

/** When a person may be called, for whoever makes the call. */
function hoursToCall(windows: CaseEnvironment['constraints']['callWindows']): string {
  if (!windows || windows.length === 0) return '';
  const hour = (time: string) => `${Number(time.slice(0, 2))}\u00a0h`;
  return `Du lundi au vendredi, de ${windows.map(({ from, to }) => `${hour(from)} à ${hour(to)}`).join(' ou de ')}.`;
}

export interface CallReport {
  readonly outcome: 'attempted' | 'reached' | 'notMade';
  readonly note?: string;
  readonly contactName?: string;
  /** The number proved to be wrong: that contact is no longer used. */
  readonly wrongNumber?: boolean;
}

/** A person says what became of the call; it counts for every case that joined it. `notMade` ends the rung so that the mail takes its place. */
export async function reportCall(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  callId: string,
  report: CallReport,
  by: Actor,
): Promise<string[]> {
  const call = found(await tx.calls.one({ creditorId, callId }), 'call', callId);
  if (call.state !== 'open') throw refusal('callNotOpen', { state: call.state });
  const links = await tx.callCases.all({ creditorId, callId, left: false });
  const rows = await tx.lockCases(
    creditorId,
    links.map((l) => l.caseId),
  );
  const at = deps.clock.now();
  await tx.calls.update(
    { creditorId, callId },
    {
      state: 'reported',
      outcome: report.outcome,
      note: report.note ?? null,
      contactName: report.contactName ?? null,
      reportedBy: by.actor,
      reportedAt: at,
    },
  );
  await closeTask(tx, deps, { creditorId, dedupeKey: `call:${callId}` }, by.actor);
  if (report.wrongNumber) await markWrongNumber(tx, deps, call, rows[0]);
  for (const row of rows) await endCall(tx, deps, row, callId, report.outcome, by, false);
  return rows.map((r) => r.caseId);
}

async function markWrongNumber(tx: Tx, deps: CaseworkDeps, call: CallRow, row: CaseRow | undefined): Promise<void> {
  const phone = await chooseContact(tx, call.creditorId, call.debtorId, 'phone');
  if (!phone) return;
  await tx.contacts.update(
    { creditorId: call.creditorId, contactId: phone.contactId },
    { usable: false, proof: 'wrongNumber', proofAt: deps.clock.now() },
  );
  if (row) await askForContact(tx, deps, row);
}

/** Ends the rung for which this case waits for the call; a case that waits for another call, or for none any more, is left as it is. */
async function endCall(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  callId: string,
  outcome: 'attempted' | 'reached' | 'notMade',
  by: Actor,
  silent: boolean,
): Promise<void> {
  const { openCall } = decodeState(row.recovery);
  if (row.closedKind || openCall?.callId !== callId) return;
  const { stage, round } = openCall;
  const env = await environmentOf(tx, deps, row);
  const { creditorId, caseId } = row;
  const wasMade = outcome !== 'notMade';
  await tx.stageOutcomes.insertOnce({
    creditorId,
    caseId,
    stage,
    round,
    outcome: wasMade ? 'done' : 'skipped',
    reason: wasMade ? outcome : 'callNotMade',
    messageId: null,
    decidedAt: deps.clock.now(),
  });
  await recordVerdict(tx, deps, row, {
    stage,
    round,
    verdict: wasMade ? 'DONE' : 'SKIPPED',
    code: wasMade ? `call.${outcome}` : 'callNotMade',
    at: env.now,
    because: { callId },
  });
  await applyFacts(
    tx,
    deps,
    row,
    [
      { type: 'callReported', callId, outcome, on: env.today },
      wasMade ? { type: 'stageDone', stage, round, contact: 'call' } : { type: 'stageSkipped', stage, round, reason: 'callNotMade' },
    ],
    by,
    { silent, environment: env },
  );
}

/** Nobody made the call in time: it counts as not made for every case that joined it, and the ladder goes on. */
export async function expireCall(deps: CaseworkDeps, request: ActRequest): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async ({ tx, row }) => {
    const { openCall: waiting } = decodeState(row.recovery);
    if (!waiting) return;
    const by: Actor = { actor: 'workflow:callExpires', role: 'workflow' };
    const call = await tx.calls.one({ creditorId: row.creditorId, callId: waiting.callId, state: 'open' });
    if (!call) return endCall(tx, deps, row, waiting.callId, 'notMade', by, true);
    const joined = await tx.callCases.all({ creditorId: row.creditorId, callId: call.callId, left: false });
    const rows = await tx.lockCases(
      row.creditorId,
      joined.map((l) => l.caseId),
    );
    await tx.calls.update(
      { creditorId: row.creditorId, callId: call.callId },
      { state: 'expired', outcome: 'notMade', reportedAt: deps.clock.now(), reportedBy: by.actor },
    );
    await closeTask(tx, deps, { creditorId: row.creditorId, dedupeKey: `call:${call.callId}` }, by.actor, 'cancelled');
    for (const member of rows) await endCall(tx, deps, member, call.callId, 'notMade', by, member.caseId === row.caseId);
  });
}
