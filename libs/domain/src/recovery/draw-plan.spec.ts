import { describe, expect, it } from 'vitest';
import { day, instant } from '../calendar/day.js';
import { promiseJudgedOn } from './pause.js';
import { aState, called, days, GENT, happen, LADDER, look, mailed, STRASBOURG } from './test-ladder.js';

const approvedNotice = [
  { type: 'stagePrepared', stage: 'formalNotice', round: 1, messageId: 'm' },
  { type: 'approvalRequested', approvalId: 'a', stage: 'formalNotice', round: 1, until: day('2026-04-01') },
  { type: 'approvalDecided', approvalId: 'a', verdict: 'approved', until: day('2026-04-03') },
] as const;

describe('the plan of a whole ladder', () => {
  it('A2, due Thursday 26 February, opened 2 March: notice on Monday 30 March, hand-over on Monday 13 April', () => {
    expect(days(look(aState(), '2026-03-02').plan)).toEqual([
      ['courtesyCall', '2026-03-02'],
      ['courtesyMail', '2026-03-03'],
      ['formalMail', '2026-03-09'],
      ['firmMail', '2026-03-16'],
      ['formalNotice', '2026-03-30'],
      ['lastCall', '2026-04-10'],
      ['referral', '2026-04-13'],
    ]);
  });

  it('B11, due Saturday 28 February in Gent: mail on 9 March, notice on 30 March, file on 14 April', () => {
    const plan = look(aState({ dueOn: day('2026-02-28') }), '2026-03-02', { calendar: GENT }).plan;
    expect(days(plan)).toEqual([
      ['courtesyCall', '2026-03-02'],
      ['courtesyMail', '2026-03-03'],
      ['formalMail', '2026-03-09'],
      ['firmMail', '2026-03-16'],
      ['formalNotice', '2026-03-30'],
      ['lastCall', '2026-04-10'],
      ['referral', '2026-04-14'],
    ]);
  });

  it('A4: the promise of 9 March for the 19th is judged on the 24th; call that day, mail on the 25th, notice on 7 April after Easter', () => {
    expect(promiseJudgedOn(LADDER, day('2026-03-19'), STRASBOURG)).toBe('2026-03-24');
    let state = aState({ dueOn: day('2026-03-04') });
    state = happen(state, '2026-03-05', ...called('courtesyCall', '2026-03-05'));
    state = happen(state, '2026-03-06', mailed('courtesyMail'));
    const promise = { amountMinor: 486000n, dueOn: day('2026-03-19'), judgedOn: day('2026-03-24') };
    state = happen(state, '2026-03-09', { type: 'promiseMade', promiseId: 'p', ...promise });
    expect(look(state, '2026-03-10', { calendar: STRASBOURG }).wake).toEqual({ kind: 'promiseEnds', at: '2026-03-24T08:00:00.000Z' });
    const expected = [
      ['promiseBrokenCall', '2026-03-24'],
      ['formalMail', '2026-03-25'],
      ['firmMail', '2026-03-31'],
      ['formalNotice', '2026-04-07'],
    ];
    expect(days(look(state, '2026-03-10', { calendar: STRASBOURG }).plan).slice(0, 4)).toEqual(expected);
    state = happen(state, '2026-03-24', { type: 'promiseEnded', promiseId: 'p', verdict: 'broken' });
    const { plan, wake } = look(state, '2026-03-24', { calendar: STRASBOURG });
    expect(days(plan).slice(0, 4)).toEqual(expected);
    expect(wake).toMatchObject({ kind: 'call', stage: 'promiseBrokenCall', round: 1, at: '2026-03-24T08:00:00.000Z' });
    state = happen(state, '2026-03-24', ...called('promiseBrokenCall', '2026-03-24'));
    expect(state.callOwed).toBeUndefined();
    expect(look(state, '2026-03-24', { calendar: STRASBOURG }).wake).toMatchObject({ kind: 'mail', stage: 'formalMail' });
  });

  it('a rung is never due on the due date or before it', () => {
    const plan = look(aState({ dueOn: day('2026-03-10') }), '2026-03-02').plan;
    expect(plan[0]?.on).toBe('2026-03-11');
  });

  it('closed, insolvent or below the threshold, nothing is planned', () => {
    const closed = happen(aState(), '2026-03-02', { type: 'caseClosed', kind: 'withdrawn', reason: 'asked' });
    const insolvent = happen(aState(), '2026-03-02', { type: 'insolvencyOpened', openedOn: day('2026-03-01') });
    for (const state of [closed, insolvent, aState({ openPrincipalMinor: 1999n })]) expect(look(state, '2026-03-02').plan).toEqual([]);
  });

  it('the summer-time change moves the instant and not the hour of the day', () => {
    const plan = look(aState(), '2026-03-02').plan;
    expect(plan.find((planned) => planned.stage === 'firmMail')?.at).toBe('2026-03-16T08:00:00.000Z');
    expect(plan.find((planned) => planned.stage === 'formalNotice')?.at).toBe('2026-03-30T07:00:00.000Z');
  });

  it('a rung that needs an approval is prepared three business days ahead', () => {
    expect(look(aState(), '2026-03-02').plan.find((planned) => planned.stage === 'formalNotice')).toMatchObject({
      prepareOn: '2026-03-25',
      needsApproval: true,
    });
  });
});

