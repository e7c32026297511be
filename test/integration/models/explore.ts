import { type Day, dayIn, encodeState, isRefusal, isTransition, shownState } from '#domain';
import { actOn } from './pure-acts.js';
import { givenIn, happen, outlook, type Outlook, type PureCase, type Rules, ZONE } from './pure-case.js';
import { mayAwait, shown } from './reference-answers.js';
import { type ModelCase, type ModelEvent, modelCase, type Owed, step } from './reference-case.js';
import { judgedNotBefore } from './reference-days.js';

/** One letter of the alphabet: what happens, given what the model knows; `undefined` where it cannot happen at all. */
export type Letter = (model: ModelCase, today: Day) => Exclude<ModelEvent, { type: 'timer' }> | undefined;
export type Alphabet = Readonly<Record<string, Letter | 'timer'>>;

/** Product and model side by side after the same events. */
export interface Pair {
  readonly product: PureCase;
  readonly model: ModelCase;
}

export interface Explored {
  /** Sequences of events that were followed, all lengths together. */
  readonly sequences: number;
  /** Different situations met; sequences that lead to the same one are followed on once. */
  readonly situations: number;
  /** The shortest sequence after which something is wrong, and what. */
  readonly fault?: { readonly path: readonly string[]; readonly says: string };
}

interface Node extends Pair {
  readonly path: readonly string[];
}

/** Follows every sequence of at most `depth` letters, shortest first, and stops at the first fault. */
export function explore(rules: Rules, alphabet: Alphabet, depth: number, start: Pair): Explored {
  const seen = new Set<string>([keyOf(start)]);
  const letters = Object.keys(alphabet);
  let frontier: Node[] = [{ ...start, path: [] }];
  let sequences = 0;
  for (let length = 1; length <= depth; length++) {
    sequences += letters.length ** length;
    const next: Node[] = [];
    for (const node of frontier) {
      const seenOutlook = outlook(rules, node.product);
      for (const name of letters) {
        const path = [...node.path, name];
        const { pair, says } = follow(rules, node, seenOutlook, alphabet[name] ?? 'timer');
        if (says) return { sequences, situations: seen.size, fault: { path, says } };
        const key = pair && keyOf(pair);
        if (!pair || !key || seen.has(key)) continue;
        seen.add(key);
        next.push({ ...pair, path });
      }
    }
    frontier = next;
  }
  return { sequences, situations: seen.size };
}

/** Plays one given sequence of letters; for tests of single stories and for what `explore` found. */
export function playLetters(rules: Rules, alphabet: Alphabet, path: readonly string[], start: Pair): { pair: Pair; says?: string } {
  let pair = start;
  for (const name of path) {
    const followed = follow(rules, pair, outlook(rules, pair.product), alphabet[name] ?? 'timer');
    pair = followed.pair ?? pair;
    if (followed.says) return { pair, says: `${name}: ${followed.says}` };
  }
  return { pair };
}

export function startingPair(product: PureCase): Pair {
  return { product, model: modelCase(product.state.openPrincipalMinor) };
}

function follow(rules: Rules, given: Pair, { wake }: Outlook, letter: Letter | 'timer'): { pair?: Pair; says?: string } {
  if (letter === 'timer') return wake ? afterTimer(rules, given, wake) : {};
  const event = letter(given.model, dayIn(given.product.now, ZONE));
  if (!event) return {};
  const product = happen(rules, given.product, event);
  const expected = step(given.model, event);
  if (isRefusal(product) !== (expected.refused !== undefined)) {
    const answer = isRefusal(product) ? `refuses it (${product.refusal})` : 'takes it';
    return { says: `the product ${answer}, the model ${expected.refused ? `refuses it (${expected.refused})` : 'takes it'}` };
  }
  if (isRefusal(product)) return {};
  return checked(rules, given, { product, model: expected.state });
}

