import fc from 'fast-check';
import { julian } from './civil-day.js';
import type { ReferenceCase, ReferenceClause, ReferenceIndemnity, ReferenceMovement } from './reference-case.js';

const FIRST_DUE = julian('2015-01-01');
const LAST_DUE = julian('2026-12-31');
const LAST_STATEMENT = julian('2027-02-28');
/** Book XIX of the Code of economic law: no first reminder of its kind before. */
const BOOK_XIX = julian('2023-12-01');

/** Present in one of `among` draws. */
const rarely = <Value>(among: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: among - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const cents = (most: bigint) => fc.bigInt({ min: 1n, max: most });
const face = fc.oneof(
  { weight: 1, arbitrary: cents(100n) },
  { weight: 2, arbitrary: fc.constantFrom(14_999n, 15_000n, 15_001n, 50_000n, 50_001n, 100_000n, 3_920_000n, 3_920_001n, 5_000_000n) },
  { weight: 4, arbitrary: cents(200_000n) },
  { weight: 4, arbitrary: cents(50_000_000n) },
  { weight: 1, arbitrary: cents(10n ** 14n) },
);
/** Small steps around the edges, long ones now and then. */
const delay = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: -40, max: 0 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 120 }) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 800 }) },
  { weight: 2, arbitrary: fc.integer({ min: 600, max: 4400 }) },
);
const shift = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: -30, max: 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 150 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 900 }) },
);
const share = fc.oneof(
  { weight: 7, arbitrary: fc.integer({ min: 1, max: 25 }) },
  { weight: 2, arbitrary: fc.integer({ min: 20, max: 70 }) },
  { weight: 1, arbitrary: fc.constant(100) },
  { weight: 1, arbitrary: fc.integer({ min: 90, max: 130 }) },
);
const part = fc.record({
  kind: fc.constant('payment' as const),
  after: shift,
  share,
  /** Sometimes a few cents only: less than the interest of the day, which leaves the base as it was. */
  tiny: rarely(5, fc.bigInt({ min: 1n, max: 300n })),
  designation: rarely(6, fc.constantFrom('principal' as const, 'lumpSum' as const)),
});
const credit = fc.record({
  kind: fc.constant('creditNote' as const),
  after: shift,
  share: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 20 }) }, { weight: 1, arbitrary: fc.integer({ min: 30, max: 110 }) }),
});

