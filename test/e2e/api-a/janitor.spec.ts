import { addSeconds, type Instant } from '#domain';
import type { OutboundMessageRow } from '#ports';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Janitor } from '../../../apps/api/src/outbox/janitor.js';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let caseId = '';
let debtorId = '';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  const put = await run.put('/api/v1/creditors/atelier/invoices/N-1', await run.key('finance', 'atelier'), invoice('N-1')).expect(201);
  caseId = put.body.caseIds[0];
  debtorId = put.body.invoice.debtorId;
});
afterAll(() => run?.stop());

const now = (): Instant => run.api.backend.deps.clock.now();

async function claimed(ageSeconds: number, state: OutboundMessageRow['state'], round: number): Promise<string> {
  const at = addSeconds(now(), -ageSeconds);
  const messageId = run.api.backend.deps.ids.next();
  const link = { creditorId: 'atelier', messageId, caseId, stage: 'courtesyMail', round, live: true };
  const message: OutboundMessageRow = {
    ...{ creditorId: 'atelier', messageId, purpose: 'chase', act: 'mail', channel: 'email', debtorId, stage: 'courtesyMail', round },
    ...{
      slotOn: '2026-03-02' as OutboundMessageRow['slotOn'],
      revision: 1,
      basis: 'b',
      state,
      claimToken: 't',
      claimedAt: at,
      acceptedAt: null,
      decidedAt: null,
    },
    ...{
      providerMessageId: null,
      providerWords: null,
      recipient: 'a@b.fr',
      language: 'fr',
      template: 't',
      subject: 'Votre facture',
      bytesObjectId: null,
    },
    ...{
      bytesSha256: null,
      letterObjectId: null,
      letterSha256: null,
      statement: null,
      workflowId: null,
      crossedWithPayment: false,
      createdAt: at,
      updatedAt: at,
    },
  };
  await run.api.backend.plain(async (tx) => {
    await tx.messages.insert(message);
    await tx.messageCases.insert(link);
  });
  return messageId;
}

const stateOf = async (messageId: string) =>
  (await run.api.backend.plain((tx) => tx.messages.one({ creditorId: 'atelier', messageId })))?.state;

describe('the janitor', () => {
  it('I6: makes a claim nobody holds UNKNOWN after 15 s, and leaves a fresh one alone', async () => {
    const old = await claimed(20, 'CLAIMED', 1);
    const fresh = await claimed(2, 'CLAIMED', 2);
    await new Janitor(run.api.backend).once();
    expect(await stateOf(old)).toBe('UNKNOWN');
    expect(await stateOf(fresh)).toBe('CLAIMED');
    const row = await run.api.backend.plain((tx) => tx.cases.one({ creditorId: 'atelier', caseId }));
    expect(JSON.stringify(row?.recovery)).toContain('messageUnknown');
  });

  it('I8: hands an UNKNOWN to a person after 26 hours, with one task', async () => {
    const old = await claimed(27 * 3600, 'UNKNOWN', 3);
    const younger = await claimed(25 * 3600, 'UNKNOWN', 4);
    await new Janitor(run.api.backend).once();
    await new Janitor(run.api.backend).once();
    expect(await stateOf(old)).toBe('HUMAN');
    expect(await stateOf(younger)).toBe('UNKNOWN');
    expect(await run.api.backend.plain((tx) => tx.tasks.count({ creditorId: 'atelier', kind: 'messageUnknown', state: 'open' }))).toBe(1);
  });
});
