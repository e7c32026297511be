import type { DebtorKind, DunningPolicy, GoverningLaw } from '#domain';

/** A published ladder, by version. */
export interface PolicyChoice {
  readonly policyId: string;
  readonly version: number;
}

export interface ChosenPolicy extends PolicyChoice {
  readonly from: 'invoice' | 'debtor' | 'creditor' | 'regime';
  /** A French sentence that says where the choice comes from; shown with the case. */
  readonly because: string;
}

/** A setting and the ladder it names. */
export interface PolicySetting {
  readonly policy: DunningPolicy;
}

/** The regime of a case, as far as it is known. */
export interface KnownRegime {
  readonly law: GoverningLaw | null;
  readonly kind: DebtorKind;
}

/** True when a ladder was written for this law and this kind of debtor. */
export function fitsRegime({ appliesTo }: DunningPolicy, { law, kind }: KnownRegime): boolean {
  return law !== null && appliesTo.laws.includes(law) && appliesTo.debtorKinds.includes(kind);
}

/** The newest preset that comes with the product for a regime; undefined while the law or the kind is unknown. */
export function presetOfRegime(presets: readonly DunningPolicy[], regime: KnownRegime): DunningPolicy | undefined {
  const fitting = presets.filter((preset) => fitsRegime(preset, regime));
  const usual = fitting.filter((preset) => preset.id === USUAL_FOR_BUSINESS);
  return [...(usual.length > 0 ? usual : fitting)].sort((a, b) => b.version - a.version)[0];
}

/** Of the three ladders for businesses the one that a regime gives by itself. */
const USUAL_FOR_BUSINESS = 'standard';

const KIND_IN_FRENCH: Readonly<Record<DebtorKind, string>> = {
  business: 'entreprise',
  consumer: 'consommateur',
  publicBody: 'organisme public',
  coOwners: 'copropriété',
  unknown: 'qualité inconnue',
};
const LAW_IN_FRENCH: Readonly<Record<GoverningLaw, string>> = { FR: 'droit français', BE: 'droit belge' };

/**
 * The most specific setting that is fit for the regime wins: invoice, else debtor, else creditor; where none is fit, the preset of the
 * regime. While the law or the kind is unknown nothing leaves, and the case keeps the most specific setting until a person decides.
 */
export function choosePolicy(
  choices: { invoice?: PolicySetting; debtor?: PolicySetting; creditor: PolicySetting },
  regime: KnownRegime,
  presets: readonly DunningPolicy[],
): ChosenPolicy {
  const settings = [
    { from: 'invoice' as const, policy: choices.invoice?.policy, why: 'fixée pour cette facture' },
    { from: 'debtor' as const, policy: choices.debtor?.policy, why: 'fixée pour ce client' },
    { from: 'creditor' as const, policy: choices.creditor.policy, why: 'celle du créancier, rien de plus précis n’étant fixé' },
  ];
  const isOpen = regime.law === null || regime.kind === 'unknown';
  const fit = settings.find(({ policy }) => policy && (isOpen || fitsRegime(policy, regime)));
  if (fit?.policy) return chosen(fit.policy, fit.from, fit.why);
  const preset = presetOfRegime(presets, regime);
  if (!preset || !regime.law) return chosen(choices.creditor.policy, 'creditor', 'aucune politique n’est écrite pour ce régime');
  const why = `celle du régime (${LAW_IN_FRENCH[regime.law]}, ${KIND_IN_FRENCH[regime.kind]}), aucune autre ne s’y appliquant`;
  return chosen(preset, 'regime', why);
}

function chosen({ id, version }: DunningPolicy, from: ChosenPolicy['from'], why: string): ChosenPolicy {
  return { policyId: id, version, from, because: `Politique ${id}@${version}\u202f: ${why}.` };
}
