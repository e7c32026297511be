import { messageWorkflowId, recoveryWorkflowId, SEARCH_ATTRIBUTES } from '#contracts';
import { connectWorkflowDirectory, prepareNamespace } from '#orchestration';
import type { WorkflowDirectory } from '#ports';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { news, openCase, settled } from '../support/temporal-story.js';

const address = inject('temporalAddress');
const taskQueue = `directory-${Math.random().toString(36).slice(2, 8)}`;
const caption = { invoiceNumber: 'F 2026/17', policy: 'standard@1', term: { index: 2, of: 3 } };

let directory: WorkflowDirectory;
let client: Client;

beforeAll(async () => {
  directory = connectWorkflowDirectory({ address, taskQueue });
  client = new Client({ connection: await Connection.connect({ address }) });
});

afterAll(async () => {
  await directory.close();
  await client.connection.close();
});

const idOf = (invoice: string) => recoveryWorkflowId('dupont', `${taskQueue} ${invoice}`, 2);

describe('the directory of workflows', () => {
  it('starts a case once, says when it already runs and when it is closed', async () => {
    const snapshot = openCase({ creditorId: taskQueue });
    const start = { workflowId: idOf('once'), snapshot, caption };
    expect(await directory.startRecovery(start)).toMatchObject({ result: 'ok' });
    expect(await directory.startRecovery(start)).toEqual({ result: 'alreadyStarted', status: 'running' });
    await client.workflow.getHandle(start.workflowId).terminate();
    expect(await directory.startRecovery(start)).toEqual({ result: 'alreadyStarted', status: 'closed' });
  });

  it('signals a running case; an unknown or closed one is not found', async () => {
    const snapshot = openCase({ creditorId: taskQueue });
    const workflowId = idOf('signalled');
    expect(await directory.signal(workflowId, 'paymentReceived', news(snapshot))).toEqual({ result: 'notFound' });
    await directory.startRecovery({ workflowId, snapshot, caption });
    expect(await directory.signal(workflowId, 'paymentReceived', news(settled(snapshot)))).toEqual({ result: 'ok' });
    expect(await directory.signal(workflowId, 'sandboxClockMoved', { version: 2, at: snapshot.wake.at })).toEqual({ result: 'ok' });
    await client.workflow.getHandle(workflowId).terminate();
    expect(await directory.signal(workflowId, 'closed', news(settled(snapshot)))).toEqual({ result: 'notFound' });
  });

  it('describes a case with its static summary and details', async () => {
    const snapshot = openCase({ creditorId: taskQueue });
    const workflowId = idOf('described');
    expect(await directory.describe(workflowId)).toEqual({ result: 'notFound' });
    await directory.startRecovery({ workflowId, snapshot, caption });
    expect(await directory.describe(workflowId)).toMatchObject({
      result: 'ok',
      workflow: {
        workflowId,
        status: 'running',
        historyEvents: 2,
        staticSummary: 'Invoice F 2026/17 (term 2 of 3) · due 2026-01-31 · 1240.00 EUR · policy standard@1',
        staticDetails: expect.stringContaining('| Policy | standard@1 |'),
      },
    });
  });

  it('lists the running cases of a creditor page by page', async () => {
    const creditorId = `${taskQueue}-list`;
    const ids = ['a', 'b', 'c'].map((name) => idOf(`list-${name}`));
    for (const workflowId of ids) await directory.startRecovery({ workflowId, snapshot: openCase({ creditorId }), caption });
    const listed = async (): Promise<string[]> => {
      const found: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await directory.listOpen({ creditorId, size: 2, ...(after === undefined ? {} : { after }) });
        if (page.result !== 'ok') throw new Error(page.reason);
        found.push(...page.workflows.map((open) => open.workflowId));
        after = page.next;
        if (after === undefined) return found.sort();
      }
    };
    await expect.poll(listed, { timeout: 15_000 }).toEqual([...ids].sort());
    const injected = await directory.listOpen({ creditorId: `nobody" OR CreditorId = "${creditorId}` });
    expect(injected).toEqual({ result: 'ok', workflows: [] });
  });

  it('starts the workflow of a message under its own id', async () => {
    const start = {
      workflowId: messageWorkflowId(taskQueue, 'M-1'),
      input: { creditorId: taskQueue, messageId: 'M-1' },
      summary: 'thanks',
    };
    expect(await directory.startMessage(start)).toMatchObject({ result: 'ok' });
    expect(await directory.startMessage(start)).toEqual({ result: 'alreadyStarted', status: 'running' });
  });

  it('says refused to what the server can never take', async () => {
    const workflowId = `recovery/${'x'.repeat(2000)}`;
    expect(await directory.startRecovery({ workflowId, snapshot: openCase(), caption })).toMatchObject({ result: 'refused' });
  });

  it('I23: answers unavailable within a second while the server is away, and never throws', async () => {
    const away = connectWorkflowDirectory({ address: '127.0.0.1:9' });
    const began = performance.now();
    expect(await away.startRecovery({ workflowId: idOf('away'), snapshot: openCase(), caption })).toMatchObject({ result: 'unavailable' });
    expect(await away.signal(idOf('away'), 'closed', news(openCase()))).toMatchObject({ result: 'unavailable' });
    expect(await away.describe(idOf('away'))).toMatchObject({ result: 'unavailable' });
    expect(await away.listOpen()).toMatchObject({ result: 'unavailable' });
    expect(await away.isReachable()).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
    await away.close();
  });

  it('takes a missing namespace for unavailable, not for a closed case', async () => {
    const elsewhere = connectWorkflowDirectory({ address, namespace: 'nowhere' });
    expect(await elsewhere.signal(idOf('once'), 'closed', news(openCase()))).toMatchObject({ result: 'unavailable' });
    expect(await elsewhere.startRecovery({ workflowId: idOf('nowhere'), snapshot: openCase(), caption })).toMatchObject({
      result: 'unavailable',
    });
    expect(await elsewhere.isReachable()).toBe(false);
    await elsewhere.close();
  });

  it('prepares a namespace as often as one likes', async () => {
    expect(await directory.isReachable()).toBe(true);
    await prepareNamespace({ address, retentionDays: 90 });
    expect(await prepareNamespace({ address, retentionDays: 90 })).toEqual([]);
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: 'default' });
    for (const { name } of SEARCH_ATTRIBUTES) expect(customAttributes).toHaveProperty(name);
    const { config } = await client.workflowService.describeNamespace({ namespace: 'default' });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 86_400);
  });
});
