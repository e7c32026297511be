import { look, type MessageDraft, openLawBook } from '#casework';
import {
  addBusinessDays,
  addDays,
  atTime,
  type Day,
  type DebtorKind,
  type DunningPolicy,
  day,
  decide,
  encodeState,
  evolve,
  type GoverningLaw,
  isRefusal,
  openState,
  type RecoveryFact,
  type RecoveryState,
  simulate,
} from '#domain';
import { keptDeadline } from '#letters';
import { loadPresets } from '#policies';
import { describe, expect, it } from 'vitest';
import { planConstraintsOf } from '../../libs/casework/src/regime/plan-constraints-of.js';
import { actOf, answerBy, letterContent } from './letter-content.js';

const book = openLawBook();
const presets = loadPresets();
const TERRITORY = { FR: 'FR', BE: 'BE' } as const;

function preset(id: string): DunningPolicy {
  const found = presets.find((policy) => policy.id === id);
  if (!found) throw new Error(`No preset ${id}`);
  return found;
}

function environment(policy: DunningPolicy, law: GoverningLaw, kind: DebtorKind, today: Day) {
  return {
    policy,
    calendar: book.calendar(TERRITORY[law]),
    zone: law === 'BE' ? 'Europe/Brussels' : 'Europe/Paris',
    jitterSeconds: 0,
    now: atTime(today, '09:00', 'Europe/Paris'),
    today,
    constraints: planConstraintsOf(book, policy, { law, kind, limitationOn: null, today }),
  };
}

function opened(policy: DunningPolicy, dueOn: Day): RecoveryState {
  return openState({
    caseId: 'case',
    creditorId: 'creditor',
    debtorId: 'debtor',
    currency: 'EUR',
    dueOn,
    openedOn: addDays(dueOn, 1),
    openPrincipalMinor: 486_000n,
    toleranceMinor: 100n,
    thresholdMinor: 2_000n,
    policy: { id: policy.id, version: policy.version },
  });
}

const DUE = day('2026-02-26');

/** The draft of a rung of the standard ladder, everything before it done on its own day; the clock stands on `today`. */
function draftOf(
  stage: string,
  {
    policy = preset('standard'),
    today,
    dueOn = DUE,
    country = 'FR',
  }: { policy?: DunningPolicy; today?: Day; dueOn?: Day; country?: string } = {},
): MessageDraft {
  let state = opened(policy, dueOn);
  let on = addDays(dueOn, 1);
  for (;;) {
    const [rung] = look(state, environment(policy, 'FR', 'business', on) as never).plan;
    if (!rung) throw new Error(`The ladder never comes to ${stage}`);
    on = rung.on;
    if (rung.stage === stage) break;
    const contact = rung.act === 'call' ? 'call' : 'message';
    const done: RecoveryFact = { type: 'stageDone', stage: rung.stage, round: rung.round, contact, messageId: rung.stage };
    const decision = decide(state, done, on);
    if (isRefusal(decision)) throw new Error(decision.refusal);
    state = decision.events.reduce((next, event) => evolve(next, event, rung.on), state);
  }
  const slotOn = today ?? on;
  const policyStage = policy.stages.find(({ id }) => id === stage);
  return {
    stage,
    slotOn,
    policyStage,
    template: policyStage?.act.template ?? stage,
    channel: 'email',
    lead: { recovery: encodeState(state) },
    env: {
      ...environment(policy, 'FR', 'business', slotOn),
      creditor: { referralRoute: 'collectionAgency', address: { country: 'FR' } },
      debtor: { address: { country } },
    },
    letter: {
      debtor: { legalName: 'Brightmoor BV', addressLines: ['Havenlaan 210', '2030 Antwerpen'] },
      regime: 'FR.business',
      language: 'fr',
      invoices: [{ grossMinor: 1n, paidMinor: 0n, openMinor: 1n, currency: 'EUR', daysOverdue: 0, dueOn: slotOn }],
      on: slotOn,
      payment: {},
      interestUnknown: true,
    },
  } as unknown as MessageDraft;
}

