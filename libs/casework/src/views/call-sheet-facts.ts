import {
  asksForCosts,
  type Day,
  decodeState,
  type DunningPolicy,
  latestPromiseOn,
  type LocalText,
  PROMISE_BROKEN_CALL_STAGE,
  PROMISE_BROKEN_CALL_TITLE,
  type RecoveryState,
} from '#domain';
import type { CallCaseRow, CaseRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { chooseContact } from '../messages/choose-contact.js';
import { type LetterFacts, letterFacts, type LetterLanguage, membersOf } from '../messages/letter-facts.js';
import { found, refusal } from '../refused-error.js';
import { routesOfCase } from '../regime/routes-of-case.js';
import { type CallSheetEvent, callSheetEvents, type CallSheetRemark, callSheetRemarks } from './call-sheet-events.js';

/** Whom the caller may ask for, best first: the debtor's own sphere (K1). */
const CALLED_ROLES = ['accounting', 'debtor', 'orderingParty', 'legalRepresentative'] as const;

/** What the person who makes a call has in hand: one regime, one currency, one degree of firmness. */
export interface CallSheetFacts {
  readonly letter: LetterFacts;
  /** The balance is asked for and nothing else is said: no rung that asks for more was ever climbed. */
  readonly isCourtesy: boolean;
  /** Name of the rung. */
  readonly title: LocalText;
  readonly caseReference: string;
  /** Invoices of the same call that have a sheet of their own. */
  readonly otherInvoices: readonly string[];
  readonly phones: readonly { readonly number: string; readonly name?: string; readonly role: (typeof CALLED_ROLES)[number] }[];
  readonly events: readonly CallSheetEvent[];
  readonly remarks: readonly CallSheetRemark[];
  /** The latest day that a promise made today may name; absent when no promise may be taken any more. */
  readonly latestDateOn?: Day;
  readonly promisesLeft: number;
  /** Only a hand-over that the notice announced, that the plan holds and that no law closes. */
  readonly nextStep?: 'collectionAgency' | 'bailiff' | 'lawyer';
}

interface Called {
  readonly row: CaseRow;
  readonly link: CallCaseRow;
  readonly state: RecoveryState;
  readonly env: CaseEnvironment;
  readonly isCourtesy: boolean;
}

/**
 * Reads, without any lock, what is true today for an open call: about `caseId`, or about the firmest and oldest of its cases. Cases of businesses and public
 * bodies that share law, currency and firmness are on one sheet; anybody else owes what was done for each due date, so has a sheet each. Throws
 * `RefusedError`: `callNotFound`, `callNotOpen`, `caseNotFound` when the call is not about that case.
 */
export async function callSheetFacts(
  tx: Tables,
  deps: CaseworkDeps,
  key: { readonly creditorId: string; readonly callId: string; readonly caseId?: string; readonly language: LetterLanguage },
): Promise<CallSheetFacts> {
  const { creditorId, callId } = key;
  const call = found(await tx.calls.one({ creditorId, callId }), 'call', callId);
  if (call.state !== 'open') throw refusal('callNotOpen', { state: call.state });
  const called = await casesCalled(tx, deps, creditorId, callId);
  const lead = found(key.caseId ? called.find(({ row }) => row.caseId === key.caseId) : called[0], 'case', key.caseId ?? callId);
  const members = called.filter((one) => one === lead || isOnSheetOf(one, lead));
  const { env } = lead;
  const contact = await chooseContact(tx, creditorId, call.debtorId, 'phone');
  const own = await membersOf(
    tx,
    deps,
    members.map(({ row }) => row),
    env.today,
    env,
  );
  const others = called.filter((one) => !members.includes(one));
  const letter = letterFacts({
    creditor: env.creditor,
    debtor: env.debtor,
    members: own,
    on: env.today,
    ...(contact ? { contact } : {}),
    earlier: [],
  });
  const caseIds = members.map(({ row }) => row.caseId);
  const promisesLeft = Math.min(...members.map(({ state }) => promisesLeftOf(state, env.policy)));
  const nextStep = await realNextStep(tx, deps, lead);
  return {
    letter: lead.isCourtesy ? balanceAlone(letter, key.language) : { ...letter, language: key.language },
    isCourtesy: lead.isCourtesy,
    title: titleOf(lead),
    caseReference: own.map(({ invoice }) => invoice.number).join(', '),
    otherInvoices: (
      await membersOf(
        tx,
        deps,
        others.map(({ row }) => row),
        env.today,
        env,
      )
    ).map(({ invoice }) => invoice.number),
    phones: await phonesOf(tx, creditorId, call.debtorId),
    events: await callSheetEvents(tx, { creditorId, debtorId: call.debtorId, caseIds, policy: env.policy, zone: env.zone }),
    remarks: await callSheetRemarks(tx, { creditorId, debtorId: call.debtorId, caseIds }),
    ...(promisesLeft > 0 ? { latestDateOn: latestPromiseOn(env.policy, env.today) } : {}),
    promisesLeft,
    ...(nextStep ? { nextStep } : {}),
  };
}

/** The cases that wait for the call, the firmest first, then the oldest. */
async function casesCalled(tx: Tables, deps: CaseworkDeps, creditorId: string, callId: string): Promise<Called[]> {
  const links = await tx.callCases.all({ creditorId, callId, left: false });
  const rows = await tx.cases.all({ creditorId, caseId: links.map(({ caseId }) => caseId), closedKind: null });
  const called: Called[] = [];
  for (const row of rows) {
    const link = found(
      links.find(({ caseId }) => caseId === row.caseId),
      'case',
      row.caseId,
    );
    const env = await environmentOf(tx, deps, row);
    const state = decodeState(row.recovery);
    called.push({ row, link, state, env, isCourtesy: isCourtesy(link, state, env.policy) });
  }
  const place = ({ isCourtesy: soft, row }: Called) => `${soft ? 1 : 0}/${row.dueOn}/${row.caseId}`;
  return called.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** A firm call says the whole claim; so does any other once a rung that asks for more than the balance was climbed. */
function isCourtesy({ stage }: CallCaseRow, state: RecoveryState, policy: DunningPolicy): boolean {
  if (policy.stages.find(({ id }) => id === stage)?.act.tone === 'firm') return false;
  const costly = new Set(policy.stages.filter(asksForCosts).map(({ id }) => id));
  return !state.stages.some((done) => done.outcome === 'done' && costly.has(done.stage));
}

function isOnSheetOf(one: Called, lead: Called): boolean {
  const isGrouped = lead.env.debtor.kind === 'business' || lead.env.debtor.kind === 'publicBody';
  return isGrouped && one.row.law === lead.row.law && one.row.currency === lead.row.currency && one.isCourtesy === lead.isCourtesy;
}

function balanceAlone(letter: LetterFacts, language: LetterLanguage): LetterFacts {
  const { statement: _claim, furtherStatements: _claims, interestUnknown: _unknown, ...rest } = letter;
  return { ...rest, language };
}

function titleOf({ link, env }: Called): LocalText {
  if (link.stage === PROMISE_BROKEN_CALL_STAGE) return PROMISE_BROKEN_CALL_TITLE;
  return env.policy.stages.find(({ id }) => id === link.stage)?.title ?? { fr: 'Appel', nl: 'Oproep', en: 'Call' };
}

/** After a broken promise only a person of finance may allow another. */
function promisesLeftOf({ promisesMade, brokenPromises }: RecoveryState, { promise }: DunningPolicy): number {
  return brokenPromises > 0 ? 0 : Math.max(0, promise.maxCount - promisesMade);
}

async function phonesOf(tx: Tables, creditorId: string, debtorId: string): Promise<CallSheetFacts['phones']> {
  const contacts = await tx.contacts.all(
    { creditorId, debtorId, channel: 'phone', usable: true },
    { by: 'createdAt', direction: 'desc', limit: 50 },
  );
  return CALLED_ROLES.flatMap((role) =>
    contacts.filter((contact) => contact.role === role).map(({ address, name }) => ({ number: address, ...(name ? { name } : {}), role })),
  );
}

async function realNextStep(
  tx: Tables,
  deps: CaseworkDeps,
  { row, state, env, isCourtesy: soft }: Called,
): Promise<CallSheetFacts['nextStep']> {
  const route = env.creditor.referralRoute;
  if (soft || !state.notice || (route !== 'collectionAgency' && route !== 'bailiff' && route !== 'lawyer')) return undefined;
  const referral = env.policy.stages.find(({ act }) => act.type === 'referral');
  if (!referral || !row.plan.some((planned) => planned['stage'] === referral.id)) return undefined;
  if (route !== 'collectionAgency') return route;
  const routes = await routesOfCase(tx, deps, row, env);
  return routes.find((known) => known.route === route)?.isEligible ? route : undefined;
}
