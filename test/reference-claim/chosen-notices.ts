// Notices, reminders and routes, asked what they say and refuse.
import {
  afterLetterState,
  checkElectronicLetter,
  checkSmallClaim,
  checkSmallClaimPayment,
  checkUndisputedDebt,
  day,
  electronicLetterDeadlines,
  firstReminderWindow,
  insolvencyDeadlines,
  noticeDeadline,
  overIndebtedness,
  registeredLetterAvailability,
  reminderFees,
  smallClaimAnswer,
  undisputedDebtDays,
} from '#domain';
import { type Asked, calendar, delay, source } from './given-law.js';

const letter = { presentedOn: day('2026-03-02'), deliveredOn: day('2026-03-05'), endedOn: day('2026-03-18') };
const electronic = (
  recipient: 'business' | 'publicBody' | 'consumer' | 'coOwners' | 'unknown',
  consentedOn?: string,
  isProviderQualified = true,
) =>
  checkElectronicLetter({
    recipient,
    isProviderQualified,
    sentOn: day('2026-03-02'),
    ...(consentedOn !== undefined && { consentedOn: day(consentedOn) }),
  }) ?? 'may leave';

const letters = (): Asked => [
  ...(['sent', 'deposited', 'presented', 'delivered', 'unclaimed', 'refused', 'returnedUnknown'] as const).flatMap(
    (state): Asked => [
      [`A32: ${state}`, afterLetterState(state, letter)],
      [`${state}, days unknown`, afterLetterState(state)],
      [`${state}, only its end known`, afterLetterState(state, { endedOn: letter.endedOn })],
    ],
  ),
  [
    'waits at the post office',
    registeredLetterAvailability({ presentedOn: day('2026-03-02'), availability: delay(15, 'days', 'usage postal') }),
  ],
  ['A33, T11: to a consumer without consent', electronic('consumer')],
  ['to a consumer who agreed the same day', electronic('consumer', '2026-03-02')],
  ['to a consumer who agreed a day late', electronic('consumer', '2026-03-03')],
  ['to co-owners', electronic('coOwners')],
  ['to a business', electronic('business')],
  ['to a public buyer', electronic('publicBody')],
  ['to nobody knows whom', electronic('unknown')],
  ['by a provider that is not qualified', electronic('business', undefined, false)],
  [
    'A33: until when it may be accepted',
    electronicLetterDeadlines({
      providerNoticeOn: day('2026-03-02'),
      rules: { acceptance: delay(15, 'days', 'CPost R53-3'), nonClaimProof: delay(1, 'days', 'CPost R53-4') },
    }),
  ],
  ['a notice of eight days', noticeDeadline({ receivedOn: day('2026-11-03'), period: delay(8, 'days', 'usage') })],
  [
    'a notice of eight days, moved by courtesy',
    noticeDeadline({ receivedOn: day('2026-11-03'), period: delay(8, 'days', 'usage'), courtesyCalendar: calendar }),
  ],
  [
    'a notice whose last day is worked',
    noticeDeadline({ receivedOn: day('2026-11-02'), period: delay(8, 'days', 'usage'), courtesyCalendar: calendar }),
  ],
];

const wait = {
  wait: delay(14, 'days', 'CDE XIX.2'),
  postStart: delay(3, 'workingDays', 'CDE XIX.2'),
  electronicStart: delay(1, 'days', 'CDE XIX.2'),
};
const reminder = (dueOn: string, sentOn: string, postageMinor = 0n) => ({ dueOn: day(dueOn), sentOn: day(sentOn), postageMinor });
const fees = (isRegularDelivery: boolean, ...reminders: ReturnType<typeof reminder>[]) =>
  reminderFees(
    reminders,
    { isRegularDelivery },
    {
      freeTermsPerYear: { count: 3, source: source('CDE XIX.2 gratuit') },
      extraReminder: { amountMinor: 750n, source: source('CDE XIX.2 payant') },
    },
  );

