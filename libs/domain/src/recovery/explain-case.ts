import { type Day, dayIn } from '../calendar/day.js';
import type { DunningPolicy, LocalText } from '../policy/dunning-policy.js';
import type { DatedStage } from './draw-plan.js';
import { EXPLAIN_SENTENCES, type ExplainCode } from './explain-sentences.js';
import type { RecoveryState } from './recovery-state.js';
import type { Wake } from './snapshot.js';
import { PROMISE_BROKEN_CALL_STAGE, PROMISE_BROKEN_CALL_TITLE } from './stage-names.js';

export interface Explanation {
  readonly codes: string[];
  readonly sentences: { readonly fr: string[]; readonly en: string[]; readonly nl: string[] };
}

type Language = 'fr' | 'en' | 'nl';
type Filled = { readonly code: ExplainCode; readonly stage?: Required<LocalText>; readonly on?: Day; readonly reason?: string };

/** Days in sentences are read in the time of Paris and Brussels, the zone of every case so far. */
const ZONE = 'Europe/Paris';

/**
 * Why this case stands where it does, why nothing leaves (where nothing does), what comes next and what would change it.
 * `codes[i]` belongs to `sentences.fr[i]`, `.en[i]`, `.nl[i]`.
 */
export function explainCase(state: RecoveryState, plan: readonly DatedStage[], wake: Wake | undefined, policy: DunningPolicy): Explanation {
  const lines = state.closed
    ? closedLines(state.closed.kind, state.closed.on)
    : [...whyHere(state, policy), ...whyNotSent(state, plan, policy), ...whatNext(state, plan, wake, policy), ...whatChanges(state)];
  const inLanguage = (language: Language) => lines.map((line) => sentence(line, language));
  return { codes: lines.map((line) => line.code), sentences: { fr: inLanguage('fr'), en: inLanguage('en'), nl: inLanguage('nl') } };
}

function closedLines(kind: NonNullable<RecoveryState['closed']>['kind'], on: Day): Filled[] {
  const closed: Filled = { code: `closed.${kind}`, on };
  return kind === 'settled' ? [closed, { code: 'changes.reopening' }] : [closed];
}

function whyHere(state: RecoveryState, policy: DunningPolicy): Filled[] {
  const last = state.stages.at(-1);
  if (!last) return [{ code: 'notBegun', on: state.dueOn }];
  return [{ code: 'lastStage', stage: titleOf(last.stage, policy), on: last.on }];
}

function whyNotSent(state: RecoveryState, plan: readonly DatedStage[], policy: DunningPolicy): Filled[] {
  const lines: Filled[] = [];
  if (state.insolvency) {
    const code = state.insolvency.procedure === 'overIndebtedness' ? 'overIndebtedness' : 'insolvency';
    lines.push({ code, on: state.insolvency.openedOn });
  }
  if (state.dispute) lines.push({ code: 'disputed', on: state.dispute.dueOn });
  if (state.hold) lines.push({ code: 'onHold', on: state.hold.until });
  if (state.promise) lines.push({ code: 'promised', on: state.promise.dueOn });
  if (state.callOwed) lines.push({ code: 'promiseBroken', on: state.callOwed.on });
  for (const blocker of state.blockers) lines.push({ code: `blocker.${blocker}` });
  if (state.openPrincipalMinor < state.thresholdMinor) lines.push({ code: 'belowThreshold' });
  if (state.openCall) lines.push({ code: 'callOpen', stage: titleOf(state.openCall.stage, policy), on: state.openCall.expiresOn });
  const approval = state.approval;
  if (approval?.state === 'pending') lines.push({ code: 'approvalPending', stage: titleOf(approval.stage, policy), on: approval.until });
  if (approval?.state === 'refused') lines.push({ code: 'approvalRefused', stage: titleOf(approval.stage, policy) });
  const postponed = state.postponed;
  if (postponed) {
    const on = dayIn(postponed.until, ZONE);
    lines.push({ code: 'postponed', stage: titleOf(postponed.stage, policy), on, reason: postponed.reason });
  }
  const next = plan[0];
  if (next?.waitsFor) {
    const code = next.waitsFor === 'firstReminderPosted' ? 'waitsForPosting' : 'waitsForService';
    lines.push({ code, stage: titleOf(next.stage, policy) });
  }
  if (next?.heldUntil) lines.push({ code: 'messageHeld', stage: titleOf(next.stage, policy), on: next.heldUntil });
  if (next?.lateness) lines.push({ code: LATE[next.lateness.then], stage: titleOf(next.stage, policy), on: next.lateness.since });
  return lines;
}

const LATE = { run: 'late', skip: 'lateSkip', ask: 'lateAsk' } as const;

function whatNext(state: RecoveryState, plan: readonly DatedStage[], wake: Wake | undefined, policy: DunningPolicy): Filled[] {
  const lines: Filled[] = [];
  const next = plan[0];
  const isChasing = !state.insolvency && state.openPrincipalMinor >= state.thresholdMinor;
  if (next) lines.push({ code: next.needsApproval ? 'nextNeedsApproval' : 'next', stage: titleOf(next.stage, policy), on: next.on });
  else if (isChasing && !state.openCall) lines.push({ code: 'nothingLeft' });
  if (wake?.kind === 'review') lines.push({ code: 'review', on: dayIn(wake.at, ZONE) });
  return lines;
}

function whatChanges(state: RecoveryState): Filled[] {
  const lines: Filled[] = [{ code: 'changes.payment' }];
  if (state.dispute) lines.push({ code: 'changes.dispute' });
  if (state.hold) lines.push({ code: 'changes.hold' });
  if (state.promise) lines.push({ code: 'changes.promise' });
  if (lines.length === 1 && !state.insolvency) lines.push({ code: 'changes.stops' });
  return lines;
}

function titleOf(stage: string, policy: DunningPolicy): Required<LocalText> {
  if (stage === PROMISE_BROKEN_CALL_STAGE) return PROMISE_BROKEN_CALL_TITLE;
  const title = policy.stages.find((known) => known.id === stage)?.title;
  const fr = title?.fr ?? stage;
  return { fr, en: title?.en ?? fr, nl: title?.nl ?? fr };
}

function sentence(line: Filled, language: Language): string {
  return EXPLAIN_SENTENCES[line.code][language]
    .replace('{stage}', () => line.stage?.[language] ?? '')
    .replace('{on}', () => (line.on ? longDate(line.on, language) : ''))
    .replace('{reason}', () => line.reason ?? '');
}

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
};

function longDate(on: Day, language: Language): string {
  const dayOfMonth = Number(on.slice(8));
  const number = language === 'fr' && dayOfMonth === 1 ? '1er' : String(dayOfMonth);
  return `${number} ${MONTHS[language][Number(on.slice(5, 7)) - 1]} ${on.slice(0, 4)}`;
}
