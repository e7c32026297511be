import { type Day, type DebtorKind, type GoverningLaw, isRefusal, type Limitation, type LimitationEvent, limitation } from '#domain';
import type { CaseRow, Tables } from '#ports';
import { limitationRules } from '#statutes';
import type { LawBook } from '../law-book.js';

/** Channels in which a promise is written, and so acknowledges the debt (C. civ. 2240). */
const WRITTEN: ReadonlySet<string> = new Set(['email', 'post', 'letter']);

/** The limitation of a claim with what interrupted it; undefined while the kind is unknown or the statute of that day is. */
export function limitationFrom(
  book: LawBook,
  claim: { law: GoverningLaw; kind: DebtorKind; dueOn: Day; asOf: Day },
  events: readonly LimitationEvent[],
): Limitation | undefined {
  const rules = limitationRules(book.statutes, { ...claim, nature: 'general' });
  if (isRefusal(rules)) return undefined;
  const found = limitation({ law: claim.law, dueOn: claim.dueOn, asOf: claim.asOf, events, rules });
  return isRefusal(found) ? undefined : found;
}

/** What the file of a case holds that may bear on its limitation: part payments and written promises. A reversed payment never happened. */
export async function limitationEventsOf(
  tx: Tables,
  { creditorId, caseId }: Pick<CaseRow, 'creditorId' | 'caseId'>,
): Promise<LimitationEvent[]> {
  const allocations = await tx.allocations.all({ creditorId, caseId, reversedAt: null });
  const promises = await tx.promises.all({ creditorId, caseId });
  return [
    ...allocations.map((one) => ({ type: 'partPayment' as const, on: one.paidOn })),
    ...promises.filter((one) => WRITTEN.has(one.channel)).map((one) => ({ type: 'writtenPromise' as const, on: one.madeOn })),
  ];
}

/** The whole answer for one case, read from its file. */
export async function limitationOfCase(
  tx: Tables,
  book: LawBook,
  row: Pick<CaseRow, 'creditorId' | 'caseId' | 'law' | 'dueOn'>,
  kind: DebtorKind,
  asOf: Day,
): Promise<Limitation | undefined> {
  return limitationFrom(book, { law: row.law, kind, dueOn: row.dueOn, asOf }, await limitationEventsOf(tx, row));
}
