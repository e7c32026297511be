import { z } from 'zod';
import { amountInput, dayInput, lineInput, textInput } from '../http/wire.js';

export const promiseBody = z
  .strictObject({
    amount: amountInput,
    dueOn: dayInput.meta({ description: 'Dernier jour du paiement promis.' }),
    channel: z.enum(['phone', 'email', 'post', 'meeting', 'other']),
    madeBy: lineInput(200).optional().meta({ description: 'Personne qui promet.' }),
    wording: textInput(2000).optional(),
  })
  .meta({ id: 'PromiseRequest' });

export const promiseWithdrawalBody = z.strictObject({ note: textInput(2000).optional() }).meta({ id: 'PromiseWithdrawal' });
