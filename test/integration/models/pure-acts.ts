import {
  addDays,
  approvalUntil,
  callExpiresOn,
  type Day,
  dayIn,
  disputeDueOn,
  isRefusal,
  type RecoveryFact,
  type RecoveryState,
  type Wake,
} from '#domain';
import { apply, CALENDAR, isPromiseKept, POLICY, type PureCase, type Rules, ZONE } from './pure-case.js';

/** What an act of the ladder did: the case after it, and whether the act itself was carried out. */
export interface Acted {
  readonly after: PureCase;
  readonly wake: Wake;
  readonly done: boolean;
}

/** The moment of a wake comes and its act is carried out at once, in a world where everything works. */
export function actOn(rules: Rules, given: PureCase, wake: Wake): Acted {
  const now = wake.at > given.now ? wake.at : given.now;
  const applied = apply(rules, { ...given, now, events: [] }, factsOfAct(given.state, wake, dayIn(now, ZONE), given));
  if (isRefusal(applied)) return { after: { ...given, now, events: [] }, wake, done: false };
  return { after: applied, wake, done: true };
}

/** Facts that the act of a wake records when nothing hinders it. */
export function factsOfAct(
  state: RecoveryState,
  wake: Wake,
  today: Day,
  given: Pick<PureCase, 'payments' | 'givenAtPromise' | 'promisedMinor'>,
): RecoveryFact[] {
  const rung = { stage: wake.stage ?? '', round: wake.round ?? 1 };
  const id = `${rung.stage}/${rung.round}`;
  switch (wake.kind) {
    case 'call':
      return [{ type: 'callTaskOpened', callId: id, ...rung, expiresOn: callExpiresOn(POLICY, today, CALENDAR) }];
    case 'mail':
    case 'formalNotice':
      return [{ type: 'stageDone', ...rung, messageId: id, contact: 'message' }];
    case 'referral':
      return [
        { type: 'stageDone', ...rung, contact: 'none' },
        { type: 'caseClosed', kind: 'handedOver', reason: 'handedOver' },
      ];
    case 'prepare':
      return [
        { type: 'stagePrepared', ...rung, messageId: id },
        { type: 'approvalRequested', approvalId: id, ...rung, until: approvalUntil(POLICY, today, CALENDAR) },
      ];
    default:
      return factsOfEnding(state, wake.kind, today, given);
  }
}

type Ending = Exclude<Wake['kind'], 'call' | 'mail' | 'formalNotice' | 'referral' | 'prepare'>;

function factsOfEnding(
  state: RecoveryState,
  kind: Ending,
  today: Day,
  given: Pick<PureCase, 'payments' | 'givenAtPromise' | 'promisedMinor'>,
): RecoveryFact[] {
  switch (kind) {
    case 'promiseEnds': {
      const { promiseId = '' } = state.promise ?? {};
      const verdict = isPromiseKept(given) ? 'kept' : 'broken';
      return [{ type: 'promiseEnded', promiseId, verdict }];
    }
    case 'holdEnds':
      return [{ type: 'holdReleased', holdId: state.hold?.holdId ?? '', by: 'end' }];
    case 'disputeDue':
      return [{ type: 'disputeEscalated', disputeId: state.dispute?.disputeId ?? '', dueOn: disputeDueOn(POLICY, today, CALENDAR) }];
    case 'callExpires': {
      const { callId = '', stage = '', round = 1 } = state.openCall ?? {};
      return [
        { type: 'callReported', callId, outcome: 'notMade', on: today },
        { type: 'stageSkipped', stage, round, reason: 'callNotMade' },
      ];
    }
    case 'approvalExpires':
      return [{ type: 'approvalExpired', approvalId: state.approval?.approvalId ?? '' }];
    case 'review':
      return [{ type: 'reviewed', nextReviewOn: addDays(today, POLICY.reviewDays) }];
  }
}
