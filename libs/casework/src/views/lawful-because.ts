import { type DebtorKind, FIRST_REMINDER_STAGE, type GoverningLaw, type PolicyStage } from '#domain';

/** Why an act was allowed: the regime it was judged under and the rule it rests on, in French. */
export interface LawfulGround {
  readonly regime: string;
  readonly rule: string;
}

const KINDS: Readonly<Record<DebtorKind, string>> = {
  business: 'entreprise',
  consumer: 'consommateur',
  publicBody: 'organisme public',
  coOwners: 'copropriété',
  unknown: 'qualité inconnue',
};
const LAWS: Readonly<Record<GoverningLaw, string>> = { FR: 'droit français', BE: 'droit belge' };

/** What makes interest and indemnity due, by regime; the notice of a layperson is what starts them. */
const LATE_PAYMENT: Readonly<Record<GoverningLaw, Readonly<Record<DebtorKind, string>>>> = {
  FR: {
    business: 'retard de plein droit, C. com. L441-10',
    consumer: 'principal seul avant la mise en demeure, CPCE L111-8',
    publicBody: 'retard de plein droit, CCP L2192-13',
    coOwners: 'principal seul avant la mise en demeure, C. civ. 1231-6',
    unknown: '',
  },
  BE: {
    business: 'retard de plein droit, loi du 2 août 2002',
    consumer: 'indemnité de la clause après les jours gratuits, CDE XIX.4',
    publicBody: 'retard de plein droit, loi du 2 août 2002',
    coOwners: 'principal seul avant la mise en demeure',
    unknown: '',
  },
};

/** The regime and the rule under which a rung leaves. */
export function lawfulBecause(stage: Pick<PolicyStage, 'id' | 'act'>, law: GoverningLaw, kind: DebtorKind): LawfulGround {
  return { regime: `${LAWS[law]}, ${KINDS[kind]}`, rule: ruleOf(stage, law, kind) };
}

function ruleOf({ id, act }: Pick<PolicyStage, 'id' | 'act'>, law: GoverningLaw, kind: DebtorKind): string {
  if (act.type === 'call') return kind === 'consumer' ? 'appel aux heures ouvrées de semaine, usage' : 'appel aux heures ouvrées, usage';
  if (act.type === 'formalNotice') return law === 'FR' ? 'mise en demeure, C. civ. 1344' : 'mise en demeure, accord de la finance';
  if (act.type === 'referral') return 'délai de la mise en demeure écoulé, accord de la finance';
  if (id === FIRST_REMINDER_STAGE) return 'rappel gratuit, CDE XIX.2';
  return LATE_PAYMENT[law][kind];
}
