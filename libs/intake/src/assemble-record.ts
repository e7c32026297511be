import { type Currency, type Day, decimal, isCurrency, MINOR_MAX, parseMoney, rational, roundHalfUp, times } from '#domain';
import { documentTypeOf } from './document-type.js';
import { type Finding, isRefusedBy, oneLine, quoted, refused, warning } from './finding.js';
import type { InvoiceRecord, ReadRow, TermRecord } from './invoice-record.js';
import { completeParty } from './party/party-identifiers.js';
import { type PrintedDay, readDay } from './printed-day.js';
import type { PrintedAmount, PrintedDocument, PrintedTerm } from './printed-document.js';
import { soldDescription } from './sold-description.js';

/**
 * Turns what a document prints into the one record, or says what is missing. Sign rule: a document whose payable amount (or gross amount,
 * where nothing is payable) is negative is a credit note with positive amounts.
 */
export function assembleRecord(printed: PrintedDocument): ReadRow {
  const findings: Finding[] = [];
  const number = oneLine(printed.number ?? '');
  if (number === '') findings.push(refused('numberMissing', 'La facture n’a pas de numéro.', { field: printed.paths.number }));
  const issuedOn = requiredDay(findings, printed.issuedOn, 'd’émission', printed.paths.issuedOn);
  const buyerName = oneLine(printed.buyer?.name ?? '');
  if (buyerName === '') findings.push(refused('buyerMissing', 'La facture ne nomme pas le client.', { field: printed.paths.buyer }));
  const currency = readCurrency(findings, printed);
  const amounts = currency === undefined ? undefined : readAmounts(findings, printed, currency);
  const sign = amounts === undefined || (amounts.payable === 0n ? amounts.gross : amounts.payable) >= 0n ? 1n : -1n;
  const terms =
    amounts === undefined || currency === undefined ? [] : readTerms(findings, printed.terms, amounts.payable * sign, sign, currency);
  const deliveredOn = printed.deliveredOn === undefined ? undefined : readDay(printed.deliveredOn);
  if (isRefusedBy(findings) || issuedOn === undefined || currency === undefined || amounts === undefined || printed.buyer === undefined) {
    return { row: 1, findings };
  }
  const byType = documentTypeOf(printed.typeCode, printed.rootKind).kind;
  const record: InvoiceRecord = {
    documentKind: sign < 0n || printed.rootKind === 'creditNote' ? 'creditNote' : byType,
    ...optional('typeCode', printed.typeCode),
    number,
    issuedOn,
    terms,
    currency,
    grossMinor: amounts.gross * sign,
    prepaidMinor: amounts.prepaid * sign,
    ...(amounts.rounding === undefined ? {} : { roundingMinor: amounts.rounding * sign }),
    payableMinor: amounts.payable * sign,
    ...(sign < 0n ? { negative: true } : {}),
    ...(printed.seller === undefined ? {} : { seller: completeParty({ ...printed.seller, name: oneLine(printed.seller.name) }) }),
    buyer: completeParty({ ...printed.buyer, name: buyerName }),
    ...optional('iban', printed.iban),
    ...optional('paymentReference', printed.paymentReference),
    ...optional('orderReference', printed.orderReference),
    ...optional('description', soldDescription(printed.soldNames)),
    precedingNumbers: [...new Set(printed.precedingNumbers.map(oneLine).filter((one) => one !== ''))],
    ...optional('termsText', printed.termsText),
    ...(deliveredOn === undefined ? {} : { deliveredOn }),
    source: { format: printed.format },
  };
  return { row: 1, record, findings };
}

/** Longest free text kept, in characters; nothing that identifies an invoice comes near it. */
const LONGEST_TEXT = 2_000;

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const line = oneLine(value ?? '').slice(0, LONGEST_TEXT);
  return line === '' ? {} : ({ [key]: line } as Record<K, string>);
}

function requiredDay(findings: Finding[], printed: PrintedDay | undefined, which: string, path: string): Day | undefined {
  if (printed === undefined) {
    findings.push(refused('dayMissing', `La date ${which} manque.`, { field: path }));
    return undefined;
  }
  const found = readDay(printed);
  if (found === undefined) findings.push(badDay(printed, which));
  return found;
}

function badDay(printed: PrintedDay, which: string): Finding {
  const format = printed.format === undefined ? '' : ` (format ${printed.format})`;
  return refused('dayUnreadable', `La date ${which} ${quoted(printed.text)}${format} n’existe pas ou n’est pas lisible.`, {
    field: printed.path,
  });
}

function readCurrency(findings: Finding[], printed: PrintedDocument): Currency | undefined {
  const code = (printed.currency ?? '').trim();
  if (isCurrency(code)) return code;
  const message =
    code === '' ? 'La devise de la facture manque.' : `La devise ${quoted(code)} n’est pas une devise connue à centimes ou unités.`;
  findings.push(refused(code === '' ? 'currencyMissing' : 'currencyUnknown', message, { field: printed.paths.currency }));
  return undefined;
}

