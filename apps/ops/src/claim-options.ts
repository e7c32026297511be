import {
  type ClaimMovement,
  type ContractTerms,
  type CreditorStanding,
  type Currency,
  currency,
  type Day,
  type DayCount,
  type DebtorKind,
  type GoverningLaw,
  isCurrency,
  type Refusal,
  refuse,
} from '#domain';
import { contractOption, reminderOption } from './claim-contract.js';
import { amountOption, dayOption, neededText, readable, refuseOption } from './claim-texts.js';

/** What was typed; every value as text, so that a bad one is refused with a code of ours and not by the parser of the command line. */
export interface ClaimOptions {
  readonly law?: string;
  readonly debtor?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly issued?: string;
  readonly due?: string;
  readonly on?: string;
  readonly paid?: string;
  readonly payment?: readonly string[];
  readonly credit?: readonly string[];
  readonly silentContract?: boolean;
  readonly clauseRate?: string;
  readonly clauseMultiple?: string;
  readonly indemnityClause?: string;
  readonly procurement?: string;
  readonly notice?: string;
  readonly reminder?: string;
  readonly insolvency?: string;
  readonly naturalPersonCreditor?: boolean;
  readonly sme?: boolean;
  readonly dayCount?: string;
  readonly principalFirst?: boolean;
  readonly agreement?: boolean;
  readonly waiveInterest?: boolean;
  readonly waiveLumpSum?: boolean;
  readonly language?: string;
  readonly json?: boolean;
}

