import type { ConductOfCase, Day, DebtorKind, GoverningLaw, StatementOfClaim } from '#domain';
import type { LetterInvoice } from './letter-invoice.js';

export type { InvoiceEvent, LetterInvoice } from './letter-invoice.js';

export type Language = 'fr' | 'nl' | 'en';

/** What the letter does, in the words of the ladder. */
export type LetterAct =
  | 'courtesyMail'
  /** The free first reminder to a Belgian consumer (CDE XIX.2). */
  | 'firstReminder'
  | 'formalMail'
  | 'firmMail'
  | 'formalNotice'
  | 'thankYou'
  | 'promiseConfirmation'
  /** Confirmation of an instalment plan. */
  | 'plan'
  | 'recall'
  /** For the person who calls; never sent. */
  | 'lastCallSheet'
  | 'handOverSummary';

/** Acts that leave as an e-mail; `formalNotice` is then the mail that carries the PDF. */
export type MailAct = Exclude<LetterAct, 'handOverSummary' | 'lastCallSheet'>;

/** Acts that a mail or a plain letter of one page can carry alike. */
export type PostAct = Exclude<MailAct, 'formalNotice' | 'recall'>;

/** Governing law and kind of debtor: what decides the sums a letter may name and the words it needs. */
export type LetterRegime = `${GoverningLaw}.${DebtorKind}`;

/** Greeting and closing formula. */
export type Tone = 'friendly' | 'formal' | 'firm';

/** What the creditor will really do when nothing comes. Left out when nothing is decided: a letter announces no step that is not real. */
export type NextStep = 'call' | 'reminder' | 'formalNotice' | 'collectionAgency' | 'bailiff' | 'lawyer';

export type LetterChannel = 'email' | 'registeredPost' | 'post' | 'phone' | 'sms';

export interface CreditorParty {
  readonly legalName: string;
  /** Legal form, `SAS`; left out when the name already says it. */
  readonly form?: string;
  readonly addressLines: readonly string[];
  readonly siren?: string;
  readonly enterpriseNumber?: string;
  readonly vat?: string;
  readonly replyTo: string;
  readonly phone?: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** Printed with the form (C. com. R123-238). Minor units. */
  readonly shareCapital?: { readonly amountMinor: bigint; readonly currency: string };
  /** Town of the RCS (C. com. R123-237), or court of the Belgian RPM (CSA 2:20). */
  readonly register?: string;
  /** The consumer mediator the creditor belongs to; named to French consumers (C. conso. L612-1). */
  readonly mediator?: Mediator;
}

export interface Mediator {
  readonly name: string;
  readonly addressLines?: readonly string[];
  readonly website?: string;
}

export interface DebtorParty {
  readonly legalName: string;
  readonly form?: string;
  readonly addressLines: readonly string[];
  readonly siren?: string;
  readonly enterpriseNumber?: string;
  readonly vat?: string;
  readonly contactName?: string;
  readonly kind?: DebtorKind;
}

export interface PaymentDetails {
  readonly iban: string;
  readonly bic?: string;
  /** Structured reference as printed: `RF18 5390 0754 7034` or `+++090/9337/55493+++`. */
  readonly reference: string;
  readonly amountMinor: bigint;
  /** True when the account differs from the invoice's and a person must look first. */
  readonly withoutQr?: boolean;
}

/**
 * Names of the legal grounds, in the letter's language. What is left out comes from the statement's own sources and, for articles
 * that carry no figure, from `wording/grounds.yaml`.
 */