interface Amounts {
  readonly gross: bigint;
  readonly prepaid: bigint;
  readonly rounding: bigint | undefined;
  readonly payable: bigint;
}

function readAmounts(findings: Finding[], printed: PrintedDocument, currency: Currency): Amounts | undefined {
  const read = (amount: PrintedAmount | undefined): bigint | undefined =>
    amount === undefined ? undefined : readAmount(findings, amount, currency);
  const payable = read(printed.payable);
  const prepaid = read(printed.prepaid) ?? 0n;
  const rounding = read(printed.rounding);
  const gross = read(printed.gross) ?? (payable === undefined ? undefined : payable + prepaid - (rounding ?? 0n));
  if (printed.payable === undefined) {
    findings.push(
      refused('payableMissing', 'Le montant à payer manque\u202f: la dette n’est pas connue.', { field: printed.paths.payable }),
    );
  }
  return payable === undefined || gross === undefined ? undefined : { gross, prepaid, rounding, payable };
}

function readAmount(findings: Finding[], amount: PrintedAmount, currency: Currency): bigint | undefined {
  const where = { field: amount.path };
  if (amount.currency !== undefined && amount.currency !== currency) {
    const message = `Le montant ${quoted(amount.text)} est en ${oneLine(amount.currency)}, la facture en ${currency}\u202f; corrigez la devise.`;
    findings.push(refused('currencyMismatch', message, where));
    return undefined;
  }
  // xs:decimal allows a plus sign and a missing zero on either side of the point.
  const plain = amount.text
    .trim()
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '');
  const parsed = parseMoney(plain, currency);
  if (!('problem' in parsed)) return parsed.minor;
  findings.push(amountFinding(parsed.problem, amount.text, currency, where));
  return undefined;
}

/** The finding for an amount that cannot be read, shared by the XML and the CSV readers. */
export function amountFinding(problem: string, printed: string, currency: string, where: { field?: string; line?: number }): Finding {
  if (problem === 'tooManyDecimals') {
    return refused('tooManyDecimals', `Le montant ${quoted(printed)} a plus de décimales que la devise ${currency} n’en connaît.`, where);
  }
  if (problem === 'tooLarge') return refused('amountTooLarge', `Le montant ${quoted(printed)} dépasse ce qui peut être traité.`, where);
  return refused('amountUnreadable', `${quoted(printed)} n’est pas un montant.`, where);
}

function readTerms(findings: Finding[], printed: readonly PrintedTerm[], payable: bigint, sign: bigint, currency: Currency): TermRecord[] {
  const read: { dueOn: Day; amountMinor?: bigint; percent?: string }[] = [];
  for (const term of printed) {
    const dueOn = readDay(term.due);
    if (dueOn === undefined) {
      findings.push(badDay(term.due, 'd’échéance'));
      continue;
    }
    const amount = term.amount === undefined ? undefined : readAmount(findings, term.amount, currency);
    if (amount !== undefined) read.push({ dueOn, amountMinor: amount * sign });
    else read.push({ dueOn, ...(term.percent === undefined ? {} : { percent: term.percent.trim() }) });
  }
  return byDueDay(shareByPercent(findings, read, payable));
}

/** Terms given in percent of the payable amount: each rounded half-up, the last takes what is left, so that they sum exactly. */
function shareByPercent(
  findings: Finding[],
  terms: readonly { dueOn: Day; amountMinor?: bigint; percent?: string }[],
  payable: bigint,
): TermRecord[] {
  const percents = terms.map((term) => term.percent ?? '');
  const bare = terms.map(({ dueOn, amountMinor }): TermRecord => (amountMinor === undefined ? { dueOn } : { dueOn, amountMinor }));
  if (terms.length === 0 || !percents.every((percent) => /^\d{1,3}(\.\d{1,6})?$/.test(percent))) return bare;
  const total = percents.reduce((sum, percent) => sum + scaled(percent), 0n);
  if (total !== scaled('100')) {
    findings.push(
      warning('termPercents', 'Les pourcentages des échéances ne font pas 100\u202f%\u202f; leurs montants ne sont pas repris.'),
    );
    return bare;
  }
  let left = payable;
  return terms.map(({ dueOn }, index) => {
    const share = index === terms.length - 1 ? left : roundHalfUp(times(rational(payable, 100n), decimal(percents[index] as string)));
    left -= share;
    return { dueOn, amountMinor: share };
  });
}

function scaled(percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** Terms in order of their day; two on one day are one term, and a sum above the limit is left to the checks of the record. */
export function byDueDay(terms: readonly TermRecord[]): TermRecord[] {
  const days = new Map<Day, bigint | undefined>();
  for (const { dueOn, amountMinor } of terms) {
    const known = days.get(dueOn);
    const merged = known === undefined || amountMinor === undefined ? (amountMinor ?? known) : known + amountMinor;
    days.set(dueOn, merged !== undefined && merged > MINOR_MAX ? MINOR_MAX : merged);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dueOn, amountMinor]): TermRecord => (amountMinor === undefined ? { dueOn } : { dueOn, amountMinor }));
}
