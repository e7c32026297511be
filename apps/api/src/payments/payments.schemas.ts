import type { AllocationRow, PaymentRow } from '#ports';
import { z } from 'zod';
import {
  amountAnswer,
  amountInput,
  amountOf,
  dayAnswer,
  dayInput,
  directionField,
  instantAnswer,
  lineInput,
  manyOf,
  pageAnswer,
  pageFields,
  searchField,
  textInput,
} from '../http/wire.js';

export const paymentInput = z
  .strictObject({
    amount: amountInput,
    paidOn: dayInput.meta({ description: 'Jour où l’argent est sur le compte du créancier.' }),
    reference: lineInput(200).meta({
      description: 'Identifiant de l’opération chez le créancier ou la banque\u202f; la même ne compte qu’une fois.',
    }),
    caseId: lineInput(100).optional(),
    invoiceExternalId: lineInput(200).optional(),
    invoiceNumber: lineInput(100).optional(),
    structuredReference: lineInput(60).optional(),
    remittance: textInput(2000).optional().meta({ description: 'Communication libre du payeur.' }),
    payerName: lineInput(200).optional(),
    payerIban: lineInput(60).optional(),
    reason: lineInput(500).optional(),
  })
  .superRefine((input, ctx) => {
    if (input.amount.amount.startsWith('-') || /^0*(\.0*)?$/.test(input.amount.amount)) {
      ctx.addIssue({
        code: 'custom',
        path: ['amount', 'amount'],
        message: 'Le montant reçu doit être positif.',
        params: { code: 'amountNotPositive' },
      });
    }
  })
  .meta({ id: 'PaymentInput' });
export type PaymentInput = z.output<typeof paymentInput>;

export const allocateInput = z
  .strictObject({ caseId: lineInput(100).optional(), invoiceId: lineInput(100).optional(), reason: lineInput(500).optional() })
  .refine((input) => (input.caseId === undefined) !== (input.invoiceId === undefined), {
    message: 'Donnez « caseId » ou « invoiceId », un seul des deux.',
    path: ['caseId'],
  })
  .meta({ id: 'AllocateInput' });
export const reasonInput = z.strictObject({ reason: lineInput(500).optional() }).meta({ id: 'ReasonInput' });
export const reverseInput = z
  .strictObject({
    on: dayInput.optional().meta({ description: 'Jour du rejet\u202f; aujourd’hui à défaut.' }),
    reason: lineInput(500).optional(),
  })
  .meta({ id: 'ReverseInput' });

export const paymentQuery = z.strictObject({
  ...pageFields,
  state: manyOf(['allocated', 'parked', 'reversed', 'returned']),
  debtorId: z.string().min(1).max(100).optional(),
  caseId: z.string().min(1).max(100).optional(),
  provider: z.string().min(1).max(60).optional(),
  paidFrom: dayInput.optional(),
  paidTo: dayInput.optional(),
  search: searchField,
  sort: z.enum(['recordedAt', 'paidOn', 'amount']).optional(),
  direction: directionField,
});

const paymentFields = {
  paymentId: z.string(),
  provider: z.string(),
  reference: z.string(),
  amount: amountAnswer,
  allocated: amountAnswer.meta({ description: 'Donné à des dossiers, principal et accessoires ensemble.' }),
  credit: amountAnswer.meta({ description: 'Ce qu’aucun dossier n’a pris, ni en principal ni en accessoires\u202f: l’avoir du débiteur.' }),
  paidOn: dayAnswer,
  recordedAt: instantAnswer,
  remittance: z.string().nullable(),
  payerName: z.string().nullable(),
  payerIban: z.string().nullable(),
  state: z.enum(['allocated', 'parked', 'reversed', 'returned']),
  debtorId: z.string().nullable(),
  parkedReason: z.string().nullable(),
  recordedBy: z.string(),
  reversedAt: instantAnswer.nullable(),
};
export const accessoriesReceived = z.object({ interest: amountAnswer, indemnity: amountAnswer }).nullable().meta({
  id: 'AccessoriesReceived',
  description: 'Pris au-delà du principal, par les intérêts et par l’indemnité du dossier\u202f; nul quand il n’y a rien.',
});

/** What a payment brought of the accessories of one case. */
export function viewAccessories(
  { interestMinor, indemnityMinor }: Pick<AllocationRow, 'interestMinor' | 'indemnityMinor'>,
  currency: string,
) {
  if (interestMinor + indemnityMinor === 0n) return null;
  return { interest: amountOf(interestMinor, currency), indemnity: amountOf(indemnityMinor, currency) };
}

export const paymentListAnswer = z.object({ ...paymentFields, debtorName: z.string().nullable() }).meta({ id: 'PaymentListItem' });
export const paymentPage = pageAnswer(paymentListAnswer, 'PaymentPage');
export const paymentAnswer = z
  .object({
    ...paymentFields,
    allocations: z.array(
      z.object({
        caseId: z.string(),
        amount: amountAnswer.meta({ description: 'Pris par le principal.' }),
        accessories: accessoriesReceived,
        paidOn: dayAnswer,
        designation: z.string(),
        reversedOn: dayAnswer.nullable(),
      }),
    ),
    result: z.enum(['booked', 'duplicate', 'parked', 'reversed', 'returned']).optional(),
  })
  .meta({ id: 'Payment' });

function viewCommon(row: PaymentRow) {
  const {
    paymentId,
    provider,
    providerRef,
    currency,
    paidOn,
    recordedAt,
    remittance,
    payerName,
    payerIban,
    state,
    debtorId,
    parkedReason,
    recordedBy,
    reversedAt,
  } = row;
  return {
    paymentId,
    provider,
    reference: providerRef,
    amount: amountOf(row.amountMinor, currency),
    allocated: amountOf(row.allocatedMinor, currency),
    credit: amountOf(row.creditMinor, currency),
    paidOn,
    recordedAt,
    remittance,
    payerName,
    payerIban,
    state,
    debtorId,
    parkedReason,
    recordedBy,
    reversedAt,
  };
}

export function viewPaymentItem(row: PaymentRow & { debtorName: string | null }) {
  return { ...viewCommon(row), debtorName: row.debtorName };
}

export function viewPayment(row: PaymentRow, allocations: readonly AllocationRow[]) {
  return {
    ...viewCommon(row),
    allocations: allocations.map(({ caseId, amountMinor, paidOn, designation, reversedOn, ...heads }) => ({
      caseId,
      amount: amountOf(amountMinor, row.currency),
      accessories: viewAccessories(heads, row.currency),
      paidOn,
      designation,
      reversedOn,
    })),
  };
}