describe('lateness and the sending window', () => {
  it('inside the window a rung due this morning is due now, after it on the next business day', () => {
    const friday = { now: instant('2026-03-06T14:30:00.400Z') };
    expect(look(aState(), '2026-03-06', friday).plan[0]?.at).toBe('2026-03-06T14:30:01.000Z');
    const evening = { now: instant('2026-03-06T17:00:00Z') };
    expect(look(aState(), '2026-03-06', evening).plan[0]?.at).toBe('2026-03-09T08:00:00.000Z');
  });

  it('after a month without anything running each rung is owed once, one at a time and spaced again', () => {
    const state = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));
    const plan = look(state, '2026-04-13').plan;
    expect(days(plan).slice(0, 3)).toEqual([
      ['courtesyMail', '2026-04-13'],
      ['formalMail', '2026-04-20'],
      ['firmMail', '2026-04-27'],
    ]);
    expect(plan[0]?.late).toBe(true);
  });

  it('re-spacing hands the delay on to the rungs counted from the due date, also once the late one is done', () => {
    const policy = { ...LADDER, stages: LADDER.stages.map((stage) => ({ ...stage, lateness: 'respace' as const })) };
    const opened = aState({ dueOn: day('2026-03-01') });
    const planned = days(look(opened, '2026-03-12', { policy }).plan);
    expect(planned[0]).toEqual(['courtesyCall', '2026-03-12']);
    expect(planned[2]).toEqual(['formalMail', '2026-03-19']);
    const done = happen(opened, '2026-03-12', ...called('courtesyCall', '2026-03-12'));
    expect(days(look(done, '2026-03-13', { policy }).plan).find(([stage]) => stage === 'formalMail')).toEqual(['formalMail', '2026-03-19']);
  });

  it('a postponed rung waits for its instant, and the next ones for it', () => {
    const state = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'), {
      type: 'stagePostponed',
      stage: 'courtesyMail',
      round: 1,
      until: instant('2026-03-05T13:00:00Z'),
      reason: 'parkedPayment',
    });
    const { plan, wake } = look(state, '2026-03-03');
    expect(plan[0]?.at).toBe('2026-03-05T13:00:00.000Z');
    expect(wake).toMatchObject({ kind: 'mail', at: '2026-03-05T13:00:00.000Z' });
    expect(look(happen(state, '2026-03-04', { type: 'blockerLifted', blocker: 'messageUnknown' }), '2026-03-04').plan[0]?.on).toBe(
      '2026-03-04',
    );
  });
});

