import type { CallSheetEvent, CallSheetRemark } from '#casework';
import { formatDay, formatDayInTable, formatMoney, type HistoryRow } from '#letters';

type Language = 'fr' | 'nl' | 'en';
type Words = Readonly<Record<Language, string>>;
type Message = Extract<CallSheetEvent, { kind: 'message' }>;

const ACTS: Readonly<Record<string, Words>> = {
  thankYou: { fr: 'Remerciement', nl: 'Bedanking', en: 'Thanks' },
  promiseConfirmation: { fr: 'Confirmation de promesse', nl: 'Bevestiging van een belofte', en: 'Confirmation of a promise' },
};
const CHANNELS: Readonly<Record<Message['channel'], Words>> = {
  email: { fr: 'e-mail', nl: 'e-mail', en: 'e-mail' },
  registeredPost: { fr: 'recommandé', nl: 'aangetekend', en: 'registered' },
  post: { fr: 'courrier', nl: 'brief', en: 'letter' },
  file: { fr: 'dossier', nl: 'dossier', en: 'file' },
};
const PHONE: Words = { fr: 'téléphone', nl: 'telefoon', en: 'phone' };
const BANK: Words = { fr: 'compte', nl: 'rekening', en: 'account' };
const OUTCOMES: Readonly<Record<Message['outcome'], Words>> = {
  sent: { fr: 'parti', nl: 'vertrokken', en: 'sent' },
  delivered: { fr: 'remis', nl: 'afgeleverd', en: 'delivered' },
  returned: { fr: 'revenu', nl: 'teruggekomen', en: 'came back' },
  notPostedYet: { fr: 'à poster', nl: 'nog te posten', en: 'to be posted' },
};
const CALLS = {
  attempted: { fr: 'Appel sans réponse', nl: 'Oproep zonder antwoord', en: 'Call, no answer' },
  reached: { fr: 'Appel abouti', nl: 'Oproep beantwoord', en: 'Call answered' },
} as const satisfies Readonly<Record<string, Words>>;
const PAYMENT: Words = { fr: 'Paiement reçu', nl: 'Betaling ontvangen', en: 'Payment received' };
const REVERSED: Words = {
  fr: 'Paiement rejeté ou remboursé',
  nl: 'Betaling geweigerd of terugbetaald',
  en: 'Payment rejected or refunded',
};
const PROMISE: Words = { fr: 'Promesse de paiement', nl: 'Betalingsbelofte', en: 'Promise to pay' };
const PROMISE_STATES = {
  running: { fr: 'en cours', nl: 'lopend', en: 'running' },
  kept: { fr: 'tenue', nl: 'nagekomen', en: 'kept' },
  broken: { fr: 'non tenue', nl: 'niet nagekomen', en: 'broken' },
  withdrawn: { fr: 'retirée', nl: 'ingetrokken', en: 'withdrawn' },
} as const satisfies Readonly<Record<string, Words>>;
const ROLES: Readonly<Record<string, Words>> = {
  accounting: { fr: 'comptabilité', nl: 'boekhouding', en: 'accounts' },
  debtor: { fr: 'débiteur', nl: 'schuldenaar', en: 'debtor' },
  orderingParty: { fr: 'donneur d’ordre', nl: 'opdrachtgever', en: 'ordering party' },
  legalRepresentative: { fr: 'représentant légal', nl: 'wettelijk vertegenwoordiger', en: 'legal representative' },
};
const DISPUTE: Words = { fr: 'contestation', nl: 'betwisting', en: 'dispute' };
const REASONS: Readonly<Record<string, Words>> = {
  amount: { fr: 'montant', nl: 'bedrag', en: 'amount' },
  price: { fr: 'prix', nl: 'prijs', en: 'price' },
  quality: { fr: 'qualité', nl: 'kwaliteit', en: 'quality' },
  delivery: { fr: 'livraison', nl: 'levering', en: 'delivery' },
  notOrdered: { fr: 'non commandé', nl: 'niet besteld', en: 'not ordered' },
  invoiceNotReceived: { fr: 'facture non reçue', nl: 'factuur niet ontvangen', en: 'invoice not received' },
  alreadyPaid: { fr: 'déjà payé', nl: 'al betaald', en: 'paid already' },
  duplicate: { fr: 'facture en double', nl: 'dubbele factuur', en: 'invoiced twice' },
  terms: { fr: 'conditions', nl: 'voorwaarden', en: 'terms' },
  other: { fr: 'autre motif', nl: 'andere reden', en: 'another reason' },
};

/** A line of "what was done": day, act, channel, and what is known of its outcome. */
export function eventRow(event: CallSheetEvent, language: Language, currency: string): HistoryRow {
  const { on } = event;
  switch (event.kind) {
    case 'message':
      return { on, what: actName(event, language), channel: CHANNELS[event.channel][language], proof: messageOutcome(event, language) };
    case 'call':
      return {
        on,
        what: (event.outcome === 'reached' ? CALLS.reached : CALLS.attempted)[language],
        channel: PHONE[language],
        proof: event.contactName ?? '',
      };
    case 'payment':
    case 'paymentReversed':
      return {
        on,
        what: (event.kind === 'payment' ? PAYMENT : REVERSED)[language],
        channel: BANK[language],
        proof: formatMoney(event.amountMinor, currency, language),
      };
    case 'promise': {
      const what = `${formatMoney(event.amountMinor, currency, language)}, ${formatDayInTable(event.dueOn, language)}`;
      return { on, what: PROMISE[language], channel: PHONE[language], proof: `${what}, ${PROMISE_STATES[event.state][language]}` };
    }
  }
}

function actName({ title, act }: Message, language: Language): string {
  return title?.[language] ?? title?.fr ?? ACTS[act]?.[language] ?? act;
}

function messageOutcome({ outcome, outcomeOn, recipient, channel }: Message, language: Language): string {
  const said = `${OUTCOMES[outcome][language]}${outcomeOn ? ` ${formatDayInTable(outcomeOn, language)}` : ''}`;
  return channel === 'email' && recipient ? `${said}, ${recipient}` : said;
}

/** What the debtor said, as one line. */
export function remarkLine(remark: CallSheetRemark, language: Language): string {
  const colon = language === 'fr' ? '\u202f:' : ':';
  const day = formatDay(remark.on, language);
  if (remark.kind === 'note') return `${day}${colon} ${remark.text}`;
  const reason = REASONS[remark.reason]?.[language] ?? remark.reason;
  return `${day}${colon} ${DISPUTE[language]}, ${reason}${remark.note ? `. ${remark.note}` : ''}`;
}

export function roleName(role: string, language: Language): string {
  return ROLES[role]?.[language] ?? role;
}
