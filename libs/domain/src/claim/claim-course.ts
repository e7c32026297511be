import { addDays, type Day, laterDay } from '../calendar/day.js';
import { isRefusal } from '../refusal.js';
import type { FirstReminder } from './claim-facts.js';
import type { ClaimInput } from './claim-input.js';
import type { ClaimNote } from './claim-note.js';
import type { Regime } from './regime.js';

/** From which day, until which day and why something beyond the principal may be claimed. Contains no amount. */
export interface ClaimCourse {
  /** First day that bears interest; absent when none does. It may lie before `claimableFrom` (a Belgian SME's reminder). */
  readonly interestFrom?: Day;
  /** First day on which interest and the lump sum may be claimed; what is paid before goes to the principal alone. */
  readonly claimableFrom?: Day;
  /** Last day that bears interest. */
  readonly interestUntil?: Day;
  readonly isLumpSumOpen: boolean;
  readonly freeUntil?: Day;
  readonly notes: readonly ClaimNote[];
}

/**
 * The course of a delay under its regime, from the acts known on the day of the statement. Business and public debtors owe from the day
 * after the due date (C. com. L441-10 II; CCP L2192-13; law of 2 August 2002, art. 5); consumers and co-owners from a proven notice
 * (C. civ. 1231-6, 1344-1); Belgian consumers from the end of the free first reminder (CDE XIX.2).
 */
export function courseOf(input: ClaimInput): ClaimCourse {
  const begun = afterWaiver(input, begin(input));
  return afterInsolvency(input, begun);
}

function begin(input: ClaimInput): ClaimCourse {
  const { regime } = input.rules;
  switch (regime) {
    case 'FR.business':
    case 'FR.publicBody':
    case 'BE.business':
    case 'BE.publicBody': {
      const from = addDays(input.dueOn, 1);
      return { interestFrom: from, claimableFrom: from, isLumpSumOpen: true, notes: contractNote(input, regime) };
    }
    case 'FR.consumer':
    case 'FR.coOwners':
    case 'BE.coOwners':
      return fromNotice(input, regime);
    case 'BE.consumer':
      return fromFreeReminder(input);
  }
}

/** Legal interest from the day after receipt of the notice. A notice served before the debt was late has no effect (C. civ. 1344). */
function fromNotice(input: ClaimInput, regime: Regime): ClaimCourse {
  const article = regime === 'BE.coOwners' ? 'C. civ. belge, livre 5' : 'C. civ. 1231-6, 1344-1';
  const notes = contractNote(input, regime);
  const servedOn = input.conduct?.noticeServedOn;
  if (servedOn === undefined || servedOn > input.on || servedOn <= input.dueOn) {
    return { isLumpSumOpen: true, notes: [...notes, { code: 'noInterestWithoutNotice', article }] };
  }
  const from = addDays(servedOn, 1);
  const note: ClaimNote = { code: 'interestFromNotice', article, facts: { servedOn, from } };
  return { interestFrom: from, claimableFrom: from, isLumpSumOpen: true, notes: [...notes, note] };
}

function fromFreeReminder(input: ClaimInput): ClaimCourse {
  const reminder = input.conduct?.firstReminder;
  const notes = contractNote(input, 'BE.consumer');
  if (reminder === undefined || reminder.sentOn > input.on) return nothing(notes, { code: 'noCostWithoutReminder', article: 'CDE XIX.2' });
  // CDE XIX.2: without every mention the reminder opens no right at all.
  if (!reminder.isComplete)
    return nothing(notes, { code: 'firstReminderIncomplete', article: 'CDE XIX.2', facts: { sentOn: reminder.sentOn } });
  const freeUntil = addDays(reminder.claimFrom, -1);
  if (input.on < reminder.claimFrom) {
    const note: ClaimNote = { code: 'freeReminderRunning', article: 'CDE XIX.2', facts: { freeUntil, from: reminder.claimFrom } };
    // Nothing is drawn yet, but what one more day will cost once the free days are over can be said.
    return { ...nothing(notes, note), freeUntil, interestFrom: reminder.claimFrom, claimableFrom: reminder.claimFrom };
  }
  const from = firstAgreedDay(input, reminder) ?? reminder.claimFrom;
  const note: ClaimNote = { code: startCode(from, reminder), article: 'CDE XIX.2 et XIX.4', facts: { freeUntil, from } };
  return { interestFrom: from, claimableFrom: reminder.claimFrom, isLumpSumOpen: true, freeUntil, notes: [...notes, note] };
}

/**
 * CDE XIX.2: an SME lets agreed interest run from the day after the reminder left, once the free days have passed unpaid. What is not
 * agreed, because there is no clause or it is void, waits for their end: a clause that a new half-year makes valid counts from there.
 * A day whose rate nobody knows counts as agreed, so that the statement is refused there and no day is left out on the quiet.
 */
function firstAgreedDay(input: ClaimInput, reminder: FirstReminder): Day | undefined {
  if (input.creditor?.isSme !== true || input.contract?.interest === undefined) return undefined;
  const from = addDays(reminder.sentOn, 1);
  let on = from;
  while (on < reminder.claimFrom) {
    const rate = input.rules.rateFor(on, from, input);
    if (isRefusal(rate) || rate.formula?.kind !== 'legalRate') return on;
    on = addDays(laterDay(rate.until, on), 1);
  }
  return undefined;
}

function startCode(from: Day, reminder: FirstReminder): ClaimNote['code'] {
  if (from === reminder.claimFrom) return 'interestAfterFreeReminder';
  return from === addDays(reminder.sentOn, 1) ? 'interestSinceReminderSent' : 'interestSinceClauseValid';
}

