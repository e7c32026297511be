import { assertNever, type Wake } from '#domain';

/** What the auditor reads on the timer of a wake: `formalNotice opens 2026-11-02`. Codes and days only. */
export function timerWords(wake: Wake): string {
  const day = wake.at.slice(0, 10);
  switch (wake.kind) {
    case 'call':
    case 'mail':
    case 'formalNotice':
    case 'referral':
      return `${rung(wake)} opens ${day}`;
    case 'prepare':
      return `${rung(wake)} is prepared ${day}`;
    case 'promiseEnds':
      return `promise is judged ${day}`;
    case 'holdEnds':
      return `hold ends ${day}`;
    case 'disputeDue':
      return `dispute is due ${day}`;
    case 'callExpires':
      return `${rung(wake)} lapses ${day} if nobody calls`;
    case 'approvalExpires':
      return `approval of ${rung(wake)} lapses ${day}`;
    case 'review':
      return `review on ${day}`;
    default:
      return `${String(wake.kind satisfies never)} on ${day}`;
  }
}

/**
 * What the auditor reads on the activity of a wake: `formalNotice: serve the formal notice, 2026-11-02`. The day is the wake's own: on a sandbox clock no
 * timer says it, and the server's time of the event is another.
 */
export function actWords(wake: Wake): string {
  return `${deed(wake)}, ${wake.at.slice(0, 10)}`;
}

function deed(wake: Wake): string {
  switch (wake.kind) {
    case 'call':
      return `${rung(wake)}: open the call task`;
    case 'mail':
      return `${rung(wake)}: send the mail`;
    case 'formalNotice':
      return `${rung(wake)}: serve the formal notice`;
    case 'referral':
      return `${rung(wake)}: hand the case over`;
    case 'prepare':
      return `${rung(wake)}: prepare for approval`;
    case 'promiseEnds':
      return 'judge the promise to pay';
    case 'holdEnds':
      return 'end the hold';
    case 'disputeDue':
      return 'escalate the dispute';
    case 'callExpires':
      return `${rung(wake)}: close the call nobody made`;
    case 'approvalExpires':
      return `${rung(wake)}: close the approval nobody gave`;
    case 'review':
      return 'ask a person to review the case';
    default:
      return assertNever(wake.kind);
  }
}

/** What the auditor reads on the pause before an act is tried again. */
export function retryWords(wake: Wake, waitMs: number): string {
  return `${rung(wake)} is tried again in ${waitMs / 60_000} min`;
}

function rung(wake: Wake): string {
  const name = wake.stage ?? wake.kind;
  return wake.round === undefined || wake.round <= 1 ? name : `${name} (round ${wake.round})`;
}
