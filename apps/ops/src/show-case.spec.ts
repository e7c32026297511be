import { describe, expect, it } from 'vitest';
import type { RestClient } from './rest-client.js';
import { explainLines } from './show-case.js';

const REASONS = {
  whyHere: [{ sentence: 'Ici.' }],
  whyNotSent: [],
  whatNext: [],
  whatChanges: [],
  lastVerdicts: [],
  law: { sentence: 'Le droit français.' },
};

function answering(claim: object, asked: string[] = []): RestClient {
  const get = async (path: string): Promise<object> => {
    asked.push(path);
    return { ...REASONS, claim };
  };
  return { get } as unknown as RestClient;
}

describe('a case explained at the terminal', () => {
  it('FR-5: prints the law and each line of the claim as a sentence, for the day and in the language asked for', async () => {
    const asked: string[] = [];
    const page = { heading: 'Décompte au 20 juillet 2026', parts: [{ title: 'Total', sentences: ['Total dû.'] }] };
    const lines = await explainLines(answering({ page, refusal: null }, asked), 'a', 'c', { language: 'nl', on: '2026-07-20' });
    expect(lines).toEqual(['Ici.', '', 'Le droit français.', 'Décompte au 20 juillet 2026', 'Total', '  Total dû.']);
    expect(asked).toEqual(['creditors/a/cases/c/explain?language=nl&on=2026-07-20']);
  });

  it('prints a refusal with its code, its article and what to supply, and nothing where nothing is claimed', async () => {
    const refusal = { code: 'rateUnknown', sentence: 'Taux inconnu.', article: 'C. com. L441-10 II', supply: 'Le taux.' };
    const refused = await explainLines(answering({ page: null, refusal }), 'a', 'c', { language: 'fr' });
    expect(refused.slice(-2)).toEqual(['Taux inconnu. (rateUnknown, C. com. L441-10 II)', '  → Le taux.']);
    expect(await explainLines(answering({ page: null, refusal: null }), 'a', 'c', { language: 'fr' })).toEqual([
      'Ici.',
      '',
      'Le droit français.',
    ]);
  });
});
