import { type DunningPolicy, FORMAL_NOTICE_STAGE, isCurrency, type PolicyStage, parseMoney, windowSeconds } from '#domain';
import { checkLateness } from './check-lateness.js';
import { checkRegimes } from './check-regimes.js';
import { finding, type PolicyFinding } from './policy-finding.js';
import { policySchema } from './policy-schema.js';

export type { PolicyFinding, PolicyFindingCode } from './policy-finding.js';

/** Days after the due date within which the first contact must open, in every ladder (C28). */
const FIRST_CONTACT_DAYS_MAX = 7;

/** Checks shape, then sense. An empty list means the policy may be published. Total: takes any value, never throws. */
export function checkPolicy(policy: unknown): PolicyFinding[] {
  const parsed = policySchema.safeParse(policy);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({
      code: 'shape',
      path: `/${issue.path.map(String).join('/')}`,
      sentence: `La politique n’a pas la forme attendue\u202f: ${issue.message}.`,
    }));
  }
  const known = parsed.data;
  const ofStages = known.stages.flatMap((stage, index) => checkStage(known, stage, index));
  return [...checkStageList(known), ...ofStages, ...checkLimits(known), ...checkLateness(known), ...checkRegimes(known)];
}

function checkStageList({ stages, notice }: DunningPolicy): PolicyFinding[] {
  const findings: PolicyFinding[] = [];
  const ids = stages.map((stage) => stage.id);
  ids.forEach((id, index) => {
    if (ids.indexOf(id) < index)
      findings.push(finding('stageTwice', `/stages/${index}/id`, `L’étape «\u202f${id}\u202f» figure deux fois.`));
  });
  const noticeAt = stages.findIndex((stage) => stage.act.type === 'formalNotice');
  const referralAt = stages.findIndex((stage) => stage.act.type === 'referral');
  stages.forEach((stage, index) => {
    if (stage.act.type === 'formalNotice' && index > noticeAt) {
      findings.push(finding('noticeTwice', `/stages/${index}`, 'Une échelle ne comporte qu’une mise en demeure.'));
    }
    const isFirstNotice = index === noticeAt;
    if (isFirstNotice !== (stage.id === FORMAL_NOTICE_STAGE) && !(stage.act.type === 'formalNotice' && !isFirstNotice)) {
      const sentence = `La mise en demeure porte l’identifiant «\u202f${FORMAL_NOTICE_STAGE}\u202f», et elle seule.`;
      findings.push(finding('noticeIdFixed', `/stages/${index}/id`, sentence));
    }
  });
  if (noticeAt >= 0 && !stages.slice(0, noticeAt).some((stage) => stage.act.type === 'call')) {
    findings.push(finding('callBeforeNoticeMissing', `/stages/${noticeAt}`, 'Un appel doit précéder la mise en demeure.'));
  }
  const referral = stages[referralAt];
  if (referral)
    findings.push(...checkReferral(referral, { referralAt, noticeAt, count: stages.length, deadlineDays: notice.deadlineDays }));
  return findings;
}

function checkReferral(
  referral: PolicyStage,
  where: { referralAt: number; noticeAt: number; count: number; deadlineDays: number },
): PolicyFinding[] {
  const path = `/stages/${where.referralAt}`;
  const findings: PolicyFinding[] = [];
  if (where.referralAt < where.count - 1) findings.push(finding('referralNotLast', path, 'La remise du dossier est la dernière étape.'));
  if (where.noticeAt < 0 || where.noticeAt > where.referralAt) {
    findings.push(finding('noticeBeforeReferralMissing', path, 'Une mise en demeure doit précéder la remise du dossier.'));
  }
  const isAfterDeadline = (referral.notBefore ?? []).some(
    (bound) => bound.anchor === 'notice.served' && !bound.businessDays && bound.offsetDays > where.deadlineDays,
  );
  if (where.noticeAt >= 0 && !isAfterDeadline) {
    const sentence = `La remise doit attendre la fin des ${where.deadlineDays} jours après réception de la mise en demeure (notBefore notice.served).`;
    findings.push(finding('deadlineCut', `${path}/notBefore`, sentence));
  }
  return findings;
}

