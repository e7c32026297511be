import { frenchDay, addDays, type Currency, type Day, decimalString, MINOR_MAX, money } from '#domain';
import { type DocumentType, documentTypeOf } from './document-type.js';
import { type Finding, quoted, refused, task, warning } from './finding.js';
import type { InvoiceRecord, PartyRecord } from './invoice-record.js';
import { normaliseIban } from './party/identifiers.js';

const LONGEST_NUMBER = 100;
const LONGEST_NAME = 500;
/** A due date later than this is taken for a slip of the pen and shown to a person. */
const FARTHEST_DUE_DAYS = 3_660;

/**
 * Judges a record by the same rules whatever it came from; `today` is the creditor's day. `refused` keeps it out, `task` lets it in but
 * nothing may be chased before a person has decided, `warning` is shown. Pure: the record itself is left as it is.
 */
export function checkInvoiceRecord(record: InvoiceRecord, { today }: { readonly today: Day }): Finding[] {
  return [
    ...checkTexts(record),
    ...checkType(record),
    ...checkAmounts(record),
    ...checkTerms(record, today),
    ...checkIban(record),
    ...checkParty(record.buyer, 'buyer'),
    ...(record.seller === undefined ? [] : checkParty(record.seller, 'seller')),
  ].map((finding) => located(finding, record.source));
}

/** Line of a CSV row; for JSON the field as a pointer into the body, where the buyer is `debtor`. */
function located(finding: Finding, { format, line }: InvoiceRecord['source']): Finding {
  const field =
    format === 'json' && finding.field !== undefined ? `/${finding.field.replace(/^buyer/, 'debtor').replaceAll('.', '/')}` : finding.field;
  return { ...finding, ...(field === undefined ? {} : { field }), ...(line === undefined ? {} : { line }) };
}

function checkTexts({ number, buyer, ...record }: InvoiceRecord): Finding[] {
  const findings: Finding[] = [];
  if (number.trim() === '') findings.push(refused('numberMissing', 'Le numéro de facture est vide.', { field: 'number' }));
  if (number.length > LONGEST_NUMBER) {
    findings.push(
      refused('numberTooLong', `Le numéro de facture ${quoted(number)} dépasse ${LONGEST_NUMBER} caractères.`, { field: 'number' }),
    );
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(number)) {
    findings.push(
      refused('numberControlCharacter', `Le numéro de facture ${quoted(number)} contient un caractère invisible.`, { field: 'number' }),
    );
  }
  if (buyer.name.trim() === '') findings.push(refused('buyerMissing', 'Le nom du client est vide.', { field: 'buyer.name' }));
  if (buyer.name.length > LONGEST_NAME) findings.push(refused('textTooLong', 'Le nom du client est trop long.', { field: 'buyer.name' }));
  if ([buyer.name, record.externalId, record.debtorExternalId].some((value) => value?.includes('\u0000'))) {
    findings.push(refused('nulByte', 'Un texte contient un octet nul\u202f; corrigez l’export.'));
  }
  return findings;
}

function checkType(record: InvoiceRecord): Finding[] {
  const code = record.typeCode;
  const isFile = record.source.format !== 'json' && record.source.format !== 'csv';
  const at = { field: 'typeCode' };
  const findings: Finding[] = [];
  const type = code === undefined && !isFile ? undefined : documentTypeOf(code, record.documentKind);
  const named = code === undefined ? '' : ` ${quoted(code)}`;
  if (type?.ask === 'documentTypeMissing') {
    findings.push(
      task(
        'documentTypeMissing',
        'Le document ne dit pas de quel type il est (code 380, 381…)\u202f; confirmez que c’est une facture à recouvrer.',
        at,
      ),
    );
  } else if (type?.ask === 'documentTypeUnknown') {
    findings.push(
      task('documentTypeUnknown', `Le type de document${named} n’est pas connu\u202f; dites si c’est une facture à recouvrer.`, at),
    );
  } else if (type?.ask === 'correctedInvoice') {
    findings.push(
      task(
        'correctedInvoice',
        `C’est une facture rectificative (type${named})\u202f; dites ce que devient la facture qu’elle remplace.`,
        at,
      ),
    );
  } else if (type?.ask === 'factored') {
    findings.push(task('factored', `La facture est cédée à un factor (type${named})\u202f; confirmez qui doit être payé.`, at));
  } else if (type?.ask === 'notAClaim') {
    findings.push(
      task(
        'notAClaim',
        `Le type de document${named} n’est pas une facture exigible (pro forma, information…)\u202f; dites s’il faut la recouvrer.`,
        at,
      ),
    );
  }
  if (type?.note === 'selfBilled') findings.push(warning('selfBilled', 'La facture a été établie par le client (autofacturation).', at));
  return [...findings, ...checkCredit(record, type, named)];
}