function afterTimer(rules: Rules, given: Pair, wake: NonNullable<Outlook['wake']>): { pair?: Pair; says?: string } {
  const { after, done } = actOn(rules, given.product, wake);
  const today = dayIn(after.now, ZONE);
  const rung = wake.stage as Owed | undefined;
  const expected = step(given.model, { type: 'timer', kind: wake.kind, done, today, ...(rung ? { rung } : {}) });
  if (expected.refused) return { says: `${wake.kind} came, the model knows no reason: ${expected.refused}` };
  if (!done) return { says: `the act of ${wake.kind} ${rung ?? ''} was refused on its day` };
  return checked(rules, given, { product: after, model: expected.state });
}

function checked(rules: Rules, before: Pair, pair: Pair): { pair?: Pair; says?: string } {
  const says = wrongIn(rules, before, pair);
  return says ? { pair, says } : { pair };
}

/** The first thing that does not hold after an event, in words that begin with the id of what is broken. */
function wrongIn(rules: Rules, before: Pair, { product, model }: Pair): string | undefined {
  const { state } = product;
  if (state.openPrincipalMinor !== model.open) return `I11: ${state.openPrincipalMinor} are open, the model says ${model.open}`;
  if (state.openPrincipalMinor < 0n || givenIn(product) + state.openPrincipalMinor !== model.total) return 'I11: money is made or lost';
  if (state.closed?.kind !== model.closed) return `closed as ${state.closed?.kind}, the model says ${model.closed}`;
  const word = shownState(state);
  if (word !== shown(model)) return `I14: shown as ${word}, the model says ${shown(model)}`;
  const illegal = illegalStep(rules, before.product, product);
  if (illegal) return illegal;
  const rungs = state.stages.map(({ stage, round }) => `${stage}/${round}`);
  if (new Set(rungs).size !== rungs.length) return `I5: a rung has two outcomes: ${rungs.join(' ')}`;
  if ([...rungs].sort().join(' ') !== [...model.decided].sort().join(' '))
    return `I13: decided are ${rungs.join(' ')}, not ${model.decided.join(' ')}`;
  return wrongWait(rules, product, model);
}

function illegalStep(rules: Rules, before: PureCase, after: PureCase): string | undefined {
  let { state } = before;
  for (const event of after.events) {
    const next = rules.evolve(state, event, dayIn(after.now, ZONE));
    if (!isTransition(shownState(state), shownState(next), event.type)) {
      return `I14: ${shownState(state)} became ${shownState(next)} by ${event.type}`;
    }
    state = next;
  }
  return undefined;
}

/** Liveness, I13, I15 and I16: an open case waits for something, and only for what it may wait for. */
function wrongWait(rules: Rules, product: PureCase, model: ModelCase): string | undefined {
  if (model.closed) return undefined;
  let wake: Outlook['wake'];
  try {
    wake = outlook(rules, product).wake;
  } catch (error) {
    return `liveness: ${String(error)}`;
  }
  if (!wake) return 'liveness: an open case waits for nothing';
  const waits = mayAwait(model);
  const label = wake.stage ? `${wake.kind} ${wake.stage}` : wake.kind;
  if (!waits.has(label)) return `I16: it waits for «${label}», it may wait for ${[...waits].join(', ')}`;
  const years = Number(wake.at.slice(0, 4)) - Number(product.now.slice(0, 4));
  if (years > 1) return `liveness: the next wake is on ${wake.at}`;
  if (wake.kind === 'promiseEnds' && model.promise && dayIn(wake.at, ZONE) < judgedNotBefore(model.promise.dueOn)) {
    return `I15: a promise for ${model.promise.dueOn} is judged on ${dayIn(wake.at, ZONE)}`;
  }
  return undefined;
}

function keyOf({ product, model }: Pair): string {
  const { state, now, payments, givenAtPromise, promisedMinor } = product;
  return JSON.stringify([encodeState(state), now, payments, givenAtPromise, promisedMinor, model], (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}