describe('pauses', () => {
  it('a hold shifts what remains by its days', () => {
    let state = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));
    state = happen(state, '2026-03-03', mailed('courtesyMail'));
    state = happen(state, '2026-03-04', { type: 'holdPlaced', holdId: 'h', until: day('2026-03-13'), reason: 'moving' });
    const estimated = days(look(state, '2026-03-05').plan);
    expect(look(state, '2026-03-05').wake).toEqual({ kind: 'holdEnds', at: '2026-03-16T08:00:00.000Z' });
    state = happen(state, '2026-03-16', { type: 'holdReleased', holdId: 'h', by: 'end' });
    expect(state.shiftDays).toBe(12);
    expect(days(look(state, '2026-03-16').plan)).toEqual(estimated);
    expect(estimated[0]).toEqual(['formalMail', '2026-03-18']);
    expect(estimated[1]).toEqual(['firmMail', '2026-03-25']);
  });

  it('a hold that ended before the due date shifts nothing', () => {
    let state = aState({ dueOn: day('2026-03-20') });
    state = happen(state, '2026-03-02', { type: 'holdPlaced', holdId: 'h', until: day('2026-03-06'), reason: 'moving' });
    state = happen(state, '2026-03-09', { type: 'holdReleased', holdId: 'h', by: 'end' });
    expect(look(state, '2026-03-09').plan[0]?.on).toBe('2026-03-23');
  });

  it('a dispute counts up to its end even where a promise broke under it', () => {
    let state = happen(aState(), '2026-03-02', {
      type: 'promiseMade',
      promiseId: 'p',
      amountMinor: 100n,
      dueOn: day('2026-03-10'),
      judgedOn: day('2026-03-13'),
    });
    state = happen(state, '2026-03-06', { type: 'holdPlaced', holdId: 'h', until: day('2026-03-20'), reason: 'moving' });
    state = happen(state, '2026-03-13', { type: 'promiseEnded', promiseId: 'p', verdict: 'broken' });
    state = happen(state, '2026-03-16', { type: 'holdReleased', holdId: 'h', by: 'person' });
    expect(state.shiftDays).toBe(10);
    expect(look(state, '2026-03-16').plan[0]?.stage).toBe('promiseBrokenCall');
  });
});

describe('the formal notice', () => {
  const upToNotice = () => {
    let state = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));
    state = happen(state, '2026-03-03', mailed('courtesyMail'));
    state = happen(state, '2026-03-09', mailed('formalMail'));
    return happen(state, '2026-03-16', mailed('firmMail'));
  };

  it('is prepared first, waits for its approval, then leaves on its day', () => {
    let state = upToNotice();
    expect(look(state, '2026-03-17').wake).toEqual({ kind: 'prepare', at: '2026-03-25T08:00:00.000Z', stage: 'formalNotice', round: 1 });
    state = happen(state, '2026-03-25', approvedNotice[0], approvedNotice[1]);
    expect(look(state, '2026-03-26').wake).toMatchObject({ kind: 'approvalExpires', at: '2026-04-02T07:00:00.000Z' });
    state = happen(state, '2026-03-27', approvedNotice[2]);
    expect(look(state, '2026-03-27').wake).toMatchObject({ kind: 'formalNotice', at: '2026-03-30T07:00:00.000Z' });
  });

  it('is prepared again when nobody approved in time, and rests with a person when refused', () => {
    const asked = happen(upToNotice(), '2026-03-25', approvedNotice[0], approvedNotice[1]);
    const expired = happen(asked, '2026-04-02', { type: 'approvalExpired', approvalId: 'a' });
    expect(look(expired, '2026-04-02').wake).toMatchObject({ kind: 'prepare', at: '2026-04-02T07:00:00.000Z' });
    const refused = happen(asked, '2026-03-26', { type: 'approvalDecided', approvalId: 'a', verdict: 'refused', until: day('2026-04-01') });
    expect(look(refused, '2026-03-26').wake).toMatchObject({ kind: 'review' });
  });

  it('A32: a hand-over waits for the proof of service; a letter returned is sent again in round 2 once the address is mended', () => {
    const sent = happen(upToNotice(), '2026-03-30', ...approvedNotice.slice(0, 2), mailed('formalNotice'));
    const lastCalled = happen(sent, '2026-04-10', ...called('lastCall', '2026-04-10'));
    expect(look(lastCalled, '2026-04-13')).toMatchObject({
      plan: [{ stage: 'referral', waitsFor: 'noticeServed' }],
      wake: { kind: 'review' },
    });
    const report = { type: 'deliveryReported', messageId: 'formalNotice-1', channel: 'registeredPost' } as const;
    const served = happen(lastCalled, '2026-04-14', { ...report, kind: 'served' });
    expect(days(look(served, '2026-04-14').plan)).toEqual([['referral', '2026-04-23']]);
    let returned = happen(sent, '2026-04-02', { ...report, kind: 'returned' });
    expect(returned.blockers).toEqual(['contactMissing']);
    expect(look(returned, '2026-04-02').wake).toMatchObject({ kind: 'review' });
    returned = happen(returned, '2026-04-08', { type: 'blockerLifted', blocker: 'contactMissing' });
    expect(look(returned, '2026-04-08').plan[0]).toMatchObject({ stage: 'formalNotice', round: 2 });
  });
});
