import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageWorkflowId, recoveryWorkflowId } from './workflow-ids.js';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 });

describe('workflow ids', () => {
  it('keeps letters, digits and -._ and percent-encodes the rest as UTF-8', () => {
    expect(recoveryWorkflowId('dupont', 'F-2026_17.b')).toBe('recovery/dupont/F-2026_17.b');
    expect(recoveryWorkflowId('dupont', 'F 1/2~é(!)')).toBe('recovery/dupont/F%201%2F2%7E%C3%A9%28%21%29');
    expect(messageWorkflowId('dupont', 'M 1')).toBe('message/dupont/M%201');
  });

  it('marks terms and episodes after the first', () => {
    expect(recoveryWorkflowId('d', 'F1', 1, 1)).toBe('recovery/d/F1');
    expect(recoveryWorkflowId('d', 'F1', 2)).toBe('recovery/d/F1~2');
    expect(recoveryWorkflowId('d', 'F1', 3, 2)).toBe('recovery/d/F1~3/2');
    expect(() => recoveryWorkflowId('d', 'F1', 0)).toThrow(RangeError);
    expect(() => recoveryWorkflowId('d', '')).toThrow(RangeError);
  });

  it('cuts a long part at 200 characters and ends it in a hash of the whole', () => {
    const long = `${'é'.repeat(80)}A`;
    const id = recoveryWorkflowId('d', long);
    const part = id.slice('recovery/d/'.length);
    expect(part.length).toBeLessThanOrEqual(200);
    expect(part).toMatch(/^(%C3%A9)+(%C3)?~~[0-9a-f]{16}$/);
    expect(recoveryWorkflowId('d', `${'é'.repeat(80)}B`)).not.toBe(id);
  });

  it('never gives two invoices one id, and only characters that are safe in an address', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (a, b, term, episode) => {
        const id = recoveryWorkflowId('d', a, term);
        expect(id).toMatch(/^recovery\/d\/[\w.%~-]+$/);
        expect(id === recoveryWorkflowId('d', b, term, episode)).toBe(a === b && episode === 1);
      }),
    );
  });
});
