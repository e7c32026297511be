import type { CreditorRow } from '#ports';

/** Forms of French companies that have a share capital, with and without points. */
const WITH_CAPITAL = /^(sas|sasu|sa|sarl|eurl|sca|scs|snc|selarl|selas|selafa|sci|scop|scp)\b/i;

export interface MissingMention {
  readonly field: string;
  readonly sentence: string;
}

/**
 * What the creditor's letters should say of it and cannot: form, capital and register of a company (C. com. R123-237 and R123-238, CSA 2:20), the mediator
 * where French consumers are written to (C. conso. L612-1). A warning, not an obstacle: the claim is owed all the same, the omission is fined.
 */
export function missingMentions(creditor: CreditorRow, writesToFrenchConsumers: boolean): MissingMention[] {
  const { address, legalForm, mentions, siren, standing } = creditor;
  const isBelgian = address.country === 'BE';
  const isCompany = standing.isNaturalPerson !== true && (address.country === 'FR' || isBelgian);
  const hasCapital = !isBelgian && legalForm !== null && WITH_CAPITAL.test(legalForm.replaceAll('.', ''));
  const article = isBelgian ? 'CSA, art.\u00a02:20' : 'C.\u00a0com., art.\u00a0R.\u00a0123-237 et R.\u00a0123-238';
  const ask = (field: string, what: string, grounds = article): MissingMention => ({
    field,
    sentence: `${what}\u202f: à compléter, les lettres doivent le porter (${grounds}).`,
  });
  return [
    ...(isCompany && !legalForm ? [ask('legalForm', 'Forme juridique')] : []),
    ...(isCompany && hasCapital && !mentions.shareCapital ? [ask('shareCapital', 'Capital social')] : []),
    ...(isCompany && (isBelgian || siren) && !mentions.register
      ? [ask('register', isBelgian ? 'RPM et tribunal du siège' : 'Ville du greffe du RCS')]
      : []),
    ...(writesToFrenchConsumers && !mentions.mediator
      ? [ask('mediator', 'Médiateur de la consommation', 'C.\u00a0conso., art.\u00a0L.\u00a0612-1')]
      : []),
  ];
}
