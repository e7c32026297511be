import { type Currency, currency, type Day, day, isCurrency, parseDay, parseMoney } from '#domain';
import { z } from 'zod';
import { byDueDay } from './assemble-record.js';
import { documentTypeOf } from './document-type.js';
import { oneLine } from './finding.js';
import type { InvoiceRecord, TermRecord } from './invoice-record.js';
import { completeParty } from './party/party-identifiers.js';
import { LONGEST_DESCRIPTION } from './sold-description.js';

/** Printable text of one line: no control characters, no direction marks. */
const line = (longest: number, description: string) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, 'Caractères invisibles interdits.')
    .regex(/\S/, 'Le texte est vide.')
    .meta({ description });

const dayInput = (description: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Écrivez le jour AAAA-MM-JJ.')
    .refine(
      (text) => !/^\d{4}-\d{2}-\d{2}$/.test(text) || parseDay(text) !== undefined,
      'Ce jour n’existe pas, ou n’est pas entre 1900 et 2199.',
    )
    .meta({ description, examples: ['2026-03-02'] });

const PROBLEMS = {
  notAnAmount: 'Ce n’est pas un montant\u202f: écrivez "1250.00".',
  tooManyDecimals: 'Trop de décimales pour cette devise.',
  tooLarge: 'Le montant est trop grand.',
  unknownCurrency: 'Devise inconnue, ou sans unité divisionnaire connue.',
} as const;

const amountText = z
  .string()
  .max(40)
  .meta({ description: 'Nombre décimal avec un point, sans espace.', examples: ['1250.00'] });
const currencyText = z
  .string()
  .max(3)
  .meta({ description: 'Code ISO 4217.', examples: ['EUR'] });

function checkMoney(value: { amount: string; currency: string }, ctx: z.RefinementCtx): void {
  if (!isCurrency(value.currency)) {
    ctx.addIssue({ code: 'custom', path: ['currency'], message: PROBLEMS.unknownCurrency, params: { code: 'unknownCurrency' } });
    return;
  }
  const parsed = parseMoney(value.amount, value.currency);
  if ('problem' in parsed)
    ctx.addIssue({ code: 'custom', path: ['amount'], message: PROBLEMS[parsed.problem], params: { code: parsed.problem } });
}

const moneyInput = (description: string) =>
  z.strictObject({ amount: amountText, currency: currencyText }).superRefine(checkMoney).meta({ description });

/** A party in a JSON body. Identifiers are verified on conversion; one that cannot exist becomes a finding, not an error. */
const partyFields = {
  name: line(500, 'Nom ou raison sociale.'),
  vat: line(30, 'Numéro de TVA intracommunautaire.').optional(),
  siren: line(20, 'SIREN, 9 chiffres.').optional(),
  siret: line(25, 'SIRET, 14 chiffres.').optional(),
  enterpriseNumber: line(20, 'Numéro d’entreprise belge (BCE), 10 chiffres.').optional(),
  registration: line(60, 'Autre numéro d’immatriculation, tel qu’imprimé.').optional(),
  email: line(254, 'Courriel.').optional(),
  phone: line(40, 'Téléphone.').optional(),
  street: line(300, 'Rue et numéro.').optional(),
  postcode: line(20, 'Code postal.').optional(),
  city: line(200, 'Ville.').optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Code pays à deux lettres majuscules.')
    .meta({ description: 'Pays, ISO 3166-1 alpha-2.' })
    .optional(),
  language: z.enum(['fr', 'nl', 'en']).meta({ description: 'Langue des messages.' }).optional(),
};

const debtorInput = z
  .strictObject({
    ...partyFields,
    externalId: line(200, 'Identifiant du client chez le créancier.').optional(),
    kind: z
      .enum(['business', 'consumer', 'publicBody', 'coOwners', 'unknown'])
      .meta({ description: 'Nature du débiteur, si elle est connue.' })
      .optional(),
  })
  .meta({ description: 'Le client qui doit payer.' });

const openAmountInput = z
  .strictObject({ amount: amountText, currency: currencyText, asOf: dayInput('Jour du solde.') })
  .superRefine(checkMoney)
  .meta({ description: 'Solde d’après les livres du créancier, s’il est inférieur au montant à payer.' });

const termInput = z
  .strictObject({ dueOn: dayInput('Échéance.'), amount: moneyInput('Part du montant à payer.').optional() })
  .meta({ description: 'Une échéance de la facture.' });

const invoiceFields = z.strictObject({
  documentKind: z.enum(['invoice', 'creditNote']).meta({ description: 'Facture (par défaut) ou avoir.' }).optional(),
  typeCode: z
    .string()
    .regex(/^[0-9]{1,3}$/, 'Code UNTDID 1001, un à trois chiffres.')
    .meta({ description: 'Code de type UNTDID 1001 (380, 381…).' })
    .optional(),
  number: line(100, 'Numéro de la facture.'),
  externalId: line(200, 'Identifiant de la facture chez le créancier.').optional(),
  issuedOn: dayInput('Date d’émission.'),
  dueOn: dayInput('Échéance unique. Sans elle ni « terms », le délai par défaut du créancier s’applique.').optional(),
  terms: z.array(termInput).min(1).max(60).meta({ description: 'Échéances, s’il y en a plusieurs.' }).optional(),
  gross: moneyInput('Total toutes taxes comprises.'),
  prepaid: moneyInput('Déjà payé avant l’émission.').optional(),
  rounding: moneyInput('Arrondi, avec son signe.').optional(),
  payable: moneyInput('Montant à payer\u202f; à défaut total − acompte + arrondi.').optional(),
  openAmount: openAmountInput.optional(),
  debtor: debtorInput,
  seller: z.strictObject(partyFields).meta({ description: 'Vendeur imprimé sur la facture\u202f; il doit être le créancier.' }).optional(),
  iban: line(60, 'IBAN imprimé sur la facture.').optional(),
  paymentReference: line(200, 'Référence à rappeler au paiement.').optional(),
  orderReference: line(200, 'Numéro de commande du client.').optional(),
  description: line(
    LONGEST_DESCRIPTION,
    'Ce qui a été vendu, en toutes lettres («\u202ffaire-part, 150 exemplaires\u202f»). Le premier rappel gratuit à un consommateur belge doit le dire\u202f: un numéro de facture ou de commande n’y suffit pas.',
  ).optional(),
  precedingNumbers: z
    .array(line(100, 'Numéro de facture.'))
    .max(50)
    .meta({ description: 'Factures auxquelles le document se rapporte.' })
    .optional(),
  termsText: line(2_000, 'Conditions de paiement imprimées.').optional(),
  deliveredOn: dayInput('Date de livraison.').optional(),
});

/** Body of the REST `PUT` of one invoice. Strict: unknown fields are refused; every issue has the path of what is wrong. */
export const invoiceInput = invoiceFields
  .superRefine((input, ctx) => {
    if (input.dueOn !== undefined && input.terms !== undefined) {
      ctx.addIssue({
        code: 'custom',
        path: ['dueOn'],
        message: 'Donnez « dueOn » ou « terms », pas les deux.',
        params: { code: 'dueOnAndTerms' },
      });
    }
    const expected = input.gross.currency;
    const others: [(string | number)[], string | undefined][] = [
      [['prepaid', 'currency'], input.prepaid?.currency],
      [['rounding', 'currency'], input.rounding?.currency],
      [['payable', 'currency'], input.payable?.currency],
      [['openAmount', 'currency'], input.openAmount?.currency],
      ...(input.terms ?? []).map((term, index): [(string | number)[], string | undefined] => [
        ['terms', index, 'amount', 'currency'],
        term.amount?.currency,
      ]),
    ];
    for (const [path, code] of others) {
      if (code === undefined || code === expected) continue;
      ctx.addIssue({ code: 'custom', path, message: `La facture est en ${expected}.`, params: { code: 'currencyMismatch' } });
    }
  })
  .meta({ id: 'InvoiceInput', description: 'Une facture ou un avoir du créancier.' });

export type InvoiceInput = z.infer<typeof invoiceInput>;

/** Converts a validated body. The sign rule of the files applies: a negative payable amount makes a credit note. */
export function invoiceFromInput(input: InvoiceInput): InvoiceRecord {
  const unit = currency(input.gross.currency);
  const gross = minorOf(input.gross, unit);
  const prepaid = input.prepaid === undefined ? 0n : minorOf(input.prepaid, unit);
  const rounding = input.rounding === undefined ? undefined : minorOf(input.rounding, unit);
  const payable = input.payable === undefined ? gross - prepaid + (rounding ?? 0n) : minorOf(input.payable, unit);
  const negative = (payable === 0n ? gross : payable) < 0n;
  const sign = negative ? -1n : 1n;
  const { externalId: debtorExternalId, ...debtor } = input.debtor;
  const isCredit = negative || (input.documentKind ?? documentTypeOf(input.typeCode ?? '380').kind) === 'creditNote';
  return {
    documentKind: isCredit ? 'creditNote' : 'invoice',
    ...(input.typeCode === undefined ? {} : { typeCode: input.typeCode }),
    number: oneLine(input.number),
    ...(input.externalId === undefined ? {} : { externalId: input.externalId }),
    issuedOn: day(input.issuedOn),
    terms: termsOf(input, unit, sign),
    currency: unit,
    grossMinor: gross * sign,
    prepaidMinor: prepaid * sign,
    ...(rounding === undefined ? {} : { roundingMinor: rounding * sign }),
    payableMinor: payable * sign,
    ...(input.openAmount === undefined
      ? {}
      : { openAmount: { amountMinor: minorOf(input.openAmount, unit) * sign, asOf: day(input.openAmount.asOf) } }),
    ...(negative ? { negative: true } : {}),
    ...(input.seller === undefined ? {} : { seller: completeParty(input.seller) }),
    buyer: completeParty(debtor),
    ...(debtorExternalId === undefined ? {} : { debtorExternalId }),
    ...(input.iban === undefined ? {} : { iban: input.iban }),
    ...(input.paymentReference === undefined ? {} : { paymentReference: input.paymentReference }),
    ...(input.orderReference === undefined ? {} : { orderReference: input.orderReference }),
    ...(input.description === undefined ? {} : { description: oneLine(input.description) }),
    precedingNumbers: input.precedingNumbers ?? [],
    ...(input.termsText === undefined ? {} : { termsText: input.termsText }),
    ...(input.deliveredOn === undefined ? {} : { deliveredOn: day(input.deliveredOn) }),
    source: { format: 'json' },
  };
}

function termsOf(input: InvoiceInput, unit: Currency, sign: bigint): TermRecord[] {
  if (input.dueOn !== undefined) return [{ dueOn: day(input.dueOn) }];
  return byDueDay(
    (input.terms ?? []).map(({ dueOn, amount }): { dueOn: Day; amountMinor?: bigint } =>
      amount === undefined ? { dueOn: day(dueOn) } : { dueOn: day(dueOn), amountMinor: minorOf(amount, unit) * sign },
    ),
  );
}

function minorOf(value: { amount: string }, unit: Currency): bigint {
  const parsed = parseMoney(value.amount, unit);
  if ('problem' in parsed) throw new RangeError(`${parsed.problem}: ${value.amount}`);
  return parsed.minor;
}
