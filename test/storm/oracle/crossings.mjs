// Letters and money: I1, nothing is claimed after an acknowledged payment; I2, what met a payment on its way is within its bound, flagged and shown.
import { setTimeout as sleep } from 'node:timers/promises';

const CROSSING_MAX_MS = 15_000;
const TOLERANCE_MINOR = 100;
/** The product looks for flagged messages without a task every ten seconds. */
const TASKS_WITHIN_MS = 30_000;
/** Once its answer is recorded, a message says whether it crossed. */
const RECORDED = ['ACCEPTED', 'CONFIRMED_SENT'];

/** Spans in which a case is settled by acknowledged money: from the 2xx that settled it to the first attempt to take any of it back. */
function settledSpans(payments, cases) {
  const spans = new Map();
  for (const row of cases) {
    const own = payments.filter(({ invoice, hint }) => invoice.caseId === row.case_id && hint !== 'none');
    const steps = own
      .flatMap(({ ackedAt, amountMinor, reversal }) => [
        ...(ackedAt ? [{ at: ackedAt, minor: amountMinor }] : []),
        ...(reversal ? [{ at: Math.min(reversal.triedAt, ackedAt ?? Infinity), minor: ackedAt ? -amountMinor : 0 }] : []),
      ])
      .sort((a, b) => a.at - b.at);
    let sum = 0;
    let from;
    const list = [];
    for (const { at, minor } of steps) {
      sum += minor;
      const isSettled = sum >= Number(row.face_minor) - TOLERANCE_MINOR;
      if (isSettled) from ??= at;
      else if (from !== undefined) {
        list.push({ from, to: at });
        from = undefined;
      }
    }
    if (from !== undefined) list.push({ from, to: Infinity });
    spans.set(row.case_id, list);
  }
  return spans;
}

/** I1 and I2: nothing claimed after an acknowledged settling payment; what crossed is within 15 s, and flagged. `crossed`: message ids. */
export function afterPayment({ messages, casesOf, cases, mails }, payer) {
  const spans = settledSpans(payer.payments, cases);
  const at = new Map(mails.map((mail) => [mail.mid, Date.parse(mail.at)]));
  const faults = [];
  const crossed = new Set();
  for (const message of messages) {
    const leftAt = at.get(message.message_id);
    if (message.purpose !== 'chase' || leftAt === undefined || !message.claimed_at) continue;
    const claimedAt = message.claimed_at.getTime();
    for (const { case_id: caseId } of casesOf.get(message.message_id) ?? [])
      for (const { from, to } of spans.get(caseId) ?? []) {
        if (from >= leftAt || to <= claimedAt) continue;
        if (claimedAt > from)
          faults.push(
            `I1 ${message.act} ${message.message_id} of ${caseId} was claimed ${claimedAt - from} ms after the 2xx of the payment that settled it`,
          );
        else {
          crossed.add(message.message_id);
          if (leftAt - from > CROSSING_MAX_MS)
            faults.push(`I2 ${message.message_id} left ${leftAt - from} ms after the 2xx of the payment`);
          if (RECORDED.includes(message.state) && !message.crossed_with_payment)
            faults.push(`I2 ${message.message_id} crossed a payment (${leftAt - from} ms) and is not flagged`);
        }
      }
  }
  return { faults, crossed: [...crossed] };
}

/** I2: staff see each of them: in the list of the API, and as a task with an owner and a day. */
export async function crossedAndHidden(sql, desk, crossed) {
  if (crossed.length === 0) return [];
  const listed = new Set();
  for (let cursor; ; ) {
    const page = await desk.ask(
      'auditor',
      'GET',
      `/api/v1/operations/crossed-messages?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    for (const { messageId } of page.items) listed.add(messageId);
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  const deadline = Date.now() + TASKS_WITHIN_MS;
  let without = crossed;
  while (without.length > 0 && Date.now() < deadline) {
    const asked = `select subject_id from task where kind = 'messageCrossed' and role is not null and due_on is not null`;
    const known = new Set((await sql.query(asked)).rows.map((row) => row.subject_id));
    without = crossed.filter((mid) => !known.has(mid));
    if (without.length > 0) await sleep(1_000);
  }
  return [
    ...crossed.filter((mid) => !listed.has(mid)).map((mid) => `I2 ${mid} crossed a payment and is not in the list of the API`),
    ...without.map((mid) => `I2 ${mid} crossed a payment and nobody has a task about it`),
  ];
}