function checkStage(policy: DunningPolicy, stage: PolicyStage, index: number): PolicyFinding[] {
  const path = `/stages/${index}`;
  const findings = [stage.opens, ...(stage.notBefore ?? [])].flatMap((delay, at) =>
    checkAnchor(policy, delay.anchor, index, at === 0 ? `${path}/opens/anchor` : `${path}/notBefore/${at - 1}/anchor`),
  );
  const previous = policy.stages.slice(0, index).findLast((earlier) => earlier.opens.anchor === 'dueOn');
  if (stage.opens.anchor === 'dueOn' && previous && stage.opens.offsetDays <= previous.opens.offsetDays) {
    const sentence = `L’étape «\u202f${stage.id}\u202f» s’ouvrirait avant «\u202f${previous.id}\u202f» ou le même jour.`;
    findings.push(finding('stageOrder', `${path}/opens/offsetDays`, sentence));
  }
  const isFormal = stage.act.type === 'formalNotice' || stage.act.type === 'referral';
  if (isFormal && !stage.needsApproval) {
    findings.push(
      finding('approvalMissing', `${path}/needsApproval`, `«\u202f${stage.id}\u202f» a un effet juridique et demande un accord.`),
    );
  }
  if (stage.needsApproval && stage.prepareBusinessDays > policy.approval.validBusinessDays) {
    const sentence = 'L’accord expirerait avant le jour de l’étape\u202f: préparer plus tard ou allonger sa validité.';
    findings.push(finding('preparationTooEarly', `${path}/prepareBusinessDays`, sentence));
  }
  const isLetter = stage.act.type === 'mail' || stage.act.type === 'formalNotice';
  if (isLetter && !stage.act.template) {
    findings.push(finding('templateMissing', `${path}/act/template`, `«\u202f${stage.id}\u202f» n’a pas de modèle de lettre.`));
  }
  if (isLetter && stage.channels.every((channel) => channel === 'phone')) {
    findings.push(finding('channelMissing', `${path}/channels`, `«\u202f${stage.id}\u202f» n’a pas de canal pour partir.`));
  }
  return findings;
}

function checkAnchor(policy: DunningPolicy, anchor: string, index: number, path: string): PolicyFinding[] {
  if (anchor === 'dueOn' || anchor === 'lastContact') return [];
  const id = anchor.slice(0, -'.done'.length);
  const at = policy.stages.findIndex((stage) => (anchor.startsWith('notice.') ? stage.act.type === 'formalNotice' : stage.id === id));
  if (at < 0)
    return [
      finding('anchorUnknown', path, `Le repère «\u202f${anchor}\u202f» ne renvoie à aucune étape\u202f: celle-ci ne s’ouvrirait jamais.`),
    ];
  if (at >= index) return [finding('anchorLater', path, `Le repère «\u202f${anchor}\u202f» renvoie à une étape qui ne vient pas avant.`)];
  return [];
}

function checkLimits(policy: DunningPolicy): PolicyFinding[] {
  const { limits, stages } = policy;
  const findings: PolicyFinding[] = [];
  if (windowSeconds(limits.window) < 3600) {
    findings.push(finding('windowEmpty', '/limits/window', 'La plage d’envoi dure moins d’une heure.'));
  }
  const first = stages[0];
  if (first && (first.opens.anchor !== 'dueOn' || first.opens.offsetDays < 1 || first.opens.offsetDays > FIRST_CONTACT_DAYS_MAX)) {
    const sentence = `Le premier contact s’ouvre de 1 à ${FIRST_CONTACT_DAYS_MAX} jours après l’échéance.`;
    findings.push(finding('firstContactTooLate', '/stages/0/opens', sentence));
  }
  findings.push(...checkContactCap(policy));
  for (const field of ['threshold', 'tolerance', 'waiveBelow'] as const) {
    for (const [code, amount] of Object.entries(policy[field])) {
      if (isCurrency(code) && 'minor' in parseMoney(amount, code)) continue;
      findings.push(finding('amountUnreadable', `/${field}/${code}`, `«\u202f${amount} ${code}\u202f» n’est pas un montant.`));
    }
  }
  for (const [code, amount] of Object.entries(policy.tolerance)) {
    const tolerance = parseMoney(amount, code);
    const threshold = parseMoney(policy.threshold[code] ?? amount, code);
    if ('minor' in tolerance && 'minor' in threshold && tolerance.minor > threshold.minor) {
      findings.push(finding('toleranceAboveThreshold', `/tolerance/${code}`, 'La tolérance dépasse le seuil de relance.'));
    }
  }
  return findings;
}

/** Contacts counted from the due date that crowd one week more than the policy's own cap allows: the ladder could not keep its days. */
function checkContactCap({ stages, limits }: DunningPolicy): PolicyFinding[] {
  const contacts = stages
    .map((stage, index) => ({ stage, index }))
    .filter(({ stage }) => stage.act.type !== 'referral' && stage.opens.anchor === 'dueOn');
  return contacts.flatMap(({ stage, index }, at) => {
    const crowding = contacts[at - limits.contactsPerWeek];
    if (!crowding || stage.opens.offsetDays - crowding.stage.opens.offsetDays >= 7) return [];
    const sentence = `«\u202f${stage.id}\u202f» ferait plus de ${limits.contactsPerWeek} contacts en sept jours.`;
    return [finding('contactCapUnreachable', `/stages/${index}/opens/offsetDays`, sentence)];
  });
}
