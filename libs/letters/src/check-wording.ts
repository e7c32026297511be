import { addDays, type Day } from '#domain';
import { dayFinder, type DeadlineFacts, deadlineTolerance, isDeadlineIdle, unknownLimitFinder } from './deadline-wording.js';
import { fold, visibleText } from './fold-text.js';
import { breaks, type Reason, rulesFor, type WordingFact } from './forbidden-wording.js';
import { hideNames } from './hidden-names.js';
import { daysOfPast } from './invoice-past.js';
import type { Language, LetterAct, LetterContent, LetterRegime, NextStep, PartnerParty } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { requiredMentions } from './mandatory-mentions.js';
import { type MentionId, mentionParts } from './mention-parts.js';
import { capitalOf, nameWithForm, registerOf } from './parties.js';
import { regimeOf } from './regime.js';
import { sentencesOf } from './sentences.js';

/** One thing wrong with a letter's text: a mention it must carry and does not, or a phrase it must not carry. */
export interface Finding {
  readonly kind: 'missing' | 'forbidden';
  /** `MentionId`, or the id of the rule in `wording/forbidden.yaml`. */
  readonly mention: string;
  /** For a forbidden phrase: the sentence it stands in, as written. */
  readonly sentence?: string;
  /** Why, for the person who edits the text: in French, and the same in English. */
  readonly why?: string;
  readonly whyInEnglish?: string;
  /** What asks for the mention or forbids the phrase. */
  readonly article?: string;
}

/** What is true of the case the text is for. Everything may be left out: then the strict reading holds. */
export interface WordingFacts extends DeadlineFacts {
  /** Names and references of the parties, which are not the letter's own words. */
  readonly names?: readonly string[];
  readonly nextStep?: NextStep;
  /** To whom the case was really handed over. */
  readonly handedOver?: PartnerParty['kind'];
  readonly noticeServed?: boolean;
  readonly freePeriodOver?: boolean;
  readonly hasTitle?: boolean;
  readonly electronicRegisteredConsent?: boolean;
  readonly smallClaimsPending?: boolean;
  /** With it the mandatory mentions are checked too. */
  readonly content?: LetterContent;
}

export interface WordingFor {
  readonly act: LetterAct;
  readonly regime: LetterRegime;
  readonly language: Language;
  readonly facts?: WordingFacts;
}

const HANDED_OVER = { bailiff: 'handedOverToBailiff', collectionAgency: 'handedOverToAgency', lawyer: 'handedOverToLawyer' } as const;

/**
 * Checks a text, be it a rendered letter or a template that a creditor edited (plain text, HTML, Liquid): forbidden phrases in French,
 * Dutch and English, deadlines nobody will keep and, with `facts.content`, mandatory mentions. Empty when all is well.
 */
export function checkWording(text: string, { act, regime, facts = {} }: WordingFor): readonly Finding[] {
  return findingsIn(visibleText(text), act, regime, facts);
}

/** Checks a rendered text (for a PDF: its text before drawing) against its own content: mandatory mentions and forbidden phrases. */
export function checkMentions(renderedText: string, content: LetterContent): readonly Finding[] {
  const { regime } = regimeOf(content);
  // Plain text already: a name with angle brackets must not make the rest of the letter invisible.
  return findingsIn(renderedText, content.act, regime, factsOf(content));
}

/**
 * Refuses a rendered text that lacks a mention or holds a forbidden phrase. The mail of a notice only carries it: mentions stand in the PDF.
 * Throws `LetterError`: `mentionMissing` (facts: mentions, articles) or `wordingForbidden` (facts: rules, sentence, article).
 */
