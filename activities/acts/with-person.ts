import { letterImpossible } from '#casework';
import type { Act } from '#contracts';
import { LetterError } from '#letters';
import type { ActivityPorts } from '../activity-ports.js';

/** An act whose letter cannot be written asks a person instead of failing again and again. Every other failure stays a failure. */
export function withPerson(ports: ActivityPorts, act: Act): Act {
  return async (input) => {
    try {
      return await act(input);
    } catch (error) {
      if (error instanceof LetterError) {
        const { code, message, facts } = error;
        return letterImpossible(ports.casework, input, { code, message, ...(facts['field'] ? { field: facts['field'] } : {}) });
      }
      if (error instanceof Error && error.name === 'UnsendableMail')
        return letterImpossible(ports.casework, input, { code: 'unsendableMail', message: error.message });
      throw error;
    }
  };
}
