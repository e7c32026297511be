import { readFileSync, writeFileSync } from 'node:fs';
import { type ContractTerms, day, isRefusal, REGIMES, type RuleFacts } from '#domain';
import { claimRules, loadStatutes, type Statutes } from '#statutes';
import { expect, it } from 'vitest';

const whole = loadStatutes();
/** Every value that a rate or a lump sum is made of; each is left out once. */
const KEYS = [...whole.parameters.keys()].filter((key) =>
  /(latePayment|legalRate|publicProcurement|referenceRate|indemnityScale)/.test(key),
);
const checkedOn = day('2023-01-02');
const CONTRACTS: readonly (readonly [string, ContractTerms])[] = [
  ['silent', { checkedOn }],
  ['8 %, indemnity 10 %', { checkedOn, interest: { kind: 'rate', percent: '8' }, indemnity: { kind: 'percent', percent: '10' } }],
  ['15 %, indemnity 20 €', { checkedOn, interest: { kind: 'rate', percent: '15' }, indemnity: { kind: 'fixed', amountMinor: 2000n } }],
  ['3 × legal, scale', { checkedOn, interest: { kind: 'multipleOfLegalRate', multiple: '3' }, indemnity: { kind: 'legalScale' } }],
  [
    'in words',
    { checkedOn, interest: { kind: 'rate', percent: 'x12y' }, indemnity: { kind: 'percent', percent: '5', minimumMinor: 2500n } },
  ],
];

const text = (value: unknown) =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}` : one))
    .replaceAll('\u202f', '~')
    .replaceAll('\u00a0', '_');

/** Asked of rules made anew, so that nothing is remembered from the question before. */
function answers(statutes: Statutes, title: string, on: string): string[] {
  return REGIMES.flatMap((regime) =>
    CONTRACTS.flatMap(([name, contract]) => {
      const facts: RuleFacts = { contract, creditor: { isNaturalPerson: name === 'silent' } };
      const rules = claimRules(statutes, regime);
      const rate = rules.rateFor(day(on), day(on), facts);
      const dueOn = day(on);
      const lumpSum = rules.lumpSum({ dueOn, claimedOn: dueOn, remindedOn: dueOn, remainingMinor: 21_500n, ...facts });
      const said = isRefusal(rate) ? rate : { printed: rate.printed, formula: rate.formula, until: rate.until, notes: rate.notes };
      return [`${title} ${regime}, ${name}: ${text(said)}`, `  ${text(lumpSum)}`];
    }),
  );
}

/** `GOLDEN=write npx vitest run --project unit test/reference-claim/printed-rules.spec.ts` prints them anew; read what changed. */
it('A13: every rate and lump sum of every regime, and what is refused when one value is missing', () => {
  const without = (key: string): Statutes => ({ ...whole, parameters: new Map([...whole.parameters].filter(([name]) => name !== key)) });
  const known = new Set(answers(whole, '', '2026-03-02'));
  const printed = [
    ...['2024-03-01', '2026-03-02', '2026-08-01', '2027-01-04'].flatMap((on) => answers(whole, on, on)),
    ...KEYS.flatMap((key) =>
      answers(without(key), '', '2026-03-02')
        .filter((line) => !known.has(line))
        .map((line) => `without ${key}${line}`),
    ),
  ];
  const file = new URL('printed/rules.txt', import.meta.url);
  if (process.env.GOLDEN === 'write') writeFileSync(file, `${printed.join('\n')}\n`);
  expect(`${printed.join('\n')}\n`).toBe(readFileSync(file, 'utf8'));
});