export function refuseWording(text: string, content: LetterContent, form: 'mail' | 'paper'): void {
  const findings = checkMentions(text, content);
  const missing = form === 'mail' && content.act === 'formalNotice' ? [] : findings.filter((finding) => finding.kind === 'missing');
  if (missing.length > 0) {
    const mentions = missing.map((finding) => finding.mention).join(', ');
    const articles = [...new Set(missing.map((finding) => finding.article ?? ''))].join('\u202f; ');
    throw new LetterError('mentionMissing', `The letter lacks: ${mentions}`, { mentions, articles });
  }
  const [first, ...others] = findings.filter((finding) => finding.kind === 'forbidden');
  if (first === undefined) return;
  throw new LetterError('wordingForbidden', `The letter may not say: ${first.sentence ?? first.mention}`, {
    rules: [first, ...others].map((finding) => finding.mention).join(', '),
    sentence: first.sentence ?? '',
    article: first.article ?? '',
  });
}

/** What a letter's content says about its case. */
export function factsOf(content: LetterContent): WordingFacts {
  const { act, conduct, deadlineOn, firstReminder, nextActOn } = content;
  const isPlanned = content.nextStep !== undefined && content.comingSteps?.includes(content.nextStep) !== false;
  return {
    content,
    names: namesOf(content),
    // A step that the ladder does not hold is none: what announces it is found by the rule for that step.
    ...(content.nextStep !== undefined && isPlanned ? { nextStep: content.nextStep } : {}),
    ...(content.partner?.handedOverOn === undefined ? {} : { handedOver: content.partner.kind }),
    noticeServed: conduct?.noticeServedOn !== undefined,
    freePeriodOver:
      conduct?.firstReminder?.isComplete === true && firstReminder === undefined && content.on >= conduct.firstReminder.claimFrom,
    // The free reminder has one limit, the end of the free days; the ladder's own day of reply is none of its business.
    ...(deadlineOn === undefined || act === 'firstReminder' ? {} : { deadlineOn }),
    ...(nextActOn === undefined || act === 'formalNotice' ? {} : { nextActOn }),
    knownDays: daysOf(content),
  };
}

function findingsIn(visible: string, act: LetterAct, regime: LetterRegime, facts: WordingFacts): readonly Finding[] {
  const { content } = facts;
  return [...(content === undefined ? [] : missingIn(visible, content, act, regime)), ...forbiddenIn(visible, act, regime, facts)];
}

function missingIn(visible: string, content: LetterContent, act: LetterAct, regime: LetterRegime): readonly Finding[] {
  const folded = fold(visible);
  const said = (mention: MentionId) => mentionParts(mention, content).every((part) => part !== '\u0000' && folded.includes(fold(part)));
  return requiredMentions(act, regime)
    .filter(({ id }) => !said(id))
    .map(({ id, article }): Finding => ({ kind: 'missing', mention: id, article }));
}

function forbiddenIn(visible: string, act: LetterAct, regime: LetterRegime, facts: WordingFacts): readonly Finding[] {
  const holds = (fact: WordingFact): boolean =>
    facts.handedOver !== undefined && HANDED_OVER[facts.handedOver] === fact
      ? true
      : (facts as Readonly<Record<string, unknown>>)[fact] === true;
  const law = regime.startsWith('BE') ? 'BE' : 'FR';
  const hidden = hideNames(visible, facts.names ?? []);
  const sentences = sentencesOf(hidden.text).map((part) => ({ sentence: hidden.shown(part), folded: hidden.searchable(part) }));
  const found = rulesFor(act, regime, facts.nextStep, holds).flatMap((rule): readonly Finding[] => {
    const hit = sentences.find(({ folded }) => breaks(rule, folded));
    if (hit === undefined) return [];
    return [
      {
        kind: 'forbidden',
        mention: rule.id,
        sentence: hit.sentence,
        why: rule.why.fr,
        whyInEnglish: rule.why.en,
        article: rule.article[law],
      },
    ];
  });
  return [...found, ...deadlineFindings(sentences, facts, deadlineTolerance(act, regime))];
}

const FAKE_DEADLINE: Readonly<Record<'idle' | 'unknown', Reason>> = {
  idle: {
    fr: 'Rien ne suit ce délai au moment voulu\u202f: personne ne le tiendra.',
    en: 'Nothing follows the deadline at its time: nobody will keep it.',
  },
  unknown: {
    fr: 'La date limite indiquée n’est pas le délai de cette lettre.',
    en: 'The limit named is not the deadline of this letter.',
  },
};

