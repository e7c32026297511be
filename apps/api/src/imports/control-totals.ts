import { amountOf } from '../http/wire.js';
import type { Prediction, RowReading } from './import-rows.js';

/** Sums that a person compares with the books before committing. Refused rows are counted and left out of the sums. */
export function totalsOf(rows: readonly RowReading[], predictions: readonly Prediction[]): Record<string, unknown> {
  const count = (prediction: Prediction) => predictions.filter((one) => one === prediction).length;
  const sums = new Map<string, { invoices: bigint; creditNotes: bigint; payments: bigint }>();
  rows.forEach((row, index) => {
    if (predictions[index] === 'refused' || predictions[index] === 'duplicateInFile') return;
    const currency = row.invoice?.currency ?? row.payment?.currency;
    if (!currency) return;
    const sum = sums.get(currency) ?? { invoices: 0n, creditNotes: 0n, payments: 0n };
    if (row.payment) sum.payments += row.payment.amountMinor;
    if (row.invoice) sum[row.invoice.documentKind === 'invoice' ? 'invoices' : 'creditNotes'] += row.invoice.payableMinor;
    sums.set(currency, sum);
  });
  const refused = count('refused');
  return {
    rows: rows.length,
    accepted: rows.length - refused,
    refused,
    duplicates: count('duplicateInFile'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    conflicts: count('conflict'),
    joined: count('joined'),
    tasks: rows.filter((row, index) => predictions[index] !== 'refused' && row.findings.some((one) => one.severity === 'task')).length,
    sums: [...sums].map(([currency, sum]) => ({
      currency,
      invoices: amountOf(sum.invoices, currency).amount,
      creditNotes: amountOf(sum.creditNotes, currency).amount,
      payments: amountOf(sum.payments, currency).amount,
    })),
  };
}