function checkCredit(record: InvoiceRecord, type: DocumentType | undefined, named: string): Finding[] {
  const findings: Finding[] = [];
  const at = { field: 'typeCode' };
  if (record.negative && type?.kind === 'creditNote') {
    findings.push(
      task('creditNoteNegative', 'L’avoir porte des montants négatifs\u202f: il est pris comme une réduction\u202f; confirmez-le.', at),
    );
  } else if (record.negative) {
    findings.push(
      warning('negativeInvoice', 'Le montant à payer est négatif\u202f: le document est pris comme un avoir.', { field: 'payable' }),
    );
  } else if (record.documentKind === 'creditNote' && type?.kind === 'invoice' && type.ask === undefined) {
    findings.push(
      task('documentTypeContradicts', `Le document est un avoir mais porte le type de facture${named}\u202f; confirmez-le.`, at),
    );
  }
  if (record.documentKind === 'creditNote' && record.precedingNumbers.length === 0) {
    findings.push(
      warning(
        'creditNoteUnattached',
        'L’avoir ne nomme aucune facture\u202f: il est mis en attente jusqu’à ce qu’une personne l’affecte.',
        { field: 'precedingNumbers' },
      ),
    );
  }
  return findings;
}

function checkAmounts(record: InvoiceRecord): Finding[] {
  const { currency, grossMinor, prepaidMinor, payableMinor, roundingMinor = 0n, openAmount } = record;
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const all = [grossMinor, prepaidMinor, payableMinor, roundingMinor, openAmount?.amountMinor ?? 0n];
  if (all.some((value) => size(value) > MINOR_MAX))
    return [refused('amountTooLarge', 'Un montant dépasse ce qui peut être traité.', { field: 'payable' })];
  const findings: Finding[] = [];
  if (payableMinor < 0n) findings.push(refused('amountNegative', 'Le montant à payer est négatif.', { field: 'payable' }));
  if (payableMinor === 0n)
    findings.push(warning('nothingPayable', 'Rien n’est à payer\u202f: aucun dossier de relance n’est ouvert.', { field: 'payable' }));
  if (grossMinor - prepaidMinor + roundingMinor !== payableMinor) {
    const computed = amountText(grossMinor - prepaidMinor + roundingMinor, currency);
    const message = `Total, acompte et arrondi donnent ${computed}, le document demande ${amountText(payableMinor, currency)}\u202f: c’est le montant demandé qui est repris.`;
    findings.push(warning('amountsDoNotAddUp', message, { field: 'payable' }));
  }
  if (openAmount !== undefined && openAmount.amountMinor < 0n)
    findings.push(refused('amountNegative', 'Le solde est négatif.', { field: 'openAmount' }));
  if (openAmount !== undefined && openAmount.amountMinor > payableMinor) {
    findings.push(
      task('openAmountAbovePayable', 'Le solde de vos livres dépasse le montant à payer du document\u202f; dites lequel est juste.', {
        field: 'openAmount',
      }),
    );
  }
  return findings;
}

