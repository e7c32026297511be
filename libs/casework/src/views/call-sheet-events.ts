import { type Day, dayIn, type DunningPolicy, type LocalText } from '#domain';
import type { AllocationRow, CallRow, DeliveryEventRow, OutboundMessageRow, PostItemRow, PromiseRow, Tables } from '#ports';

const MOST = 50;

/** One thing that was done for the cases of a call, without words. Amounts in minor units. */
export type CallSheetEvent =
  | {
      readonly kind: 'message';
      readonly on: Day;
      readonly act: string;
      /** Name of the rung; absent for what only informs. */
      readonly title?: LocalText;
      readonly channel: OutboundMessageRow['channel'];
      readonly recipient: string;
      readonly outcome: 'sent' | 'delivered' | 'returned' | 'notPostedYet';
      readonly outcomeOn?: Day;
    }
  | { readonly kind: 'call'; readonly on: Day; readonly outcome: CallRow['outcome']; readonly contactName?: string }
  | { readonly kind: 'payment' | 'paymentReversed'; readonly on: Day; readonly amountMinor: bigint }
  | { readonly kind: 'promise'; readonly on: Day; readonly amountMinor: bigint; readonly dueOn: Day; readonly state: PromiseRow['state'] };

/** What the debtor said: a dispute by its reason, or the words that a person noted. */
export type CallSheetRemark =
  | { readonly kind: 'dispute'; readonly on: Day; readonly reason: string; readonly note?: string }
  | { readonly kind: 'note'; readonly on: Day; readonly text: string };

interface Asked {
  readonly creditorId: string;
  readonly debtorId: string;
  readonly caseIds: readonly string[];
  readonly zone: string;
}

/** Messages that left, calls that were made, money that came (and went back) and promises, oldest first. */
export async function callSheetEvents(tx: Tables, asked: Asked & { readonly policy: DunningPolicy }): Promise<CallSheetEvent[]> {
  const { creditorId, debtorId, caseIds } = asked;
  const caseId = [...caseIds];
  const calls = await tx.calls.all({ creditorId, debtorId, state: 'reported' }, { by: 'reportedAt', direction: 'desc', limit: MOST });
  const paid = await tx.allocations.all({ creditorId, caseId }, { by: 'recordedAt', direction: 'desc', limit: MOST });
  const promises = await tx.promises.all({ creditorId, caseId }, { by: 'createdAt', direction: 'desc', limit: MOST });
  const events: CallSheetEvent[] = [
    ...(await messagesSent(tx, asked)),
    ...calls
      .filter(({ outcome }) => outcome === 'attempted' || outcome === 'reached')
      .map((call) => ({
        kind: 'call' as const,
        // In sandbox time, as everything on the sheet; a call is made within its two days.
        on: call.openedOn,
        outcome: call.outcome,
        ...(call.contactName ? { contactName: call.contactName } : {}),
      })),
    ...paid.flatMap(moneyEvents),
    ...promises.map(({ madeOn, amountMinor, dueOn, state }) => ({ kind: 'promise' as const, on: madeOn, amountMinor, dueOn, state })),
  ];
  return events.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** A payment that went back stays on the sheet: whoever calls must not say that nothing ever came. */
function moneyEvents({ paidOn, reversedOn, amountMinor, interestMinor, indemnityMinor }: AllocationRow): CallSheetEvent[] {
  const wholeMinor = amountMinor + interestMinor + indemnityMinor;
  const came: CallSheetEvent = { kind: 'payment', on: paidOn, amountMinor: wholeMinor };
  return reversedOn === null ? [came] : [came, { kind: 'paymentReversed', on: reversedOn, amountMinor: wholeMinor }];
}

async function messagesSent(
  tx: Tables,
  { creditorId, caseIds, policy, zone }: Asked & { readonly policy: DunningPolicy },
): Promise<CallSheetEvent[]> {
  const links = await tx.messageCases.all({ creditorId, caseId: [...caseIds] });
  if (links.length === 0) return [];
  const messageId = [...new Set(links.map((link) => link.messageId))];
  const sent = await tx.messages.all(
    { creditorId, messageId, state: ['ACCEPTED', 'CONFIRMED_SENT'], channel: ['email', 'registeredPost', 'post'] },
    { by: 'slotOn', direction: 'desc', limit: MOST },
  );
  const ids = sent.map((message) => message.messageId);
  const events = ids.length === 0 ? [] : await tx.deliveryEvents.all({ creditorId, messageId: ids });
  const posted = ids.length === 0 ? [] : await tx.postItems.all({ creditorId, messageId: ids });
  return sent.map((message) => {
    const title = policy.stages.find(({ id }) => id === message.stage)?.title;
    const item = posted.find((one) => one.messageId === message.messageId);
    return {
      kind: 'message',
      on: message.slotOn,
      act: message.act,
      ...(title ? { title } : {}),
      // Where a letter was posted it is the act, the mail beside it a copy.
      channel: item && message.channel === 'email' ? 'registeredPost' : message.channel,
      recipient: message.recipient,
      ...outcomeOf(
        events.filter((event) => event.messageId === message.messageId),
        item,
        zone,
      ),
    };
  });
}

type Outcome = Pick<Extract<CallSheetEvent, { kind: 'message' }>, 'outcome' | 'outcomeOn'>;

function outcomeOf(events: readonly DeliveryEventRow[], item: PostItemRow | undefined, zone: string): Outcome {
  if (item) {
    if (item.state === 'returnedUnknown') return { outcome: 'returned' };
    if (item.servedOn) return { outcome: 'delivered', outcomeOn: item.servedOn };
    if (item.state === 'toPrint') return { outcome: 'notPostedYet' };
    return { outcome: 'sent', ...(item.depositedOn ? { outcomeOn: item.depositedOn } : {}) };
  }
  const back = events.find(({ kind }) => kind === 'bounce' || kind === 'dropped');
  if (back) return { outcome: 'returned', outcomeOn: dayIn(back.at, zone) };
  const delivered = events.find(({ kind }) => kind === 'delivered');
  return delivered ? { outcome: 'delivered', outcomeOn: dayIn(delivered.at, zone) } : { outcome: 'sent' };
}

/** Disputes of the cases and notes of the debtor's calls, oldest first. */
export async function callSheetRemarks(tx: Tables, { creditorId, debtorId, caseIds }: Omit<Asked, 'zone'>): Promise<CallSheetRemark[]> {
  const disputes = await tx.disputes.all({ creditorId, caseId: [...caseIds] }, { by: 'openedOn', direction: 'desc', limit: MOST });
  const calls = await tx.calls.all({ creditorId, debtorId, state: 'reported' }, { by: 'reportedAt', direction: 'desc', limit: MOST });
  const remarks: CallSheetRemark[] = [
    ...disputes.map(({ openedOn, reason, note }) => ({ kind: 'dispute' as const, on: openedOn, reason, ...(note ? { note } : {}) })),
    ...calls.flatMap((call) => (call.note ? [{ kind: 'note' as const, on: call.openedOn, text: call.note }] : [])),
  ];
  return remarks.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
