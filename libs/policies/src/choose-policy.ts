/** A published ladder, by version. */
export interface PolicyChoice {
  readonly policyId: string;
  readonly version: number;
}

export interface ChosenPolicy extends PolicyChoice {
  readonly from: 'invoice' | 'debtor' | 'creditor';
  /** A French sentence that says where the choice comes from; shown with the case. */
  readonly because: string;
}

/** The most specific choice wins: invoice, else debtor, else the creditor's own, which always exists. */
export function choosePolicy(choices: { invoice?: PolicyChoice; debtor?: PolicyChoice; creditor: PolicyChoice }): ChosenPolicy {
  if (choices.invoice) return chosen(choices.invoice, 'invoice', 'fixée pour cette facture');
  if (choices.debtor) return chosen(choices.debtor, 'debtor', 'fixée pour ce client');
  return chosen(choices.creditor, 'creditor', 'celle du créancier, rien de plus précis n’étant fixé');
}

function chosen({ policyId, version }: PolicyChoice, from: ChosenPolicy['from'], why: string): ChosenPolicy {
  return { policyId, version, from, because: `Politique ${policyId}@${version}\u202f: ${why}.` };
}
