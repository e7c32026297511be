import { cancelMessage } from '#casework';
import { decodeState } from '#domain';
import type { StageVerdictRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { FINANCE } from '../../support/town.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();

/** What ends a rung; POSTPONED, and NOT_SENT for a fact of the case, leave it owed. */
const ENDS = (verdict: StageVerdictRow): boolean =>
  verdict.verdict === 'SENT' ||
  verdict.verdict === 'SKIPPED' ||
  verdict.code === 'contactMissing' ||
  verdict.code === 'tooLate' ||
  verdict.code.startsWith('call.');

describe('N1: why each rung left or did not is kept for ever', () => {
  it('N1: several cases climbed to their end: one verdict ends each rung, says what its outcome says, and none is ever changed or deleted', async () => {
    const creditorId = await town.addCreditor({ creditorId: 'verdicts' });
    const buyer = (siren: string, more: object = {}) => ({
      buyer: { name: `Client ${siren}`, siren, email: `compta@c${siren}.example`, ...more },
    });
    const made = [
      await town.addInvoice(creditorId, { number: 'V-1', ...buyer('000000208') }),
      await town.addInvoice(creditorId, { number: 'V-2', ...buyer('000000307', { email: undefined }) } as never),
      await town.addInvoice(creditorId, { number: 'V-3', ...buyer('000000406', { phone: undefined }) } as never),
      await town.addInvoice(creditorId, { number: 'V-4', ...buyer('000000505') }),
    ];
    const [whole = '', noMail = '', noPhone = '', struck = ''] = made.map(({ caseIds }) => caseIds[0]);
    const seen = new Map<string, string>();
    let strikes = 0;
    for (const until of ['2026-02-27', '2026-03-06', '2026-03-13', '2026-03-31', '2026-04-30', '2026-06-30']) {
      await town.run(creditorId, until, { calls: 'attempted', approve: true, post: true });
      if (until === '2026-03-06') {
        const key = { creditorId, caseId: struck, stage: 'firmMail', round: 1 };
        await town.shared(creditorId, (tx) => cancelMessage(tx, town.deps, key, { reason: 'other', mayDecideFormal: true }, FINANCE));
        strikes += 1;
      }
      const now = await town.read((tx) => tx.stageVerdicts.all({ creditorId }));
      const texts = new Map(now.map((verdict) => [verdict.verdictId, JSON.stringify(verdict)]));
      for (const [verdictId, text] of seen) expect(texts.get(verdictId)).toBe(text);
      for (const [verdictId, text] of texts) seen.set(verdictId, text);
    }
    expect(strikes).toBe(1);
    for (const caseId of [whole, noMail, noPhone, struck]) {
      const row = await town.caseRow(creditorId, caseId);
      expect([caseId, row.closedKind]).toEqual([caseId, 'handedOver']);
      const outcomes = await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId }));
      const verdicts = await town.verdicts(creditorId, caseId);
      expect(outcomes.map(({ stage }) => stage).sort()).toEqual(
        decodeState(row.recovery)
          .stages.map(({ stage }) => stage)
          .sort(),
      );
      expect(outcomes).toHaveLength(7);
      for (const { stage, round, outcome } of outcomes) {
        const ending = verdicts.filter((verdict) => verdict.stage === stage && verdict.round === round && ENDS(verdict));
        expect([caseId, stage, ending.map(({ verdict, code }) => `${verdict} ${code}`)]).toEqual([caseId, stage, [expect.any(String)]]);
        const isDone = ending[0]?.verdict === 'SENT' || ending[0]?.verdict === 'DONE';
        expect([stage, outcome]).toEqual([stage, isDone ? 'done' : 'skipped']);
      }
    }
    expect(await town.verdictLines(creditorId, noMail)).toContain('formalMail NOT_SENT contactMissing');
    expect(await town.verdictLines(creditorId, noPhone)).toContain('courtesyCall SKIPPED noUsablePhone');
    expect(await town.verdictLines(creditorId, struck)).toContain('firmMail SKIPPED cancelled');
    for (const table of ['stage_verdict', 'stage_outcome']) {
      for (const forgery of [`update ${table} set stage = 'forged'`, `delete from ${table}`, `truncate ${table}`])
        await expect(town.sql(forgery)).rejects.toThrow(/append-only/);
    }
    expect(await town.read((tx) => tx.stageVerdicts.count({ creditorId }))).toBe(seen.size);
  }, 60_000);
});
