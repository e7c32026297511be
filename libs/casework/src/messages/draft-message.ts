import { type Day, dayIn, decodeState, type Instant, isDecided, isHeld, type PolicyStage, revisionOf } from '#domain';
import type { CaseRow, DebtorContactRow, OutboundMessageRow, Tables } from '#ports';
import { canonicalHash } from '../canonical-hash.js';
import type { CaseworkDeps } from '../casework-deps.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { found, refusal } from '../refused-error.js';
import { announcedReminder, type AnnouncedReminder, isFirstReminder } from '../regime/first-reminder.js';
import { chooseContact, mayGoByPost } from './choose-contact.js';
import { type LetterFacts, letterFacts, type MessageMember, membersOf } from './letter-facts.js';
import { withPast } from './past-of-members.js';
import { newestWords, type OwnWords } from './own-words.js';

/** What a rung is about to say and to whom, with its basis: the hash that must not change between approval and sending. */
export interface MessageDraft {
  readonly creditorId: string;
  readonly debtorId: string;
  readonly lead: CaseRow;
  readonly stage: string;
  readonly round: number;
  readonly policyStage: PolicyStage;
  readonly template: string;
  readonly members: readonly MessageMember[];
  readonly slotOn: Day;
  readonly basis: string;
  readonly channel: 'email' | 'registeredPost' | 'post' | 'file';
  readonly contact?: DebtorContactRow;
  readonly letter: LetterFacts;
  /** Words that a person wrote in place of the template's. */
  readonly words?: OwnWords;
  /** What the free first reminder announces; set for that rung only. */
  readonly firstReminder?: AnnouncedReminder;
  /** A live message of this rung, planned before. */
  readonly known?: OutboundMessageRow;
  readonly env: CaseEnvironment;
}

/** Reads, without any lock, what the rung of a case would say. `slotOn`: the day the letter bears. */
export async function draftMessage(
  tx: Tables,
  deps: CaseworkDeps,
  key: {
    readonly creditorId: string;
    readonly caseId: string;
    readonly stage: string;
    readonly round: number;
    readonly slotAt?: Instant;
    readonly words?: OwnWords;
  },
): Promise<MessageDraft> {
  const { creditorId } = key;
  const lead = found(await tx.cases.one({ creditorId, caseId: key.caseId }), 'case', key.caseId);
  const env = await environmentOf(tx, deps, lead);
  const policyStage = env.policy.stages.find((s) => s.id === key.stage);
  if (!policyStage) throw refusal('stageUnknown', { stage: key.stage });
  const slotOn = key.slotAt && key.slotAt > env.now ? dayIn(key.slotAt, env.zone) : env.today;
  const rows = await groupOf(tx, lead, policyStage, key.round, env, key.slotAt && key.slotAt > env.now ? key.slotAt : env.now);
  const members = await withPast(tx, await membersOf(tx, deps, rows, slotOn, env));
  const email = await chooseContact(tx, creditorId, lead.debtorId, 'email');
  const { again } = decodeState(lead.recovery);
  const channel = channelOf(policyStage, email, env, again?.stage === key.stage && again.by !== 'email');
  const contact = channel === 'email' ? email : undefined;
  return {
    creditorId,
    debtorId: lead.debtorId,
    lead,
    stage: key.stage,
    round: key.round,
    policyStage,
    template: policyStage.act.template ?? policyStage.id,
    members,
    slotOn,
    basis: basisOf(policyStage, members, env, contact),
    channel,
    ...(contact ? { contact } : {}),
    ...(await wordsFor(tx, deps, policyStage, members, key.words)),
    letter: letterFacts({
      creditor: env.creditor,
      debtor: env.debtor,
      members,
      on: slotOn,
      ...(contact ? { contact } : {}),
      earlier: await earlierContacts(tx, lead),
      ...(await lastCall(tx, lead)),
    }),
    ...announced(deps, env, policyStage, members, slotOn, channel),
    ...(await liveMessage(tx, lead, key.stage, key.round)),
    env,
  };
}