describe('the day until which a mail asks for an answer', () => {
  it('is five business days away', () => {
    // Formal mail of Monday 9 March; the firm mail follows on the 16th.
    expect(answerBy(draftOf('formalMail'))).toEqual({ deadlineOn: '2026-03-16' });
  });

  it('N21: is never later than the day on which the ladder goes on: 1 May would stretch it to Tuesday', () => {
    const draft = draftOf('formalMail', { dueOn: day('2026-04-19') });
    expect([draft.slotOn, answerBy(draft)]).toEqual(['2026-04-27', { deadlineOn: '2026-05-04' }]);
  });

  it('after an outage counts on the plan as it stands now, not on days that are past', () => {
    const draft = draftOf('formalMail', { today: day('2026-04-21') });
    const { deadlineOn } = answerBy(draft);
    expect(deadlineOn && deadlineOn > '2026-04-21').toBe(true);
  });

  it('is none where nothing follows: a ladder that ends with the mail sets no day that nobody would keep', () => {
    const standard = preset('standard');
    const short = { ...standard, stages: standard.stages.slice(0, 3) };
    expect(answerBy(draftOf('formalMail', { policy: short }))).toEqual({});
  });

  it('the address ends with the country where the letter leaves the sender’s own', () => {
    const lines = ['Havenlaan 210', '2030 Antwerpen'];
    expect(letterContent(draftOf('formalNotice')).debtor.addressLines).toEqual(lines);
    expect(letterContent(draftOf('formalNotice', { country: 'BE' })).debtor.addressLines).toEqual([...lines, 'BELGIQUE']);
  });

  it('K7: the notice and the hand-over are announced only while the plan holds them', () => {
    const standard = preset('standard');
    expect(letterContent(draftOf('firmMail')).nextStep).toBe('formalNotice');
    expect(letterContent(draftOf('formalNotice')).nextStep).toBe('collectionAgency');
    const noNotice = { ...standard, stages: standard.stages.slice(0, 4) };
    expect(letterContent(draftOf('firmMail', { policy: noNotice }))).toMatchObject({ comingSteps: [], nextActOn: null });
    expect(letterContent(draftOf('firmMail', { policy: noNotice })).nextStep).toBeUndefined();
  });
});

/** Every weekday and every season in turn. */
const STEP_DAYS = 3;

const LADDERS = presets.flatMap((policy) =>
  policy.appliesTo.laws.flatMap((law) =>
    policy.appliesTo.debtorKinds.map((kind) => ({ policy, law, kind, name: `${policy.id} ${law}.${kind}` })),
  ),
);

describe('every ladder that is published, whatever the due date', () => {
  it.each(LADDERS)('N21, $name: each mail has a next act in time, so that its day is kept', ({ policy, law, kind }) => {
    const regime = `${law}.${kind}` as const;
    for (let dueOn = day('2026-01-01'); dueOn <= '2027-01-31'; dueOn = addDays(dueOn, STEP_DAYS)) {
      const env = environment(policy, law, kind, addDays(dueOn, 1));
      const acts = simulate({ ...env, state: opened(policy, dueOn) }, 200).filter(({ kind: act }) =>
        ['call', 'mail', 'formalNotice', 'referral'].includes(act),
      );
      const mails = acts.flatMap((line, index) => (line.kind === 'mail' ? [{ line, next: acts[index + 1] }] : []));
      expect(mails.length).toBeGreaterThan(1);
      for (const { line, next } of mails) {
        const template = policy.stages.find(({ id }) => id === line.stage)?.act.template ?? '';
        const wanted = addBusinessDays(line.on, 5, env.calendar);
        const kept = keptDeadline(wanted, next?.on ?? null, actOf(template), regime);
        expect(kept, `due ${dueOn}: ${line.stage} on ${line.on}, then ${next?.stage} on ${next?.on}`).toBeDefined();
      }
    }
  });
});