export interface LegalMentions {
  /** `taux de la BCE au 1er janvier 2026 (2,15 %) majoré de 10 points, C. com. art. L441-10 II`. */
  readonly interestBasis?: string;
  /** `C. com. art. D441-5`. */
  readonly compensationBasis?: string;
  /** `C. civ. art. 1344`. */
  readonly noticeBasis?: string;
  /** Needed when payments were imputed on interest first: `C. civ. art. 1343-1`. */
  readonly imputationBasis?: string;
  /** Interest that runs from the receipt of a notice: `C. civ. art. 1231-6 et 1344-1`. */
  readonly interestFromNoticeBasis?: string;
  /** `Code de droit économique, art. XIX.2`. */
  readonly firstReminderBasis?: string;
  /** `C. conso. art. L612-1`. */
  readonly mediatorBasis?: string;
}

/** What the free first reminder to a Belgian consumer announces (CDE XIX.2). */
export interface FirstReminderContent {
  readonly by: 'post' | 'electronic';
  /** First day on which anything may be claimed: the day after the last free one. */
  readonly claimFromOn: Day;
  /** Calendar days of the free period, from the dated statutes. */
  readonly freeDays: number;
  /** Minor units; `0n` when the contract holds no clause. */
  readonly indemnityMinor: bigint;
  /** `10.5` when an interest clause applies once the free period is over. */
  readonly interestPercent?: string;
  /** The product or service, one line. */
  readonly description: string;
}

export interface Instalment {
  readonly on: Day;
  readonly amountMinor: bigint;
}

/** An instalment plan as agreed. */
export interface PlanContent {
  readonly agreedOn: Day;
  readonly by?: string;
  /** The sum acknowledged, minor units: the balance or the whole claim; the instalments add up to it. */
  readonly totalMinor: bigint;
  /** Days ascending. */
  readonly schedule: readonly Instalment[];
  readonly interest: 'kept' | 'waivedIfHonoured' | 'none';
  readonly imputation: 'principalFirst' | 'interestFirst';
  /** Days after a written warning before the rest falls due at once; left out when that was not agreed. */
  readonly accelerationDays?: number;
  /** The paper has a place for the debtor's signature unless this is false. */
  readonly recipientSigns?: boolean;
}

/** Who took the case over. */
export interface PartnerParty {
  readonly kind: 'collectionAgency' | 'bailiff' | 'lawyer';
  readonly legalName: string;
  readonly addressLines?: readonly string[];
  readonly contactName?: string;
  readonly reference?: string;
  readonly handedOverOn?: Day;
}

/** Everything a letter says. A plain object: the renderer looks nothing up and knows no clock. Amounts in minor units. */
export interface LetterContent {
  readonly act: LetterAct;
  /** Left out: law and kind of the statement, else the creditor's country and the debtor's kind. */
  readonly regime?: LetterRegime;
  readonly language: Language;
  readonly tone: Tone;
  /** Date of the letter. */
  readonly on: Day;
  readonly creditor: CreditorParty;
  readonly signatory: { readonly name: string; readonly title: string };
  readonly debtor: DebtorParty;
  /** One or more; all of one currency. */
  readonly invoices: readonly LetterInvoice[];
  /** Claim of the first invoice, dated `on`. */
  readonly statement?: StatementOfClaim;
  /** Claims of the further invoices of a grouped letter, in the order of `invoices`. */
  readonly furtherStatements?: readonly StatementOfClaim[];
  /** No rate is known for the day: the letter says "principal, intérêts pour mémoire". */
  readonly interestUnknown?: boolean;
  readonly legalMentions?: LegalMentions;
  /** Day printed in mails: "au plus tard le …". */
  readonly deadlineOn?: Day;
  /** Days from receipt printed in the notice. */
  readonly deadlineDays?: number;
  readonly earlierReminders: readonly { readonly on: Day; readonly channel: LetterChannel }[];
  readonly call?: { readonly on: Day; readonly outcome: 'reached' | 'attempted' | 'notMade'; readonly contactName?: string };
  readonly payment: PaymentDetails;
  /** What a person wrote in place of the template's subject and first paragraph; checked like the rest of the letter. */
  readonly ownWords?: { readonly subject?: string; readonly opening?: string };
  readonly promise?: { readonly on: Day; readonly amountMinor: bigint; readonly madeOn: Day; readonly by?: string };
  readonly nextStep?: NextStep;
  /** Day of the ladder's next act, null when none follows; left out when nobody knows. No deadline may miss it. */
  readonly nextActOn?: Day | null;
  /** Steps that the ladder still holds; with it, a `nextStep` that is not among them may not be announced. */
  readonly comingSteps?: readonly NextStep[];
  /** Proven conduct; interest or an indemnity is claimed from consumers only on it. */
  readonly conduct?: ConductOfCase;
  readonly firstReminder?: FirstReminderContent;
  readonly plan?: PlanContent;
  /** What came in: for thanks and recalls. Defaults to what the invoices say was paid. */
  readonly received?: {
    readonly amountMinor: bigint;
    readonly on: Day;
    /** What of it went to interest and indemnity. */
    readonly accessoriesMinor?: bigint;
    /** What of it exceeds all that was owed and is kept to the debtor's credit. */
    readonly surplusMinor?: bigint;
  };
  /**
   * What became of interest and indemnity once the principal is in: the same payment brought the whole of them (`paid`), or what was to be done with the
   * rest; undecided when they were asked for and nobody has said yet.
   */
  readonly accessories?: 'paid' | 'waived' | 'pursued' | 'undecided';
  readonly invoiceCopyAttached?: boolean;
  /** Numbers of the invoices whose copy goes along with the mail, where it is not all of them. A plain letter encloses none. */
  readonly copiesAttached?: readonly string[];
  /** How the notice travels; printed at its head. */
  readonly sentBy?: readonly LetterChannel[];
  readonly partner?: PartnerParty;
}

