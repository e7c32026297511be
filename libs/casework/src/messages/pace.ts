import { addBusinessDays, addDays, type Day, decodeState, type Instant, rollForward } from '#domain';
import type { CaseRow, MessageState, Tx } from '#ports';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { slot } from './sending-hours.js';

interface Paced {
  readonly row: CaseRow;
  readonly env: CaseEnvironment;
  readonly stage: string;
  readonly round: number;
}

interface TooSoon {
  readonly verdict: 'POSTPONED';
  readonly code: 'pace' | 'contactCap' | 'oneVoice';
  readonly until: Instant;
}

/**
 * I10: two dunning messages of one case keep the gap; the debtor's weekly cap counts over all his cases and channels. Where another letter
 * or mail speaks to him today, this one waits for the next working day (N13): one voice, and nothing dropped. A hand-over is no contact: not for it.
 */
export async function pace(tx: Tx, { row, env, stage, round }: Paced): Promise<TooSoon | undefined> {
  const state = decodeState(row.recovery);
  const gap = env.policy.limits.messageGapDays;
  // A mail that came back reached nobody: the letter in its place keeps no distance from it.
  const isAgain = state.again?.stage === stage && state.again.round === round;
  const earliest = state.lastMessageOn && !isAgain ? addDays(state.lastMessageOn, gap) : undefined;
  if (earliest && earliest > env.today)
    return { verdict: 'POSTPONED', code: 'pace', until: slot(env, rollForward(earliest, env.calendar)) };
  // The rung's own message, claimed by a run that died, is no second contact; nor is the mail that came back.
  const own = await tx.messageCases.all({ creditorId: row.creditorId, caseId: row.caseId, stage });
  const notCounted = new Set(own.filter((link) => (link.live && link.round === round) || isAgain).map((link) => link.messageId));
  const { freeOn, written } = await contactsOfWeek(tx, row, env, notCounted);
  if (freeOn) return { verdict: 'POSTPONED', code: 'contactCap', until: slot(env, rollForward(freeOn, env.calendar)) };
  return written.includes(env.today)
    ? { verdict: 'POSTPONED', code: 'oneVoice', until: slot(env, addBusinessDays(env.today, 1, env.calendar)) }
    : undefined;
}

/** The day on which the week of a debtor has room for another contact; undefined when it has room now. Mails, letters and calls of all his cases count, a grouped one once. */
export async function capFreeOn(
  tx: Tx,
  { creditorId, debtorId }: Pick<CaseRow, 'creditorId' | 'debtorId'>,
  env: CaseEnvironment,
): Promise<Day | undefined> {
  return (await contactsOfWeek(tx, { creditorId, debtorId }, env, new Set())).freeOn;
}

async function contactsOfWeek(
  tx: Tx,
  { creditorId, debtorId }: Pick<CaseRow, 'creditorId' | 'debtorId'>,
  env: CaseEnvironment,
  notCounted: ReadonlySet<string>,
): Promise<{ readonly freeOn: Day | undefined; readonly written: readonly Day[] }> {
  const { contactsPerWeek } = env.policy.limits;
  const cap = Math.min(contactsPerWeek, env.constraints.contactsPerWeek ?? contactsPerWeek);
  const since = addDays(env.today, -6);
  const newest = { direction: 'desc' as const, limit: cap + 4 };
  const chasing = { creditorId, debtorId, purpose: 'chase' as const, state: COUNTED_STATES };
  const messages = await tx.messages.all(chasing, { by: 'slotOn', ...newest });
  const calls = await tx.calls.all(
    { creditorId, debtorId, state: 'reported', outcome: ['attempted', 'reached'] },
    { by: 'openedOn', ...newest },
  );
  const written = messages.filter((m) => m.channel !== 'file' && !notCounted.has(m.messageId)).map((m) => m.slotOn);
  const days = [...written, ...calls.map((call) => call.openedOn)].filter((on) => on >= since).sort();
  const freeing = days[days.length - cap];
  return { freeOn: freeing && addDays(freeing, 7), written };
}

const COUNTED_STATES: MessageState[] = ['CLAIMED', 'ACCEPTED', 'UNKNOWN', 'CONFIRMED_SENT', 'HUMAN'];