/**
 * The check for deadlines nobody will keep. Two things are found: a limit day in the text that is none of the letter's own (deadline,
 * due dates, instalments, promise, end of the free days), and a deadline after which the ladder does nothing in time: no act at all, one
 * before the deadline, or one more than the tolerance after it. The first needs known days, the second the day of the next act; where
 * the caller gives neither, nothing is claimed. Terms of hours are a rule of `forbidden.yaml`.
 */
function deadlineFindings(
  sentences: readonly { readonly sentence: string; readonly folded: string }[],
  facts: WordingFacts,
  toleranceDays: number,
): readonly Finding[] {
  const isUnknown = unknownLimitFinder(facts);
  const unknown = sentences.find(({ folded }) => isUnknown(folded));
  const namesDeadline = facts.deadlineOn === undefined ? () => false : dayFinder(facts.deadlineOn);
  const stated = sentences.find(({ folded }) => namesDeadline(folded));
  // A day that the text does not even name is nobody's deadline.
  const idle = stated !== undefined && isDeadlineIdle(facts, toleranceDays);
  const broken = unknown ?? (idle ? stated : undefined);
  if (!idle && unknown === undefined) return [];
  const why = FAKE_DEADLINE[unknown === undefined ? 'idle' : 'unknown'];
  return [
    {
      kind: 'forbidden',
      mention: 'fakeDeadline',
      ...(broken === undefined ? {} : { sentence: broken.sentence }),
      why: why.fr,
      whyInEnglish: why.en,
      article: 'C. conso. art. L121-6\u202f; CDE art. VI.93 et s.',
    },
  ];
}

function daysOf(content: LetterContent): readonly Day[] {
  const { invoices, promise, plan, firstReminder, conduct } = content;
  const lastFree = [firstReminder?.claimFromOn, conduct?.firstReminder?.claimFrom].flatMap((on) =>
    on === undefined ? [] : [on, addDays(on, -1)],
  );
  return [
    content.on,
    ...invoices.flatMap((invoice) => [invoice.issuedOn, invoice.dueOn]),
    ...(promise === undefined ? [] : [promise.on, promise.madeOn]),
    ...(plan === undefined ? [] : [plan.agreedOn, ...plan.schedule.map((part) => part.on)]),
    ...lastFree,
    ...daysOfPast(content),
    // The notice says how long its sum a day holds: the end of the half-year.
    ...[content.statement, ...(content.furtherStatements ?? [])].flatMap((claim) =>
      claim?.dailyUntil === undefined ? [] : [claim.dailyUntil],
    ),
  ];
}

/** A firm may be called "Huissier & Fils": names and references of the parties are not the letter's own words. */
function namesOf(content: LetterContent): readonly string[] {
  const { creditor, debtor, signatory, call, promise, plan, partner, payment, firstReminder } = content;
  const mediator = creditor.mediator;
  const names = [
    nameWithForm(creditor),
    nameWithForm(debtor),
    debtor.legalName,
    creditor.legalName,
    debtor.contactName,
    signatory.name,
    signatory.title,
    call?.contactName,
    promise?.by,
    plan?.by,
    creditor.replyTo,
    partner?.legalName,
    partner?.contactName,
    partner?.reference,
    payment.reference,
    firstReminder?.description,
    mediator?.name,
    mediator?.website,
    capitalOf(creditor, content.language),
    registerOf(creditor, content.language),
  ];
  const invoices = content.invoices.flatMap(({ number, orderReference, past = [] }) => [
    number,
    orderReference,
    ...past.flatMap((event) => (event.kind === 'creditNote' ? [event.number] : [])),
  ]);
  // What the payer wrote on his transfers stands beside their sums.
  const written = [content.statement, ...(content.furtherStatements ?? [])].flatMap(
    (claim) => claim?.entries.map((entry) => entry.reference) ?? [],
  );
  const addresses = [...creditor.addressLines, ...debtor.addressLines, ...(mediator?.addressLines ?? [])];
  return [...names, ...addresses, ...invoices, ...written].flatMap((name) => (name === undefined ? [] : [name]));
}