/** One line of the history in a hand-over summary. */
export interface HistoryRow {
  readonly on: Day;
  readonly what: string;
  readonly channel: string;
  readonly proof: string;
}

/** A letter's content with what a collector, bailiff or lawyer needs on top. */
export interface HandOverContent extends LetterContent {
  readonly caseReference: string;
  /** Contract, order, terms of sale, delivery notes: one line each. */
  readonly grounds: readonly string[];
  readonly history: readonly HistoryRow[];
  readonly limitationOn?: Day;
  readonly limitationBasis?: string;
  /** Bank account for remittance, when it is not `payment.iban`. */
  readonly remittanceIban?: string;
  readonly debtorContacts: readonly { readonly name: string; readonly role: string; readonly email?: string; readonly phone?: string }[];
  /** True when no dispute is open and none was ever upheld; else the summary names the state in `disputeNote`. */
  readonly undisputed: boolean;
  readonly disputeNote?: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

export interface CallNumber {
  readonly number: string;
  readonly name?: string;
  readonly role?: string;
}

/** What the person who makes a call has on one page. */
export interface LastCallContent extends LetterContent {
  readonly caseReference: string;
  /** Name of the rung; left out: the last call. */
  readonly callTitle?: string;
  /** A call that asks for the balance and says nothing of interest, indemnity or what follows. */
  readonly isCourtesy?: boolean;
  /** Invoices of the same call that have a sheet of their own: another currency, law or stage. */
  readonly otherInvoices?: readonly string[];
  readonly phones: readonly CallNumber[];
  readonly history: readonly HistoryRow[];
  /** The latest date of payment to accept. */
  readonly latestDateOn?: Day;
  /** Promises that may still be accepted under the creditor's policy. */
  readonly promisesLeft?: number;
  readonly planMaxMonths?: number;
  /** Open or answered objections, one line each. */
  readonly disputes?: readonly string[];
}

export interface InlineImage {
  readonly cid: string;
  readonly filename: string;
  readonly contentType: 'image/png';
  readonly base64: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly inlineImages: readonly InlineImage[];
  /** `fr/courtesyMail`. */
  readonly templateId: string;
  /** First 12 hex digits of the SHA-256 over the template's files: another wording, another version. */
  readonly templateVersion: string;
}
