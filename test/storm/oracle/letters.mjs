// What left, judged by the books of the outside servers: I5, I7, I8, I9, I10, I15, I16.

const GAP_DAYS = 5;
const OVERDUE_DAYS = 5;
const WORKING_HOURS = { from: '09:00', to: '18:00' };

/** Everything the checks below read, once. */
export async function lettersInBooks({ sql, local }) {
  const messages = (await sql.query('select * from outbound_message')).rows;
  const links = (await sql.query('select * from message_case')).rows;
  const cases = (await sql.query('select c.*, o.clock_at from recovery_case c join creditor o using (creditor_id)')).rows;
  const outcomes = (await sql.query('select * from stage_outcome')).rows;
  const verdicts = (await sql.query(`select * from stage_verdict where verdict = 'SENT'`)).rows;
  const casesOf = new Map();
  for (const link of links) casesOf.set(link.message_id, [...(casesOf.get(link.message_id) ?? []), link]);
  const trays = new Set((await sql.query(`select message_id from post_item where state <> 'cancelled'`)).rows.map((row) => row.message_id));
  const events = (await sql.query(`select message_id from delivery_event where kind in ('bounce', 'dropped')`)).rows;
  const cameBack = new Set(events.map((row) => row.message_id));
  return { messages, casesOf, cases, outcomes, verdicts, trays, cameBack, mails: local.mails(), letters: local.letters() };
}

/** I5: never two dispatches of one message, nor two messages for one rung. */
export function duplicates({ messages, casesOf, mails, letters }) {
  const faults = [];
  const seen = new Map();
  for (const { mid } of mails) seen.set(mid, (seen.get(mid) ?? 0) + 1);
  for (const [mid, times] of seen) if (times > 1) faults.push(`I5 message ${mid} was accepted ${times} times`);
  const known = new Map(messages.map((message) => [message.message_id, message]));
  for (const books of [mails, letters]) {
    const rungs = new Map();
    for (const { mid } of books) {
      const message = known.get(mid);
      if (!message) {
        faults.push(`I5 ${mid} is in the provider's book and in no row`);
        continue;
      }
      if (message.purpose !== 'chase') continue;
      for (const { case_id: caseId, stage, round } of casesOf.get(mid) ?? []) {
        const rung = `${caseId}/${stage}/${round}`;
        rungs.set(rung, (rungs.get(rung) ?? new Set()).add(mid));
      }
    }
    for (const [rung, mids] of rungs) if (mids.size > 1) faults.push(`I5 rung ${rung} left ${mids.size} times: ${[...mids].join(' ')}`);
  }
  return [...new Set(faults)];
}

/** I15, I16: nothing chases a case from the 2xx of a promise, hold, dispute or closing until that ended. */
export async function afterStop({ messages, casesOf, mails }, stops, sql) {
  const left = new Set(mails.map(({ mid }) => mid));
  const ends = new Map();
  const keep = (rows) => {
    for (const row of rows) ends.set(row.case_id, [...(ends.get(row.case_id) ?? []), row.at.getTime()]);
  };
  keep((await sql.query('select case_id, ended_at as at from promise where ended_at is not null')).rows);
  keep((await sql.query('select case_id, ended_at as at from hold where ended_at is not null')).rows);
  keep((await sql.query('select case_id, resolved_at as at from dispute where resolved_at is not null')).rows);
  // A reversal reopens a closed case of itself.
  keep(
    (
      await sql.query(
        `select stream_id as case_id, recorded_at as at from journal where kind in ('caseReopened', 'disputeResolved', 'promiseEnded', 'holdReleased')`,
      )
    ).rows,
  );
  const faults = [];
  for (const { kind, caseId, ackedAt, endTriedAt } of stops) {
    const ended = (ends.get(caseId) ?? []).filter((at) => at >= ackedAt - 500);
    const until = Math.min(endTriedAt ?? Infinity, ...ended);
    for (const message of messages) {
      if (message.purpose !== 'chase' || !message.claimed_at || !left.has(message.message_id)) continue;
      const claimedAt = message.claimed_at.getTime();
      if (claimedAt <= ackedAt || claimedAt >= until) continue;
      if ((casesOf.get(message.message_id) ?? []).some((link) => link.case_id === caseId))
        faults.push(
          `${kind === 'promise' ? 'I15' : 'I16'} ${message.act} ${message.message_id} of ${caseId} was claimed ${claimedAt - ackedAt} ms after the 2xx of a ${kind}`,
        );
    }
  }
  return faults;
}

/** A plan that somebody's word holds up is late for a reason. */
function isStopped({ recovery }) {
  return Boolean(recovery.dispute ?? recovery.hold ?? recovery.promise ?? recovery.insolvency) || (recovery.blockers ?? []).length > 0;
}

