import { day } from '#domain';
import type { JournalRow, OutboundMessageRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { historyRows } from './case-history.js';

const message = (slotOn: string, act: string, channel: OutboundMessageRow['channel']) =>
  ({
    slotOn: day(slotOn),
    act,
    channel,
    letterSha256: null,
    bytesSha256: 'ab'.repeat(32),
    acceptedAt: '2026-11-22T10:00:00Z',
  }) as OutboundMessageRow;
const reported = (effectiveOn: string, cause: Record<string, unknown>) =>
  ({ kind: 'deliveryReported', effectiveOn: day(effectiveOn), cause, hash: 'cd'.repeat(32) }) as unknown as JournalRow;

describe('the history that a hand-over file prints', () => {
  const rows = historyRows({
    journal: [
      reported('2026-03-10', { kind: 'bounced', channel: 'email' }),
      reported('2026-03-11', { kind: 'posted', channel: 'post' }),
      reported('2026-04-04', { kind: 'served', channel: 'registeredPost' }),
    ],
    messages: [
      message('2026-03-10', 'firstReminder', 'email'),
      message('2026-03-11', 'firstReminder', 'post'),
      message('2026-03-25', 'indemnityMail', 'email'),
      message('2026-04-01', 'formalNotice', 'registeredPost'),
    ],
  });

  it('names every act and channel in words, a plain letter never as registered', () => {
    expect(rows.map(({ on, what, channel }) => `${on} ${what}, ${channel}`)).toEqual([
      '2026-03-10 Premier rappel gratuit, courriel',
      '2026-03-10 Courriel revenu, non remis, journal',
      '2026-03-11 Premier rappel gratuit, lettre simple',
      '2026-03-11 Lettre simple déposée à la poste, journal',
      '2026-03-25 Rappel avec indemnité, courriel',
      '2026-04-01 Mise en demeure, lettre recommandée',
      '2026-04-04 Lettre recommandée remise ou mise à disposition, journal',
    ]);
  });

  it('calls nothing delivered that is only known to have left', () => {
    expect(rows.filter(({ channel }) => channel !== 'journal').every(({ proof }) => !/remis/.test(proof))).toBe(true);
  });
});
