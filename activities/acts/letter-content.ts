import type { MessageDraft } from '#casework';
import { addBusinessDays, type Day, earlierDay } from '#domain';
import { amountToPay, type LetterAct, type LetterContent, type NextStep, type Tone } from '#letters';

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
    act,
    tone: TONE[policyStage.act.tone ?? 'courteous'] ?? 'friendly',
    deadlineOn: answerBy(draft),
    deadlineDays: env.policy.notice.deadlineDays,
    ...nextStep(draft, act),
    ...reminderOf(draft),
    ...(act === 'formalNotice'
      ? { sentBy: draft.channel === 'email' ? (['email', 'registeredPost'] as const) : (['registeredPost'] as const) }
      : {}),
  };
  return { ...content, payment: { ...letter.payment, amountMinor: amountToPay(content) } };
}

/** What the free first reminder announces, the debt described in the letter's language. */
function reminderOf({ firstReminder, letter }: MessageDraft): Pick<LetterContent, 'firstReminder'> {
  if (!firstReminder) return {};
  const word = { fr: 'facture', nl: 'factuur', en: 'invoice' }[letter.language];
  return { firstReminder: { ...firstReminder, description: `${word} ${firstReminder.description}` } };
}

/**
 * The day until which an answer is asked for: some business days, but never beyond the day on which the ladder goes on by itself. Holidays stretch business
 * days more than the week between two rungs; a day that is printed and not waited for would be a false one.
 */
export function answerBy({ slotOn, lead, env }: Pick<MessageDraft, 'slotOn' | 'lead' | 'env'>): Day {
  const wanted = addBusinessDays(slotOn, ANSWER_BUSINESS_DAYS, env.calendar);
  const later = lead.plan.map((rung) => String(rung.on) as Day).filter((on) => on > slotOn);
  return later.length === 0 ? wanted : earlierDay(wanted, later.reduce(earlierDay));
}

export function actOf(template: string): LetterAct {
  return ACT_OF_TEMPLATE[template] ?? 'courtesyMail';
}

/** A letter announces only a step that will really be taken: the notice from the firm mail on, the referral in the notice. */
function nextStep(draft: MessageDraft, act: LetterAct): { nextStep: NextStep } | undefined {
  if (act === 'firmMail') return { nextStep: 'formalNotice' };
  if (act !== 'formalNotice') return undefined;
  const route = draft.env.creditor.referralRoute;
  return route === 'collectionAgency' || route === 'bailiff' || route === 'lawyer' ? { nextStep: route } : undefined;
}