const consumers = (): Asked => [
  ['BE-7, T8: by post', firstReminderWindow({ sentOn: day('2026-11-10'), by: 'post', rules: wait, calendar })],
  ['T8: by e-mail', firstReminderWindow({ sentOn: day('2026-11-10'), by: 'electronic', rules: wait, calendar })],
  [
    'A30: a subscription, out of order',
    fees(
      true,
      reminder('2026-07-01', '2026-07-10', 150n),
      reminder('2026-01-01', '2026-01-10'),
      reminder('2026-04-01', '2026-04-10'),
      reminder('2026-02-01', '2026-02-10'),
      reminder('2026-02-01', '2026-02-25', 120n),
      reminder('2026-12-01', '2027-01-05'),
    ),
  ],
  [
    'a sale, a second reminder of the same term',
    fees(false, reminder('2026-01-01', '2026-01-10'), reminder('2026-01-01', '2026-01-10', 99n)),
  ],
  [
    'A20: over-indebtedness',
    overIndebtedness({ law: 'FR', kind: 'consumer', admissibleOn: day('2026-03-02'), suspension: delay(2, 'years', 'C. conso. L722-3') }),
  ],
  [
    'over-indebtedness of a business',
    overIndebtedness({ law: 'FR', kind: 'business', admissibleOn: day('2026-03-02'), suspension: delay(2, 'years', 'x') }),
  ],
  [
    'over-indebtedness in Belgium',
    overIndebtedness({ law: 'BE', kind: 'consumer', admissibleOn: day('2026-03-02'), suspension: delay(2, 'years', 'x') }),
  ],
];

const small = (principalMinor: bigint, currency = 'EUR') =>
  checkSmallClaim({ principalMinor, interestMinor: 1n, currency, ceiling: { amountMinor: 500_000n, source: source('CPCE L125-1') } }) ??
  'eligible';
const paying = (paidOn: string, outcomeRecordedOn?: string) =>
  checkSmallClaimPayment({
    sentOn: day('2026-03-02'),
    paidOn: day(paidOn),
    ...(outcomeRecordedOn !== undefined && { outcomeRecordedOn: day(outcomeRecordedOn) }),
  }) ?? 'may be taken';
const undisputed = (more: Partial<Parameters<typeof checkUndisputedDebt>[0]>) =>
  checkUndisputedDebt({
    kind: 'business',
    bothRegistered: true,
    debtorInsolvent: false,
    isDisputed: false,
    principalMinor: 100_000n,
    accessoriesMinor: 10_000n,
    accessoriesCap: { percent: '10', source: source('C. jud. 1394/20') },
    ...more,
  }) ?? 'eligible';

const routes = (): Asked => [
  ['A36: 5 000,00 €', small(499_999n)],
  ['A36: 5 000,01 €', small(500_000n)],
  ['francs', small(1n, 'CHF')],
  ['A36: silence refuses', smallClaimAnswer({ sentOn: day('2026-03-02'), answer: delay(1, 'months', 'CPCE R125-2') })],
  ['T10: paid the day it was sent', paying('2026-03-02')],
  ['paid the day before', paying('2026-03-01')],
  ['paid the day the outcome was recorded', paying('2026-03-20', '2026-03-20')],
  ['paid the day before it was recorded', paying('2026-03-19', '2026-03-20')],
  ['A31: eligible', undisputed({})],
  ['A31: a consumer', undisputed({ kind: 'consumer' })],
  ['A31: a public body', undisputed({ kind: 'publicBody' })],
  ['A31: nobody knows', undisputed({ kind: 'unknown' })],
  ['A31: not both registered', undisputed({ bothRegistered: false })],
  ['A31: insolvent', undisputed({ debtorInsolvent: true })],
  ['A31: disputed', undisputed({ isDisputed: true })],
  ['A31: a cent above a tenth', undisputed({ accessoriesMinor: 10_001n })],
  [
    'A31: the days',
    undisputedDebtDays({
      summonsOn: day('2026-02-10'),
      rules: { answer: delay(1, 'months', 'C. jud. 1394/22'), wait: delay(8, 'days', 'C. jud. 1394/24') },
      calendar,
    }),
  ],
  ...(['opening', 'conversion', 'plan', 'closure', 'annulment', 'unclear'] as const).map((notice): readonly [string, unknown] => [
    `A37, T9: ${notice}`,
    insolvencyDeadlines({
      notice,
      publishedOn: day('2026-01-13'),
      judgmentOn: day('2026-01-06'),
      isCreditorFar: false,
      rules: {
        declaration: delay(2, 'months', 'C. com. R622-24'),
        declarationFromFar: delay(4, 'months', 'C. com. R622-24'),
        relief: delay(6, 'months', 'C. com. L622-26'),
        reclaim: delay(3, 'months', 'C. com. L624-9'),
      },
      warningDays: [5, 30, 15],
      calendar,
    }),
  ]),
];

/** Asked anew on every call. */
export const notices = (): Asked => [...letters(), ...consumers(), ...routes()];
