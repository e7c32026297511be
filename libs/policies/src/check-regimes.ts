import { asksForCosts, type DunningPolicy, FIRST_REMINDER_STAGE, FORMAL_NOTICE_STAGE } from '#domain';
import { finding, type PolicyFinding } from './policy-finding.js';

/** Practice towards people who are no traders: days a notice leaves them at least, contacts a week at most. */
const NOTICE_DAYS_MIN = 15;
const CONTACTS_PER_WEEK_MAX = 2;

/** What the law of each regime the policy serves asks of its rungs. Its dates are kept by `drawPlan`, which knows the statutes. */
export function checkRegimes(policy: DunningPolicy): PolicyFinding[] {
  const { laws, debtorKinds } = policy.appliesTo;
  const isForBelgianConsumers = laws.includes('BE') && debtorKinds.includes('consumer');
  const isForOthers = laws.includes('FR') || debtorKinds.some((kind) => kind !== 'consumer');
  const isForLaypersons = debtorKinds.includes('consumer') || debtorKinds.includes('coOwners');
  // Belgian consumers have their own protection; everywhere else a person who is no trader owes nothing on top before the notice.
  const isPrincipalOnly = (laws.includes('FR') && debtorKinds.includes('consumer')) || debtorKinds.includes('coOwners');
  return [
    ...checkFirstReminder(policy, isForBelgianConsumers, isForOthers),
    ...(isPrincipalOnly ? checkPrincipalFirst(policy) : []),
    ...(isForLaypersons ? checkPractice(policy) : []),
  ];
}

/** CDE XIX.2: the first written rung is the free first reminder, under its own id, and nothing is asked on top before it. */
function checkFirstReminder({ stages }: DunningPolicy, isForBelgianConsumers: boolean, isForOthers: boolean): PolicyFinding[] {
  const findings: PolicyFinding[] = [];
  const firstWritten = stages.findIndex((stage) => stage.act.type === 'mail' || stage.act.type === 'formalNotice');
  const reminderAt = stages.findIndex((stage) => stage.act.template === FIRST_REMINDER_STAGE);
  const reminder = stages[reminderAt];
  if (isForBelgianConsumers && (reminderAt < 0 || reminderAt !== firstWritten)) {
    const sentence = 'Le premier écrit à un consommateur belge est le premier rappel gratuit (modèle firstReminder, CDE XIX.2).';
    findings.push(finding('firstReminderMissing', `/stages/${Math.max(firstWritten, 0)}`, sentence));
  }
  stages.forEach((stage, index) => {
    const isReminder = stage.act.template === FIRST_REMINDER_STAGE;
    const path = `/stages/${index}`;
    if (isReminder !== (stage.id === FIRST_REMINDER_STAGE)) {
      const sentence = `Le premier rappel gratuit porte l’identifiant «\u202f${FIRST_REMINDER_STAGE}\u202f», et lui seul.`;
      findings.push(finding('firstReminderIdFixed', `${path}/id`, sentence));
    }
    if (isReminder && isForOthers) {
      const sentence = 'Le premier rappel gratuit ne va qu’aux consommateurs de droit belge.';
      findings.push(finding('firstReminderElsewhere', `${path}/act/template`, sentence));
    }
    if (isForBelgianConsumers && index < reminderAt && asksForCosts(stage)) {
      const sentence = `«\u202f${stage.id}\u202f» demanderait plus que le principal avant le premier rappel gratuit (CDE XIX.2).`;
      findings.push(finding('costsBeforeFirstReminder', path, sentence));
    }
  });
  if (reminder && asksForCosts(reminder)) {
    const sentence = 'Le premier rappel est gratuit\u202f: il ne demande que le principal (CDE XIX.2).';
    findings.push(finding('firstReminderNotFree', `/stages/${reminderAt}/claims`, sentence));
  }
  return findings;
}

/** C. civ. 1231-6, CPCE L111-8: before the notice the principal alone. A policy without a notice never asks for more. */
function checkPrincipalFirst({ stages }: DunningPolicy): PolicyFinding[] {
  const noticeAt = stages.findIndex((stage) => stage.id === FORMAL_NOTICE_STAGE);
  return stages.flatMap((stage, index) => {
    const isBefore = noticeAt < 0 || index < noticeAt;
    if (!isBefore || stage.act.type !== 'mail' || !asksForCosts(stage)) return [];
    const sentence = `«\u202f${stage.id}\u202f» demanderait plus que le principal avant la mise en demeure (C. civ. 1231-6).`;
    return [finding('costsBeforeNotice', `/stages/${index}`, sentence)];
  });
}

function checkPractice({ notice, limits }: DunningPolicy): PolicyFinding[] {
  const findings: PolicyFinding[] = [];
  if (notice.deadlineDays < NOTICE_DAYS_MIN) {
    const sentence = `La mise en demeure d’un particulier ou d’une copropriété laisse au moins ${NOTICE_DAYS_MIN} jours.`;
    findings.push(finding('noticeTooShort', '/notice/deadlineDays', sentence));
  }
  if (limits.contactsPerWeek > CONTACTS_PER_WEEK_MAX) {
    const sentence = `Un particulier ou une copropriété reçoit au plus ${CONTACTS_PER_WEEK_MAX} contacts par semaine.`;
    findings.push(finding('contactsTooMany', '/limits/contactsPerWeek', sentence));
  }
  return findings;
}
