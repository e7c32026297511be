import type { MessageDraft } from '#casework';
import { frenchDay } from '#domain';
import type { HandOverContent } from '#letters';

type Members = MessageDraft['members'];

/**
 * What each claim rests on, as far as it is known: the invoice with its day, the order, what was sold or done, the terms of payment printed on the invoice. Whoever takes
 * the file over has to prove the debt by these (C. civ. art. 1353).
 */
export function claimGrounds(members: Members): string[] {
  return members.flatMap(({ invoice }) => {
    const { number, issuedOn, orderReference, description, termsText } = invoice;
    const order = orderReference ? `, commande ${oneLine(orderReference)}` : '';
    const sold = description ? `\u202f: ${oneLine(description)}` : '';
    const terms = termsText ? [`Facture ${number}, conditions de paiement imprimées\u202f: ${oneLine(termsText)}`] : [];
    return [`Facture ${number} du ${frenchDay(issuedOn)}${order}${sold}`, ...terms];
  });
}

/** An objection to which the creditor did not yield is told to whoever takes the file over: it decides which routes are open. */
export function standingObjection(members: Members): Pick<HandOverContent, 'undisputed' | 'disputeNote'> {
  const answered = members.flatMap(({ past = [] }) =>
    past.flatMap((event) => (event.kind === 'disputeAnswered' && event.maintained ? [event] : [])),
  );
  const [first] = answered;
  return first
    ? { undisputed: false, disputeNote: `élevée le ${frenchDay(first.openedOn)}, examinée, la créance est maintenue` }
    : { undisputed: true };
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