export const LANGUAGES = ['fr', 'nl', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The claim that was asked for, every text read; what the rules of law say of it is not judged here. */
export interface ClaimRequest {
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly currency: Currency;
  readonly faceMinor: bigint;
  readonly issuedOn?: Day;
  readonly dueOn: Day;
  readonly on: Day;
  /** The option that gave the day. */
  readonly dayFrom: '--on' | '--paid';
  readonly movements: readonly ClaimMovement[];
  readonly contract?: ContractTerms;
  readonly noticeServedOn?: Day;
  readonly reminder?: { readonly sentOn: Day; readonly by: 'post' | 'electronic'; readonly isComplete: boolean };
  readonly insolvencyOpenedOn?: Day;
  readonly creditor: CreditorStanding;
  readonly waiver: { readonly interest: boolean; readonly lumpSum: boolean };
  readonly dayCount: DayCount;
  readonly imputation: 'interestFirst' | 'principalFirst';
  readonly agreementRecorded: boolean;
}

const LAW_SUPPLY = 'La loi applicable à la facture\u202f: FR ou BE.';
const KIND_SUPPLY = 'La qualité du débiteur\u202f: business, consumer, publicBody ou coOwners.';
const KINDS: readonly DebtorKind[] = ['business', 'consumer', 'publicBody', 'coOwners'];

/**
 * Reads the options of `claim`. Refused with the option as field: `fieldMissing`, `lawUnknown`, `debtorKindUnknown`, `dayUnknown`,
 * `amountInvalid`, `currencyUnknown`, `movementInvalid`, `designationUnknown`, `clauseInvalid`, `dayCountUnknown`, `optionsContradict`,
 * `paymentBeforeIssue`, `dueBeforeIssue`, `firstReminderInvalid`, `procurementUnknown`.
 */
export function readClaimOptions(options: ClaimOptions): ClaimRequest | Refusal {
  return readable(() => requestOf(options));
}

function requestOf(options: ClaimOptions): ClaimRequest {
  const law = lawOption(options.law);
  const kind = kindOption(options.debtor);
  const code = currencyOption(options.currency);
  const faceMinor = amountOption('--amount', neededText('--amount', options.amount, 'Le montant TTC de la facture\u202f: 12000.00.'), code);
  const dueOn = dayOption('--due', neededText('--due', options.due, 'Le jour de l’échéance, AAAA-MM-JJ.'));
  const on = dayOfStatement(options);
  const issuedOn = optionalDay('--issued', options.issued);
  checkOrder(options, { issuedOn, dueOn, on });
  const contract = contractOption(options, on);
  const noticeServedOn = optionalDay('--notice', options.notice);
  const insolvencyOpenedOn = optionalDay('--insolvency', options.insolvency);
  return {
    law,
    kind,
    currency: code,
    faceMinor,
    ...(issuedOn ? { issuedOn } : {}),
    dueOn,
    on,
    dayFrom: options.paid === undefined ? '--on' : '--paid',
    movements: movements(options, code, issuedOn),
    ...(contract ? { contract } : {}),
    ...(noticeServedOn ? { noticeServedOn } : {}),
    ...(options.reminder === undefined ? {} : { reminder: reminderOption(options.reminder) }),
    ...(insolvencyOpenedOn ? { insolvencyOpenedOn } : {}),
    creditor: { isNaturalPerson: options.naturalPersonCreditor ?? false, isSme: options.sme ?? false },
    waiver: { interest: options.waiveInterest ?? false, lumpSum: options.waiveLumpSum ?? false },
    dayCount: dayCountOption(options.dayCount),
    imputation: options.principalFirst ? 'principalFirst' : 'interestFirst',
    agreementRecorded: options.agreement ?? false,
  };
}

function lawOption(given: string | undefined): GoverningLaw {
  const text = neededText('--law', given, LAW_SUPPLY).toUpperCase();
  if (text === 'FR' || text === 'BE') return text;
  return refuseOption('lawUnknown', '--law', { law: text, article: 'Règlement Rome I, art. 3, 4 et 6', supply: LAW_SUPPLY });
}

function kindOption(given: string | undefined): DebtorKind {
  const text = neededText('--debtor', given, KIND_SUPPLY);
  const found = KINDS.find((kind) => kind.toLowerCase() === text.toLowerCase());
  if (found) return found;
  const article = 'C. conso. art. liminaire\u202f; CDE art. I.1';
  return refuseOption('debtorKindUnknown', '--debtor', { kind: text, article, supply: KIND_SUPPLY });
}

function currencyOption(given = 'EUR'): Currency {
  const code = given.trim().toUpperCase();
  if (isCurrency(code)) return currency(code);
  return refuseOption('currencyUnknown', '--currency', { currency: code, supply: 'Un code de devise ISO 4217\u202f: EUR.' });
}

function dayCountOption(given = 'ACT/365F'): DayCount {
  if (given === 'ACT/365F' || given === 'ACT/366') return given;
  return refuseOption('dayCountUnknown', '--day-count', { dayCount: given, supply: 'ACT/365F ou ACT/366.' });
}

function optionalDay(option: string, text: string | undefined): Day | undefined {
  return text === undefined ? undefined : dayOption(option, text);
}

function dayOfStatement({ on, paid }: ClaimOptions): Day {
  const supply = 'Le jour du décompte (--on) ou celui du paiement intégral (--paid).';
  if (on !== undefined && paid !== undefined) return refuseOption('optionsContradict', '--on', { with: '--paid', supply });
  return paid === undefined ? dayOption('--on', neededText('--on', on, supply)) : dayOption('--paid', paid);
}

function checkOrder(options: ClaimOptions, { issuedOn, dueOn, on }: { issuedOn: Day | undefined; dueOn: Day; on: Day }): void {
  if (issuedOn === undefined) return;
  if (dueOn < issuedOn)
    refuseOption('dueBeforeIssue', '--due', { dueOn, issuedOn, supply: 'Une échéance qui suit la date de la facture.' });
  const option = options.paid === undefined ? '--on' : '--paid';
  const code = options.paid === undefined ? 'dayBeforeIssue' : 'paymentBeforeIssue';
  if (on < issuedOn) refuseOption(code, option, { on, issuedOn, supply: 'Un jour qui suit la date de la facture.' });
}

function movements({ payment = [], credit = [] }: ClaimOptions, code: Currency, issuedOn: Day | undefined): ClaimMovement[] {
  return [
    ...payment.map((text) => paymentOption(text, code, issuedOn)),
    ...credit.map((text): ClaimMovement => {
      const [dayText = '', amount, ...more] = text.split(':');
      const supply = 'jour:montant\u202f: 2026-06-01:500.00.';
      if (amount === undefined || more.length > 0) return refuseOption('movementInvalid', '--credit', { movement: text, supply });
      return { kind: 'creditNote', on: dayOption('--credit', dayText), amountMinor: amountOption('--credit', amount, code) };
    }),
  ];
}

function paymentOption(text: string, code: Currency, issuedOn: Day | undefined): ClaimMovement {
  const option = '--payment';
  const [dayText = '', amount, designation, ...more] = text.split(':');
  const supply = 'jour:montant, ou jour:montant:principal\u202f: 2026-06-01:4000.00.';
  if (amount === undefined || more.length > 0) return refuseOption('movementInvalid', option, { movement: text, supply });
  const on = dayOption(option, dayText);
  if (issuedOn !== undefined && on < issuedOn) {
    const credited = 'Le jour du crédit en compte, ou l’acompte déduit de la facture.';
    refuseOption('paymentBeforeIssue', option, { on, issuedOn, supply: credited });
  }
  const movement = { kind: 'payment' as const, on, amountMinor: amountOption(option, amount, code) };
  if (designation === undefined) return movement;
  if (designation === 'principal' || designation === 'lumpSum') return { ...movement, designation };
  return refuseOption('designationUnknown', option, { designation, article: 'C. civ. 1342-10', supply: 'principal ou lumpSum.' });
}

/** The language of the page: `languageUnknown` when it is none of the three. */
export function readLanguage(text = 'fr'): Language | Refusal {
  const found = LANGUAGES.find((language) => language === text.toLowerCase());
  return found ?? refuse('languageUnknown', { field: '--language', facts: { language: text, supply: 'fr, nl ou en.' } });
}
