import { z } from 'zod';

/** Why this law governs the invoice, as a sentence in each language. */
export const lawSentences = z
  .object({ fr: z.string(), nl: z.string(), en: z.string() })
  .meta({ id: 'LawSentences', description: 'Pourquoi cette loi s’applique à la facture.' });
