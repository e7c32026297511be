import { describe, expect, it } from 'vitest';
import { loadPresets } from './load-presets.js';
import { policyHash } from './policy-hash.js';

describe('the presets', () => {
  it('are three for businesses and one for each other regime, all fit to be published', () => {
    expect(loadPresets().map((preset) => preset.id)).toEqual([
      'calm',
      'co-owners',
      'consumer-be',
      'consumer-fr',
      'persistent',
      'public-body',
      'standard',
    ]);
  });

  it('C28: make their first contact within a week of the due date', () => {
    for (const preset of loadPresets()) expect(preset.stages[0]?.opens.offsetDays).toBeLessThanOrEqual(7);
  });

  it('hash alike however their keys are ordered, and differently when a day moves', () => {
    const [preset] = loadPresets();
    if (!preset) throw new Error('no preset');
    const shuffled = Object.fromEntries(Object.entries(preset).reverse()) as unknown as typeof preset;
    expect(policyHash(shuffled)).toBe(policyHash(preset));
    expect(policyHash({ ...preset, reviewDays: preset.reviewDays + 1 })).not.toBe(policyHash(preset));
    expect(policyHash(preset)).toMatch(/^[0-9a-f]{64}$/);
  });
});