/** `asked`: words to try, before they are kept. */
async function wordsFor(
  tx: Tables,
  deps: CaseworkDeps,
  stage: PolicyStage,
  members: readonly MessageMember[],
  asked: OwnWords | undefined,
): Promise<{ words?: OwnWords }> {
  if (asked) return { words: asked };
  const edited = members.filter(({ row }) => revisionOf(decodeState(row.recovery), stage.id) !== undefined);
  if (edited.length === 0) return {};
  const words = await newestWords(
    tx,
    deps,
    edited.map(({ row }) => row),
    stage.id,
  );
  return words ? { words } : {};
}

function announced(
  deps: CaseworkDeps,
  env: CaseEnvironment,
  stage: PolicyStage,
  [member]: readonly MessageMember[],
  slotOn: Day,
  channel: MessageDraft['channel'],
): { firstReminder?: AnnouncedReminder } {
  if (!member || !isFirstReminder(stage, env)) return {};
  const facts = { row: member.row, invoice: member.invoice, creditor: env.creditor, debtor: env.debtor, movements: [] };
  return { firstReminder: announcedReminder(deps, facts, slotOn, channel === 'post' ? 'post' : 'electronic') };
}

/** Cases of the debtor whose same rung is due too: one mail speaks for all. Formal acts stay one by one. */
async function groupOf(
  tx: Tables,
  lead: CaseRow,
  stage: PolicyStage,
  round: number,
  env: CaseEnvironment,
  by: Instant,
): Promise<CaseRow[]> {
  // What a person who is no trader owes depends on what was done for each due date: every letter to him speaks of one.
  const isGrouped = env.debtor.kind === 'business' || env.debtor.kind === 'publicBody';
  if (stage.act.type !== 'mail' || !isGrouped) return [lead];
  const siblings = await tx.cases.all(
    {
      creditorId: lead.creditorId,
      debtorId: lead.debtorId,
      closedKind: null,
      wakeKind: 'mail',
      wakeStage: stage.id,
      wakeRound: round,
      currency: lead.currency,
    },
    { by: 'caseId', limit: 50 },
  );
  const candidates = siblings.filter(
    (row) => row.caseId !== lead.caseId && row.wakeAt !== null && row.wakeAt <= by && !mayNotJoin(row, lead, stage.id, round, env.today),
  );
  const due: CaseRow[] = [];
  for (const row of candidates) if (!(await isOnItsWay(tx, row, stage.id, round))) due.push(row);
  return [lead, ...due].sort((a, b) => (a.dueOn === b.dueOn ? (a.caseId < b.caseId ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1));
}

/** True for a case that no letter of the lead may speak for: stopped, below its threshold, on another ladder, its own rung held back or struck out. */
export function mayNotJoin(row: CaseRow, lead: CaseRow, stage: string, round: number, today: Day): boolean {
  const state = decodeState(row.recovery);
  if (isHeld(state, stage, round, today) || isDecided(state, stage, round)) return true;
  const isStopped = state.closed ?? state.dispute ?? state.hold ?? state.promise ?? state.insolvency;
  if (isStopped || state.blockers.length > 0 || state.openPrincipalMinor < state.thresholdMinor) return true;
  return row.law !== lead.law || row.policyId !== lead.policyId || row.policyVersion !== lead.policyVersion;
}

/** Its rung is being sent, or was, by a message of its own. */
async function isOnItsWay(tx: Tables, row: CaseRow, stage: string, round: number): Promise<boolean> {
  const { known } = await liveMessage(tx, row, stage, round);
  return known !== undefined && known.state !== 'PLANNED';
}

function channelOf(
  stage: PolicyStage,
  email: DebtorContactRow | undefined,
  env: CaseEnvironment,
  isOwedByPost: boolean,
): MessageDraft['channel'] {
  if (stage.act.type === 'referral') return 'file';
  if (stage.act.type === 'formalNotice' && !email) return 'registeredPost';
  // A reminder for which there is no address, or that came back from the last one, goes as a plain letter where its policy lets it.
  if ((isOwedByPost || !email) && mayGoByPost(stage, env.debtor)) return 'post';
  return 'email';
}

/** What the letter says and to whom, without the interest of the day: sums, contact, template, policy, law. */
export function basisOf(
  stage: PolicyStage,
  members: readonly MessageMember[],
  env: CaseEnvironment,
  contact: DebtorContactRow | undefined,
): string {
  const own = members.map(({ invoice }) => invoice.contractTerms ?? env.creditor.contractTerms[env.debtor.kind] ?? null);
  const terms = own.some((kept) => kept !== null) ? own : undefined;
  const revisions = members.map(({ row }) => revisionOf(decodeState(row.recovery), stage.id) ?? 0);
  return canonicalHash({
    stage: stage.id,
    template: stage.act.template ?? stage.id,
    policy: `${env.policy.id}@${env.policy.version}`,
    kind: env.debtor.kind,
    debtor: { name: env.debtor.name, address: env.debtor.address },
    contact: contact ? { address: contact.address, name: contact.name } : null,
    ...(terms ? { terms } : {}),
    ...(revisions.some((revision) => revision > 0) ? { revisions } : {}),
    creditor: { iban: env.creditor.iban, name: env.creditor.legalName, signatory: env.creditor.signatoryName },
    members: members.map(({ row, invoice }) => ({
      caseId: row.caseId,
      faceMinor: row.faceMinor,
      openMinor: row.openPrincipalMinor,
      dueOn: row.dueOn,
      law: invoice.law,
    })),
  });
}

async function earlierContacts(tx: Tables, lead: CaseRow): Promise<LetterFacts['earlierReminders']> {
  const links = await tx.messageCases.all({ creditorId: lead.creditorId, caseId: lead.caseId });
  if (links.length === 0) return [];
  const sent = await tx.messages.all(
    { creditorId: lead.creditorId, messageId: links.map((l) => l.messageId), purpose: 'chase', state: ['ACCEPTED', 'CONFIRMED_SENT'] },
    { by: 'slotOn', limit: 50 },
  );
  if (sent.length === 0) return [];
  // A mail that came back reached nobody: no letter says that it did.
  const failed = await tx.deliveryEvents.all({
    creditorId: lead.creditorId,
    messageId: sent.map((m) => m.messageId),
    kind: ['bounce', 'dropped'],
  });
  const reachedNobody = new Set(failed.map((event) => event.messageId));
  return sent
    .filter((m) => m.channel !== 'file' && !reachedNobody.has(m.messageId))
    .map((m) => ({ on: m.slotOn, channel: m.channel === 'registeredPost' || m.channel === 'post' ? m.channel : ('email' as const) }));
}

async function lastCall(tx: Tables, lead: CaseRow): Promise<{ call?: NonNullable<LetterFacts['call']> }> {
  const { lastCall: call } = decodeState(lead.recovery);
  if (!call || call.outcome === 'noPhone') return {};
  const [row] = await tx.calls.all(
    { creditorId: lead.creditorId, debtorId: lead.debtorId, state: 'reported' },
    { by: 'reportedAt', direction: 'desc', limit: 1 },
  );
  return { call: { on: call.on, outcome: call.outcome, ...(row?.contactName ? { contactName: row.contactName } : {}) } };
}

async function liveMessage(tx: Tables, lead: CaseRow, stage: string, round: number): Promise<{ known?: OutboundMessageRow }> {
  const link = await tx.messageCases.one({ creditorId: lead.creditorId, caseId: lead.caseId, stage, round, live: true });
  const known = link && (await tx.messages.one({ creditorId: lead.creditorId, messageId: link.messageId }));
  return known ? { known } : {};
}
