import type { Day, DebtorKind, StatementOfClaim } from '#domain';

export type Language = 'fr' | 'nl' | 'en';

/** What the letter does, in the words of the ladder. */
export type LetterAct =
  | 'courtesyMail'
  | 'formalMail'
  | 'firmMail'
  | 'formalNotice'
  | 'thankYou'
  | 'promiseConfirmation'
  | 'recall'
  | 'handOverSummary';

/** Acts that leave as an e-mail; `formalNotice` is then the mail that carries the PDF. */
export type MailAct = Exclude<LetterAct, 'handOverSummary'>;

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

export interface LetterInvoice {
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly grossMinor: bigint;
  /** Payments and credit notes already deducted. */
  readonly paidMinor: bigint;
  readonly openMinor: bigint;
  readonly currency: string;
  /** Contract, order or delivery note the invoice comes from. */
  readonly orderReference?: string;
  readonly daysOverdue: number;
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

/** Names of the legal grounds, in the letter's language, taken by the caller from the dated statutes. */
export interface LegalMentions {
  /** `taux de la BCE au 1er janvier 2026 (2,15 %) majoré de 10 points, C. com. art. L441-10 II`. */
  readonly interestBasis: string;
  /** `C. com. art. D441-5`. */
  readonly compensationBasis: string;
  /** `C. civ. art. 1344`. */
  readonly noticeBasis?: string;
  /** Needed when payments were imputed on interest first: `C. civ. art. 1343-1`. */
  readonly imputationBasis?: string;
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
  readonly promise?: { readonly on: Day; readonly amountMinor: bigint; readonly madeOn: Day; readonly by?: string };
  readonly nextStep?: NextStep;
  /** What came in: for thanks and recalls. Defaults to what the invoices say was paid. */
  readonly received?: { readonly amountMinor: bigint; readonly on: Day };
  /** What became of interest and indemnity once the principal is in. */
  readonly accessories?: 'waived' | 'pursued';
  readonly invoiceCopyAttached?: boolean;
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
