import { look, type MessageDraft } from '#casework';
import { addBusinessDays, type DatedStage, type Day, decodeState, earlierDay } from '#domain';
import { amountToPay, keptDeadline, type LetterAct, type LetterContent, type NextStep, type Tone } from '#letters';
import { countryLine } from './postal-address.js';

const ACT_OF_TEMPLATE: Readonly<Record<string, LetterAct>> = {
  courtesy: 'courtesyMail',
  firstReminder: 'firstReminder',
  formal: 'formalMail',
  firm: 'firmMail',
  formalNotice: 'formalNotice',
  handover: 'handOverSummary',
};

const TONE: Readonly<Record<string, Tone>> = { courteous: 'friendly', formal: 'formal', firm: 'firm' };

/** Business days asked for in a mail before the next rung. */
const ANSWER_BUSINESS_DAYS = 5;

/** The words of a rung: the facts of the draft, in the act and tone that its policy names. */
export function letterContent(draft: MessageDraft): LetterContent {
  const { letter, policyStage, env } = draft;
  const act = actOf(draft.template);
  const content: LetterContent = {
    ...letter,
    debtor: { ...letter.debtor, addressLines: [...letter.debtor.addressLines, ...abroad(draft)] },
    act,
    tone: TONE[policyStage.act.tone ?? 'courteous'] ?? 'friendly',
    ...answerBy(draft),
    deadlineDays: env.policy.notice.deadlineDays,
    nextActOn: nextActOn(draft),
    ...nextStep(draft, act),
    ...reminderOf(draft),
    ...(draft.words ? { ownWords: draft.words } : {}),
    ...(act === 'formalNotice'
      ? { sentBy: draft.channel === 'email' ? (['email', 'registeredPost'] as const) : (['registeredPost'] as const) }
      : {}),
  };
  return { ...content, payment: { ...letter.payment, amountMinor: amountToPay(content) } };
}

/** The address in the window is the one on the envelope: abroad it ends with the country. */
function abroad({ env, letter }: MessageDraft): string[] {
  if (letter.debtor.addressLines.length === 0) return [];
  return countryLine({ from: env.creditor.address.country, to: env.debtor.address?.country });
}

/** What the free first reminder announces, the debt described in the letter's language. */
function reminderOf({ firstReminder, letter }: MessageDraft): Pick<LetterContent, 'firstReminder'> {
  if (!firstReminder) return {};
  const word = { fr: 'facture', nl: 'factuur', en: 'invoice' }[letter.language];
  return { firstReminder: { ...firstReminder, description: `${word} ${firstReminder.description}` } };
}

/**
 * The day until which an answer is asked for: some business days, but never beyond the day on which the ladder goes on by itself. Holidays stretch business
 * days more than the week between two rungs; a day that is printed and not waited for would be a false one. Where nothing follows in time no day is set.
 */
export function answerBy(
  draft: Pick<MessageDraft, 'slotOn' | 'lead' | 'env' | 'stage' | 'template' | 'letter'>,
): Pick<LetterContent, 'deadlineOn'> {
  const wanted = addBusinessDays(draft.slotOn, ANSWER_BUSINESS_DAYS, draft.env.calendar);
  const deadlineOn = keptDeadline(wanted, nextActOn(draft), actOf(draft.template), draft.letter.regime);
  return deadlineOn === undefined ? {} : { deadlineOn };
}

type Rung = Pick<MessageDraft, 'slotOn' | 'lead' | 'stage' | 'env'>;

/** Day of the rung that follows the letter; null when there is none. */
function nextActOn(draft: Rung): Day | null {
  const later = rungsAfter(draft).flatMap(({ on }) => (on > draft.slotOn ? [on] : []));
  return later.length === 0 ? null : later.reduce(earlierDay);
}

/** The other rungs still owed, dated as things stand now: the plan in the row is as old as the last fact. */
function rungsAfter({ lead, stage, env }: Rung): readonly DatedStage[] {
  return look(decodeState(lead.recovery), env).plan.filter((rung) => rung.stage !== stage);
}

export function actOf(template: string): LetterAct {
  return ACT_OF_TEMPLATE[template] ?? 'courtesyMail';
}

/**
 * A letter announces only a step that will really be taken: the notice from the firm mail on, the referral in the notice, each where the plan holds it. The
 * letters' own check is given the same steps, so that words of a person announce no other.
 */
function nextStep(draft: MessageDraft, act: LetterAct): Pick<LetterContent, 'nextStep' | 'comingSteps'> {
  const coming = new Set(rungsAfter(draft).map((rung) => rung.act));
  const route = draft.env.creditor.referralRoute;
  const partner = route === 'collectionAgency' || route === 'bailiff' || route === 'lawyer' ? route : undefined;
  const stepOf: Readonly<Record<DatedStage['act'], NextStep | undefined>> = {
    call: 'call',
    mail: 'reminder',
    formalNotice: 'formalNotice',
    referral: partner,
  };
  const comingSteps = [...coming].flatMap((kind) => stepOf[kind] ?? []);
  const announced: NextStep | undefined = act === 'firmMail' ? 'formalNotice' : act === 'formalNotice' ? partner : undefined;
  return { comingSteps, ...(announced && comingSteps.includes(announced) ? { nextStep: announced } : {}) };
}
