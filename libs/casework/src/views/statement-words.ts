import type { DayCount, DebtorKind, ExplanationLanguage, GoverningLaw } from '#domain';

/** The fixed sentences of a statement in one language. Amounts and days come in as that language writes them. */
export interface StatementWords {
  readonly law: Readonly<Record<GoverningLaw, string>>;
  readonly kind: Readonly<Record<DebtorKind, string>>;
  heading(day: string, law: string, kind: string): string;
  face(amount: string, dueOn: string): string;
  creditNote(day: string, amount: string): string;
  payment(day: string, amount: string, parts: readonly string[]): string;
  readonly dayCount: Readonly<Record<DayCount, string>>;
  readonly toInterest: string;
  readonly toPrincipal: string;
  readonly toLumpSum: string;
  openPrincipal(amount: string): string;
  period(from: string, to: string, line: string): string;
  interest(total: string, open: string | undefined, dayCount: string): string;
  noInterest(day: string): string;
  lumpSumLeft(open: string): string;
  total(day: string, total: string, principal: string, interest: string, lumpSum: string): string;
  daily(amount: string, from: string, until: string | undefined): string;
  dailyUnknown(from: string): string;
  surplus(amount: string): string;
  source(cited: string, checkedOn: string | undefined): string;
  readonly titles: Readonly<Record<'claim' | 'interest' | 'lumpSum' | 'total' | 'notes' | 'sources', string>>;
}

const FR: StatementWords = {
  law: { FR: 'droit français', BE: 'droit belge' },
  kind: {
    business: 'débiteur professionnel',
    consumer: 'débiteur consommateur',
    publicBody: 'débiteur public',
    coOwners: 'syndicat de copropriétaires',
    unknown: 'débiteur de qualité inconnue',
  },
  heading: (day, law, kind) => `Décompte au ${day} (${law}, ${kind})`,
  face: (amount, dueOn) => `Facture de ${amount} TTC, échéance le ${dueOn}.`,
  creditNote: (day, amount) => `Avoir du ${day}\u202f: ${amount}, qui réduit la créance dès l’origine.`,
  payment: (day, amount, parts) => `Paiement du ${day}\u202f: ${amount}${parts.length === 0 ? '' : `, imputé sur ${listed(parts, 'et')}`}.`,
  dayCount: { 'ACT/365F': 'jours réels sur 365, ACT/365F', 'ACT/366': 'jours réels sur 365, ou 366 les années bissextiles, ACT/366' },
  toInterest: 'les intérêts',
  toPrincipal: 'le principal',
  toLumpSum: 'l’indemnité',
  openPrincipal: (amount) => `Principal restant dû\u202f: ${amount}.`,
  period: (from, to, line) => `du ${from} au ${to}\u202f: ${line}`,
  interest: (total, open, dayCount) =>
    `Intérêts courus\u202f: ${total}${open === undefined ? '' : `, dont ${open} restent dus`} (${dayCount}\u202f; chaque ligne est arrondie au centime).`,
  noInterest: (day) => `Aucun intérêt n’est dû au ${day}.`,
  lumpSumLeft: (open) => `Il en reste dû ${open}.`,
  total: (day, total, principal, interest, lumpSum) =>
    `Total dû au ${day}\u202f: ${total} (principal ${principal}, intérêts ${interest}, indemnité ${lumpSum}).`,
  daily: (amount, from, until) =>
    `Chaque jour de plus, à partir du ${from}${until ? ` et jusqu’au ${until}` : ''}, ajoute ${amount} d’intérêts.`,
  dailyUnknown: (from) =>
    `Le taux qui s’appliquera à partir du ${from} n’est pas encore connu\u202f: les intérêts suivants ne sont pas annoncés.`,
  surplus: (amount) => `Reçu au-delà de tout ce qui est dû\u202f: ${amount}.`,
  source: (cited, checkedOn) => `${cited} (${checkedOn ? `vérifié à la source le ${checkedOn}` : 'non vérifié à la source'})`,
  titles: {
    claim: 'Créance',
    interest: 'Intérêts de retard',
    lumpSum: 'Indemnité',
    total: 'Total',
    notes: 'À savoir',
    sources: 'Sources',
  },
};