/** I7: every rung that came due ended in a decision, and what the rows call sent was sent. */
export function lostRungs({ cases, outcomes, mails, messages, letters, trays }, stages) {
  const faults = [];
  const decided = new Set(outcomes.map(({ case_id: caseId, stage }) => `${caseId}/${stage}`));
  const left = new Set(mails.map(({ mid }) => mid));
  const posted = new Set(letters.map(({ mid }) => mid));
  const channel = new Map(messages.map((message) => [message.message_id, message.channel]));
  for (const row of cases) {
    if (row.closed_kind === 'handedOver') {
      for (const { id } of stages)
        if (!decided.has(`${row.case_id}/${id}`)) faults.push(`I7 ${row.case_id} was handed over and its rung ${id} was never decided`);
    }
    if (row.closed_kind || isStopped(row)) continue;
    const past = new Date(row.clock_at.getTime() - OVERDUE_DAYS * 86_400_000).toISOString();
    for (const { stage, at, waitsFor } of row.plan)
      if (at < past && !waitsFor) faults.push(`I7 ${row.case_id} stands with ${stage} planned for ${at}, which is past`);
  }
  for (const { case_id: caseId, stage, outcome, message_id: mid } of outcomes) {
    if (outcome !== 'done' || !mid) continue;
    const by = channel.get(mid);
    // The mail of a notice is its copy: the letter in the post tray is what counts.
    if (by === 'email' && !left.has(mid) && !posted.has(mid) && !trays.has(mid))
      faults.push(`I7 ${caseId}/${stage} counts as done by ${mid}, which the provider never accepted`);
    if ((by === 'registeredPost' || by === 'post') && !posted.has(mid) && !trays.has(mid))
      faults.push(`I7 ${caseId}/${stage} counts as done by letter ${mid}, which was never deposited`);
  }
  for (const mid of left) {
    const message = messages.find((each) => each.message_id === mid);
    if (message && !['ACCEPTED', 'CONFIRMED_SENT'].includes(message.state))
      faults.push(`I7 ${mid} was accepted by the provider and stands as ${message.state}`);
  }
  return faults;
}

/** I7: a rung that is still owed stands in the plan, in an open call, or has its outcome; none drops out of sight. */
export function forgottenRungs({ cases, outcomes }, stages) {
  const decided = new Set(outcomes.map(({ case_id: caseId, stage }) => `${caseId}/${stage}`));
  const faults = [];
  for (const { case_id: caseId, closed_kind: closed, recovery, plan } of cases) {
    const isBelow = BigInt(recovery.openPrincipalMinor) < BigInt(recovery.thresholdMinor);
    if (closed || recovery.insolvency || isBelow) continue;
    const known = new Set([...plan.map(({ stage }) => stage), ...recovery.stages.map(({ stage }) => stage), recovery.openCall?.stage]);
    for (const { id } of stages)
      if (!known.has(id) && !decided.has(`${caseId}/${id}`)) faults.push(`I7 ${caseId} neither decided its rung ${id} nor plans it`);
  }
  return faults;
}

/** I8: nothing uncertain is left once everything is whole. */
export function uncertain({ messages }) {
  return messages
    .filter(({ state }) => ['CLAIMED', 'UNKNOWN', 'HUMAN'].includes(state))
    .map(({ message_id: mid, state }) => `I8 ${mid} is still ${state}`);
}

/** I9: the bytes the provider took are the bytes that were kept. */
export function otherBytes({ messages, mails, letters }) {
  const faults = [];
  for (const message of messages) {
    const mail = mails.find(({ mid }) => mid === message.message_id);
    if (mail && mail.sha256 !== message.bytes_sha256) faults.push(`I9 ${message.message_id} left with other bytes than were kept`);
    const letter = letters.find(({ mid }) => mid === message.message_id);
    if (letter && letter.sha256 !== message.letter_sha256)
      faults.push(`I9 letter ${message.message_id} was deposited with other bytes than were kept`);
  }
  return faults;
}

/** I9: the sums printed are those of the moment of the claim. */
export function otherSums({ messages, mails, verdicts }) {
  const left = new Set(mails.map(({ mid }) => mid));
  const known = new Map(messages.map((message) => [message.message_id, message]));
  const faults = [];
  for (const { message_id: mid, case_id: caseId, because } of verdicts) {
    const message = known.get(mid);
    if (!left.has(mid) || message?.purpose !== 'chase' || because.revision !== message.revision) continue;
    const printed = message.statement?.members?.find((member) => member.caseId === caseId)?.openPrincipalMinor;
    if (printed !== because.openPrincipalMinor)
      faults.push(`I9 ${mid} says ${printed} for ${caseId}, of which ${because.openPrincipalMinor} was open when it was claimed`);
  }
  return faults;
}

/** I10: days between two letters of one case, and working hours. A mail that came back reached nobody: what takes its place keeps no distance from it. */
export function pace({ messages, casesOf, mails, verdicts, cameBack }) {
  const left = new Set(mails.map(({ mid }) => mid));
  const days = new Map();
  for (const message of messages) {
    if (message.purpose !== 'chase' || !left.has(message.message_id) || cameBack.has(message.message_id)) continue;
    for (const { case_id: caseId } of casesOf.get(message.message_id) ?? [])
      days.set(caseId, [...(days.get(caseId) ?? []), message.slot_on]);
  }
  const faults = [];
  for (const [caseId, list] of days) {
    const sorted = list.map((day) => String(day)).sort();
    sorted.forEach((day, index) => {
      const before = sorted[index - 1];
      if (before && (Date.parse(day) - Date.parse(before)) / 86_400_000 < GAP_DAYS)
        faults.push(`I10 ${caseId} was written to on ${before} and again on ${day}`);
    });
  }
  const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  for (const verdict of verdicts) {
    const time = clock.format(verdict.at);
    if (left.has(verdict.message_id) && (time < WORKING_HOURS.from || time >= WORKING_HOURS.to))
      faults.push(`I10 ${verdict.message_id} left at ${time}`);
  }
  return faults;
}