function checkTerms(record: InvoiceRecord, today: Day): Finding[] {
  const { terms, issuedOn, payableMinor, currency } = record;
  const findings: Finding[] = [];
  const at = { field: 'terms' };
  if (issuedOn > today)
    findings.push(warning('issuedInFuture', `La facture est datée du ${issuedOn}, après aujourd’hui.`, { field: 'issuedOn' }));
  if (record.openAmount !== undefined && record.openAmount.asOf > today) {
    findings.push(
      task('openAmountInFuture', `Le solde est daté du ${record.openAmount.asOf}, après aujourd’hui\u202f; confirmez sa date.`, {
        field: 'openAmount',
      }),
    );
  }
  // A credit note is never chased: its due dates say nothing.
  if (record.documentKind === 'creditNote') return findings;
  if (terms.length === 0)
    findings.push(warning('dueDateMissing', 'Le document n’a pas d’échéance\u202f: le délai par défaut du créancier s’applique.', at));
  for (const { dueOn } of terms) {
    if (dueOn < issuedOn)
      findings.push(
        task(
          'dueBeforeIssue',
          `L’échéance du ${frenchDay(dueOn)} précède la facture du ${frenchDay(issuedOn)}\u202f; dites laquelle est juste.`,
          at,
        ),
      );
    if (dueOn > addDays(today, FARTHEST_DUE_DAYS))
      findings.push(task('dueTooFar', `L’échéance du ${dueOn} est à plus de dix ans\u202f; vérifiez l’année.`, at));
  }
  const priced = terms.filter((term) => term.amountMinor !== undefined);
  if (terms.length > 1 && priced.length < terms.length) {
    findings.push(
      task(
        'termsWithoutAmounts',
        `Le document a ${terms.length} échéances sans dire combien est dû à chacune\u202f; indiquez les montants.`,
        at,
      ),
    );
  } else if (priced.length > 0) {
    const total = priced.reduce((sum, term) => sum + (term.amountMinor as bigint), 0n);
    if (total !== payableMinor) {
      const message = `Les échéances font ${amountText(total, currency)}, le document demande ${amountText(payableMinor, currency)}\u202f; corrigez leur répartition.`;
      findings.push(task('termsDoNotSum', message, at));
    }
    if (priced.some((term) => (term.amountMinor as bigint) <= 0n))
      findings.push(task('termNotPositive', 'Une échéance a un montant nul ou négatif.', at));
  }
  return findings;
}

function checkIban({ iban }: InvoiceRecord): Finding[] {
  if (iban === undefined || normaliseIban(iban) !== undefined) return [];
  return [
    task('ibanInvalid', `L’IBAN ${quoted(iban)} ne peut pas exister\u202f: il n’est pas imprimé\u202f; indiquez le bon.`, {
      field: 'iban',
    }),
  ];
}

const IDENTIFIERS = {
  vat: 'numéro de TVA',
  siren: 'SIREN',
  siret: 'SIRET',
  enterpriseNumber: 'numéro d’entreprise',
  email: 'courriel',
} as const;

/**
 * An identifier that cannot exist is never used. For the debtor it is a task when nothing else proves who they are (no valid SIREN or
 * enterprise number left), else a warning; for the seller a warning: the check of the seller decides about the document.
 */
function checkParty(party: PartyRecord, role: 'buyer' | 'seller'): Finding[] {
  const proven = party.siren !== undefined || party.enterpriseNumber !== undefined;
  return (party.rejected ?? []).map(({ kind, value }) => {
    const who = role === 'buyer' ? 'du client' : 'du vendeur';
    const message = `Le ${IDENTIFIERS[kind]} ${who} ${quoted(value)} n’est pas valide\u202f: il n’est pas utilisé\u202f; vérifiez-le.`;
    const asks = role === 'buyer' && kind !== 'email' && !proven;
    return (asks ? task : warning)(`${kind}Invalid`, message, { field: `${role}.${kind}` });
  });
}

/** `1 240,00 €` in French typography, other currencies by their code. */
function amountText(minor: bigint, currency: Currency): string {
  const [whole = '', fraction] = decimalString(money(minor, currency)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${grouped}${fraction === undefined ? '' : `,${fraction}`}\u00a0${currency === 'EUR' ? '€' : currency}`;
}