const NL: StatementWords = {
  law: { FR: 'Frans recht', BE: 'Belgisch recht' },
  kind: {
    business: 'professionele schuldenaar',
    consumer: 'consument',
    publicBody: 'overheid als schuldenaar',
    coOwners: 'vereniging van mede-eigenaars',
    unknown: 'schuldenaar van onbekende hoedanigheid',
  },
  heading: (day, law, kind) => `Afrekening op ${day} (${law}, ${kind})`,
  face: (amount, dueOn) => `Factuur van ${amount} inclusief btw, vervaldag ${dueOn}.`,
  creditNote: (day, amount) => `Creditnota van ${day}: ${amount}; zij vermindert de schuld vanaf het begin.`,
  payment: (day, amount, parts) => `Betaling van ${day}: ${amount}${parts.length === 0 ? '' : `, toegerekend op ${listed(parts, 'en')}`}.`,
  dayCount: { 'ACT/365F': 'werkelijke dagen op 365, ACT/365F', 'ACT/366': 'werkelijke dagen op 365, of 366 in schrikkeljaren, ACT/366' },
  toInterest: 'de interest',
  toPrincipal: 'de hoofdsom',
  toLumpSum: 'de vergoeding',
  openPrincipal: (amount) => `Openstaande hoofdsom: ${amount}.`,
  period: (from, to, line) => `van ${from} tot en met ${to}: ${line}`,
  interest: (total, open, dayCount) =>
    `Verlopen interest: ${total}${open === undefined ? '' : `, waarvan ${open} nog verschuldigd is`} (${dayCount}; elke regel op de cent afgerond).`,
  noInterest: (day) => `Op ${day} is geen interest verschuldigd.`,
  lumpSumLeft: (open) => `Daarvan blijft ${open} verschuldigd.`,
  total: (day, total, principal, interest, lumpSum) =>
    `Totaal verschuldigd op ${day}: ${total} (hoofdsom ${principal}, interest ${interest}, vergoeding ${lumpSum}).`,
  daily: (amount, from, until) => `Elke bijkomende dag vanaf ${from}${until ? ` tot en met ${until}` : ''} voegt ${amount} interest toe.`,
  dailyUnknown: (from) => `De rentevoet die vanaf ${from} geldt, is nog niet bekend: verdere interest wordt niet aangekondigd.`,
  surplus: (amount) => `Ontvangen boven alles wat verschuldigd is: ${amount}.`,
  source: (cited, checkedOn) => `${cited} (${checkedOn ? `aan de bron nagekeken op ${checkedOn}` : 'niet aan de bron nagekeken'})`,
  titles: {
    claim: 'Schuld',
    interest: 'Verwijlinterest',
    lumpSum: 'Forfaitaire vergoeding',
    total: 'Totaal',
    notes: 'Goed om te weten',
    sources: 'Bronnen',
  },
};

const EN: StatementWords = {
  law: { FR: 'French law', BE: 'Belgian law' },
  kind: {
    business: 'business debtor',
    consumer: 'consumer',
    publicBody: 'public debtor',
    coOwners: 'co-owners’ association',
    unknown: 'debtor of unknown kind',
  },
  heading: (day, law, kind) => `Statement on ${day} (${law}, ${kind})`,
  face: (amount, dueOn) => `Invoice of ${amount} including tax, due on ${dueOn}.`,
  creditNote: (day, amount) => `Credit note of ${day}: ${amount}, which lowers the claim from the start.`,
  payment: (day, amount, parts) => `Payment of ${day}: ${amount}${parts.length === 0 ? '' : `, set against ${listed(parts, 'and')}`}.`,
  dayCount: { 'ACT/365F': 'actual days over 365, ACT/365F', 'ACT/366': 'actual days over 365, or 366 in leap years, ACT/366' },
  toInterest: 'interest',
  toPrincipal: 'principal',
  toLumpSum: 'the lump sum',
  openPrincipal: (amount) => `Principal outstanding: ${amount}.`,
  period: (from, to, line) => `from ${from} to ${to}: ${line}`,
  interest: (total, open, dayCount) =>
    `Interest accrued: ${total}${open === undefined ? '' : `, of which ${open} is still due`} (${dayCount}; each line rounded to the cent).`,
  noInterest: (day) => `No interest is due on ${day}.`,
  lumpSumLeft: (open) => `Of this, ${open} is still due.`,
  total: (day, total, principal, interest, lumpSum) =>
    `Total due on ${day}: ${total} (principal ${principal}, interest ${interest}, lump sum ${lumpSum}).`,
  daily: (amount, from, until) => `Each further day from ${from}${until ? ` to ${until}` : ''} adds ${amount} of interest.`,
  dailyUnknown: (from) => `The rate that will apply from ${from} is not known yet: no further interest is announced.`,
  surplus: (amount) => `Received beyond all that is due: ${amount}.`,
  source: (cited, checkedOn) => `${cited} (${checkedOn ? `checked at the source on ${checkedOn}` : 'not checked at the source'})`,
  titles: {
    claim: 'Claim',
    interest: 'Late-payment interest',
    lumpSum: 'Lump sum',
    total: 'Total',
    notes: 'Please note',
    sources: 'Sources',
  },
};

function listed(parts: readonly string[], and: string): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;
}

export const STATEMENT_WORDS: Readonly<Record<ExplanationLanguage, StatementWords>> = { fr: FR, nl: NL, en: EN };
