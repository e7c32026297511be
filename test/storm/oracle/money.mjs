// Money and events: what the banks' book says against ledger, allocations and inbox: I11, I17, I18, and the journal's chain (I31).

/** I11: the ledger balances, each case is what its payments leave of it, and the bank account is what the banks say. */
export async function ledger(sql, payer) {
  const faults = await ledgerOfCases(sql);
  const of = async (text) => (await sql.query(text)).rows;
  const banks = new Map();
  for (const { creditorId, amountMinor, ackedAt, reversal } of payer.payments) {
    const standing = ackedAt && !reversal?.ackedAt ? amountMinor : 0;
    banks.set(creditorId, (banks.get(creditorId) ?? 0) + standing);
  }
  for (const row of await of(`select creditor_id, sum(amount_minor)::bigint as sum from posting where account = 'bank' group by 1`))
    if (Number(row.sum) !== (banks.get(row.creditor_id) ?? 0))
      faults.push(`I11 the bank account of ${row.creditor_id} says ${row.sum}, the banks say ${banks.get(row.creditor_id) ?? 0}`);
  return faults;
}

/** I11: the part of it that holds at every instant. */
export async function ledgerOfCases(sql) {
  const faults = [];
  const of = async (text) => (await sql.query(text)).rows;
  for (const row of await of('select creditor_id, sum(amount_minor)::bigint as off from posting group by 1 having sum(amount_minor) <> 0'))
    faults.push(`I11 the postings of ${row.creditor_id} sum to ${row.off}`);
  const odd = `
    select c.case_id, c.face_minor, c.open_principal_minor, coalesce(a.sum, 0)::bigint as allocated, coalesce(k.sum, 0)::bigint as credited, -coalesce(p.sum, 0)::bigint as posted
      from recovery_case c
      left join (select case_id, sum(amount_minor) from allocation where reversed_at is null group by 1) a using (case_id)
      left join (select case_id, sum(amount_minor) from credit_allocation group by 1) k using (case_id)
      left join (select substr(account, 12) as case_id, sum(amount_minor) from posting where account like 'receivable:%' group by 1) p using (case_id)
     where c.face_minor - coalesce(a.sum, 0) - coalesce(k.sum, 0) <> c.open_principal_minor or coalesce(p.sum, 0) <> c.open_principal_minor`;
  for (const row of await of(odd))
    faults.push(
      `I11 case ${row.case_id}: ${row.face_minor} less ${row.allocated} allocated and ${row.credited} credited is not ${row.open_principal_minor} (ledger ${-row.posted})`,
    );
  const uneven = `
    select p.payment_id, p.amount_minor, p.allocated_minor, p.credit_minor, coalesce(a.sum, 0)::bigint as allocations
      from payment p
      left join (select payment_id, sum(amount_minor + interest_minor + indemnity_minor) from allocation where reversed_at is null group by 1) a using (payment_id)
     where (p.state = 'allocated' and p.allocated_minor + p.credit_minor <> p.amount_minor) or coalesce(a.sum, 0) <> p.allocated_minor`;
  for (const row of await of(uneven))
    faults.push(
      `I11 payment ${row.payment_id}: ${row.allocations} allocated, ${row.allocated_minor} and ${row.credit_minor} credit of ${row.amount_minor}`,
    );
  // What came in beyond the principal stands on an account of its own for each case and head.
  const heads = ['interest', 'indemnity'].map(
    (head) => `
    select '${head}' as head, coalesce(a.case_id, p.case_id) as case_id, coalesce(a.sum, 0)::bigint as allocated, -coalesce(p.sum, 0)::bigint as posted
      from (select case_id, sum(${head}_minor) from allocation where reversed_at is null group by 1) a
      full join (select substr(account, ${head.length + 2}) as case_id, sum(amount_minor) from posting where account like '${head}:%' group by 1) p using (case_id)
     where coalesce(a.sum, 0) <> -coalesce(p.sum, 0)`,
  );
  for (const row of await of(heads.join(' union all ')))
    faults.push(`I11 case ${row.case_id}: ${row.allocated} allocated to its ${row.head}, the ledger says ${row.posted}`);
  return faults;
}

