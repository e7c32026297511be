import type { Day } from '#domain';
import { invoiceLabel } from './invoice-label.js';
import { formatDay, formatDayAndMonth, formatMoney } from './format.js';
import { cleanLine } from './clean-text.js';
import type { InvoiceEvent, LetterContent, LetterInvoice } from './letter-content.js';
import { sayOver, sharedWord } from './mail-wording.js';

/**
 * What the debtor did about the invoices and what became of it, said before anything is asked again: a letter that passes over a returned payment, an
 * answered objection or a credit note reads as if nothing had ever come. Empty when there is nothing to say.
 */
export function invoicePast(content: LetterContent): string {
  return content.invoices.flatMap((invoice) => (invoice.past ?? []).map((event) => sentence(content, invoice, event))).join(' ');
}

/** Days that the past names: they belong to the letter like its own. */
export function daysOfPast({ invoices }: Pick<LetterContent, 'invoices'>): readonly Day[] {
  return invoices.flatMap(({ past = [] }) => past.flatMap(daysOf));
}

function daysOf(event: InvoiceEvent): readonly Day[] {
  switch (event.kind) {
    case 'creditNote':
      return [event.on];
    case 'paymentReversed':
      return [event.paidOn, event.on];
    case 'paymentSentBack':
      return event.on === undefined ? [event.paidOn] : [event.paidOn, event.on];
    case 'disputeAnswered':
      return [event.openedOn];
    case 'promiseBroken':
      return [event.madeOn, event.on];
  }
}

function sentence(content: LetterContent, invoice: LetterInvoice, event: InvoiceEvent): string {
  const { language } = content;
  const day = (on: Day) => (on.slice(0, 4) === content.on.slice(0, 4) ? formatDayAndMonth(on, language) : formatDay(on, language));
  const amount =
    'amountMinor' in event ? formatMoney(event.amountMinor, 'currency' in event ? event.currency : invoice.currency, language) : null;
  const days = Object.fromEntries(
    (['on', 'paidOn', 'openedOn', 'madeOn'] as const).map((key) => [key, key in event ? dayOrNull(event, key, day) : null]),
  );
  const view = {
    ...days,
    amount,
    number: event.kind === 'creditNote' ? cleanLine(event.number) : null,
    maintained: event.kind === 'disputeAnswered' && event.maintained,
    partly: event.kind === 'promiseBroken' && event.partly === true,
    invoice: invoiceLabel(invoice, language),
    named: content.invoices.length > 1,
  };
  return sayOver(sharedWord(language, 'past', event.kind), view);
}

function dayOrNull(event: object, key: string, format: (on: Day) => string): string | null {
  const on = (event as Readonly<Record<string, Day | undefined>>)[key];
  return on === undefined ? null : format(on);
}
