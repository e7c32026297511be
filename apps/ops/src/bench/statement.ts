import {
  addDays,
  addMonths,
  type ClaimInput,
  type ClaimMovement,
  currency,
  day,
  type Day,
  isRefusal,
  parseMoney,
  statementOfClaim,
} from '#domain';
import { claimRules, loadStatutes } from '#statutes';
import { type Figure, median, quantile } from './figures.js';

const DUE = day('2021-06-30');
const YEARS = 5;
const PARTS = 10;
const CREDITS = 3;
/** Calls timed in one go, so that the counter’s own steps do not count. */
const BATCH = 200;

interface JsonClaim {
  readonly dueOn: string;
  readonly on: string;
  readonly face: string;
  readonly movements: readonly {
    readonly kind: ClaimMovement['kind'];
    readonly on: string;
    readonly amount: string;
    readonly reference: string;
  }[];
}

/** (e) A statement over five years with ten parts and three credit notes, beside reading the same claim from JSON; both in this process. */
export function measureStatement(samples: number): Figure[] {
  const text = JSON.stringify(longClaim());
  const rules = claimRules(loadStatutes(), 'FR.business');
  const input = inputFrom(JSON.parse(text) as JsonClaim, rules);
  const first = statementOfClaim(input);
  if (isRefusal(first)) throw new Error(`The statement of the bench was refused: ${first.refusal}`);
  const stated = timesOf(samples, () => statementOfClaim(input));
  const parsed = timesOf(samples, () => JSON.parse(text) as JsonClaim);
  const read = timesOf(samples, () => inputFrom(JSON.parse(text) as JsonClaim, rules));
  const what = `${YEARS} years, ${PARTS} parts, ${CREDITS} credit notes: ${first.lines.length} lines`;
  const figure = (name: string, own: readonly number[], share: number): Figure => {
    const [value, base] = [quantile(own, share), quantile(parsed, share)];
    return {
      part: 'statement',
      what: name,
      value,
      unit: 'µs of CPU',
      baseline: { what: 'JSON.parse of its input', value: base },
      ratio: value / base,
    };
  };
  return [
    figure(`${what}, median`, stated, 0.5),
    figure(`${what}, p99`, stated, 0.99),
    { ...figure('input parsed and checked, median', read, 0.5), value: median(read) },
  ];
}

/** Processor time of this process a call, in microseconds: other work on the machine does not count. */
function timesOf(samples: number, work: () => unknown): number[] {
  for (let index = 0; index < BATCH * 20; index++) work();
  return Array.from({ length: samples }, () => {
    const from = process.cpuUsage();
    for (let index = 0; index < BATCH; index++) work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / BATCH;
  });
}

function longClaim(): JsonClaim {
  const months = YEARS * 12;
  const at = (index: number, of: number): Day => addDays(addMonths(DUE, Math.floor((months * (index + 1)) / (of + 1))), index);
  const part = (kind: ClaimMovement['kind'], count: number, amount: string) =>
    Array.from({ length: count }, (_, index) => ({ kind, on: at(index, count), amount, reference: `${kind}-${index + 1}` }));
  return {
    dueOn: DUE,
    on: addMonths(DUE, months),
    face: '48600.00',
    movements: [...part('payment', PARTS, '3100.00'), ...part('creditNote', CREDITS, '450.25')],
  };
}

function inputFrom({ dueOn, on, face, movements }: JsonClaim, rules: ClaimInput['rules']): ClaimInput {
  return {
    law: 'FR',
    kind: 'business',
    currency: currency('EUR'),
    faceMinor: minorOf(face),
    dueOn: day(dueOn),
    on: day(on),
    movements: movements.map((movement) => ({
      kind: movement.kind,
      on: day(movement.on),
      amountMinor: minorOf(movement.amount),
      reference: movement.reference,
    })),
    rules,
    contract: { checkedOn: day(dueOn) },
  };
}

function minorOf(amount: string): bigint {
  const parsed = parseMoney(amount, 'EUR');
  if ('problem' in parsed) throw new RangeError(`${parsed.problem}: ${amount}`);
  return parsed.minor;
}
