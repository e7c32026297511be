import type { CaseSnapshot } from '#domain';
import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  type SearchAttributeUpdatePair,
  SearchAttributeType,
} from '@temporalio/common';

export const CaseStage = defineSearchAttributeKey('CaseStage', SearchAttributeType.KEYWORD);
export const CaseStateKey = defineSearchAttributeKey('CaseState', SearchAttributeType.KEYWORD);
export const CreditorId = defineSearchAttributeKey('CreditorId', SearchAttributeType.KEYWORD);
export const DebtorRef = defineSearchAttributeKey('DebtorRef', SearchAttributeType.KEYWORD);
export const CurrencyKey = defineSearchAttributeKey('Currency', SearchAttributeType.KEYWORD);
export const NextActionAt = defineSearchAttributeKey('NextActionAt', SearchAttributeType.DATETIME);
export const DueOn = defineSearchAttributeKey('DueOn', SearchAttributeType.DATETIME);
export const OpenBalanceMinor = defineSearchAttributeKey('OpenBalanceMinor', SearchAttributeType.INT);
export const Disputed = defineSearchAttributeKey('Disputed', SearchAttributeType.BOOL);

/** Every attribute a namespace must know before the first start; an unknown one makes the server refuse the start. */
export const SEARCH_ATTRIBUTES = [
  CaseStage,
  CaseStateKey,
  CreditorId,
  DebtorRef,
  CurrencyKey,
  NextActionAt,
  DueOn,
  OpenBalanceMinor,
  Disputed,
] as const;

/** What the Temporal UI can list and filter a case by. `null` takes an attribute away: no stage done yet, nothing due on a closed case. */
export function searchAttributesOf(snapshot: CaseSnapshot): SearchAttributeUpdatePair[] {
  return [
    { key: CaseStage, value: snapshot.lastStage ?? null },
    { key: CaseStateKey, value: snapshot.state },
    { key: CreditorId, value: snapshot.creditorId },
    { key: DebtorRef, value: snapshot.debtorRef },
    { key: CurrencyKey, value: snapshot.currency },
    { key: NextActionAt, value: snapshot.closed === undefined ? moment(snapshot.wake.at) : null },
    { key: DueOn, value: moment(snapshot.dueOn) },
    { key: OpenBalanceMinor, value: Number(snapshot.openPrincipal) },
    { key: Disputed, value: snapshot.disputed },
  ];
}

/** The same, for a start: what has no value is left out. */
export function startingSearchAttributes(snapshot: CaseSnapshot): SearchAttributePair[] {
  return searchAttributesOf(snapshot).filter((pair): pair is SearchAttributePair => pair.value !== null);
}

/** The only `Date` of the workflows' side: the SDK takes no other shape for a datetime attribute. Always from full ISO text, never from the clock. */
function moment(text: string) {
  // oxlint-disable-next-line eslint/no-restricted-globals -- the SDK's own type of a datetime value
  return new Date(text);
}
