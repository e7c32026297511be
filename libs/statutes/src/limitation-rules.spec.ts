import {
  day,
  type DebtorKind,
  type GoverningLaw,
  isRefusal,
  type LimitationEvent,
  limitation,
  limitationAlert,
  type Refusal,
} from '#domain';
import { describe, expect, it } from 'vitest';
import { type ClaimNature, limitationRules } from './deadline-rules.js';
import { loadStatutes } from './load-statutes.js';

const statutes = loadStatutes();

function given<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`Refused: ${JSON.stringify(value)}`);
  return value;
}

describe('limitation', () => {
  interface Story {
    law?: GoverningLaw;
    kind?: DebtorKind;
    nature?: ClaimNature;
    dueOn?: string;
    asOf?: string;
    events?: readonly LimitationEvent[];
  }
  function limited(story: Story = {}): ReturnType<typeof limitation> {
    const { law = 'FR', kind = 'business', nature = 'general', events = [] } = story;
    const term = { dueOn: day(story.dueOn ?? '2026-03-10'), asOf: day(story.asOf ?? '2026-11-22') };
    const rules = limitationRules(statutes, { law, kind, nature, ...term });
    return isRefusal(rules) ? rules : limitation({ law, events, rules, ...term });
  }
  const until = (story: Story = {}): string => given(limited(story)).on;
  const event = (type: LimitationEvent['type'], on: string, more: Partial<LimitationEvent> = {}): LimitationEvent => ({
    type,
    on: day(on),
    ...more,
  });

  it('A21: due 10 March 2026: 2031 between professionals, 2028 for a consumer', () => {
    expect(until()).toBe('2031-03-10');
    expect(until({ kind: 'consumer' })).toBe('2028-03-10');
    expect(until({ kind: 'coOwners' })).toBe('2031-03-10');
    expect(until({ kind: 'publicBody' })).toBe('2030-03-10');
    expect(until({ nature: 'carriage' })).toBe('2027-03-10');
    expect(until({ nature: 'telecom' })).toBe('2027-03-10');
    expect(given(limited()).article).toBe('C. civ. 2224');
  });

  it('A21, T7: a registered notice, an e-mail, a call, a reminder, a lawyer’s letter move nothing in France, and the answer says so', () => {
    const types = ['creditorNotice', 'email', 'call', 'reminder', 'lawyerNotice', 'bailiffNotice'] as const;
    const events = types.map((type) => event(type, '2026-06-01', { isComplete: true }));
    for (const kind of ['business', 'consumer'] as const) {
      const shown = given(limited({ kind, events }));
      expect(shown.on).toBe(until({ kind }));
      expect(shown.events.map((judged) => judged.effect)).toEqual(types.map(() => 'none'));
      expect(shown.events[0]?.because).toContain('aucun effet sur la prescription');
    }
  });

  it('A21: a part payment of 1 June 2027 between professionals opens five new years', () => {
    const shown = given(limited({ asOf: '2027-07-01', events: [event('partPayment', '2027-06-01')] }));
    expect(shown.on).toBe('2032-06-01');
    expect(shown.events[0]).toMatchObject({ effect: 'restarts', article: 'C. civ. 2240', until: '2032-06-01' });
    expect(shown.how.at(-1)).toBe('paiement partiel, qui reconnaît la dette, le 1er juin 2027 (C. civ. 2240)\u202f: 1er juin 2032');
  });

  it('a later event is not known yet on an earlier day', () => {
    expect(until({ asOf: '2027-05-31', events: [event('partPayment', '2027-06-01')] })).toBe('2031-03-10');
    expect(until({ asOf: '2027-06-01', events: [event('partPayment', '2027-06-01')] })).toBe('2032-06-01');
  });

  it('acknowledgment, plan, written promise, court claim and measure open a new period', () => {
    for (const type of ['acknowledgment', 'signedPlan', 'writtenPromise', 'courtClaim', 'enforcementMeasure'] as const) {
      expect(until({ asOf: '2027-07-01', events: [event(type, '2027-06-01')] })).toBe('2032-06-01');
    }
  });

  it('a claim in court counts from its end once known, and for nothing when it was withdrawn', () => {
    const endedOn = day('2028-02-01');
    expect(until({ asOf: '2028-03-01', events: [event('courtClaim', '2027-06-01', { endedOn })] })).toBe('2033-02-01');
    expect(until({ asOf: '2028-01-01', events: [event('courtClaim', '2027-06-01', { endedOn })] })).toBe('2032-06-01');
    expect(until({ asOf: '2028-03-01', events: [event('courtClaim', '2027-06-01', { endedOn, wasWithdrawn: true })] })).toBe('2031-03-10');
  });

  it('what comes after the last day revives nothing; the last day itself still counts', () => {
    const late = given(limited({ asOf: '2031-04-01', events: [event('partPayment', '2031-03-11')] }));
    expect(late).toMatchObject({ on: '2031-03-10', isExpired: true });
    expect(late.events[0]?.because).toContain('prescription acquise le 10 mars 2031');
    expect(until({ asOf: '2031-04-01', events: [event('partPayment', '2031-03-10')] })).toBe('2036-03-10');
    expect(given(limited({ asOf: '2031-03-10' })).isExpired).toBe(false);
    expect(given(limited({ asOf: '2031-03-11' })).isExpired).toBe(true);
  });

  it('what comes before the due day cannot shorten it', () => {
    const early = given(limited({ events: [event('acknowledgment', '2026-01-01')] }));
    expect(early.on).toBe('2031-03-10');
    expect(early.events[0]?.because).toContain('antérieur à l’échéance');
  });

  it('an agreed mediation suspends and leaves at least six months', () => {
    const mediation = event('mediation', '2027-01-01', { endedOn: day('2027-03-02') });
    expect(until({ asOf: '2028-01-01', events: [mediation] })).toBe('2031-05-09');
    const atTheEnd = event('smallClaimsAgreement', '2031-03-01', { endedOn: day('2031-03-31') });
    expect(until({ asOf: '2031-04-01', events: [atTheEnd] })).toBe('2031-09-30');
    expect(until({ asOf: '2031-03-15', events: [event('mediation', '2031-03-01')] })).toBe('2031-09-15');
  });

  it('an enforceable title lives ten years, and an act after it opens ten more', () => {
    const title = event('enforceableTitle', '2027-06-01');
    expect(until({ kind: 'consumer', asOf: '2030-01-01', events: [title] })).toBe('2037-06-01');
    const measure = event('enforcementMeasure', '2029-06-01');
    expect(until({ kind: 'consumer', asOf: '2030-01-01', events: [title, measure] })).toBe('2039-06-01');
    expect(until({ kind: 'consumer', asOf: '2030-01-01', events: [measure, title] })).toBe('2039-06-01');
  });

  it('T7: in Belgium the creditor’s registered letter does nothing, a lawyer’s or bailiff’s gives a year, once, never an earlier end', () => {
    const be: Story = { law: 'BE', kind: 'consumer', nature: 'everydaySales', asOf: '2027-03-01' };
    const notice = event('lawyerNotice', '2026-12-01', { isComplete: true });
    expect(until(be)).toBe('2027-03-10');
    expect(until({ ...be, events: [event('creditorNotice', '2026-12-01', { isComplete: true })] })).toBe('2027-03-10');
    expect(until({ ...be, events: [event('lawyerNotice', '2026-12-01')] })).toBe('2027-03-10');
    expect(until({ ...be, events: [notice] })).toBe('2027-12-01');
    const twice = given(limited({ ...be, events: [notice, event('bailiffNotice', '2027-02-01', { isComplete: true })] }));
    expect(twice.on).toBe('2027-12-01');
    expect(twice.events[1]?.because).toContain('déjà interrompue une fois');
    expect(until({ law: 'BE', events: [event('bailiffNotice', '2026-06-01', { isComplete: true })] })).toBe('2036-03-10');
  });

  it('Belgium: ten years between enterprises, five for periodic utilities, and a title needs its own rule', () => {
    expect(until({ law: 'BE' })).toBe('2036-03-10');
    expect(until({ law: 'BE', nature: 'periodicUtilities' })).toBe('2031-03-10');
    expect(limited({ law: 'BE', nature: 'everydaySales' })).toMatchObject({ refusal: 'natureUnknown' });
    expect(limited({ law: 'BE', nature: 'carriage' })).toMatchObject({ refusal: 'natureUnknown' });
    expect(limited({ law: 'FR', nature: 'periodicUtilities' })).toMatchObject({ refusal: 'natureUnknown', field: '/nature' });
    expect(limited({ law: 'BE', events: [event('enforceableTitle', '2026-06-01')] })).toMatchObject({ refusal: 'titlePeriodUnknown' });
  });

  it('refuses an unknown debtor and an event that ends before it begins', () => {
    expect(limited({ kind: 'unknown' })).toMatchObject({ refusal: 'kindUnknown' });
    const wrong = event('mediation', '2026-06-01', { endedOn: day('2026-05-01') });
    expect(limited({ events: [wrong] })).toMatchObject({ refusal: 'eventEndsBeforeItBegins' });
    expect(until({ events: [event('courtClaim', '2026-06-01', { endedOn: day('2026-06-01') })] })).toBe('2031-06-01');
  });

  it('A38: less than 90 days away asks for the court route at once, an earlier day only warns', () => {
    const at = (today: string): string => limitationAlert(day('2031-03-10'), day(today), { warnDays: 180, courtRouteDays: 90 });
    expect([at('2030-09-11'), at('2030-09-12')]).toEqual(['none', 'warn']);
    expect([at('2030-12-10'), at('2030-12-11'), at('2031-03-10'), at('2031-03-11')]).toEqual([
      'warn',
      'courtRouteNow',
      'courtRouteNow',
      'expired',
    ]);
  });
});
