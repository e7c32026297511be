import { it } from 'vitest';
import { compareDrawn, shareOf } from './compare-claims.js';

const share = shareOf(3);

it(`F5: ${share.numRuns} drawn claims agree with the ledger kept by hand (part 3, seed ${share.seed})`, { timeout: 120_000 }, () => {
  compareDrawn(share);
});
