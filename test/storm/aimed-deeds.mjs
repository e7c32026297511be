// Deeds aimed at the moment in which a letter is being sent: the races that months of chance would meet now and then.
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 25;
const PATIENCE_MS = 4_000;

const ON_ITS_WAY = `
select m.creditor_id, m.message_id, m.state, l.case_id, c.open_principal_minor, i.number
  from outbound_message m
  join message_case l using (creditor_id, message_id)
  join recovery_case c using (creditor_id, case_id)
  join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
 where m.purpose = 'chase' and l.live and c.closed_kind is null and m.updated_at > now() - interval '3 seconds' and m.state in ('PLANNED', 'CLAIMED')
 order by m.state, m.updated_at desc limit 1`;

const DUE = `
select c.creditor_id, c.case_id as message_id, 'due' as state, c.case_id, c.open_principal_minor, i.number
  from recovery_case c
  join creditor o using (creditor_id)
  join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
 where c.closed_kind is null and c.wake_kind = 'mail' and c.wake_at <= o.clock_at and not c.case_id = any($1)
 order by c.wake_at limit 1`;

/** Answers a function that waits for a letter on its way and pays its case in full, or places a hold on it; it says which, or nothing when none came by. */
export function aimAtLetters({ sql, payer }, lives, { holds = 0.35, halves = 0.35 } = {}) {
  const aimedAt = new Set();
  return async (dice, isBeforeLetter) => {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      const [letter] = (await (isBeforeLetter ? sql.query(DUE, [[...aimedAt]]) : sql.query(ON_ITS_WAY))).rows;
      if (!letter || aimedAt.has(letter.case_id)) {
        await sleep(LOOK_MS);
        continue;
      }
      aimedAt.add(letter.case_id);
      const life = lives.find(({ creditor }) => creditor.creditorId === letter.creditor_id);
      if (dice.isOneIn(holds)) return hold(letter, life);
      return pay(letter, life, payer, dice.isOneIn(halves) ? 2 : 1);
    }
    return undefined;
  };
}

/** The whole of what is open, or half of it: then the letter would state too much. */
async function pay(letter, life, payer, parts) {
  const invoice = life.creditor.invoices.find(({ number }) => number === letter.number);
  const today = (await life.state()).clock.slice(0, 10);
  payer.pay(letter.creditor_id, invoice, {
    provider: 'standard',
    amountMinor: Math.ceil(Number(letter.open_principal_minor) / parts),
    hint: 'caseId',
    on: today,
    isUrgent: true,
  });
  return `${parts === 1 ? 'payment' : 'part payment'} ${letter.state}`;
}

async function hold(letter, life) {
  const invoice = life.creditor.invoices.find(({ number }) => number === letter.number);
  const today = (await life.state()).clock.slice(0, 10);
  await life.holdNow(invoice, today);
  return `hold ${letter.state}`;
}
