import type { CaseNews } from '#contracts';
import { type CaseSnapshot, type Instant, instant, instantFromEpochMs, type Wake, type WakeKind } from '#domain';

let made = 0;

/** A case of its own, as its first snapshot: open, one mail due far away. */
export function openCase(change: Partial<CaseSnapshot> = {}): CaseSnapshot {
  made += 1;
  const wake: Wake = { kind: 'mail', stage: 'formalMail', round: 1, at: instant('2099-03-02T08:00:00Z') };
  return {
    caseId: `case-${made}`,
    creditorId: 'dupont',
    debtorRef: 'D-100',
    episode: 1,
    epoch: 1,
    factSeq: 1,
    state: 'scheduled',
    openPrincipal: '124000',
    currency: 'EUR',
    dueOn: '2026-01-31',
    disputed: false,
    plan: [{ stage: 'formalMail', round: 1, at: wake.at, summary: 'formal mail' }],
    wake,
    ...change,
  };
}

/** The same case after one more fact. */
export function after(snapshot: CaseSnapshot, change: Partial<CaseSnapshot> = {}): CaseSnapshot {
  return { ...snapshot, factSeq: snapshot.factSeq + 1, ...change };
}

/** The case after its last fact: paid. */
export function settled(snapshot: CaseSnapshot): CaseSnapshot {
  return after(snapshot, { state: 'settled', openPrincipal: '0', closed: 'settled' });
}

/** What a signal of the case carries. */
export function news(snapshot: CaseSnapshot): CaseNews {
  return { cause: { paymentId: 'P-1', amountMinor: '124000' }, snapshot, recordedAt: instant('2026-03-02T09:00:00Z') };
}

export function wakeAt(kind: WakeKind, at: Instant, stage: string = kind): Wake {
  return { kind, stage, round: 1, at };
}

/** Real time, `ms` from now: workflow timers of a real server follow it. */
export function soon(ms: number): Instant {
  return instantFromEpochMs(Date.now() + ms);
}
