// Temporal's histories against the rows: one running workflow per open case and none per closed one (I25), and nothing waits in a queue.
import { Client, Connection } from '@temporalio/client';

export async function agreement(sql, temporalPort) {
  const connection = await Connection.connect({ address: `127.0.0.1:${temporalPort}` });
  const faults = [];
  try {
    const client = new Client({ connection });
    const running = new Map();
    for await (const workflow of client.workflow.list({ query: `ExecutionStatus = 'Running'` }))
      running.set(workflow.workflowId, (running.get(workflow.workflowId) ?? 0) + 1);
    const { rows } = await sql.query('select case_id, workflow_id, closed_kind from recovery_case');
    for (const { case_id: caseId, workflow_id: workflowId, closed_kind: closed } of rows) {
      const count = running.get(workflowId) ?? 0;
      if (count !== (closed ? 0 : 1))
        faults.push(`I25 case ${caseId} is ${closed ?? 'open'} and has ${count} running workflow(s) ${workflowId}`);
    }
  } finally {
    await connection.close();
  }
  return faults;
}

/** I18, I23: outbox and inbox are empty. */
export async function queues(sql) {
  const faults = [];
  for (const row of (
    await sql.query(`select kind, name, tries, last_error, count(*)::int from outbox where state = 'pending' group by 1, 2, 3, 4`)
  ).rows)
    faults.push(`I23 ${row.count} × ${row.name} wait in the outbox after ${row.tries} tries: ${row.last_error}`);
  for (const row of (await sql.query(`select provider, last_error, count(*)::int from inbox where state = 'received' group by 1, 2`)).rows)
    faults.push(`I18 ${row.count} events of ${row.provider} wait in the inbox: ${row.last_error}`);
  return faults;
}

/** Cases whose workflow the reconciler started again from the rows. */
export async function startedAgain(sql) {
  const { rows } = await sql.query(
    `select count(*)::int as count from reconciler_finding where action = 'startedAgain' and case_id is not null`,
  );
  return rows[0].count;
}
