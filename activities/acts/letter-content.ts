import { type LetterFacts, type MessageDraft, mentionsOf } from '#casework';
import { addBusinessDays } from '#domain';
import type { LetterAct, LetterContent, NextStep, Tone } from '#letters';

const ACT_OF_TEMPLATE: Readonly<Record<string, LetterAct>> = {
  courtesy: 'courtesyMail',
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
  const statesClaim = act === 'firmMail' || act === 'formalNotice' || act === 'handOverSummary';
  return {
    ...letter,
    act,
    tone: TONE[policyStage.act.tone ?? 'courteous'] ?? 'friendly',
    ...(letter.statement ? { legalMentions: mentionsOf(letter.statement, letter.language) } : {}),
    deadlineOn: addBusinessDays(draft.slotOn, ANSWER_BUSINESS_DAYS, env.calendar),
    deadlineDays: env.policy.notice.deadlineDays,
    ...nextStep(draft, act),
    payment: { ...letter.payment, amountMinor: statesClaim ? claimTotal(letter) : letter.payment.amountMinor },
    ...(act === 'formalNotice'
      ? { sentBy: draft.channel === 'email' ? (['email', 'registeredPost'] as const) : (['registeredPost'] as const) }
      : {}),
  };
}

export function actOf(template: string): LetterAct {
  return ACT_OF_TEMPLATE[template] ?? 'courtesyMail';
}

function claimTotal(letter: LetterFacts): bigint {
  const statements = [...(letter.statement ? [letter.statement] : []), ...(letter.furtherStatements ?? [])];
  if (statements.length !== letter.invoices.length) return letter.payment.amountMinor;
  return statements.reduce((sum, s) => sum + s.claimTotalMinor, 0n);
}

/** A letter announces only a step that will really be taken: the notice from the firm mail on, the referral in the notice. */
function nextStep(draft: MessageDraft, act: LetterAct): { nextStep: NextStep } | undefined {
  if (act === 'firmMail') return { nextStep: 'formalNotice' };
  if (act !== 'formalNotice') return undefined;
  const route = draft.env.creditor.referralRoute;
  return route === 'collectionAgency' || route === 'bailiff' || route === 'lawyer' ? { nextStep: route } : undefined;
}
