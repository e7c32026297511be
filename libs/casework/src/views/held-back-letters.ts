import { decodeState, frenchAmount, frenchDay, isCurrency } from '#domain';
import type { CaseRow, OutboundMessageRow, PostItemRow, Tables } from '#ports';

/** Why a letter that waits to be printed must not be posted as things stand; `sentence` in French. */
export interface HeldBack {
  readonly code: 'settled' | 'closed' | 'insolvent' | 'disputed' | 'onHold' | 'promised' | 'amountMoved';
  readonly sentence: string;
}

/**
 * I1, I16: for each letter still to be printed, what has happened since it was written that forbids posting it: every case it speaks for is looked at. A
 * letter that may be posted has no entry.
 */
export async function heldBackLetters(
  tx: Tables,
  creditorId: string,
  items: readonly Pick<PostItemRow, 'postItemId' | 'messageId' | 'state'>[],
): Promise<ReadonlyMap<string, HeldBack>> {
  const waiting = items.filter((item) => item.state === 'toPrint');
  if (waiting.length === 0) return new Map();
  const messageId = [...new Set(waiting.map((item) => item.messageId))];
  const messages = await tx.messages.all({ creditorId, messageId });
  const links = await tx.messageCases.all({ creditorId, messageId });
  const cases = await tx.cases.all({ creditorId, caseId: [...new Set(links.map((link) => link.caseId))] });
  const found = waiting.flatMap(({ postItemId, messageId: id }): readonly [string, HeldBack][] => {
    const message = messages.find((one) => one.messageId === id);
    const members = cases.filter((row) => links.some((link) => link.messageId === id && link.caseId === row.caseId));
    const reason = members.map(stopOf).find(Boolean) ?? (message && moved(message, members));
    return reason ? [[postItemId, reason]] : [];
  });
  return new Map(found);
}

function stopOf(row: CaseRow): HeldBack | undefined {
  const { closed, insolvency, dispute, hold, promise } = decodeState(row.recovery);
  if (closed?.kind === 'settled') return heldBack('settled', 'la facture est réglée');
  if (closed) return heldBack('closed', 'le dossier est clos');
  if (insolvency) return heldBack('insolvent', 'une procédure collective est ouverte');
  if (dispute) return heldBack('disputed', 'la facture est contestée');
  if (hold) return heldBack('onHold', `le dossier est suspendu jusqu’au ${frenchDay(hold.until)}`);
  if (promise) return heldBack('promised', `le paiement est promis pour le ${frenchDay(promise.dueOn)}`);
  return undefined;
}

/** The principal that the letter was written for, against what is open now. */
function moved({ statement }: OutboundMessageRow, rows: readonly CaseRow[]): HeldBack | undefined {
  const members = (statement as { members?: readonly { caseId?: unknown; openPrincipalMinor?: unknown }[] } | null)?.members ?? [];
  for (const row of rows) {
    const written = members.find((member) => member.caseId === row.caseId)?.openPrincipalMinor;
    if (typeof written !== 'string' || BigInt(written) === row.openPrincipalMinor || !isCurrency(row.currency)) continue;
    const [then, now] = [frenchAmount(BigInt(written), row.currency), frenchAmount(row.openPrincipalMinor, row.currency)];
    return heldBack('amountMoved', `elle a été écrite pour ${then} de principal, il en reste ${now}`);
  }
  return undefined;
}

function heldBack(code: HeldBack['code'], because: string): HeldBack {
  return { code, sentence: `Ne pas poster cette lettre\u202f: ${because}.` };
}
