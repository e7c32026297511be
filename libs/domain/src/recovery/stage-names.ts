/** The rung that states of service hang on: a policy's only act `formalNotice` carries this id (checked by `checkPolicy`). */
export const FORMAL_NOTICE_STAGE = 'formalNotice';

/** The free first reminder to a Belgian consumer (CDE XIX.2): one for each due date, for ever, so its id is fixed (checked by `checkPolicy`). */
export const FIRST_REMINDER_STAGE = 'firstReminder';

/** The call owed on the day a promise is found broken; it is no rung of any policy. Round = number of broken promises. */
export const PROMISE_BROKEN_CALL_STAGE = 'promiseBrokenCall';

/** Reason kept on rungs that the creditor had climbed before the case was made. */
export const SENT_ELSEWHERE = 'alreadySentElsewhere';

/** Reason kept on rungs left out because the claim would soon be time-barred. */
export const LIMITATION_NEAR = 'limitationNear';

/** Reason kept on rungs that came too late for what their policy allows. */
export const TOO_LATE = 'tooLate';

/** Reason kept on a coming message that a person struck out. */
export const CANCELLED = 'cancelled';

/** Reason kept on rungs that a struck-out one leaves without ground: nothing is handed over without a notice. */
export const NEEDS_CANCELLED = 'needsCancelled';

/** Its name: it stands in no policy. */
export const PROMISE_BROKEN_CALL_TITLE = {
  fr: 'Appel après promesse rompue',
  en: 'Call after a broken promise',
  nl: 'Oproep na een verbroken belofte',
};
