import { z } from 'zod';
import { textInput } from '../http/wire.js';

export const disputeBody = z
  .strictObject({
    reason: z.enum([
      'amount',
      'price',
      'quality',
      'delivery',
      'notOrdered',
      'invoiceNotReceived',
      'alreadyPaid',
      'duplicate',
      'terms',
      'other',
    ]),
    note: textInput(2000).optional().meta({ description: 'Ce que dit le débiteur\u202f; gardé hors de Temporal.' }),
  })
  .meta({ id: 'DisputeRequest' });

export const resolutionBody = z
  .strictObject({ verdict: z.enum(['confirmed', 'creditNote', 'withdrawn']), note: textInput(2000).optional() })
  .meta({ id: 'DisputeResolution' });
