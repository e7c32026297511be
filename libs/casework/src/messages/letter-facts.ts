import {
  type ConductOfCase,
  type Day,
  type DebtorKind,
  daysBetween,
  decodeState,
  type GoverningLaw,
  type PrincipalStatement,
  type StatementOfClaim,
} from '#domain';
import type { CaseRow, CreditorRow, DebtorContactRow, DebtorRow, InvoiceRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { claimOfCase, type ClaimParties } from '../money/claim-of-case.js';
import { found } from '../refused-error.js';
import { conductOf } from '../regime/conduct-of-case.js';

export type LetterLanguage = 'fr' | 'nl' | 'en';

/** Everything a letter says, as facts. The renderer looks nothing up. Amounts in minor units; structurally the content of `#letters`. */
export interface LetterFacts {
  readonly regime: `${GoverningLaw}.${DebtorKind}`;
  /** What was done towards the debtor and can be proven, as of the lead's case. */
  readonly conduct: ConductOfCase;
  readonly language: LetterLanguage;
  readonly on: Day;
  readonly creditor: {
    readonly legalName: string;
    readonly form?: string;
    readonly addressLines: readonly string[];
    readonly siren?: string;
    readonly enterpriseNumber?: string;
    readonly vat?: string;
    readonly replyTo: string;
    readonly phone?: string;
    readonly country: string;
    readonly shareCapital?: { readonly amountMinor: bigint; readonly currency: string };
    readonly register?: string;
    readonly mediator?: { readonly name: string; readonly addressLines?: readonly string[]; readonly website?: string };
  };
  readonly signatory: { readonly name: string; readonly title: string };
  readonly debtor: {
    readonly legalName: string;
    readonly addressLines: readonly string[];
    readonly siren?: string;
    readonly enterpriseNumber?: string;
    readonly vat?: string;
    readonly contactName?: string;
    readonly kind: DebtorKind;
  };
  readonly invoices: readonly LetterInvoiceFacts[];
  readonly statement?: StatementOfClaim;
  readonly furtherStatements?: readonly StatementOfClaim[];
  readonly interestUnknown?: boolean;
  readonly earlierReminders: readonly { readonly on: Day; readonly channel: 'email' | 'registeredPost' | 'post' | 'phone' }[];
  readonly call?: { readonly on: Day; readonly outcome: 'reached' | 'attempted' | 'notMade'; readonly contactName?: string };
  readonly payment: {
    readonly iban: string;
    readonly bic?: string;
    readonly reference: string;
    readonly amountMinor: bigint;
    readonly withoutQr?: boolean;
  };
  readonly invoiceCopyAttached: boolean;
  /** Numbers of the invoices whose PDF is held and goes along with a mail. */
  readonly copiesAttached: readonly string[];
}

export interface LetterInvoiceFacts {
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly grossMinor: bigint;
  readonly paidMinor: bigint;
  /** The part of it that credit notes took off. */
  readonly creditedMinor?: bigint;
  readonly openMinor: bigint;
  readonly currency: string;
  /** The order, else what was sold. */
  readonly orderReference?: string;
  readonly daysOverdue: number;
  /** Which of its terms the case is about, where the invoice has several. */
  readonly term?: { readonly number: number; readonly count: number };
  readonly past?: readonly PastEvent[];
}

/** What went before and a letter must not pass over: structurally the `InvoiceEvent` of `#letters`. */
export type PastEvent =
  | { readonly kind: 'creditNote'; readonly number: string; readonly on: Day; readonly amountMinor: bigint }
  | { readonly kind: 'paymentReversed'; readonly paidOn: Day; readonly on: Day; readonly amountMinor: bigint }
  | { readonly kind: 'paymentSentBack'; readonly paidOn: Day; readonly on?: Day; readonly amountMinor: bigint; readonly currency: string }
  | { readonly kind: 'disputeAnswered'; readonly openedOn: Day; readonly maintained: boolean }
  | { readonly kind: 'promiseBroken'; readonly madeOn: Day; readonly on: Day; readonly amountMinor: bigint; readonly partly: boolean };

/** One case a message speaks for. */
export interface MessageMember {
  readonly row: CaseRow;
  readonly invoice: InvoiceRow;
  /** Terms in which the invoice is payable. */
  readonly terms: number;
  readonly statement?: StatementOfClaim;
  /** Credit notes that lowered it, named as the debtor knows them. */
  readonly credits: readonly Extract<PastEvent, { kind: 'creditNote' }>[];
  /** What else a reminder says of the past; read for reminders alone. */
  readonly past?: readonly PastEvent[];
}

/** Reads invoice and claim of each case for the day the letter bears. */
export async function membersOf(
  tx: Tables,
  deps: CaseworkDeps,
  rows: readonly CaseRow[],
  on: Day,
  parties?: ClaimParties,
): Promise<MessageMember[]> {
  const members: MessageMember[] = [];
  for (const row of rows) {
    const invoice = found(await tx.invoices.one({ creditorId: row.creditorId, invoiceId: row.invoiceId }), 'invoice', row.invoiceId);
    const { statement, principal } = await claimOfCase(tx, deps, row, on, 'letter', parties);
    const terms = await tx.invoiceTerms.count({ creditorId: row.creditorId, invoiceId: row.invoiceId });
    members.push({ row, invoice, terms, credits: creditsOf(principal), ...(statement ? { statement } : {}) });
  }
  return members;
}

function creditsOf({ entries }: PrincipalStatement): MessageMember['credits'] {
  return entries.flatMap(({ kind, on, amountMinor, reference }) =>
    kind === 'creditNote' ? [{ kind, number: reference ?? '', on, amountMinor: -amountMinor }] : [],
  );
}

export interface LetterParts {
  readonly creditor: CreditorRow;
  readonly debtor: DebtorRow;
  readonly members: readonly MessageMember[];
  readonly on: Day;
  readonly contact?: DebtorContactRow;
  readonly earlier: LetterFacts['earlierReminders'];
  readonly call?: LetterFacts['call'];
}

/** The facts of a letter for one or several invoices of one debtor. */
export function letterFacts({ creditor, debtor, members, on, contact, earlier, call }: LetterParts): LetterFacts {
  const [lead] = members;
  if (!lead) throw new Error('A letter speaks for at least one case');
  const statements = members.flatMap((m) => (m.statement ? [m.statement] : []));
  const hasAll = statements.length === members.length;
  const [statement, ...furtherStatements] = statements;
  const amountMinor = members.reduce((sum, m) => sum + m.row.openPrincipalMinor, 0n);
  return {
    regime: `${lead.row.law}.${debtor.kind}`,
    conduct: conductOf(decodeState(lead.row.recovery)),
    language: contact?.language ?? debtor.language,
    on,
    creditor: creditorParty(creditor),
    signatory: { name: creditor.signatoryName ?? creditor.legalName, title: creditor.signatoryTitle ?? '' },
    debtor: debtorParty(debtor, contact),
    invoices: members.map((m) => invoiceFacts(m, on)),
    ...(hasAll && statement ? { statement, furtherStatements } : { interestUnknown: true }),
    earlierReminders: earlier,
    ...(call ? { call } : {}),
    payment: {
      iban: creditor.iban ?? '',
      ...(creditor.bic ? { bic: creditor.bic } : {}),
      reference: members.map((m) => m.invoice.reference ?? m.invoice.number).join(' / '),
      amountMinor,
      withoutQr: members.length > 1 || members.some((m) => ibanDiffers(m.invoice, creditor)),
    },
    invoiceCopyAttached: members.some((m) => m.invoice.pdfObjectId !== null),
    copiesAttached: members.filter((m) => m.invoice.pdfObjectId !== null).map((m) => m.invoice.number),
  };
}

/** An account on the invoice that is not the creditor's: no QR, and a person looks. */
export function ibanDiffers(invoice: Pick<InvoiceRow, 'iban'>, creditor: Pick<CreditorRow, 'iban'>): boolean {
  if (!invoice.iban || !creditor.iban) return false;
  return dense(invoice.iban) !== dense(creditor.iban);
}

function dense(iban: string): string {
  return iban.replace(/\s/g, '').toUpperCase();
}

function creditorParty(creditor: CreditorRow): LetterFacts['creditor'] {
  const { shareCapital, register, mediator } = creditor.mentions;
  return {
    legalName: creditor.legalName,
    ...(creditor.legalForm ? { form: creditor.legalForm } : {}),
    addressLines: addressLines(creditor.address),
    ...(creditor.siren ? { siren: creditor.siren } : {}),
    ...(creditor.enterpriseNumber ? { enterpriseNumber: creditor.enterpriseNumber } : {}),
    ...(creditor.vat ? { vat: creditor.vat } : {}),
    replyTo: creditor.replyToEmail ?? '',
    ...(creditor.phone ? { phone: creditor.phone } : {}),
    country: creditor.address.country,
    ...(shareCapital ? { shareCapital: { amountMinor: BigInt(shareCapital.minor), currency: shareCapital.currency } } : {}),
    ...(register ? { register } : {}),
    ...(mediator ? { mediator } : {}),
  };
}

function debtorParty(debtor: DebtorRow, contact: DebtorContactRow | undefined): LetterFacts['debtor'] {
  return {
    legalName: debtor.name,
    addressLines: debtor.address ? addressLines(debtor.address) : [],
    ...(debtor.siren ? { siren: debtor.siren } : {}),
    ...(debtor.enterpriseNumber ? { enterpriseNumber: debtor.enterpriseNumber } : {}),
    ...(debtor.vat ? { vat: debtor.vat } : {}),
    ...(contact?.name ? { contactName: contact.name } : {}),
    kind: debtor.kind,
  };
}

export function addressLines(address: { lines: string[]; postcode?: string; city?: string; country: string }): string[] {
  const town = [address.postcode, address.city].filter(Boolean).join(' ');
  return [...address.lines, ...(town ? [town] : [])];
}

/** What the debt comes from: the order where there is one, else what was sold. */
function originOf({ orderReference, description }: InvoiceRow): Pick<LetterInvoiceFacts, 'orderReference'> {
  const origin = orderReference ?? description;
  return origin ? { orderReference: origin } : {};
}

function invoiceFacts({ row, invoice, terms, statement, credits, past = [] }: MessageMember, on: Day): LetterInvoiceFacts {
  const overdue = daysBetween(row.dueOn, on);
  const creditedMinor = credits.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const told = [...past, ...credits];
  const grossMinor = statement?.faceMinor ?? row.faceMinor;
  return {
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    dueOn: row.dueOn,
    grossMinor,
    paidMinor: grossMinor - row.openPrincipalMinor,
    ...(creditedMinor > 0n ? { creditedMinor } : {}),
    openMinor: row.openPrincipalMinor,
    currency: row.currency,
    ...originOf(invoice),
    daysOverdue: overdue > 0 ? overdue : 0,
    ...(terms > 1 ? { term: { number: row.term, count: terms } } : {}),
    ...(told.length > 0 ? { past: told } : {}),
  };
}