function nothing(notes: readonly ClaimNote[], why: ClaimNote): ClaimCourse {
  return { isLumpSumOpen: false, notes: [...notes, why] };
}

function contractNote({ contract }: ClaimInput, regime: Regime): ClaimNote[] {
  const notes: ClaimNote[] = [];
  const article = regime === 'BE.consumer' ? 'CDE XIX.2' : 'règle du contrat silencieux';
  const isLegalRate = regime === 'FR.publicBody' || regime === 'BE.coOwners';
  if (contract?.checkedOn === undefined && !isLegalRate) notes.push({ code: 'contractNotRead', article });
  if (contract?.interest !== undefined && isLegalRate) {
    notes.push({ code: 'interestClauseLeftOut', article: 'C. civ. belge, livre 5' });
  }
  if (contract?.indemnity !== undefined && regime !== 'BE.consumer')
    notes.push({ code: 'penaltyClauseLeftOut', article: 'clause du contrat' });
  return notes;
}

function afterWaiver(input: ClaimInput, course: ClaimCourse): ClaimCourse {
  const waiver = input.waiver;
  if (waiver?.interest !== true && waiver?.lumpSum !== true) return course;
  // CCP L2192-14: giving up late interest or the compensation beforehand or afterwards is void towards a public buyer.
  if (input.rules.regime === 'FR.publicBody') return withNote(course, { code: 'waiverVoid', article: 'CCP L2192-14' });
  const { interestFrom, ...rest } = course;
  const kept = waiver.interest === true || interestFrom === undefined ? rest : { ...rest, interestFrom };
  const facts = { interest: String(waiver.interest === true), lumpSum: String(waiver.lumpSum === true) };
  const isLumpSumOpen = course.isLumpSumOpen && waiver.lumpSum !== true;
  return withNote({ ...kept, isLumpSumOpen }, { code: 'waiverApplied', article: 'décision du créancier', facts });
}

/**
 * Interest ends the day before the judgment (C. com. L622-28), or never ran; no lump sum for a delay that had not begun by then
 * (C. com. D441-5), nor for a Belgian consumer who still had free days. A notice served too late makes no debt punctual: co-owners and
 * French consumers owe no lump sum for who they are, and that note is theirs.
 */
function afterInsolvency(input: ClaimInput, course: ClaimCourse): ClaimCourse {
  const openedOn = input.conduct?.insolvencyOpenedOn;
  if (openedOn === undefined || openedOn > input.on) return course;
  const isFrench = input.law === 'FR';
  const interestUntil = addDays(openedOn, -1);
  const article = isFrench ? 'C. com. L622-28' : 'CDE livre XX';
  const stopped: ClaimCourse = { ...course, interestUntil };
  const { claimableFrom, interestFrom } = course;
  if (claimableFrom === undefined || claimableFrom <= interestUntil) {
    if (interestFrom === undefined) return stopped;
    return withNote(stopped, { code: 'interestEndedByInsolvency', article, facts: { openedOn, until: interestUntil } });
  }
  const without = interestFrom === undefined ? stopped : neverRan(stopped, claimableFrom, { openedOn, article });
  if (!course.isLumpSumOpen || isOwedFromNotice(input.rules.regime)) return without;
  const facts: ClaimNote['facts'] = input.rules.regime === 'BE.consumer' ? { openedOn, claimableFrom } : { openedOn, until: interestUntil };
  const note: ClaimNote = { code: 'noCompensationInsolvency', article: isFrench ? 'C. com. L622-7, D441-5' : 'CDE livre XX', facts };
  return withNote({ ...without, isLumpSumOpen: false }, note);
}

/** The notes that say from when interest runs: false where none ever did. */
const START_CODES: readonly ClaimNote['code'][] = [
  'interestFromNotice',
  'interestAfterFreeReminder',
  'interestSinceReminderSent',
  'interestSinceClauseValid',
];

export function withoutStart(notes: readonly ClaimNote[]): ClaimNote[] {
  return notes.filter((note) => !START_CODES.includes(note.code));
}

function neverRan(course: ClaimCourse, from: Day, opened: { readonly openedOn: Day; readonly article: string }): ClaimCourse {
  const { interestFrom: _, ...rest } = course;
  const servedOn = course.notes.find((note) => note.code === 'interestFromNotice')?.facts?.['servedOn'];
  const facts = { openedOn: opened.openedOn, from, ...(servedOn === undefined ? {} : { servedOn }) };
  return withNote({ ...rest, notes: withoutStart(course.notes) }, { code: 'noInterestInsolvency', article: opened.article, facts });
}

function isOwedFromNotice(regime: Regime): boolean {
  return regime === 'FR.consumer' || regime === 'FR.coOwners' || regime === 'BE.coOwners';
}

function withNote(course: ClaimCourse, note: ClaimNote): ClaimCourse {
  return { ...course, notes: [...course.notes, note] };
}

/** Last day to draw interest for: the day asked for, or the last one before the insolvency. */
export function lastInterestDay(course: ClaimCourse, on: Day): Day {
  return course.interestUntil === undefined || on < course.interestUntil ? on : course.interestUntil;
}

/** The first day after the statement for which more interest could accrue. */
export function nextInterestDay(course: ClaimCourse, input: ClaimInput): Day {
  const tomorrow = addDays(input.on, 1);
  return course.claimableFrom === undefined ? tomorrow : laterDay(tomorrow, course.claimableFrom);
}