/** I17, I18: every event that got a 2xx is in the inbox, applied, and each payment stands once. */
export async function events(sql, payer) {
  const faults = [];
  const rows = (await sql.query('select provider, event_id, state, last_error, count(*)::int as copies from inbox group by 1, 2, 3, 4'))
    .rows;
  const inbox = new Map(rows.map((row) => [row.event_id, row]));
  for (const { eventId, acks } of payer.acknowledged) {
    const row = inbox.get(eventId);
    if (!row) faults.push(`I17 event ${eventId} got ${acks} times a 2xx and is in no row`);
    else if (row.copies > 1) faults.push(`I18 event ${eventId} stands ${row.copies} times`);
    else if (row.state !== 'applied') faults.push(`I18 event ${eventId} is ${row.state} (${row.last_error})`);
  }
  const booked = new Map();
  for (const { provider_ref: ref, state } of (await sql.query('select provider_ref, state from payment')).rows) {
    const key = ref.split(':').slice(1).join(':').replace(/^pi_/, '');
    booked.set(key, [...(booked.get(key) ?? []), state]);
  }
  for (const { ref, ackedAt, reversal } of payer.payments) {
    const states = booked.get(ref) ?? [];
    if (ackedAt && states.length !== 1) faults.push(`I18 payment ${ref} stands ${states.length} times in the books`);
    if (ackedAt && reversal?.ackedAt && states[0] !== 'reversed')
      faults.push(`I13 payment ${ref} was taken back and stands as ${states[0]}`);
    booked.delete(ref);
  }
  for (const [ref, states] of booked) faults.push(`I18 payment ${ref} (${states.join(' ')}) is in no bank's book`);
  return faults;
}

/** I31: every stream counts from one, each row names the one before it. Also the last row of each. */
export async function chains(sql) {
  const faults = [];
  const { rows } = await sql.query(
    'select creditor_id, stream_id, seq, hash, previous_hash from journal order by creditor_id, stream_id, seq',
  );
  const ends = new Map();
  for (const row of rows) {
    const key = `${row.creditor_id}/${row.stream_id}`;
    const before = ends.get(key);
    if (row.seq !== (before?.seq ?? 0) + 1) faults.push(`I31 ${key} goes from ${before?.seq ?? 0} to ${row.seq}`);
    if (before && row.previous_hash !== before.hash) faults.push(`I31 ${key} row ${row.seq} does not follow the one before`);
    ends.set(key, row);
  }
  return { faults, ends };
}

/** I31: every stream counts from one, each row names the one before it, and the case names the last. `verify` asks the product's own verifier too. */
export async function journal(sql, creditors, desk) {
  const { faults, ends } = await chains(sql);
  for (const row of (await sql.query('select creditor_id, case_id, fact_seq, chain_hash from recovery_case')).rows) {
    const end = ends.get(`${row.creditor_id}/${row.case_id}`);
    if (end?.seq !== row.fact_seq || end?.hash !== row.chain_hash)
      faults.push(`I31 case ${row.case_id} names fact ${row.fact_seq}, its journal ends at ${end?.seq}`);
  }
  for (const { creditorId } of creditors) {
    const answer = await desk.ask('auditor', 'GET', `/api/v1/creditors/${creditorId}/journal/verify`);
    if (answer.ok) continue;
    const near = await sql.query(
      'select seq, kind, actor, cause from journal where stream_id = $1 and seq between $2 and $3 order by seq',
      [answer.fault?.streamId, answer.fault?.seq - 2, answer.fault?.seq],
    );
    faults.push(
      `I31 the verifier of ${creditorId} says ${answer.fault?.code} at ${answer.fault?.streamId}/${answer.fault?.seq}: ${JSON.stringify(near.rows)}`,
    );
  }
  return faults;
}
