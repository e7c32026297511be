import { frenchDay, addDays, type Day } from '#domain';
import type { CreditorRow, InvoiceTermRow } from '#ports';
import type { InvoiceFacts } from './invoice-facts.js';

export interface TermPlan {
  readonly terms: readonly { readonly dueOn: Day; readonly amountMinor: bigint; readonly dueSource: InvoiceTermRow['dueSource'] }[];
  readonly notes: readonly string[];
  readonly doubts: readonly { code: string; message: string }[];
}

/** Due terms of an invoice: one case each. Without a due date the creditor's documented default term applies and is said so. */
export function termsOf(facts: InvoiceFacts, creditor: CreditorRow): TermPlan {
  if (facts.terms.length === 0) {
    const dueOn = addDays(facts.issuedOn, creditor.defaultTermDays);
    return {
      terms: [{ dueOn, amountMinor: facts.payableMinor, dueSource: 'creditorDefaultTerm' }],
      notes: [
        `Sans échéance sur le document\u202f: délai par défaut du créancier, ${creditor.defaultTermDays} jours, soit le ${frenchDay(dueOn)}.`,
      ],
      doubts: [],
    };
  }
  const sorted = [...facts.terms].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const [only] = sorted;
  if (sorted.length === 1 && only) return plan([{ dueOn: only.dueOn, amountMinor: only.amountMinor ?? facts.payableMinor }]);
  const total = sorted.reduce((sum, t) => sum + (t.amountMinor ?? 0n), 0n);
  if (sorted.every((t) => t.amountMinor !== undefined) && total === facts.payableMinor) {
    return plan(sorted.map((t) => ({ dueOn: t.dueOn, amountMinor: t.amountMinor ?? 0n })));
  }
  const last = sorted[sorted.length - 1] ?? only;
  if (!last) throw new Error('An invoice without terms was handled above');
  return {
    ...plan([{ dueOn: last.dueOn, amountMinor: facts.payableMinor }]),
    doubts: [
      {
        code: 'termAmountsUnclear',
        message: 'Plusieurs échéances dont les montants ne font pas le net à payer\u202f: une seule échéance, la dernière, est suivie.',
      },
    ],
  };
}

function plan(terms: { dueOn: Day; amountMinor: bigint }[]): TermPlan {
  return { terms: terms.map((t) => ({ ...t, dueSource: 'document' as const })), notes: [], doubts: [] };
}

/** How a lower figure of the books spreads over the terms: what was paid covers the oldest first, so that the latest stay open. */
export function spreadOpen(openMinor: bigint, terms: readonly { amountMinor: bigint }[]): bigint[] {
  let left = openMinor;
  const open = new Array<bigint>(terms.length).fill(0n);
  for (let i = terms.length - 1; i >= 0; i--) {
    const amount = terms[i]?.amountMinor ?? 0n;
    const share = left < amount ? left : amount;
    open[i] = share;
    left -= share;
  }
  return open;
}