const percent = fc.oneof(
  fc.integer({ min: 0, max: 2500 }).map((hundredths) => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`),
  fc.constantFrom('10', '12', '8', '10.5', '5.25', '15', '7.86', '0', '4.125'),
);
const clause: fc.Arbitrary<ReferenceClause> = fc.oneof(
  percent.map((text) => ({ kind: 'rate' as const, percent: text })),
  fc.constantFrom('3', '1', '2', '1.5', '5').map((multiple) => ({ kind: 'multipleOfLegalRate' as const, multiple })),
);
/** What a contract of this regime may say about interest and be answered: multiples of the legal rate in France, none towards a public buyer there. */
function isAnswerable(law: 'FR' | 'BE', kind: string, agreed: ReferenceClause): boolean {
  return law === 'BE' ? agreed.kind === 'rate' : kind !== 'publicBody';
}

const indemnityClause: fc.Arbitrary<ReferenceIndemnity> = fc.oneof(
  fc.constant({ kind: 'legalScale' as const }),
  cents(8000n).map((amount) => ({ kind: 'fixed' as const, amount })),
  fc
    .record({ percent: fc.constantFrom('5', '10', '8.5', '2', '0.75'), minimum: fc.option(cents(4000n), { nil: undefined }) })
    .map(({ percent: text, minimum }) => ({ kind: 'percent' as const, percent: text, ...(minimum !== undefined && { minimum }) })),
);

const REGIMES = [
  ...Array(4).fill(['FR', 'business']),
  ...Array(2).fill(['FR', 'publicBody']),
  ...Array(2).fill(['FR', 'consumer']),
  ['FR', 'coOwners'],
  ...Array(2).fill(['BE', 'business']),
  ...Array(4).fill(['BE', 'consumer']),
  ['BE', 'publicBody'],
] as readonly (readonly ['FR' | 'BE', 'business' | 'publicBody' | 'consumer' | 'coOwners'])[];

const often = (freq: number) => fc.integer({ min: 1, max: freq }).map((drawn) => drawn > 1);
const sometimes = (freq: number) => fc.integer({ min: 1, max: freq }).map((drawn) => drawn === 1);

const drawn = fc.record({
  regime: fc.constantFrom(...REGIMES),
  face,
  due: fc.integer({ min: FIRST_DUE, max: LAST_DUE }),
  lateDue: fc.integer({ min: BOOK_XIX - 60, max: LAST_DUE }),
  delay,
  /** Consumers and co-owners: time for a notice or a reminder to work. */
  patience: fc.integer({ min: 0, max: 250 }),
  parts: fc.oneof(fc.array(part, { maxLength: 3 }), fc.array(part, { maxLength: 12 })),
  credits: fc.oneof(fc.array(credit, { maxLength: 0 }), fc.array(credit, { maxLength: 3 })),
  isLeapCounted: sometimes(3),
  principalFirst: sometimes(5),
  clause: fc.option(clause, { freq: 2, nil: undefined }),
  indemnityClause: fc.option(indemnityClause, { freq: 3, nil: undefined }),
  noticeAfter: fc.option(fc.oneof(fc.integer({ min: -10, max: 200 }), fc.integer({ min: 1, max: 90 })), { freq: 6, nil: undefined }),
  reminder: fc.option(
    fc.record({
      after: fc.integer({ min: 1, max: 60 }),
      by: fc.constantFrom('post' as const, 'electronic' as const),
      wait: fc.integer({ min: 15, max: 22 }),
      complete: often(6),
    }),
    { freq: 7, nil: undefined },
  ),
  judgmentAfter: rarely(5, shift),
  naturalPerson: sometimes(4),
  smallEnterprise: sometimes(2),
  waivesInterest: sometimes(15),
  waivesLumpSum: sometimes(15),
});

type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

function movements(d: Drawn, due: number): ReferenceMovement[] {
  const parts = d.parts.map(({ after, share: hundredths, tiny, designation }) => {
    const amount = tiny ?? (d.face * BigInt(hundredths)) / 100n;
    return { kind: 'payment' as const, on: due + after, amount: amount > 0n ? amount : 1n, ...(designation && { designation }) };
  });
  const credits = d.credits.map(({ after, share: hundredths }) => ({
    kind: 'creditNote' as const,
    on: due + after,
    amount: (d.face * BigInt(hundredths)) / 100n || 1n,
  }));
  return [...parts, ...credits];
}

function assembled(d: Drawn): ReferenceCase {
  const [law, kind] = d.regime;
  const belgianConsumer = law === 'BE' && kind === 'consumer';
  const due = belgianConsumer ? d.lateDue : d.due;
  const sent = d.reminder ? Math.max(due + d.reminder.after, BOOK_XIX) : 0;
  const reads = d.clause !== undefined || d.indemnityClause !== undefined || d.waivesInterest;
  return {
    law,
    kind,
    currency: 'EUR',
    face: d.face,
    due,
    on: Math.min(due + d.delay + (kind === 'consumer' || kind === 'coOwners' ? d.patience : 0), LAST_STATEMENT),
    movements: movements(d, due),
    dayCount: d.isLeapCounted ? 'ACT/366' : 'ACT/365F',
    principalFirst: d.principalFirst,
    agreement: true,
    confirmed: true,
    ...(reads && { contractRead: due - 30 }),
    ...(d.clause && isAnswerable(law, kind, d.clause) && { interestClause: d.clause }),
    ...(belgianConsumer && d.indemnityClause && { indemnityClause: d.indemnityClause }),
    ...(law === 'BE' && kind === 'publicBody' && { procurement: 'small' as const }),
    ...(d.noticeAfter !== undefined && { notice: due + d.noticeAfter }),
    ...(belgianConsumer &&
      d.reminder && { reminder: { sent, by: d.reminder.by, claimFrom: sent + d.reminder.wait, complete: d.reminder.complete } }),
    ...(d.judgmentAfter !== undefined && { judgment: due + d.judgmentAfter }),
    naturalPerson: d.naturalPerson,
    smallEnterprise: d.smallEnterprise,
    waivesInterest: d.waivesInterest,
    waivesLumpSum: d.waivesLumpSum,
  };
}

/** A claim without a fault of form, of any regime, due from 2015 to 2026. */
export const claimWithoutFault: fc.Arbitrary<ReferenceCase> = drawn.map(assembled);
