import { describe, expect, it } from 'vitest';
import { ENDINGS_AND_PROOFS, MONEY_AND_PAUSES, UPPER_LADDER } from './alphabets.js';
import { explore, playLetters, startingPair } from './explore.js';
import { PRODUCT_RULES, pureCase } from './pure-case.js';

const DEPTH = Number(process.env.MODEL_DEPTH ?? 7);
const TO_THE_NOTICE = ['timer', 'callMade', 'timer', 'timer', 'timer', 'timer', 'approve', 'timer'];

describe('every sequence of events of a case', () => {
  it.each([
    { name: 'money and pauses', alphabet: MONEY_AND_PAUSES, before: [], depth: DEPTH },
    { name: 'endings and proofs', alphabet: ENDINGS_AND_PROOFS, before: [], depth: DEPTH },
    { name: 'the upper ladder, from the notice on', alphabet: UPPER_LADDER, before: TO_THE_NOTICE, depth: DEPTH },
  ])(
    'I5 I11 I13 I14 I15 I16: product and model agree, and an open case always waits for something ($name)',
    ({ name, alphabet, before, depth }) => {
      const begun = playLetters(PRODUCT_RULES, { ...alphabet, ...UPPER_LADDER }, before, startingPair(pureCase()));
      expect(begun.says).toBeUndefined();
      const began = performance.now();
      const { sequences, situations, fault } = explore(PRODUCT_RULES, alphabet, depth, begun.pair);
      console.info(`${name}: ${sequences} sequences, ${situations} situations, ${Math.round(performance.now() - began)} ms`);
      expect(fault).toBeUndefined();
    },
    600_000,
  );
});
